"""The reports of counts and time: step by step, in windows, beside other periods, and what was most."""

from groovelog.reports.of_plays import COUNTED, HEARD
from groovelog.reports.report import ASKED, ASKED_OF_ONE, Parameter, Report
from groovelog.tables import Column

DAYS = Column("days_with_plays", "BIGINT", "local days on which a counted play began", "days")
STARTS_ON = Column("starts_on", "DATE", "first day of the step")
STEPS = ("day", "week", "month", "quarter", "year")

OF_COUNTS = (
    Report(
        "listening-over-time",
        "Listening over time",
        "Counted plays, their time, and how many tracks and artists they are of, step by step from that of the first kept play "
        "to that of the last; steps without any are there with 0. A play is of the step that its local date lies in; weeks "
        "begin on Monday.",
        (
            STARTS_ON,
            COUNTED,
            HEARD,
            Column("tracks", "BIGINT", "tracks by catalogue entry"),
            Column("artists", "BIGINT", "artists, each spelling one"),
            DAYS,
        ),
        metric="spans.over_time",
        parameters=(*ASKED_OF_ONE, Parameter("per", "the steps", STEPS, "week")),
    ),
    Report(
        "rolling",
        "Rolling window",
        "For each local day from the first kept play to the last the counted plays of the days that end on it, so many as the "
        "window has. Windows at the beginning of a period reach back before it. Those that reach back before the first kept "
        "play ever are not whole.",
        (
            Column("local_date", "DATE", "the last day of the window"),
            COUNTED,
            HEARD,
            DAYS,
            Column("whole", "BOOLEAN", "all days of the window lie in the record"),
        ),
        metric="spans.rolling",
        parameters=(*ASKED, Parameter("window", "days looked at together", default=28)),
    ),
    Report(
        "compare",
        "This period and earlier ones",
        "The period beside as many days before it, and beside the same dates a year earlier (29 February becomes the 28th). "
        "Without dates it is the last 28 days of the record, which runs from the first kept play to the last; with one date, the "
        "other is where the record ends. An artist is new in the span in which its first counted play ever lies.",
        (
            Column("span", "VARCHAR", "this period, the one before, or a year earlier"),
            Column("from_date", "DATE", "first local date"),
            Column("to_date", "DATE", "last local date"),
            Column("plays", "BIGINT", "plays kept, whether they count or not"),
            Column("counted_plays", "BIGINT", "plays that pass the counting rule"),
            HEARD,
            Column("tracks", "BIGINT", "tracks by catalogue entry"),
            Column("artists", "BIGINT", "artists, each spelling one"),
            Column("albums", "BIGINT", "albums, each pair of album and artist one"),
            Column("sessions", "BIGINT", "sessions with a counted play"),
            DAYS,
            Column("new_artists", "BIGINT", "artists whose first counted play ever lies in the span"),
            Column(
                "change_ms",
                "DOUBLE",
                "ms_played of this period by that of the span, less 1; null where the span has none",
                "share",
            ),
            Column("in_record", "BOOLEAN", "the whole span lies between the first and the last kept play"),
        ),
        metric="spans.compare",
    ),
    Report(
        "records",
        "Records",
        "What was most: the day, week and month with most time and with most plays, the longest session by time and the one with "
        "most plays, the track repeated most in a day, the day with most tracks, the most time with one artist in a day, the "
        "longest streak of days with counted plays, and the longest silence between two of them. Of equal ones the earliest, "
        "then the first by name; a record that nothing sets is left out.",
        (
            Column("record", "VARCHAR", "which of them"),
            Column("value", "BIGINT", "how much, in its unit"),
            Column("unit", "VARCHAR", "ms, plays, tracks or days"),
            Column("from_date", "DATE", "first local date of it"),
            Column("to_date", "DATE", "last local date of it"),
            Column("name", "VARCHAR", "the track or artist it is of"),
            Column("artist_name", "VARCHAR", "artist of that track"),
            COUNTED,
            HEARD,
        ),
        metric="records.records",
    ),
)  # fmt: skip
