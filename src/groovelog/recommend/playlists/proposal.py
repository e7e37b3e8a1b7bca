"""A playlist put right: what was wished, what is dropped, swapped and added, the new order, and how good it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from groovelog.errors import NothingToTell, UsageError
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener
from groovelog.recommend.playlists import additions, aims, arcs, balance, library
from groovelog.recommend.playlists.additions import Suggestion
from groovelog.recommend.playlists.balance import Swap
from groovelog.recommend.playlists.costs import Floats, costs_of
from groovelog.recommend.playlists.curves import Point, Smoothness, curve, smoothness
from groovelog.recommend.playlists.library import Playlist
from groovelog.recommend.playlists.ordering import best_order
from groovelog.recommend.playlists.songs import Song

# Where energy or mood is asked for, and not by how many songs: one in ten.
ONE_IN = 10
MOST_CHANGES = 200
NEAREST = 500  # rows of references that are looked at


@dataclass(frozen=True)
class Wish:
    """What is wished of a playlist; shares, energy and mood (valence) from 0 to 1. Raises UsageError for what cannot be."""

    arc: str = arcs.FLAT
    acoustic: float | None = None
    energy: float | None = None
    mood: float | None = None
    add: int | None = None
    drop: int | None = None

    def __post_init__(self) -> None:
        if self.arc not in arcs.NAMES:
            raise UsageError(f"There is no arc {self.arc!r}. Choose one of {', '.join(arcs.NAMES)}.")
        for name in ("acoustic", "energy", "mood"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1:
                raise UsageError(f"{name} goes from 0 to 1; {value:g} was asked for.")
        if self.energy is not None and self.mood is not None:
            raise UsageError(
                "Energy and mood are two aims, and a playlist goes for one of them. Give --energy or --mood."
            )
        for name in ("add", "drop"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= MOST_CHANGES:
                raise UsageError(f"{name} goes from 0 to {MOST_CHANGES}; {value} was asked for.")

    @property
    def asked(self) -> dict[str, float]:
        """The audio features that are asked for."""
        told = {aims.ENERGY: self.energy, aims.MOOD: self.mood}
        return {name: value for name, value in told.items() if value is not None}

    def changes(self, entries: int) -> tuple[int, int]:
        """How many songs are added and dropped."""
        if self.asked and self.add is None and self.drop is None:
            number = max(entries // ONE_IN, 1)
            return number, number
        return self.add or 0, self.drop or 0

    @property
    def needs_candidates(self) -> bool:
        return self.acoustic is not None or bool(self.asked) or bool(self.add)


@dataclass(frozen=True)
class Placed:
    """A song of the new order: where it was, from 1 (None: it is new), and whether it keeps its place for want of a sound."""

    song: Song
    was: int | None
    fixed: bool


@dataclass(frozen=True)
class Proposal:
    """The playlist as it was and as it is proposed. `cost` of the new order, `given_cost` of the same songs as they stood, and
    `bound`, below which no order of them lies; see `costs`.
    """

    name: str
    wish: Wish
    before: tuple[Song, ...]
    after: tuple[Placed, ...]
    dropped: tuple[Suggestion, ...]
    added: tuple[Suggestion, ...]
    swapped: tuple[Swap, ...]
    wanted: tuple[float | None, ...]
    cost: float
    given_cost: float
    bound: float
    penalties: dict[str, float] = field(default_factory=dict)

    @property
    def gap(self) -> float | None:
        """By what share of the bound the cost may be above the least possible; None where the bound is 0."""
        return (self.cost - self.bound) / self.bound if self.bound > 1e-9 else None

    @property
    def songs(self) -> tuple[Song, ...]:
        return tuple(placed.song for placed in self.after)

    @property
    def fixed(self) -> int:
        return sum(placed.fixed for placed in self.after)

    @property
    def uris(self) -> list[str]:
        """What can be written to Spotify, in the new order."""
        return [
            song.uri for song in self.songs if song.uri and song.uri.startswith(("spotify:track:", "spotify:episode:"))
        ]

    @property
    def curves(self) -> tuple[list[Point], list[Point]]:
        """Before and after."""
        return curve(self.before), curve(self.songs, self.wanted)

    @property
    def smoothness(self) -> tuple[Smoothness, Smoothness]:
        return smoothness(self.before), smoothness(self.songs)

    @property
    def acoustic(self) -> tuple[float | None, float | None]:
        return balance.share(self.before), balance.share(self.songs)


def propose(snapshot: Snapshot, person: Listener, playlist: Playlist, wish: Wish, today: date) -> Proposal:
    """The proposal for one playlist of the listener. Raises NothingToTell where there is nothing to put in order."""
    songs = library.entries(snapshot, person, playlist)

    def candidates(aim: aims.Aim) -> list[Song]:
        near = {name: value for name, value in aim.items() if name in aims.SOUND}
        return library.library(snapshot, person) + library.unheard(snapshot, person, near, NEAREST)

    return proposed(playlist.name, songs, wish, candidates, today)


def proposed(
    name: str, before: Sequence[Song], wish: Wish, candidates: Callable[[aims.Aim], Sequence[Song]], today: date
) -> Proposal:
    """The proposal for these songs; `candidates` gives what could be put in, for an aim, and is asked only where needed."""
    aim = {**aims.middle(before), **wish.asked}
    add, drop = wish.changes(len(before))
    dropped = additions.drops(before, aim, drop, today, asked=wish.asked)
    gone = {suggestion.place for suggestion in dropped}
    kept = [(place, song) for place, song in enumerate(before, 1) if place not in gone]
    offered = candidates(_leaning(aim, wish)) if wish.needs_candidates else []
    swapped = balance.swaps([song for _, song in kept], offered, wish.acoustic) if wish.acoustic is not None else []
    swapped = [Swap(kept[swap.place - 1][0], swap.out, swap.into, swap.reasons) for swap in swapped]
    into = {swap.place: swap.into for swap in swapped}
    songs: list[tuple[int | None, Song]] = [
        (None, into[place]) if place in into else (place, song) for place, song in kept
    ]
    added = additions.additions([*before, *into.values()], offered, aim, add, asked=wish.asked)
    songs += [(None, suggestion.song) for suggestion in added]
    return _in_order(name, wish, tuple(before), songs, (tuple(dropped), tuple(added), tuple(swapped)))


def _leaning(aim: aims.Aim, wish: Wish) -> aims.Aim:
    """Where candidates are looked for: where acoustic songs are wanted, or their opposite, among those."""
    return aim if wish.acoustic is None else {**aim, aims.ACOUSTIC: float(round(wish.acoustic))}


def _in_order(
    name: str,
    wish: Wish,
    before: tuple[Song, ...],
    songs: Sequence[tuple[int | None, Song]],
    changes: tuple[tuple[Suggestion, ...], tuple[Suggestion, ...], tuple[Swap, ...]],
) -> Proposal:
    free = [place for place, (_, song) in enumerate(songs) if song.is_known]
    _check(name, len(songs), len(free))
    known = [songs[place][1] for place in free]
    fixed = [(place, song) for place, (_, song) in enumerate(songs) if not song.is_known]
    targets: Floats = arcs.targets(wish.arc, np.array([song.energy for song in known]))
    costs = costs_of(known, free, targets, fixed)
    given = np.arange(len(known))
    found = best_order(costs, given)
    after = [Placed(song, was, fixed=True) for was, song in songs]
    wanted: list[float | None] = [None] * len(songs)
    for place, track, target in zip(free, found.order, targets.tolist(), strict=True):
        was, song = songs[free[track]]
        after[place] = Placed(song, was, fixed=False)
        wanted[place] = target
    dropped, added, swapped = changes
    return Proposal(
        name, wish, before, tuple(after), dropped, added, swapped, tuple(wanted), found.cost, costs.of(given), found.bound,
        costs.named(found.order),
    )  # fmt: skip


def _check(name: str, entries: int, known: int) -> None:
    """Raises NothingToTell where there are not two songs that can be put in order."""
    if entries < 2:
        raise NothingToTell(f"{name!r} has {'one track' if entries else 'no track'}: there is nothing to put in order.")
    if not known:
        raise NothingToTell(
            f"None of the {entries:,} entries of {name!r} has audio features, so that nothing tells which fits to which. "
            "groovelog reference add FILE brings them from a dataset."
        )
    if known < 2:
        raise NothingToTell(
            f"Audio features are known of 1 of the {entries:,} entries of {name!r}: there is nothing to put in order. "
            "groovelog reference add FILE brings more."
        )
