"""The counting rules in words and numbers. Free of Ibis: a surface that only names them loads nothing."""

from groovelog.model import KINDS

COUNTED_MS = 30_000
SCROBBLED_MS = 240_000
FINISHED_TENTHS = 9  # of the length: who leaves in the fade-out has heard it

# A play that anything else saw was told by a scrobbler or by the API's recent plays, which leave short ones out.
EXPORTS = ("spotify_extended", "spotify_account")

RULES = {
    "all": "every play",
    "30s": "plays of 30 s or more, and plays of unknown duration",
    "scrobble": "plays of half the track or 4 min, or told by a scrobbler or the API; where the length is unknown, 30s",
    "finished": "plays that ended with the track, else reached nine tenths of it; undecided where its length is unknown",
}
NEED_LENGTH = ("scrobble", "finished")
# The rule by which months of `shared_totals` are counted.
MONTHS_COUNT = "30s"

# Under three plays in ten with audio features, a mean of them is of those that happened to be matched: nothing is said then.
# Counted plays of an item in one window of an obsession.
LEAST_BURST = 10
LEAST_COVERAGE = 0.3
ASKED_KINDS = (*KINDS, "all")

# The facts of a recap, in order (see `metrics.recap`).
FACTS = (
    "time-listened", "tracks", "artists", "new-artists", "top-artist", "top-track", "top-album", "favourite-discovery",
    "biggest-day", "longest-session", "longest-streak", "on-repeat",
)  # fmt: skip
