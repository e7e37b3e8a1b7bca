"""The reports of what is no play: playlists and saved tracks, each as last seen."""

from groovelog.reports.report import LISTENER, TOP, Report
from groovelog.tables import PLAYLIST_TRACKS, PLAYLISTS, SAVED_TRACKS, Column

PLAYLIST = Column("playlist_name", "VARCHAR", "name of the playlist")
ADDED = "the UTC date, which is the one that exports tell"
TRACK = (
    Column("track_name", "VARCHAR", "title, also of an episode or audiobook; null where nothing is told of it"),
    Column("artist_name", "VARCHAR", "artist; show of an episode, author of an audiobook"),
    Column("album_name", "VARCHAR", "album"),
)
URI = Column("track_uri", "VARCHAR", "spotify:track:…, spotify:local:…, or the URI of the episode or audiobook")
LATEST = (
    "As last seen: the state that was changed last, of several the one that came in last. A playlist that an export and the Web "
    "API told is shown once, when the name is the same and half of the smaller is in the other."
)

OF_SAVED = (
    Report(
        "playlist-list",
        "Playlists",
        f"Every playlist by name, with the first and last date on which an entry was added. {LATEST}",
        (
            PLAYLIST,
            Column("entries", "BIGINT", "entries of the playlist, of any kind"),
            Column("first_added", "DATE", f"when the oldest entry was added: {ADDED}"),
            Column("last_added", "DATE", f"when the newest entry was added: {ADDED}"),
            Column("modified_on", "DATE", "day of the last change, as the source tells it"),
            Column("captured_at", "TIMESTAMPTZ", "when this state came into Groovelog"),
            Column("states", "BIGINT", "states kept of the playlist, this one among them"),
            Column("playlist_id", "VARCHAR", "what names the playlist from one state to the next"),
        ),
        of=PLAYLISTS,
        parameters=(LISTENER, TOP),
        metric="saved.playlist_list",
    ),
    Report(
        "playlist-tracks",
        "Tracks of playlists",
        f"Every entry of every playlist, in the order of each. {LATEST}",
        (
            PLAYLIST,
            Column("position", "INTEGER", "place in the playlist, from 1"),
            *TRACK,
            Column("added_on", "DATE", f"when it was added: {ADDED}"),
            Column("kind", "VARCHAR", "track, episode, audiobook, or unknown (withdrawn, nothing is told of it)"),
            URI,
            Column("playlist_id", "VARCHAR", "the playlist"),
        ),
        of=PLAYLIST_TRACKS,
        parameters=(LISTENER, TOP),
        metric="saved.entries",
    ),
    Report(
        "library",
        "Library",
        "The saved tracks, in the order of the library that came in last. Exports do not tell when a track was saved.",
        (
            Column("position", "INTEGER", "place in the library, from 1"),
            *TRACK,
            Column("added_on", "DATE", "when it was saved, the UTC date; null in exports"),
            Column("captured_at", "TIMESTAMPTZ", "when this state came into Groovelog"),
            URI,
        ),
        of=SAVED_TRACKS,
        parameters=(LISTENER, TOP),
        metric="saved.library",
    ),
)
