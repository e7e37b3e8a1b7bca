"""The pages in the order of the navigation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One page: `view` is its module in `views`, and its place in the address; `section` the menu it is in.

    In the thumb bar of a phone are those that `thumb`. Without plays only those are of use that do without (`bare`).
    """

    view: str
    title: str
    icon: str
    section: str = ""
    thumb: bool = False
    bare: bool = False


PAGES = (
    Entry("overview", "Overview", "graphic_eq", thumb=True),
    Entry("taste", "Taste", "show_chart", section="More"),
    Entry("discovery", "Discovery", "explore", section="More"),
    Entry("playlists", "Playlists", "queue_music", section="More"),
    Entry("questions", "Questions", "help_center", thumb=True),
    Entry("data", "Data", "receipt_long", thumb=True, bare=True),
)
