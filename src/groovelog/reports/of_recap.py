"""The recap: a year, or any period, in twelve facts."""

from groovelog.metrics.rules import FACTS
from groovelog.reports.of_plays import COUNTED, HEARD
from groovelog.reports.report import ASKED_OF_TRACKS, TOP, Parameter, Report
from groovelog.tables import Column

OF_RECAP = (
    Report(
        "recap",
        "Recap",
        "A period in twelve facts: time listened; how many tracks, artists and new artists (the first counted play ever lies in "
        "the period); the most played artist, track and album; the new artist with the most plays; the day with the most time; "
        "the longest session and the longest streak of days; and the track played most in one day. Ties go to the first by "
        "name, of days and sessions to the earliest. recap-plays --what FACT lists the plays behind a fact.",
        (
            Column("fact", "VARCHAR", "which of the twelve"),
            Column("value", "BIGINT", "what it says, in its unit"),
            Column("unit", "VARCHAR", "ms, tracks, artists, plays or days"),
            Column("name", "VARCHAR", "the artist, track or album it is about"),
            Column("artist_name", "VARCHAR", "artist of that track or album"),
            Column("from_date", "DATE", "first local date it is about"),
            Column("to_date", "DATE", "last local date it is about"),
            COUNTED,
            HEARD,
            Column("report", "VARCHAR", "the report that tells more of it"),
        ),
        metric="recap.recap",
        parameters=ASKED_OF_TRACKS,
    ),
    Report(
        "recap-plays",
        "The plays behind a fact",
        "Every counted play that a fact of the recap was made of, the first of them first; the recap tells how many they are.",
        (
            Column("started_at", "TIMESTAMPTZ", "when the play began"),
            Column("local_date", "DATE", "local date of that"),
            Column("track_name", "VARCHAR", "title"),
            Column("artist_name", "VARCHAR", "artist"),
            Column("ms_played", "BIGINT", "time listened, estimated where no source tells it", "ms"),
            Column("sources", "VARCHAR", "the sources that saw the play"),
            Column("play_id", "VARCHAR", "the play, as `groovelog plays explain` takes it"),
        ),
        metric="recap.recap_plays",
        parameters=(*ASKED_OF_TRACKS, Parameter("what", "the fact", FACTS, FACTS[0]), TOP),
    ),
)
