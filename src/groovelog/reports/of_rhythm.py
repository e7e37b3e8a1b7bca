"""The reports of rhythm: parts of the week, seasons, streaks, and how regular listening is."""

from groovelog.reports.of_counts import DAYS
from groovelog.reports.of_plays import COUNTED, HEARD, RANK
from groovelog.reports.report import ASKED, TOP, Parameter, Report
from groovelog.tables import Column

CALENDAR_DAYS = Column("calendar_days", "BIGINT", "days from the first to the last kept play, both included", "days")

OF_RHYTHM = (
    Report(
        "artist-hours",
        "Hours of artists",
        "The most played artists by local hour, and what part of all that was played in that hour is theirs: what they are "
        "played more for than others, whatever the day is like. A play lies whole in the hour in which it began; hours "
        "without a play of the artist are left out. Plays without a known artist are among those of the hour alone.",
        (
            RANK,
            Column("artist_name", "VARCHAR", "artist"),
            Column("hour", "INTEGER", "local hour, 0 to 23", "h"),
            COUNTED,
            HEARD,
            Column("plays_of_hour", "BIGINT", "counted plays of anyone in that hour"),
            Column("share_of_hour", "DOUBLE", "plays by plays_of_hour", "share"),
        ),
        metric="rhythm.artist_hours",
        parameters=(*ASKED, Parameter("top", "artists told of", default=50)),
    ),
    Report(
        "weekparts",
        "Workdays and weekend",
        "Monday to Friday beside Saturday and Sunday, by local date: what was played, and how much of it a day, days without "
        "plays among them.",
        (
            Column("weekpart", "VARCHAR", "workdays or weekend"),
            Column("calendar_days", "BIGINT", "such days from the first to the last kept play", "days"),
            DAYS,
            COUNTED,
            HEARD,
            Column("ms_per_day", "BIGINT", "ms_played by calendar_days, rounded down; null without such days", "ms"),
            Column("plays_per_day", "DOUBLE", "plays by calendar_days; null without such days"),
            Column(
                "skip_rate",
                "DOUBLE",
                "skipped plays among those, counted or not, of which the source says whether they were; null without any",
                "share",
            ),
            Column("fullest_hour", "INTEGER", "local hour with most time in counted plays, of equal ones the earliest", "h"),
        ),
        metric="rhythm.weekparts",
    ),
    Report(
        "seasons",
        "Seasons",
        "Meteorological seasons, three whole months each, from that of the first kept play to that of the last. They are named "
        "by their months, for half the world has them the other way round; December belongs to the year that follows it.",
        (
            Column("season", "VARCHAR", "its months"),
            Column("season_year", "INTEGER", "the year, of Dec-Feb that of its January"),
            Column("starts_on", "DATE", "its first day"),
            COUNTED,
            HEARD,
            DAYS,
            Column("tracks", "BIGINT", "tracks by catalogue entry"),
            Column("artists", "BIGINT", "artists, each spelling one"),
            Column("top_artist", "VARCHAR", "the artist with most counted plays, of equal ones the first by name"),
            Column("top_artist_plays", "BIGINT", "counted plays of that artist"),
        ),
        metric="rhythm.seasons",
    ),
    Report(
        "streaks",
        "Streaks",
        "Local days with counted plays that follow each other without a gap, the longest first. A streak is current if it "
        "reaches the end of the record (the last date asked for, else that of the last kept play) or the day before, for the "
        "last day may not be over. A period cuts streaks at its ends.",
        (
            RANK,
            Column("from_date", "DATE", "its first day"),
            Column("to_date", "DATE", "its last day"),
            Column("days", "BIGINT", "how long it is", "days"),
            COUNTED,
            HEARD,
            Column("current", "BOOLEAN", "it still went on at the end of the record"),
        ),
        metric="streaks.streaks",
        parameters=(*ASKED, TOP),
    ),
    Report(
        "frequency",
        "How often and how regularly",
        "On how many days there are counted plays, how many on such a day, and the gaps between them. Regularity is Cohen's "
        "kappa (1960) of two states, a counted play began in this local hour or not, between every hour of the record and the "
        "same hour one day, or one week, later: 0 is what chance would give, 1 a clockwork, below 0 less than chance. Every day "
        "has 24 hours: one that clocks leave out in spring is without plays, one shown twice in autumn is one.",
        (
            CALENDAR_DAYS,
            DAYS,
            Column("share_of_days", "DOUBLE", "days_with_plays by calendar_days", "share"),
            Column("plays_per_day_mean", "DOUBLE", "counted plays on a day with any, mean"),
            Column("plays_per_day_median", "DOUBLE", "counted plays on a day with any, median"),
            Column("sessions_per_day", "DOUBLE", "sessions with a counted play by days_with_plays"),
            Column(
                "longest_gap", "BIGINT", "most days without counted plays between two with; null without a gap", "days"
            ),
            Column("mean_gap", "DOUBLE", "mean of all such gaps of a day and more; null without a gap", "days"),
            Column("regularity_day", "DOUBLE", "kappa with the day after; null where nothing can differ from chance"),
            Column("regularity_week", "DOUBLE", "kappa with seven days later; null as well in a record of seven days or less"),
        ),
        metric="frequency.frequency",
    ),
)  # fmt: skip
