"""The reports of single plays, and of what they were started from."""

from groovelog.reports.report import ANY_KIND, COUNT, COUNT_ALL, LISTENER, ONE, PERIOD, TOP, Parameter, Report
from groovelog.tables import PLAYS, Column

SAID = {column.name: column for column in PLAYS.columns}
NEWEST = 50
PAGE = "playlist, album, artist, show, collection (the listener's own), or other; null where nobody tells"
PAGE_NAME = Column(
    "context_name", "VARCHAR", "name of a playlist that Groovelog has, of the album or of the show; else null"
)

OF_RECENT = (
    Report(
        "recent-plays",
        "Recent plays",
        "The plays that are kept, one by one, the newest first, whether they count or not. What a play was started from is told "
        "by the Web API alone.",
        (
            Column("play_id", "VARCHAR", "16 hex digits, as groovelog plays explain takes them"),
            SAID["started_at"],
            SAID["stopped_at"],
            Column("local_date", "DATE", "local date of the start"),
            Column("local_time", "VARCHAR", "local time of the start, as 09:05"),
            SAID["kind"],
            Column("track_name", "VARCHAR", "title, also of an episode or a chapter; null where nobody names it"),
            Column("artist_name", "VARCHAR", "artist, show or audiobook"),
            Column("album_name", "VARCHAR", "album, show or audiobook"),
            SAID["ms_played"],
            Column("counted", "BOOLEAN", "passes the counting rule; null where it cannot decide"),
            SAID["skipped"],
            Column("context", "VARCHAR", f"what it was started from: {PAGE}"),
            PAGE_NAME,
            SAID["sources"],
            SAID["incognito"],
        ),
        parameters=(
            LISTENER, *PERIOD, COUNT_ALL, ANY_KIND, *ONE, Parameter("top", "plays at most", default=NEWEST),
        ),
        metric="recent.recent_plays",
    ),
    Report(
        "plays-by-context",
        "Plays by what they were started from",
        "Counted plays by the playlist, album, artist or show that they were started from, the most first, after those of which "
        "nobody tells: the Web API alone does.",
        (
            Column("context", "VARCHAR", PAGE),
            PAGE_NAME,
            Column("plays", "BIGINT", "counted plays"),
            Column("share", "DOUBLE", "of all counted plays", "share"),
            Column("ms_played", "BIGINT", "time listened in counted plays, estimated where no source tells it", "ms"),
            Column("skip_rate", "DOUBLE", "skips by the plays whose skip is known; null where none is", "share"),
            Column("context_uri", "VARCHAR", "the first of its URIs, as the Web API tells it"),
        ),
        parameters=(LISTENER, *PERIOD, COUNT, ANY_KIND, TOP),
        metric="recent.by_context",
    ),
)  # fmt: skip
