"""The reports of how taste moves."""

from groovelog.reports.of_plays import COUNTED, HEARD, RANK
from groovelog.reports.report import ASKED_OF_TRACKS, TOP, Parameter, Report
from groovelog.tables import Column

NAME = Column(
    "name", "VARCHAR", "title of a track or recording, name of an artist or album; null where nobody tells it"
)
ARTIST = Column("artist_name", "VARCHAR", "artist of a track, recording or album; null for an artist")
FIRST_PLAYED = Column("first_played", "DATE", "local date of its first counted play")
LAST_PLAYED = Column("last_played", "DATE", "local date of its last counted play")
DAYS = Column("days_with_plays", "BIGINT", "local days on which a counted play of it began", "days")

ITEMS = ("track", "recording", "artist")
ARTISTS_OR = Parameter("what", "what is told of", ("artist", "track", "recording"), "artist")
RECORDINGS_OR = Parameter("what", "what is told of", ("recording", "track", "artist"), "recording")
STEP = Parameter("per", "the steps of time", ("month", "quarter", "year"), "quarter")
FIRST_FIFTY = Parameter("top", TOP.meaning, default=50)
SILENT = Parameter("window", "days of silence that part two times of listening", default=180)

KNOWN = "Plays whose item nobody tells are left out. "
END = "The end is the last day asked for, else that of the last kept play. "


def _range(name: str, days: int) -> tuple[Column, Column]:
    return (
        Column(f"plays_{name}", "BIGINT", f"counted plays in the {days} days up to the end"),
        Column(f"rank_{name}", "BIGINT", "place among all items by these plays, ties by name; null without any"),
    )


OF_TASTE = (
    Report(
        "time-ranges",
        "The three time ranges",
        "The most played in the last 28, 182 and 365 days up to the end, as the Web API's short, medium and long term have it "
        "for about 4 weeks, 6 months and a year, and beside them the places that the Web API told last. Everything that is "
        "among the first in any of the six. Tracks are the Web API's by their URI, artists by their exact name. " + END,
        (
            NAME,
            ARTIST,
            *_range("short", 28),
            *_range("medium", 182),
            *_range("long", 365),
            Column("api_rank_short", "INTEGER", "place in the Web API's latest list of the short term; null if not in it"),
            Column("api_rank_medium", "INTEGER", "the same of the medium term"),
            Column("api_rank_long", "INTEGER", "the same of the long term"),
        ),
        metric="taste.time_ranges",
        parameters=(
            *ASKED_OF_TRACKS,
            Parameter("what", "what is told of", ("artist", "track"), "artist"),
            Parameter("top", "places of each range that are shown", default=50),
        ),
    ),
    Report(
        "drift",
        "Drift of taste",
        "How far the shares of plays moved from one step to the next: the Jensen-Shannon distance to base 2 (the root of the "
        "divergence; Lin 1991, Endres and Schindelin 2003), 0 where all shares are the same, 1 where nothing is in common. "
        "Every step from the first kept play to the last; one is compared with the last before it that has plays. " + KNOWN,
        (
            Column("starts_on", "DATE", "first day of the step"),
            Column("plays", "BIGINT", "counted plays whose item is known"),
            Column("items", "BIGINT", "items played"),
            Column("drift", "DOUBLE", "distance from the step before that has plays; null without one or without plays", "0–1"),
            Column("drift_from_first", "DOUBLE", "distance from the first step that has plays; null without plays", "0–1"),
            Column("kept_share", "DOUBLE", "share of its plays of what the step before had, too", "share"),
        ),
        metric="taste.drift",
        parameters=(*ASKED_OF_TRACKS, ARTISTS_OR, STEP),
    ),
    Report(
        "obsessions",
        "Obsessions",
        "Bursts: windows of days, from a day on which it was played, with at least 10 counted plays of it and at least 5 times "
        "its base rate. The base rate is its other plays of the period, and half a play, spread over the days of the record "
        "outside the window; the record runs from the first kept play of the period to the last. Windows that have a day in "
        "common are one obsession. Most plays first, ties by times_base, then name. " + KNOWN,
        (
            NAME,
            ARTIST,
            Column("from_date", "DATE", "first day of the windows"),
            Column("to_date", "DATE", "last day of the windows on which it was played"),
            Column("days", "BIGINT", "days from the one to the other, both included", "days"),
            Column("plays", "BIGINT", "counted plays of it in these days"),
            Column("plays_before", "BIGINT", "counted plays of it before, in the period"),
            Column("plays_after", "BIGINT", "counted plays of it after, in the period"),
            Column("times_base", "DOUBLE", "plays of its best window by its base rate"),
            Column("share_of_plays", "DOUBLE", "its share of all counted plays in these days", "share"),
        ),
        metric="bursts.obsessions",
        parameters=(
            *ASKED_OF_TRACKS, RECORDINGS_OR, Parameter("window", "days that are looked at together", default=7), TOP,
        ),
    ),
    Report(
        "all-time-favourites",
        "All-time favourites",
        "Played steadily: first played 12 months or more before the end, played in at least 6 local months, none of which has "
        "more than half of its plays. By months with plays, then plays, then name. " + END + KNOWN,
        (
            RANK,
            NAME,
            ARTIST,
            COUNTED,
            HEARD,
            Column("months_with_plays", "BIGINT", "local months with a counted play of it"),
            Column("months_since_first", "BIGINT", "months from that of its first play to that of the end, both included"),
            Column("steadiness", "DOUBLE", "months_with_plays by months_since_first", "share"),
            Column("busiest_month_share", "DOUBLE", "share of its plays that lie in its busiest month", "share"),
            FIRST_PLAYED,
            LAST_PLAYED,
        ),
        metric="taste.all_time_favourites",
        parameters=(*ASKED_OF_TRACKS, RECORDINGS_OR, FIRST_FIFTY),
    ),
    Report(
        "forgotten-favourites",
        "Forgotten favourites",
        "Played at least 15 times on at least 5 days, and not once in more than the days asked for up to the end. Most plays "
        "first, ties by name. " + END + KNOWN,
        (
            NAME,
            ARTIST,
            COUNTED,
            DAYS,
            FIRST_PLAYED,
            LAST_PLAYED,
            Column("days_silent", "BIGINT", "days from then to the end", "days"),
        ),
        metric="taste.forgotten_favourites",
        parameters=(*ASKED_OF_TRACKS, RECORDINGS_OR, SILENT, TOP),
    ),
    Report(
        "comebacks",
        "Comebacks",
        "Played at least 5 times, then not at all for as many days as asked for or more, then at least 3 times within 30 days, "
        "the first of which lies in the period. What was played before the period counts, and every return is a row, the "
        "latest first. " + KNOWN,
        (
            NAME,
            ARTIST,
            Column("silent_from", "DATE", "first day of the silence"),
            Column("back_on", "DATE", "local date of the first counted play after it"),
            Column("days_silent", "BIGINT", "days between the two plays", "days"),
            Column("plays_before", "BIGINT", "counted plays of it before the silence"),
            Column("plays_since", "BIGINT", "counted plays of it from its return to the end of the period"),
        ),
        metric="taste.comebacks",
        parameters=(*ASKED_OF_TRACKS, RECORDINGS_OR, SILENT, TOP),
    ),
)  # fmt: skip
