"""The reports of sessions."""

from groovelog.reports.of_plays import MAKER, TITLE
from groovelog.reports.report import ASKED, TOP, Parameter, Report
from groovelog.tables import Column

SILENCE = Parameter("silence", "minutes without a play that end a session", default=30)
SESSION = Parameter("session", "a session by its id, as the report sessions has it; else the longest by time listened")

CUT = (
    "A session is the plays of a listener, of every kind, with no silence between them longer than asked for; it is shown "
    "with its plays of the period and kind, and only if one of them counts. "
)
ID = Column("session_id", "VARCHAR", "id of the session: that of its first play, in 16 hexadecimal digits")
DATE = Column("local_date", "DATE", "local date on which it started")
HOUR = Column("start_hour", "INTEGER", "local hour in which it started, 0 to 23", "h")
TIME = Column("ms_played", "BIGINT", "time listened in its counted plays, estimated where no source tells it", "ms")
PLAYS = Column("plays", "BIGINT", "its counted plays")
ARTISTS = Column("artists", "BIGINT", "artists of its counted plays, each spelling one")
SKIP_RATE = Column(
    "skip_rate",
    "DOUBLE",
    "skipped plays by all whose skip is known, whether they count or not; null where none is",
    "share",
)
ENERGY = Column("energy", "DOUBLE", "energy of the track; null where its audio features are unknown", "0–1")
VALENCE = Column("valence", "DOUBLE", "valence of the track; null where its audio features are unknown", "0–1")

BINGES = "Late-night binge: at least two hours listened, and a counted play that began between 0:00 and 4:59. "
ROUTINES = (
    "Morning routine: the first session that starts at 5:00 or later on a local day, if it starts before 11:00 and within 45 "
    "minutes of the median of all such mornings of workdays (Monday to Friday), or of weekends, in the period; from five "
    "such mornings on. "
)

LISTED = (
    ID,
    DATE,
    HOUR,
    Column("started_at", "TIMESTAMPTZ", "start of its first play"),
    Column(
        "stopped_at",
        "TIMESTAMPTZ",
        "latest stop of its plays; of one whose stop no source tells, its start and its time",
    ),
    PLAYS,
    Column("tracks", "BIGINT", "tracks of its counted plays, by catalogue entry"),
    ARTISTS,
    TIME,
    Column("skips", "BIGINT", "plays marked as cut short, whether they count or not"),
    SKIP_RATE,
    Column("label", "VARCHAR", "late-night binge, else morning routine, else null"),
)


def _half(feature: str, half: str) -> Column:
    words = f"mean {feature} of the {half} half of its counted plays, as far as it is known"
    return Column(f"{feature}_{half}_half", "DOUBLE", words, "0–1")


OF_SESSIONS = (
    Report(
        "sessions",
        "Sessions",
        CUT + "The newest first. " + BINGES + ROUTINES + "A binge is not a routine.",
        LISTED,
        metric="sessions.sessions",
        parameters=(*ASKED, SILENCE, TOP),
    ),
    Report(
        "late-night-binges",
        "Late-night binges",
        BINGES + "The longest first. " + CUT,
        LISTED,
        metric="sessions.late_night_binges",
        parameters=(*ASKED, SILENCE, TOP),
    ),
    Report(
        "morning-routines",
        "Morning routines",
        ROUTINES + "The newest first. " + CUT,
        LISTED,
        metric="sessions.morning_routines",
        parameters=(*ASKED, SILENCE, TOP),
    ),
    Report(
        "sessions-by-hour",
        "Sessions by hour",
        "Sessions by the local hour in which they started, all 24; a session lies whole in that hour. " + CUT,
        (
            HOUR,
            Column("sessions", "BIGINT", "sessions that started in the hour"),
            Column("plays", "BIGINT", "counted plays in them"),
            Column("ms_played", "BIGINT", "time listened in these", "ms"),
            Column("mean_ms", "BIGINT", "time listened by sessions, rounded down; null without any", "ms"),
            Column("median_ms", "BIGINT", "the median of their times listened, rounded down; null without any", "ms"),
            SKIP_RATE,
        ),
        metric="sessions.by_hour",
        parameters=(*ASKED, SILENCE),
    ),
    Report(
        "session-story",
        "Story of a session",
        "The plays of one session in order, whether they count or not. Energy and valence of 0.5 and more are high: high in "
        "both is happy, energy alone tense, valence alone calm, neither sad (Russell's circumplex, 1980). "
        + CUT,
        (
            Column("position", "BIGINT", "place in the session, from 1"),
            ID,
            Column("started_at", "TIMESTAMPTZ", "when the play began"),
            TITLE,
            MAKER,
            Column("ms_played", "BIGINT", "time listened, estimated where no source tells it; null where unknown", "ms"),
            Column("counted", "BOOLEAN", "passes the counting rule; null where the rule cannot decide"),
            Column("skipped", "BOOLEAN", "marked as cut short; null where no source says"),
            Column("silence_ms", "BIGINT", "from the latest stop before to its start, 0 if that is later; null at first", "ms"),
            ENERGY,
            VALENCE,
            Column("quadrant", "VARCHAR", "happy, tense, calm or sad; null where energy or valence is unknown"),
        ),
        metric="session_story.story",
        parameters=(*ASKED, SILENCE, SESSION),
    ),
    Report(
        "session-stories",
        "Longest sessions",
        "The sessions with most time listened, and how they went: means of their first and second half, the middle play of an "
        "odd number in the first. " + CUT,
        (
            ID,
            DATE,
            HOUR,
            TIME,
            PLAYS,
            ARTISTS,
            Column("main_artist", "VARCHAR", "the artist with most of its counted plays, of several the first by name"),
            Column("main_artist_share", "DOUBLE", "that artist's share of them", "share"),
            *(_half(feature, half) for feature in ("energy", "valence") for half in ("first", "second")),
            Column("known_share", "DOUBLE", "share of its counted plays with audio features", "share"),
        ),
        metric="session_story.stories",
        parameters=(*ASKED, SILENCE, Parameter("top", TOP.meaning, default=10)),
    ),
)  # fmt: skip
