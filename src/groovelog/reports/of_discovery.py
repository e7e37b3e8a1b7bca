"""The reports of discovery and of how various the listening is."""

from groovelog.reports.of_plays import COUNTED
from groovelog.reports.of_taste import ARTIST, ARTISTS_OR, DAYS, END, KNOWN, NAME
from groovelog.reports.report import ASKED, ASKED_OF_TRACKS, TOP, Parameter, Report
from groovelog.tables import Column

STARTS_ON = Column("starts_on", "DATE", "first day of the step")
STEPS = ("day", "week", "month", "quarter", "year")
MONTHS_OR = Parameter("per", "the steps of time", STEPS, "month")
YEARS_OR = Parameter("per", "the steps of time", STEPS, "year")

EVERY = "Every step from the first kept play to the last. "
FATE = (
    "Something new stayed if it was played on at least 3 days and still 90 or more days after its first play; it faded if it "
    "did not and 90 days have gone by; else it is too early to say. "
)

OF_DISCOVERY = (
    Report(
        "first-plays",
        "First plays",
        "What was played for the first time ever in the period, the latest first. Plays before the period count as plays "
        "before, plays after it are not looked at. " + FATE + END + KNOWN,
        (
            Column("first_played", "DATE", "local date of its first counted play"),
            Column("started_at", "TIMESTAMPTZ", "start of that play"),
            NAME,
            ARTIST,
            Column("plays", "BIGINT", "counted plays of it to the end"),
            DAYS,
            Column("fate", "VARCHAR", "stayed, faded or too early"),
        ),
        metric="discovery.first_plays",
        parameters=(*ASKED_OF_TRACKS, ARTISTS_OR, TOP),
    ),
    Report(
        "discovery",
        "Discovery",
        "How much of each step was new: artists and tracks whose first counted play ever lies in it, and in the period. "
        + EVERY + FATE + END,
        (
            STARTS_ON,
            COUNTED,
            Column("artists", "BIGINT", "artists played, each spelling one; shows or audiobooks, if asked for"),
            Column("new_artists", "BIGINT", "artists played for the first time"),
            Column("new_artist_share", "DOUBLE", "new_artists by artists; null without any", "share"),
            Column("tracks", "BIGINT", "tracks played, by catalogue entry; episodes or chapters, if asked for"),
            Column("new_tracks", "BIGINT", "tracks played for the first time"),
            Column("explore_share", "DOUBLE", "plays that were the first ever of their track, by plays of known tracks", "share"),
            Column("repeat_share", "DOUBLE", "all other plays of known tracks, by these: 1 - explore_share", "share"),
            Column("plays_of_new_artists", "DOUBLE", "plays of the new artists, by plays of known artists", "share"),
            Column("stayed", "BIGINT", "new artists that stayed"),
            Column("faded", "BIGINT", "new artists that faded"),
            Column("too_early", "BIGINT", "new artists of whom it is too early to say"),
        ),
        metric="discovery.discovery",
        parameters=(*ASKED, MONTHS_OR),
    ),
    Report(
        "diversity",
        "Diversity",
        "How the counted plays of each step spread over what was played. With p the share of an item: the entropy is "
        "-sum(p log2 p); the effective number 2 to its power, as many equally frequent items as would be as various (Hill's "
        "number of order 1, 1973); that of order 2 is 1 / sum(p^2), the inverse Simpson index. The Gini coefficient is 0 where "
        "all items have as many plays, and near 1 where one has almost all. " + EVERY + KNOWN,
        (
            STARTS_ON,
            Column("plays", "BIGINT", "counted plays whose item is known"),
            Column("items", "BIGINT", "items played"),
            Column("entropy", "DOUBLE", "Shannon entropy of the shares; null without plays", "bits"),
            Column("effective_number", "DOUBLE", "2 to the power of the entropy"),
            Column("effective_number_2", "DOUBLE", "1 / sum(p^2)"),
            Column("gini", "DOUBLE", "Gini coefficient of the plays over the items played", "0–1"),
            Column("most_played_share", "DOUBLE", "share of the item with most plays", "share"),
        ),
        metric="diversity.diversity",
        parameters=(
            *ASKED, Parameter("what", "what is told of", ("artist", "track", "recording", "album"), "artist"), MONTHS_OR,
        ),
    ),
    Report(
        "mainstream",
        "Mainstream",
        "How popular the tracks of counted plays are, each play with the popularity that the reference row of its track has, "
        "0 to 100, as it was when the reference was made. Null where it is known of less than 30 % of the plays. " + EVERY,
        (
            STARTS_ON,
            COUNTED,
            Column("mean_popularity", "DOUBLE", "mean over the plays"),
            Column("median_popularity", "DOUBLE", "median over the plays"),
            Column("plays_known", "BIGINT", "counted plays whose popularity is known"),
            Column("known_share", "DOUBLE", "plays_known by plays; null without any", "share"),
        ),
        metric="discovery.mainstream",
        parameters=(*ASKED_OF_TRACKS, YEARS_OR),
    ),
)  # fmt: skip
