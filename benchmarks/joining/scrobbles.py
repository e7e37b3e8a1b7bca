"""What a scrobbler keeps of a life: which plays, by what clock, under which names."""

from dataclasses import dataclass
from functools import cache
from math import ceil

import numpy as np

from benchmarks.joining.life import DAY_MS, Life
from benchmarks.joining.respell import GUESTS_IN_TITLE, Names, respelt
from groovelog.demo.columns import Bools, Floats, Ints

# Last.fm's rule, which the others follow: a track longer than 30 s, heard for half its length or four minutes.
LONG_ENOUGH_MS, HALF, ENOUGH_MS = 30_000, 0.5, 240_000
RESPELT, SPELLINGS = 0.10, 3
CREEP_S_AN_HOUR = 3.0


@dataclass(frozen=True)
class Clocks:
    """How wrong scrobblers' clocks are, at most; `jitter`: each row by itself, not each session."""

    drift_s: float = 90.0
    jitter: bool = False


@dataclass(frozen=True)
class Scrobbler:
    """`seen_days` and `missed_days` are mean lengths of the stretches it sees and misses.

    `credits` says how often it credits a song's artists in which way: joined by a text, MAIN alone, or as a LIST.
    """

    name: str
    seen_days: float
    missed_days: float
    credits: dict[str, float]


MAIN, LIST, FEATURED = "main", "list", " feat. "


@dataclass(frozen=True)
class Scrobbles:
    """Entry by entry: the place of the play, the start as told in seconds, and the names as told; by time told."""

    play: Ints
    told_s: Ints
    names: list[Names]

    @property
    def told_ms(self) -> Ints:
        return self.told_s * 1000

    @property
    def texts(self) -> list[str]:
        return [shown(names) for names in self.names]

    def part(self, places: Ints) -> "Scrobbles":
        return Scrobbles(self.play[places], self.told_s[places], [self.names[at] for at in places.tolist()])

    def between(self, first: float, last: float) -> "Scrobbles":
        """A stretch of it, by shares of all rows."""
        count = len(self.play)
        return self.part(np.arange(int(first * count), ceil(last * count)))


def shown(names: Names) -> str:
    return f"{names.title} / {', '.join(names.artists)}"


def scrobbles(life: Life, of: Scrobbler, clocks: Clocks, seed: int) -> Scrobbles:
    """The same for the same seed, whatever other scrobblers there are."""
    rng = np.random.default_rng([seed, 3, *of.name.encode()])
    kept = np.flatnonzero(scrobbled(life) & stretches(life, of, rng))
    told_s = (life.started_ms + (1000 * offsets(life, clocks, rng)).astype(np.int64)) // 1000
    kept = kept[np.argsort(told_s[kept], kind="stable")]
    return Scrobbles(kept, told_s[kept], spelt(life, of, kept, seed, rng))


def scrobbled(life: Life) -> Bools:
    length = life.songs.lengths[life.song]
    enough: Bools = life.ms_played >= np.minimum(length * HALF, ENOUGH_MS)
    return enough & (length > LONG_ENOUGH_MS)


def stretches(life: Life, of: Scrobbler, rng: np.random.Generator) -> Bools:
    """Which plays fall into stretches it sees; an edge may fall inside a session."""
    days = (life.end_ms - int(life.started_ms[0])) / DAY_MS
    turns = int(2 * days / (of.seen_days + of.missed_days)) + 10
    means = np.where(np.arange(turns) % 2 == 0, of.seen_days, of.missed_days)
    edges = np.cumsum(means * (0.3 + 0.7 * rng.exponential(size=turns))) * DAY_MS + life.started_ms[0]
    seen: Bools = np.searchsorted(edges, life.started_ms, side="right") % 2 == 0
    return seen


def offsets(life: Life, clocks: Clocks, rng: np.random.Generator) -> Floats:
    """Seconds by which each start is told late. A session's clock is off by one amount, and creeps."""
    limit = clocks.drift_s
    if clocks.jitter:
        return rng.uniform(-limit, limit, len(life))
    sessions = life.session[-1] + 1
    opens = np.searchsorted(life.session, np.arange(sessions))
    hours = (life.started_ms - life.started_ms[opens][life.session]) / 3_600_000
    creep = rng.uniform(-CREEP_S_AN_HOUR, CREEP_S_AN_HOUR, sessions)[life.session] * hours
    late: Floats = (rng.uniform(-limit, limit, sessions)[life.session] + creep).clip(-limit, limit)
    return late


def spelt(life: Life, of: Scrobbler, kept: Ints, seed: int, rng: np.random.Generator) -> list[Names]:
    """Its own way with a song's names, always the same; in one row of ten one of three other spellings of them."""
    shares = np.array(list(of.credits.values()))
    ways = rng.choice(list(of.credits), len(life.songs.all), p=shares / shares.sum()).tolist()

    @cache
    def spelling(song: int, which: int) -> Names:
        told = life.songs.all[song]
        names = Names(told.title, told.artists)
        if which:
            names = respelt(names, np.random.default_rng([seed, 4, *of.name.encode(), song, which]))
        return credited(names, ways[song])

    which = np.where(rng.random(len(kept)) < RESPELT, rng.integers(1, SPELLINGS + 1, len(kept)), 0)
    return [spelling(song, at) for song, at in zip(life.song[kept].tolist(), which.tolist(), strict=True)]


def credited(names: Names, way: str) -> Names:
    """Where the artist's name holds the guests, the title does not repeat them."""
    if way == LIST or len(names.artists) == 1:
        return names
    if way == MAIN:
        return names._replace(artists=names.artists[:1])
    between_guests = " & " if way == FEATURED else way
    main, *guests = names.artists
    return Names(GUESTS_IN_TITLE.sub("", names.title), (f"{main}{way}{between_guests.join(guests)}",))
