"""How well rows of different sources were joined into plays: pairs that are right, missed and wrong.

A pair is two tellings of different sources, and it is right when both are of one true play. A source that tells a play
in several rows (repeats, overlapping exports, forms) tells it once, so its rows make no pairs among themselves, and it
does not matter which of them the system kept. Pairs with an extended row that was uploaded late stand apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from benchmarks.joining.shown import Shown
from groovelog.demo.columns import Ints

LATE = " (late)"
NOT_KEPT = -1

Joined = tuple[str, str, int, int]  # source as the system calls it, file, row from 1, play_id


@dataclass(frozen=True)
class Rows:
    """Every row of every file shown, one after the other. `source` numbers `sources`; a late row's is one of its own.

    `truth` is the true play, or a negative number of the row's own where it tells none; `system` numbers the system's
    plays, NOT_KEPT where it kept none for the row. `file` and `row` say where it stands.
    """

    sources: tuple[str, ...]
    source: Ints
    truth: Ints
    system: Ints
    file: Ints
    row: Ints


@dataclass(frozen=True)
class Pairs:
    """Joining between two sources. `missed` holds true plays; `wrong` the two true plays run together, a row each."""

    first: str
    second: str
    true: int
    joined: int
    right: int
    missed: Ints
    wrong: Ints

    @property
    def precision(self) -> float | None:
        """Right pairs of the joined ones; None where none was joined."""
        return self.right / self.joined if self.joined else None

    @property
    def recall(self) -> float | None:
        """Right pairs of the true ones; None where there are none."""
        return self.right / self.true if self.true else None


@dataclass(frozen=True)
class Kept:
    """One source by itself: `told` true plays in `rows`, of which the system kept `kept` and `split` into several.

    `merged` of the system's plays hold several true plays of this source.
    """

    source: str
    rows: int
    told: int
    kept: int
    split: int
    merged: int


def lay_out(shown: Sequence[Shown], joined: Iterable[Joined], sources: Sequence[str]) -> Rows:
    """Truth and system side by side. Raises ValueError where the system names a file or row that was not shown."""
    starts = np.cumsum([0, *(len(file.play) for file in shown)])
    place = {file.file: (int(start), len(file.play)) for file, start in zip(shown, starts[:-1], strict=True)}
    system = np.full(starts[-1], NOT_KEPT)
    numbers: dict[int, int] = {}
    for _, file, row, play in joined:
        start, count = place.get(file, (0, 0))
        if not 1 <= row <= count:
            raise ValueError(f"{file}, row {row}: no such row was shown")
        system[start + row - 1] = numbers.setdefault(play, len(numbers))
    every = (*sources, *(source + LATE for source in sources))
    number = {source: at for at, source in enumerate(every)}
    source = [np.where(file.late, number[file.source + LATE], number[file.source]) for file in shown]
    truth = np.concatenate([file.play for file in shown])
    return Rows(
        sources=every,
        source=np.concatenate(source),
        truth=np.where(truth < 0, -1 - np.arange(len(truth)), truth),
        system=system,
        file=np.repeat(np.arange(len(shown)), [len(file.play) for file in shown]),
        row=np.concatenate([np.arange(1, len(file.play) + 1) for file in shown]),
    )


@dataclass(frozen=True)
class Side:
    """One source: the true plays it tells, and the distinct (system's play, true play) of its rows kept, sorted."""

    name: str
    told: Ints
    held: Ints


def side(rows: Rows, *names: str) -> Side:
    """The rows of sources of these names, under the first of them."""
    places = np.flatnonzero(np.isin(rows.source, [rows.sources.index(name) for name in names]))
    truth = rows.truth[places]
    kept = places[rows.system[places] != NOT_KEPT]
    held = distinct(np.stack([rows.system[kept], rows.truth[kept]], axis=1))
    return Side(names[0], np.unique(truth[truth >= 0]), held)


def distinct(couples: Ints) -> Ints:
    """Distinct couples, sorted. Each number is smaller than 2³⁰ either way, so that a couple fits into 64 bits."""
    keys = np.unique(couples[:, 0] * (1 << 31) + couples[:, 1] + (1 << 30))
    return np.stack([keys >> 31, (keys & ((1 << 31) - 1)) - (1 << 30)], axis=1)


def pairs(a: Side, b: Side) -> Pairs:
    true = np.intersect1d(a.told, b.told, assume_unique=True)
    together = distinct(matched(a.held, b.held))
    same = together[:, 0] == together[:, 1]
    return Pairs(
        first=a.name,
        second=b.name,
        true=len(true),
        joined=len(together),
        right=int(same.sum()),
        missed=np.setdiff1d(true, together[same, 0], assume_unique=True),
        wrong=together[~same],
    )


def matched(a: Ints, b: Ints) -> Ints:
    """The true plays of `a` beside those of `b` in the same play of the system."""
    low, high = (np.searchsorted(b[:, 0], a[:, 0], side=side) for side in ("left", "right"))
    counts = high - low
    places = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    return np.stack([np.repeat(a[:, 1], counts), b[places, 1]], axis=1)


def kept(rows: Rows, source: str) -> Kept:
    """Late rows count with the others here."""
    own = side(rows, source, source + LATE)
    true = own.held[own.held[:, 1] >= 0]
    return Kept(
        source=source,
        rows=int(np.isin(rows.source, [rows.sources.index(name) for name in (source, source + LATE)]).sum()),
        told=len(own.told),
        kept=len(np.unique(true[:, 1])),
        split=int((np.unique(true[:, 1], return_counts=True)[1] > 1).sum()),
        merged=int((np.unique(own.held[:, 0], return_counts=True)[1] > 1).sum()),
    )


def all_pairs(rows: Rows) -> list[Pairs]:
    """Every two sources, without the late rows."""
    return [pairs(a, b) for a, b in combinations([side(rows, name) for name in present(rows) if LATE not in name], 2)]


def late_pairs(rows: Rows) -> list[Pairs]:
    """The late rows of a source with every other source."""
    sides = [side(rows, name) for name in present(rows)]
    others = [other for other in sides if LATE not in other.name]
    return [
        pairs(late, other)
        for late in sides
        if LATE in late.name
        for other in others
        if other.name != late.name.removesuffix(LATE)
    ]


def present(rows: Rows) -> list[str]:
    return [rows.sources[at] for at in np.unique(rows.source).tolist()]


def together(found: Sequence[Pairs]) -> Pairs:
    """Several pairs of sources in one, under the names of the first."""
    return Pairs(
        first=found[0].first,
        second=found[0].second,
        true=sum(one.true for one in found),
        joined=sum(one.joined for one in found),
        right=sum(one.right for one in found),
        missed=np.concatenate([one.missed for one in found]),
        wrong=np.concatenate([one.wrong for one in found]),
    )
