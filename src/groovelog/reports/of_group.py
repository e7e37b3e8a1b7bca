"""The reports of a group: the listener and those who show them enough."""

from groovelog.access import ALL, TOTALS
from groovelog.metrics.rules import LEAST_COVERAGE
from groovelog.reports.of_plays import COUNTED, HEARD, RANK
from groovelog.reports.report import ASKED, ASKED_OF_TRACKS, TOP, WITH, Parameter, Report
from groovelog.tables import Column

NAME = Column("name", "VARCHAR", "title, or the artist's name")
ARTIST = Column("artist_name", "VARCHAR", "artist of a track or album; null for an artist")
SHARED = "Incognito plays are left out."
BY = Parameter("by", "what ranks", ("plays", "time", "days"), "plays")
WHAT = Parameter("what", "what is told of", ("track", "recording", "artist", "album"), "artist")

OF_GROUP = (
    Report(
        "leaderboard",
        "Leaderboard",
        "The listeners of the group by counted plays, time listened, or days with plays; of each the totals alone. An artist "
        "is new when a listener's first counted play of it ever lies in the period. Of members who show totals from a "
        "Groovelog of their own (lake pull) the months that lie in the period whole are summed, by the rule 30s and their own "
        f"clocks: with another rule, kind or zone they are left out. {SHARED}",
        (
            RANK,
            Column("listener", "VARCHAR", "name of the listener"),
            COUNTED,
            HEARD,
            Column("tracks", "BIGINT", "recordings with counted plays; null where months are summed"),
            Column("artists", "BIGINT", "artists with counted plays; null where months are summed"),
            Column("new_artists", "BIGINT", "artists first played in the period; null where months are summed"),
            Column("days_with_plays", "BIGINT", "local days on which a counted play began", "days"),
            Column("sessions", "BIGINT", "sessions with a counted play"),
        ),
        metric="group.leaderboard",
        parameters=(*ASKED, BY, WITH),
        shares=TOTALS,
    ),
    Report(
        "group-hours",
        "Hours of the group",
        "When the listeners of the group listen: counted plays and their time by local hour, each in their own zone unless one "
        f"is asked for; of each the totals alone. Hours without a play are left out. {SHARED}",
        (
            Column("listener", "VARCHAR", "name of the listener"),
            Column("hour", "INTEGER", "local hour, 0 to 23", "h"),
            COUNTED,
            HEARD,
        ),
        metric="group.hours",
        parameters=(*ASKED, WITH),
        shares=TOTALS,
    ),
    Report(
        "compatibility",
        "Compatibility",
        "Every two of the group: what they have in common, and how alike they are. Affinity is the sum over all items of the "
        "square root of one's share of plays × the other's (Bhattacharyya coefficient): 1 for the same shares, 0 for "
        "nothing in common. Audio similarity is 1 less the mean difference of their means of seven audio features. "
        "Compatibility is 60 % artist affinity, 20 % track affinity, 20 % audio similarity, of 100; where audio features "
        f"are known of less than {LEAST_COVERAGE:.0%} of somebody's plays the other two alone. {SHARED}",
        (
            Column("listener", "VARCHAR", "one of the two"),
            Column("other", "VARCHAR", "the other"),
            Column("compatibility", "BIGINT", "0 (nothing in common) to 100"),
            Column("artists", "BIGINT", "artists that the one has counted plays of"),
            Column("other_artists", "BIGINT", "artists that the other has counted plays of"),
            Column("common_artists", "BIGINT", "artists of both"),
            Column("artist_jaccard", "DOUBLE", "common artists / artists of either", "share"),
            Column("artist_affinity", "DOUBLE", "how alike their shares of plays by artist are", "0–1"),
            Column("tracks", "BIGINT", "recordings that the one has counted plays of"),
            Column("other_tracks", "BIGINT", "recordings that the other has counted plays of"),
            Column("common_tracks", "BIGINT", "recordings of both"),
            Column("track_jaccard", "DOUBLE", "common recordings / recordings of either", "share"),
            Column("track_affinity", "DOUBLE", "how alike their shares of plays by recording are", "0–1"),
            Column(
                "audio_similarity",
                "DOUBLE",
                "how alike the means of their audio features are; null where unknown",
                "0–1",
            ),
        ),
        metric="group.compatibility",
        parameters=(*ASKED_OF_TRACKS, WITH),
        shares=ALL,
    ),
    Report(
        "shared-favourites",
        "Shared favourites",
        "What at least two of the group play: most listeners first, then by the smallest of their own shares of plays, so that "
        f"what one alone plays a lot stays behind. {SHARED}",
        (
            RANK,
            NAME,
            ARTIST,
            Column("listeners", "BIGINT", "listeners with counted plays of it"),
            Column("plays", "BIGINT", "counted plays of all of them"),
            Column("least_share", "DOUBLE", "the smallest of their shares of counted plays", "share"),
            Column("fan", "VARCHAR", "who has the most plays of it"),
        ),
        metric="group.shared_favourites",
        parameters=(*ASKED_OF_TRACKS, WHAT, TOP, WITH),
        shares=ALL,
    ),
    Report(
        "who-heard-first",
        "Who heard it first",
        "What at least two of the group know, and was played in the period: who had the first counted play of all time, who "
        "followed, and how long after. A shared discovery is one that the second played within 90 days of the first. The "
        f"latest followed first. First plays are those kept here: who brings an older export was earlier. {SHARED}",
        (
            NAME,
            ARTIST,
            Column("first_listener", "VARCHAR", "who played it first"),
            Column("first_played", "DATE", "local date of that play"),
            Column("next_listener", "VARCHAR", "who played it next"),
            Column("next_played", "DATE", "local date of their first play"),
            Column(
                "days_later",
                "BIGINT",
                "days between the two dates; 0 where the later play has the earlier date, in a zone further west",
                "days",
            ),
            Column("shared_discovery", "BOOLEAN", "within 90 days"),
            Column("listeners", "BIGINT", "listeners with counted plays of it"),
            Column("plays", "BIGINT", "counted plays of all of them, of all time"),
        ),
        metric="group.who_heard_first",
        parameters=(*ASKED_OF_TRACKS, WHAT, TOP, WITH),
        shares=ALL,
    ),
)
