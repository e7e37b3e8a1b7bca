"""The reports of attention: what is skipped, how far plays get, why they begin and end. Every play counts, unless asked."""

from groovelog.reports.report import COUNT_ALL, KIND, LISTENER, ONE, PERIOD, TOP, TRACKS_ALONE, Parameter, Report
from groovelog.tables import Column

SKIP = "A skip is a play that the source marks as cut short; plays of which it does not say are left out of the rate."
PLAYS = Column("plays", "BIGINT", "counted plays")
SHARE = Column("share", "DOUBLE", "of the counted plays", "share")
HEARD = Column("ms_played", "BIGINT", "time listened in counted plays", "ms")
SKIP_RATE = Column("skip_rate", "DOUBLE", "skips by the plays whose skip is known; null where none is", "share")
WHATS = (
    "track", "recording", "artist", "album", "hour", "weekday", "month", "platform", "shuffle", "reason", "context",
)  # fmt: skip

OF_SKIPS = (
    Report(
        "skips",
        "Skips",
        f"How much is cut short, by what is played, when, or how. {SKIP} Most skips first; hours, weekdays and months in their "
        "order. A reason is why the play began (reason_start); a context is told from the track's audio features, as in the "
        "report contexts. Plays whose artist, album or track nobody names are left out; of the others the name is null.",
        (
            Column("name", "VARCHAR", "what it is of; null where no source tells it"),
            Column("artist_name", "VARCHAR", "artist of the track, recording or album"),
            Column("plays", "BIGINT", "counted plays whose skip is known"),
            Column("skips", "BIGINT", "those that were skipped"),
            SKIP_RATE,
            Column("unknown", "BIGINT", "counted plays whose skip is not known"),
            Column("ms_before_skip", "BIGINT", "mean time listened before a skip, rounded down; null without one", "ms"),
        ),
        parameters=(
            LISTENER, *PERIOD, COUNT_ALL, TRACKS_ALONE, *ONE,
            Parameter("what", "what the skips are counted of", WHATS, "artist"), TOP,
        ),
        metric="skips.skips",
    ),
    Report(
        "completion",
        "Completion",
        "How many plays reached 0, 5, … 100 % of their track, of those whose duration a source tells and whose length is known: "
        "as sources tell it, else as the track's match does, else as the longest play that ended with the track shows. Whoever "
        "listens longer than the track lasts has reached all of it.",
        (
            Column("percent", "INTEGER", "part of the track's length, in percent"),
            Column("plays", "BIGINT", "counted plays that reached it"),
            Column("share", "DOUBLE", "of the plays whose duration and length are known", "share"),
            Column("known", "BIGINT", "counted plays whose duration and length are known"),
            Column("unknown", "BIGINT", "counted plays of which one of them is not"),
        ),
        parameters=(LISTENER, *PERIOD, COUNT_ALL, TRACKS_ALONE),
        metric="skips.completion",
    ),
    Report(
        "reasons",
        "Why plays begin and end",
        f"Counted plays by Spotify's words for why they began and why they ended, the most frequent first. Spotify explains "
        f"hardly any of its words: the meaning is how they are commonly read. {SKIP}",
        (
            Column("moment", "VARCHAR", "start or end"),
            Column("reason", "VARCHAR", "Spotify's word; null where no source tells it"),
            Column("meaning", "VARCHAR", "in plain words; null where it is not known"),
            PLAYS,
            SHARE,
            HEARD,
            SKIP_RATE,
        ),
        parameters=(LISTENER, *PERIOD, COUNT_ALL, KIND),
        metric="skips.reasons",
    ),
)  # fmt: skip
