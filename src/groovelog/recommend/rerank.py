"""The last step: from scored candidates to a list that one would put on.

In this order: what may not come is left out (played in the last day, thumbed down), scores are mixed with novelty by the
dial, and songs are taken one by one by maximal marginal relevance (J. Carbonell & J. Goldstein 1998, "The use of MMR,
diversity-based reranking for reordering documents and producing summaries"): the next is the one with the largest
λ score - (1 - λ) likeness to the most alike song taken. Of a recording one is taken, of an artist two.
"""

from collections import Counter

import numpy as np

from groovelog.recommend.neighbours import Singles
from groovelog.recommend.songs import Floats, Ints

RESTS_HOURS = 24.0  # what was played within so many hours is not suggested
ARTIST_CAP = 2
LAMBDA = 0.85
# Of what the dial brings in, so much is still how well a song fits: the new, but not any new.
FITS = 0.3
# How new: a song never played of an artist never played; of a known one; one played long ago, at the most.
NEW_ARTIST, NEW_SONG, FORGOTTEN = 1.0, 0.8, 0.4
FORGOTTEN_DAYS = 365.0
SAME_ARTIST = 0.6  # likeness of two songs of one artist, at the least


def novelty(heard: Floats, artist_heard: Floats, days_silent: Floats) -> Floats:
    """How new each song is to the listener, 0 to 1: from the plays of the song and its artist, and days since the last."""
    silent = np.nan_to_num(np.clip(days_silent / FORGOTTEN_DAYS, 0, 1), nan=1.0) * FORGOTTEN
    unheard = np.where(artist_heard > 0, NEW_SONG, NEW_ARTIST)
    new: Floats = np.where(heard > 0, silent, unheard)
    return new


def dialled(fit: Floats, new: Floats, dial: float) -> Floats:
    """Scores for a dial from 0 (how well a song fits alone) to 1 (mostly how new it is); all are 0 to 1.

    Without MMR and caps, the sum of `FITS fit + (1 - FITS) new` over the best n never falls as the dial goes up.
    """
    mixed: Floats = (1 - dial) * fit + dial * (FITS * fit + (1 - FITS) * new)
    return mixed


def by_place(score: Floats) -> Floats:
    """Scores of any scale as 0 to 1 by their order: 1 - log(1 + place) / log(n), place 0 the best; ties share their mean place.

    Methods differ in what their scores mean, their orders can be compared. The first places are far apart, the last near.
    """
    if len(score) < 2:
        return np.ones(len(score))
    _, which, count = np.unique(-score, return_inverse=True, return_counts=True)
    place = np.cumsum(count) - (count + 1) / 2
    placed: Floats = 1 - np.log1p(place[which]) / np.log(len(score))
    return placed


def likeness(one: Singles, others: Singles) -> Floats:
    """How alike sounds are, 0 to 1: exp(-d²/18), d the distance of standardised points of nine; 0 where not known."""
    apart = ((others - one) ** 2).sum(axis=1)
    alike: Floats = np.nan_to_num(np.exp(-apart / 18.0), nan=0.0).astype(np.float64)
    return alike


def chosen(
    score: Floats,
    artist: Ints,
    recording: Ints,
    points: Singles,
    n: int,
    *,
    cap: int = ARTIST_CAP,
    weight: float = LAMBDA,
) -> Ints:
    """The places of at most `n` candidates, in the order to be shown.

    `artist` and `recording` number both; one with artist -1 is of nobody known and not capped. `points`: see `neighbours`.
    """
    left = np.ones(len(score), dtype=bool)
    alike = np.zeros(len(score))
    of_artist: Counter[int] = Counter()
    taken: list[int] = []
    while len(taken) < n and left.any():
        best = np.where(left, weight * score - (1 - weight) * alike, -np.inf)
        place = int(np.argmax(best))
        taken.append(place)
        left &= recording != recording[place]
        if artist[place] >= 0:
            of_artist[int(artist[place])] += 1
            same = artist == artist[place]
            if of_artist[int(artist[place])] >= cap:
                left &= ~same
            alike = np.maximum(alike, np.where(same, SAME_ARTIST, 0.0))
        alike = np.maximum(alike, likeness(points[place], points))
    return np.array(taken, dtype=np.int64)
