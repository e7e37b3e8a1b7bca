"""The reports of listening: over counted plays."""

from groovelog.reports.report import ASKED, TOP, Report
from groovelog.tables import Column

RANK = Column("rank", "BIGINT", "place, from 1; ties are ordered by name")
TITLE = Column("track_name", "VARCHAR", "title, also of an episode or a chapter; null where nobody names it")
MAKER = Column("artist_name", "VARCHAR", "artist; show or audiobook, if asked for")
ALBUM = Column("album_name", "VARCHAR", "album; show or audiobook, if asked for")
COUNTED = Column("plays", "BIGINT", "counted plays")
HEARD = Column("ms_played", "BIGINT", "time listened in counted plays, estimated where no source tells it", "ms")

OF_PLAYS = (
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
        metric="totals.overview",
    ),
    Report(
        "top-tracks",
        "Top tracks",
        "Tracks by counted plays, ties by name. A track is a catalogue entry: a play without URI joins the entry of "
        "its exact title and artist, else its names are one. "
        "Asked for episodes it ranks episodes, for audiobooks chapters.",
        (RANK, TITLE, MAKER, COUNTED, HEARD),
        parameters=(*ASKED, TOP),
        metric="rankings.top_tracks",
    ),
    Report(
        "top-artists",
        "Top artists",
        "Artists by counted plays, ties by name, as the source spells them; plays without a known artist are left out. "
        "Asked for episodes it ranks shows, for audiobooks audiobooks.",
        (RANK, MAKER, COUNTED, HEARD),
        parameters=(*ASKED, TOP),
        metric="rankings.top_artists",
    ),
    Report(
        "top-albums",
        "Top albums",
        "Albums by counted plays, ties by name, apart where the artists differ; plays without a known album are left "
        "out. Asked for episodes it ranks shows, for audiobooks audiobooks.",
        (RANK, ALBUM, MAKER, COUNTED, HEARD),
        parameters=(*ASKED, TOP),
        metric="rankings.top_albums",
    ),
    Report(
        "listening-by-month",
        "Listening by month",
        "Counted plays and their time by local month, from the month of the first kept play to that of the last.",
        (Column("month", "DATE", "first day of the month"), COUNTED, HEARD),
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
        metric="rhythm.heatmap",
    ),
)  # fmt: skip
