"""The pages in the order of the navigation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One page: `view` is its module in `views`; `section` the menu it is in. In the address it is `path`, else the view.

    In the thumb bar of a phone are those that `thumb`. Without plays only those are of use that do without (`bare`). A
    `hidden` page is in no menu: other pages lead to it, with what it is about in the address. A page for the `owner` of a
    group is in the menu of nobody else.
    """

    view: str
    title: str
    icon: str
    section: str = ""
    thumb: bool = False
    bare: bool = False
    hidden: bool = False
    owner: bool = False
    path: str = ""

    @property
    def address(self) -> str:
        """Its place in the address, without the slash; nothing for the first page."""
        return "" if self is PAGES[0] else self.path or self.view


# Where a sign-in comes back to. "connect" is the server's own route, which begins one.
SPOTIFY = "spotify"

PAGES = (
    Entry("home", "Home", "graphic_eq", thumb=True),
    Entry("timeline", "Timeline", "timeline", thumb=True),
    Entry("rhythm", "Rhythm", "calendar_view_month", thumb=True),
    Entry("tops", "Tops", "leaderboard", thumb=True),
    Entry("mood", "Mood", "mood", thumb=True),
    Entry("taste", "Taste", "show_chart", section="More"),
    Entry("discovery", "Discovery", "explore", section="More"),
    Entry("playlists", "Playlists", "queue_music", section="More"),
    Entry("playlist_lab", "Playlist lab", "tune", section="More", path="playlist-lab"),
    Entry("recap", "Recap", "auto_stories", section="More"),
    Entry("group", "Group", "group", section="More"),
    Entry("questions", "Questions", "help_center", section="More"),
    Entry("data", "Data", "receipt_long", section="More", thumb=True, bare=True),
    Entry("connect", "Connect", "link", section="More", bare=True, path=SPOTIFY),
    Entry("settings", "Settings", "settings", section="More", bare=True),
    Entry("members", "Members", "group_add", section="More", bare=True, owner=True),
    Entry("artist", "Artist", "artist", hidden=True),
    Entry("track", "Track", "music_note", hidden=True),
)
