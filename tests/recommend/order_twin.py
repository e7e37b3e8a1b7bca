"""What an order costs, in plain Python from the words of the documentation: the truth that the fast one is held against."""

import math
import random
from itertools import pairwise, permutations

import numpy as np

from groovelog.recommend.playlists.costs import Costs, costs_of
from groovelog.recommend.playlists.songs import Song

MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11)


def hour_of(key: int, mode: int) -> int:
    """By counting fifths from C, which is at eight; a minor key is where its relative major is."""
    major = key if mode == 1 else (key + 3) % 12
    return (8 + next(fifths for fifths in range(12) if 7 * fifths % 12 == major) - 1) % 12 + 1


def steps_on_wheel(one: Song, other: Song) -> int:
    hours = abs(hour_of(one.key, one.mode) - hour_of(other.key, other.mode))
    return min(hours, 12 - hours) + (one.mode != other.mode)


def cost(songs: list[Song], targets: list[float], fixed: dict[int, Song] | None = None) -> float:
    """Of the songs in this order over the places that the fixed ones leave."""
    fixed = fixed or {}
    free = [place for place in range(len(songs) + len(fixed)) if place not in fixed]
    total = 0.0
    for at, (song, target) in enumerate(zip(songs, targets, strict=True)):
        total += 6 * (song.energy - target) ** 2
        for apart in (1, 2, 3):
            if at + apart < len(songs) and song.artist and song.artist == songs[at + apart].artist:
                total += 2 * (4 - apart) / 3
        for place, other in fixed.items():
            apart = abs(place - free[at])
            if apart <= 3 and song.artist and other.artist == song.artist:
                total += 2 * (4 - apart) / 3
    for one, other in pairwise(songs):
        total += 3 * (one.energy - other.energy) ** 2
        if one.tempo and other.tempo:
            nearest = min(
                abs(math.log2(one.tempo / other.tempo * times)) for times in (1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8)
            )
            total += (2 * nearest) ** 2
        if one.key is not None and other.key is not None:
            total += 0.4 * (max(steps_on_wheel(one, other) - 1, 0) / 6) ** 2
    return total


def least(songs: list[Song], targets: list[float]) -> float:
    """Of every order."""
    return min(cost(list(order), targets) for order in permutations(songs))


def some_songs(count: int, seed: int) -> list[Song]:
    """Songs of a few artists; of some neither key nor tempo is known."""
    dice = random.Random(seed)  # noqa: S311 - songs, and no secret
    made = []
    for number in range(count):
        key = dice.choice([None, *range(12)])
        made.append(
            Song(
                f"Song {number}", dice.choice(["", "Ash", "Birch", "Cedar", "Elm"]), f"spotify:track:{number:022}",
                f"r{number}", energy=round(dice.random(), 3), valence=round(dice.random(), 3),
                acousticness=round(dice.random(), 3), tempo=dice.choice([None, round(dice.uniform(60, 190), 1)]),
                key=key, mode=None if key is None else dice.choice([0, 1]),
            )
        )  # fmt: skip
    return made


def costs(songs: list[Song], targets: list[float], fixed: dict[int, Song] | None = None) -> Costs:
    """The same for the fast one."""
    fixed = fixed or {}
    free = [place for place in range(len(songs) + len(fixed)) if place not in fixed]
    return costs_of(songs, free, np.array(targets), list(fixed.items()))
