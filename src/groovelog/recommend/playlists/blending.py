"""One list for several listeners, fair to each: the least satisfied of them is to be satisfied as much as can be.

A song is worth to a listener what they play of it, else half of what they play of its artist; both as the logarithm, so that a
hundred plays are not ten times ten. Satisfaction is the worth of the list to a listener, by that of the best list of the
same length for them alone. No artist has more than `MOST_OF_ARTIST` songs.

The list is to have the highest least satisfaction, and of equal ones the highest mean: the egalitarian criterion (Rawls 1971; Sen
1970), for lists of music as Masthoff's "least misery" (2004) has it for single items. Songs are taken greedily, then
exchanged as long as that makes the list fairer. By linear duality no list does better than the best list for any weighted sum
of the listeners, so that it is known how near to the fairest this one is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from groovelog.recommend.playlists.additions import keys
from groovelog.recommend.playlists.costs import Floats, Ints
from groovelog.recommend.playlists.songs import Song

OF_ARTIST: Final = 0.5  # what a song is worth by its artist alone
MOST_OF_ARTIST: Final = 3
POOL: Final = 1_500  # songs that are looked at: those that are worth most to anybody
EXCHANGES: Final = 200
DUAL_ROUNDS: Final = 150
LEAST: Final = 1e-9


@dataclass(frozen=True)
class Picked:
    """A song of a blend, its worth to each listener (0 to 1), and their plays of it."""

    song: Song
    worth: Mapping[str, float]
    plays: Mapping[str, int]

    @property
    def reasons(self) -> tuple[str, ...]:
        said = [f"{name} played it {'once' if n == 1 else f'{n:,} times'}" for name, n in self.plays.items() if n]
        by_artist = [name for name, worth in self.worth.items() if worth and not self.plays[name]]
        if by_artist:
            said.append(f"{' and '.join(by_artist)} {'plays' if len(by_artist) == 1 else 'play'} its artist")
        return tuple(said)


@dataclass(frozen=True)
class Blend:
    """The songs, each listener's satisfaction (0 to 1), and what no list of this length can exceed as the least of them."""

    songs: tuple[Picked, ...]
    satisfaction: Mapping[str, float]
    bound: float

    @property
    def least(self) -> float:
        return min(self.satisfaction.values())


def blend(libraries: Mapping[str, Sequence[Song]], number: int) -> Blend:
    """The fairest list of so many songs that is found, from the libraries of listeners by their names."""
    names = tuple(libraries)
    pool, plays = _pooled(libraries)
    worth = _worth(pool, plays)
    kept = np.argsort(-worth.max(axis=1), kind="stable")[:POOL]
    pool, plays, worth = [pool[at] for at in kept], plays[kept], worth[kept]
    number = min(number, len(pool))
    artists = _artists(pool)
    ideal = np.array([alone[_top(alone, artists, number)].sum() for alone in worth.T])
    shares = worth / np.where(ideal > 0, ideal, 1.0)
    chosen = _exchanged(shares, artists, _greedy(shares, artists, number))
    satisfied = shares[chosen].sum(axis=0)
    order = sorted(chosen, key=lambda at: (-shares[at].min(), -shares[at].sum(), pool[at].uri or ""))
    return Blend(
        tuple(
            Picked(
                pool[at],
                dict(zip(names, worth[at].tolist(), strict=True)),
                dict(zip(names, plays[at].tolist(), strict=True)),
            )
            for at in order
        ),
        dict(zip(names, satisfied.tolist(), strict=True)),
        _bound(shares, artists, number, float(satisfied.min())),
    )


def _pooled(libraries: Mapping[str, Sequence[Song]]) -> tuple[list[Song], Ints]:
    """Every song once, with the plays of each listener, shape (songs, listeners)."""
    at: dict[str, int] = {}
    pool: list[Song] = []
    rows: list[list[int]] = []
    for column, songs in enumerate(libraries.values()):
        for song in songs:
            place = next((at[key] for key in sorted(keys(song)) if key in at), None)
            if place is None:
                place = len(pool)
                pool.append(song)
                rows.append([0] * len(libraries))
            for key in keys(song):
                at.setdefault(key, place)
            rows[place][column] += song.plays
    return pool, np.array(rows, dtype=np.intp).reshape(len(pool), len(libraries))


def _artists(pool: Sequence[Song]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(song.artist.casefold(), len(numbers)) for song in pool], dtype=np.intp)


def _worth(pool: Sequence[Song], plays: Ints) -> Floats:
    """Of each song to each listener, 0 to 1."""
    if not pool:
        return np.zeros(plays.shape)
    artists = _artists(pool)
    by_artist = np.zeros((int(artists.max()) + 1, plays.shape[1]))
    np.add.at(by_artist, artists, plays)
    own = np.log1p(plays) / np.log1p(np.maximum(plays.max(axis=0), 1))
    of_artist = np.log1p(by_artist) / np.log1p(np.maximum(by_artist.max(axis=0), 1))
    worth: Floats = np.where(plays > 0, own, OF_ARTIST * of_artist[artists])
    return worth


def _fairness(satisfied: Floats) -> Floats:
    """The least of the last axis, and very little of the mean, which decides between equal ones."""
    fair: Floats = satisfied.min(axis=-1) + 1e-6 * satisfied.mean(axis=-1)
    return fair


def _greedy(shares: Floats, artists: Ints, number: int) -> list[int]:
    satisfied = np.zeros(shares.shape[1])
    free = np.ones(len(shares), dtype=bool)
    used = np.zeros(int(artists.max(initial=-1)) + 1, dtype=np.intp)
    chosen: list[int] = []
    while len(chosen) < number:
        open_ = free & (used[artists] < MOST_OF_ARTIST)
        if not open_.any():
            break
        best = int(np.where(open_, _fairness(satisfied + shares), -np.inf).argmax())
        chosen.append(best)
        free[best] = False
        used[artists[best]] += 1
        satisfied += shares[best]
    return chosen


def _exchanged(shares: Floats, artists: Ints, chosen: list[int]) -> list[int]:
    """The list after the exchanges of one song for another that make it fairer, the best first."""
    chosen = list(chosen)
    for _ in range(EXCHANGES):
        satisfied = shares[chosen].sum(axis=0)
        now = float(_fairness(satisfied))
        outside = np.ones(len(shares), dtype=bool)
        outside[chosen] = False
        used = np.bincount(artists[chosen], minlength=int(artists.max(initial=-1)) + 1)
        best, at, into = now + LEAST, -1, -1
        for place, song in enumerate(chosen):
            left = used[artists] - (artists == artists[song])
            fair = np.where(outside & (left < MOST_OF_ARTIST), _fairness(satisfied - shares[song] + shares), -np.inf)
            if fair.size and fair.max() > best:
                best, at, into = float(fair.max()), place, int(fair.argmax())
        if at < 0:
            break
        chosen[at] = into
    return chosen


def _top(worth: Floats, artists: Ints, number: int) -> list[int]:
    """The list that is worth most, shape (songs,): taken by worth, which under a limit for each artist is best (a matroid)."""
    used: Counter[int] = Counter()
    top: list[int] = []
    for at in np.argsort(-worth, kind="stable").tolist():
        if len(top) == number:
            break
        artist = int(artists[at])
        if used[artist] < MOST_OF_ARTIST:
            used[artist] += 1
            top.append(at)
    return top


def _bound(shares: Floats, artists: Ints, number: int, found: float) -> float:
    """What the least satisfaction of no list exceeds: the least, over weights of the listeners, of the best weighted sum.

    The weights are found by multiplicative steps (Freund and Schapire 1999); any of them give a bound.
    """
    listeners = shares.shape[1]
    logs = np.zeros(listeners)
    best = np.inf
    for round_ in range(1, DUAL_ROUNDS + 1):
        weights = np.exp(logs - logs.max())
        weights /= weights.sum()
        worth = shares @ weights
        top = _top(worth, artists, number)
        best = min(best, float(worth[top].sum()))
        logs -= shares[top].sum(axis=0) / np.sqrt(round_)
    return max(best, found)
