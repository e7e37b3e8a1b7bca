"""The reports of listening: over counted plays."""

from groovelog.reports.report import ASKED_OF_ONE, Report
from groovelog.tables import Column

RANK = Column("rank", "BIGINT", "place, from 1; ties are ordered by name")
TITLE = Column("track_name", "VARCHAR", "title, also of an episode or a chapter; null where nobody names it")
MAKER = Column("artist_name", "VARCHAR", "artist; show or audiobook, if asked for")
ALBUM = Column("album_name", "VARCHAR", "album; show or audiobook, if asked for")
COUNTED = Column("plays", "BIGINT", "counted plays")
HEARD = Column("ms_played", "BIGINT", "time listened in counted plays, estimated where no source tells it", "ms")

TOTALS = (
    Report(
        "overview",
        "Overview",
        "How much was played in the period, how much of it counts, of how many works, and on how many days.",
        (
            Column("plays", "BIGINT", "plays kept, whether they count or not"),
            Column("counted_plays", "BIGINT", "plays that pass the counting rule"),
            HEARD,
            Column("tracks", "BIGINT", "tracks by catalogue entry; episodes or chapters, if asked for"),
            Column("artists", "BIGINT", "artists, each spelling one; shows or audiobooks, if asked for"),
            Column("albums", "BIGINT", "albums, each pair of album and artist one"),
            Column("sessions", "BIGINT", "sessions with a counted play; no silence over 30 minutes within one"),
            Column("days_with_plays", "BIGINT", "local days on which a counted play began", "days"),
            Column("calendar_days", "BIGINT", "days from the first to the last kept play, both included", "days"),
            Column("ms_per_day", "BIGINT", "ms_played by calendar_days, rounded down; null without plays", "ms"),
            Column("first_play", "TIMESTAMPTZ", "start of the first counted play"),
            Column("last_play", "TIMESTAMPTZ", "start of the last counted play"),
        ),
        parameters=ASKED_OF_ONE,
        metric="totals.overview",
    ),
)  # fmt: skip

MONTHS_AND_HOURS = (
    Report(
        "listening-by-month",
        "Listening by month",
        "Counted plays and their time by local month, from the month of the first kept play to that of the last.",
        (Column("month", "DATE", "first day of the month"), COUNTED, HEARD),
        parameters=ASKED_OF_ONE,
        metric="rhythm.by_month",
    ),
    Report(
        "heatmap",
        "Hours of the week",
        "Counted plays and their time by weekday and local hour; a play lies whole in the hour in which it began.",
        (
            Column("weekday", "INTEGER", "1 is Monday, 7 Sunday"),
            Column("hour", "INTEGER", "local hour, 0 to 23", "h"),
            COUNTED,
            HEARD,
        ),
        parameters=ASKED_OF_ONE,
        metric="rhythm.heatmap",
    ),
)  # fmt: skip
