"""Acoustic against electronic: the fewest swaps to a share, each for the song whose sound is nearest otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from groovelog.recommend.playlists import aims
from groovelog.recommend.playlists.additions import heard, keys
from groovelog.recommend.playlists.assignment import assign
from groovelog.recommend.playlists.songs import Song

KEPT: Final = (aims.ENERGY, aims.MOOD, "danceability", "tempo")  # what is not to change with a swap
MOST_SWAPS, MOST_IN = 150, 400  # and songs among which they are looked for


@dataclass(frozen=True)
class Swap:
    """The song at a place, from 1, for another one, and why."""

    place: int
    out: Song
    into: Song
    reasons: tuple[str, ...]


def share(songs: Iterable[Song]) -> float | None:
    """The share of acoustic songs among those that tell it; None where none does."""
    told = [song.is_acoustic for song in songs if song.is_acoustic is not None]
    return sum(told) / len(told) if told else None


def swaps(playlist: Sequence[Song], candidates: Iterable[Song], wanted: float) -> list[Swap]:
    """The swaps that bring the share as near to the wanted one as whole songs can, or as near as the candidates allow."""
    told = [(place, song) for place, song in enumerate(playlist, 1) if song.is_acoustic is not None and song.is_known]
    acoustic = sum(bool(song.is_acoustic) for _, song in told)
    missing = round(wanted * len(told)) - acoustic
    into = _others(playlist, (song for song in candidates if song.is_acoustic is (missing > 0)))
    out = [(place, song) for place, song in told if song.is_acoustic is (missing < 0)]
    number = min(abs(missing), len(out), len(into), MOST_SWAPS)
    if not number:
        return []
    # Of a long list those are swapped that are the least of their kind.
    out = sorted(out, key=lambda one: (abs((one[1].acousticness or 0) - (missing > 0)), one[0]))[:MOST_SWAPS]
    cost = np.array([[_apart(song, other) for other in into] for _, song in out])
    # All but so many rows are given to columns that stand for no song, and cost less than any that does.
    found = assign(np.hstack((cost, np.full((len(out), len(out) - number), -1.0))))
    paired = [(*out[row], into[column]) for row, column in enumerate(found) if column < len(into)]
    return [
        Swap(place, song, other, _why(song, other)) for place, song, other in sorted(paired, key=lambda one: one[0])
    ]


def _others(playlist: Sequence[Song], candidates: Iterable[Song]) -> list[Song]:
    """The first candidates that can be put in, each once."""
    known = set().union(*map(keys, playlist), set())
    found: list[Song] = []
    for song in candidates:
        if song.is_known and song.uri and known.isdisjoint(keys(song)):
            known |= keys(song)
            found.append(song)
            if len(found) == MOST_IN:
                break
    return found


def _apart(song: Song, other: Song) -> float:
    return aims.distance(other, {name: value for name in KEPT if (value := getattr(song, name)) is not None})


def _why(song: Song, other: Song) -> tuple[str, ...]:
    return (
        f"acousticness {other.acousticness:.2f} for {song.acousticness:.2f}, energy {other.energy:.2f} for {song.energy:.2f}",
        heard(other),
    )
