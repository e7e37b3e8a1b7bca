"""The reports of how the music sounds, and what it may be played for. They need audio features."""

from groovelog.metrics.context_rules import CONTEXTS, UNCLASSIFIED
from groovelog.metrics.mood_rules import HALF, JUDGED_PLAYS, MAD_TO_DEVIATION, NORMAL_DEVIATIONS
from groovelog.metrics.rules import LEAST_COVERAGE
from groovelog.reports.report import ASKED_OF_TRACKS, Parameter, Report
from groovelog.tables import AUDIO_FEATURES, Column

FEATURES = {feature.name: feature for feature in AUDIO_FEATURES}
# Of which a mean says something; as in metrics.profile.
AVERAGED = (
    "danceability", "energy", "loudness", "speechiness", "acousticness", "instrumentalness", "liveness", "valence", "tempo",
)  # fmt: skip
PLAYS = Column("plays", "BIGINT", "counted plays")
COVERAGE = Column("coverage", "DOUBLE", "known by plays", "share")
HEARD = Column("ms_played", "BIGINT", "time listened in counted plays", "ms")
TOP_ARTIST = Column("top_artist", "VARCHAR", "artist with the most of these plays; of several the first by name")
STEP = (
    Column("starts_on", "DATE", "first day of the step; of weeks a Monday"),
    Column("hour", "INTEGER", "local hour, 0 to 23, where asked for", "h"),
    Column("weekday", "INTEGER", "1 is Monday, 7 Sunday, where asked for"),
)
EMPTY = "Steps without counted plays are left out."
SPARSE = f"Where less than {LEAST_COVERAGE:.0%} of the plays are known, nothing is told of them."
IN_ORDER = "; ".join(f"{context.name}: {context.rule}" for context in CONTEXTS)
CLASSES = (
    f"A track is of the first context that it fits, in this order. {IN_ORDER}. It is unclassified where it fits none, and "
    "unknown where the audio features that would decide are not known."
)


def _range(name: str) -> tuple[Column, ...]:
    return (
        Column(
            f"{name}_note", "VARCHAR", f"dip or peak, where the mean {name} lies outside the normal range; else null"
        ),
        Column(f"{name}_low", "DOUBLE", f"lower end of the normal range of {name}", "0–1"),
        Column(f"{name}_high", "DOUBLE", f"upper end of the normal range of {name}", "0–1"),
    )


def _per(default: str, *steps: str) -> Parameter:
    return Parameter("per", "the steps of time", steps, default)


OF_MOOD = (
    Report(
        "mood",
        "Mood over time",
        "Mean valence and energy of counted plays by step of time, over plays whose track has both. The listener's normal range "
        f"is the median of the steps with at least {JUDGED_PLAYS} known plays, ± {NORMAL_DEVIATIONS} × {MAD_TO_DEVIATION} × "
        "the median absolute deviation from it (Hampel's identifier); steps of fewer known plays are not judged. "
        f"{EMPTY} {SPARSE}",
        (
            *STEP,
            PLAYS,
            Column("known", "BIGINT", "counted plays with valence and energy"),
            COVERAGE,
            Column("valence", "DOUBLE", f"mean {FEATURES['valence'].meaning}", "0–1"),
            Column("energy", "DOUBLE", f"mean {FEATURES['energy'].meaning}", "0–1"),
            *_range("valence"),
            *_range("energy"),
        ),
        parameters=(*ASKED_OF_TRACKS, _per("week", "day", "week", "month", "quarter", "year", "hour", "weekday")),
        metric="mood.mood",
        needs_audio=True,
    ),
    Report(
        "mood-quadrants",
        "Quadrants of mood",
        "Counted plays by quadrant of valence and energy, as in Russell's circumplex of affect (1980): happy (both high), tense "
        f"(energy alone), sad (neither), calm (valence alone). From {HALF:g} on a value is high. {SPARSE}",
        (
            Column("quadrant", "VARCHAR", "happy, tense, sad, calm, or unknown: without valence or energy"),
            Column("valence", "VARCHAR", "high or low"),
            Column("energy", "VARCHAR", "high or low"),
            PLAYS,
            Column("share", "DOUBLE", "of the plays whose quadrant is known", "share"),
            HEARD,
            TOP_ARTIST,
        ),
        parameters=ASKED_OF_TRACKS,
        metric="mood.quadrants",
        needs_audio=True,
    ),
    Report(
        "contexts",
        "Contexts",
        f"What the music played may be for, told from its audio features. {CLASSES} {SPARSE}",
        (
            Column(
                "context", "VARCHAR", f"{', '.join(context.name for context in CONTEXTS)}, {UNCLASSIFIED} or unknown"
            ),
            PLAYS,
            Column("share", "DOUBLE", "of the plays whose context is known", "share"),
            HEARD,
            Column("fits", "BIGINT", "counted plays that fit it, also where one before it does"),
            Column("fullest_hour", "INTEGER", "local hour with the most of these plays; of several the first", "h"),
            TOP_ARTIST,
            Column("rule", "VARCHAR", "what a track has to be"),
        ),
        parameters=ASKED_OF_TRACKS,
        metric="contexts.contexts",
        needs_audio=True,
    ),
    Report(
        "contexts-over-time",
        "Contexts over time",
        f"The share of each context in the plays of a step of time whose context is known. {CLASSES} {EMPTY} {SPARSE}",
        (
            *STEP,
            PLAYS,
            Column("known", "BIGINT", "counted plays whose context is known"),
            COVERAGE,
            *(
                Column(name, "DOUBLE", f"share of {name}", "share")
                for name in (*(context.name for context in CONTEXTS), UNCLASSIFIED)
            ),
        ),
        parameters=(*ASKED_OF_TRACKS, _per("month", "month", "quarter", "year", "hour", "weekday")),
        metric="contexts.over_time",
        needs_audio=True,
    ),
    Report(
        "audio-profile",
        "Audio profile",
        f"The mean of each audio feature over counted plays, each over the plays whose track tells it. {EMPTY} {SPARSE}",
        (
            *STEP,
            PLAYS,
            Column("known", "BIGINT", "counted plays with audio features"),
            COVERAGE,
            *(Column(name, "DOUBLE", f"mean {FEATURES[name].meaning}", FEATURES[name].unit) for name in AVERAGED),
        ),
        parameters=(*ASKED_OF_TRACKS, _per("hour", "hour", "weekday", "month", "quarter", "year", "all")),
        metric="profile.audio_profile",
        needs_audio=True,
    ),
    Report(
        "tempo",
        "Tempo",
        f"Counted plays by the tempo of their track, in steps of 10 BPM, and at the end those of unknown tempo. {SPARSE}",
        (
            Column("bpm_from", "BIGINT", "from this tempo on; null where it is unknown", "BPM"),
            Column("bpm_to", "BIGINT", "below this tempo", "BPM"),
            PLAYS,
            Column("share", "DOUBLE", "of the plays whose tempo is known", "share"),
        ),
        parameters=ASKED_OF_TRACKS,
        metric="profile.tempo",
        needs_audio=True,
    ),
    Report(
        "keys",
        "Keys",
        f"Counted plays by key and mode of their track, all 24; those of unknown key or mode are left out. {SPARSE}",
        (
            Column("key", "INTEGER", FEATURES["key"].meaning),
            Column("mode", "VARCHAR", "major or minor"),
            Column("key_name", "VARCHAR", "both in words, as C♯ minor"),
            PLAYS,
            Column("share", "DOUBLE", "of the plays whose key and mode are known", "share"),
            Column("top_track", "VARCHAR", "track with the most of these plays; of several the first by name"),
            Column("top_track_artist", "VARCHAR", "its artist"),
        ),
        parameters=ASKED_OF_TRACKS,
        metric="profile.keys",
        needs_audio=True,
    ),
)
