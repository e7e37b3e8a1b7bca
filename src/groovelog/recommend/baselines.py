"""Plain rules that a model has to beat, each a score of songs as of a moment, from what was played before it alone."""

from collections.abc import Callable

import numpy as np

from groovelog.recommend.candidates import Candidates
from groovelog.recommend.evidence import NAMES
from groovelog.recommend.listened import SONG_HALF_LIVES, Listened
from groovelog.recommend.neighbours import Singles
from groovelog.recommend.songs import Floats

FORTNIGHT = SONG_HALF_LIVES.index(14.0)


def most_played(listened: Listened, candidates: Candidates) -> Floats:
    """Plays of the song by this listener."""
    return listened.plays[candidates.own]


def recency(listened: Listened, candidates: Candidates) -> Floats:
    """Plays that fade: one of a fortnight ago counts half."""
    faded: Floats = listened.faded[FORTNIGHT][candidates.own]
    return faded


def last_week(listened: Listened, candidates: Candidates) -> Floats:
    """Plays of the last seven days."""
    return candidates.week


def popularity(listened: Listened, candidates: Candidates) -> Floats:
    """How many play it: plays of friends who show them, then Spotify's popularity where a reference tells it."""
    return candidates.friends_plays + np.nan_to_num(listened.music.popularity[candidates.song]) / 1_000


def colistening(listened: Listened, candidates: Candidates) -> Floats:
    """How often the song is in one session with those of this one, else with the last ones played."""
    return candidates.together


def with_sound(score: Floats, rows: Singles) -> Floats:
    """A baseline's scores; among those of 0 the nearer in sound the higher, but below all others. `rows` are `evidence`."""
    least = score[score > 0].min(initial=1.0)
    far = np.nan_to_num(rows[:, NAMES.index("far_here")].astype(float), nan=np.inf)
    return np.where(score > 0, score, least * np.exp(-far) / 2)


Baseline = Callable[[Listened, Candidates], Floats]
BASELINES: dict[str, Baseline] = {
    "most_played": most_played,
    "recency": recency,
    "last_week": last_week,
    "popularity": popularity,
    "colistening": colistening,
}
WORDS = {
    "most_played": "what you play most",
    "recency": "what you play, the latest plays counting most",
    "last_week": "what you played in the last week",
    "popularity": "what others play",
    "colistening": "what is played in one session with it",
}
