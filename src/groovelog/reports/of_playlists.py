"""The reports of playlists beside what was played."""

from groovelog.metrics.saved_rules import CONTAINED, FRESH_DAYS, NEAR_DUPLICATE, STALE_DAYS, YEAR_DAYS
from groovelog.reports.of_saved import ADDED, LATEST, PLAYLIST, TRACK
from groovelog.reports.report import COUNT, LISTENER, PERIOD, TOP, TRACKS_ALONE, Report
from groovelog.tables import AUDIO_FEATURES, PLAYLIST_TRACKS, PLAYLISTS, Column

RECORDINGS = "Tracks are compared by recording, so that single and album version are one. " + LATEST
NOW = "Today is the last day of a kept play, or the day on which the last playlist came in, whichever is later."
STALE = (
    f"A playlist is stale when it was not changed for {STALE_DAYS} days and none of its tracks was played for as long; a change "
    "is the last one told, or the last entry added."
)
TRACKS = Column("tracks", "BIGINT", "recordings among its entries")
MODIFIED = Column("modified_on", "DATE", "day of the last change, as the source tells it")
LAST_ADDED = Column("last_added", "DATE", f"when the newest entry was added: {ADDED}")
LAST_PLAYED = Column("last_played", "DATE", "local day of the last counted play of one of its tracks; null without")
PLAYS_EVER = Column("plays", "BIGINT", "counted plays of its tracks, ever, from wherever they were started")
NEVER = Column("never_played", "BIGINT", "tracks without a counted play")
ENTRIES = Column("entries", "BIGINT", "entries of the playlist, of any kind")
FEATURES = {feature.name: feature for feature in AUDIO_FEATURES}
ID = Column("playlist_id", "VARCHAR", "what names the playlist from one state to the next")

OF_PLAYLISTS = (
    Report(
        "playlist-health",
        "Health of playlists",
        f"How large, old, fresh, varied and alive each playlist is, the most played first. {NOW} {STALE} {RECORDINGS}",
        (
            PLAYLIST,
            ENTRIES,
            TRACKS,
            Column("duplicates", "BIGINT", "entries whose recording is in the playlist before"),
            Column("artists", "BIGINT", "artists of its tracks, each spelling one"),
            Column("first_added", "DATE", f"when the oldest entry was added: {ADDED}"),
            LAST_ADDED,
            MODIFIED,
            Column("age_days", "BIGINT", "days from first_added to today", "days"),
            Column(
                "days_since_change", "BIGINT", "days from the last change to today; null where none is told", "days"
            ),
            LAST_PLAYED,
            PLAYS_EVER,
            NEVER,
            Column("never_played_share", "DOUBLE", "never_played by tracks; null without tracks", "share"),
            Column(
                "silent_year",
                "BIGINT",
                f"tracks without a counted play in the last {YEAR_DAYS} days, those never played among them",
            ),
            Column(
                "effective_artists",
                "DOUBLE",
                "2 to the Shannon entropy (in bits) of the artists of its entries: so many artists with as many entries each "
                "would be as varied",
            ),
            Column(
                "fresh_share",
                "DOUBLE",
                f"entries added in the last {FRESH_DAYS} days, by the entries whose date is told",
                "share",
            ),
            Column("stale", "BOOLEAN", "see above; null where no change is told and nothing was played of late"),
            ID,
        ),
        of=PLAYLISTS,
        parameters=(LISTENER, COUNT, TOP),
        metric="playlists.health",
    ),
    Report(
        "stale-playlists",
        "Stale playlists",
        f"The playlists that nobody changes and nobody hears, the longest silent first. {STALE} {NOW} {RECORDINGS}",
        (
            PLAYLIST,
            Column("days_silent", "BIGINT", "days from the last change or counted play to today", "days"),
            ENTRIES,
            TRACKS,
            MODIFIED,
            LAST_ADDED,
            LAST_PLAYED,
            PLAYS_EVER,
            NEVER,
            ID,
        ),
        of=PLAYLISTS,
        parameters=(LISTENER, COUNT, TOP),
        metric="playlists.stale",
    ),
    Report(
        "playlist-overlap",
        "Overlap of playlists",
        f"Every pair of playlists with tracks in common, the most alike first. {RECORDINGS}",
        (
            PLAYLIST,
            Column("other_playlist", "VARCHAR", "name of the other, which comes after it by name"),
            TRACKS,
            Column("other_tracks", "BIGINT", "recordings among the other's entries"),
            Column("common", "BIGINT", "recordings in both"),
            Column("jaccard", "DOUBLE", "Jaccard index: in both, by in either", "share"),
            Column("containment", "DOUBLE", "in both, by the tracks of the smaller", "share"),
            Column("near_duplicate", "BOOLEAN", f"jaccard of {NEAR_DUPLICATE} or more"),
            Column("contained", "BOOLEAN", f"containment of {CONTAINED} or more, and no near duplicate"),
            ID,
            Column("other_playlist_id", "VARCHAR", "the same of the other"),
        ),
        of=PLAYLISTS,
        parameters=(LISTENER, TOP),
        metric="playlists.overlap",
    ),
    Report(
        "playlist-curve",
        "Curves of playlists",
        "Every entry of every playlist in its order, with the audio features of its track; null where its track has no match in "
        f"a reference, and for what is no track. {LATEST}",
        (
            PLAYLIST,
            Column("position", "INTEGER", "place in the playlist, from 1"),
            *TRACK[:2],
            *(
                Column(name, "DOUBLE", FEATURES[name].meaning, FEATURES[name].unit)
                for name in ("energy", "valence", "tempo")
            ),
            ID,
        ),
        of=PLAYLIST_TRACKS,
        parameters=(LISTENER, TOP),
        metric="playlists.curve",
    ),
    Report(
        "playlist-plays",
        "Plays of what is in playlists",
        "Counted plays of the tracks of each playlist, from wherever they were started, after those of the tracks in any "
        "playlist, in none, and among the saved tracks. A track may be in several, so that shares do not add up. Only the Web "
        f"API tells what a play was started from, and only by an id, which exports of playlists do not have. {RECORDINGS}",
        (
            Column("part", "VARCHAR", "any playlist, no playlist, saved tracks, or playlist"),
            PLAYLIST,
            Column("tracks", "BIGINT", "recordings in it; those that were played, of no playlist"),
            Column("plays", "BIGINT", "counted plays of them in the period"),
            Column("share", "DOUBLE", "of all counted plays", "share"),
            Column("ms_played", "BIGINT", "time listened in these plays", "ms"),
            Column(
                "plays_started",
                "BIGINT",
                "counted plays started from it, of whatever track; null of no playlist, and where an export tells no id",
            ),
            ID,
        ),
        parameters=(LISTENER, *PERIOD, COUNT, TRACKS_ALONE),
        metric="playlists.plays_of",
    ),
)
