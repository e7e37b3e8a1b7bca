"""How plays end: heard out, skipped, broken off, failed."""

from dataclasses import dataclass

import numpy as np

from groovelog.demo.catalogue import Catalogue
from groovelog.demo.columns import Bools, Floats, Ints, Words
from groovelog.demo.taste import Season, per_scene

SKIP_AFTER_MS = 19_000  # mean time until somebody skips
AT_ONCE = 0.04  # share of skips before anything is heard
FAILED = 0.002
LEFT_AT_END = 0.55  # sessions that end within a track; the others stop between two
LEFT_SPOKEN = 0.45  # spoken items put aside before their end
NEW_TO_ME = 1.6  # a track of an artist found this quarter is skipped so much more
MOST_SKIPPED = 0.9

SKIP_REASONS = ("fwdbtn", "backbtn", "clickrow", "remote")
SKIP_SHARES = (0.86, 0.04, 0.08, 0.02)
LEAVE_REASONS = ("endplay", "logout", "unexpected-exit-while-paused", "unexpected-exit")
LEAVE_SHARES = (0.72, 0.16, 0.09, 0.03)
BEGIN_REASONS = ("clickrow", "playbtn", "appload", "remote")
BEGIN_SHARES = (0.55, 0.25, 0.15, 0.05)
FOLLOWS = (
    "trackdone",
    "fwdbtn",
    "backbtn",
    "clickrow",
    "remote",
    "trackerror",
)  # an end that says how the next play begins


@dataclass(frozen=True)
class Outcome:
    """`seconds` is the time a play takes on the clock, with the pause before it."""

    ms_played: Ints
    seconds: Ints
    reason_start: Words
    reason_end: Words
    cut_short: Bools


def skip_chance(season: Season, item: Ints, routine: Ints) -> Floats:
    person, liked, tracks = season.person, season.liked, len(season.catalogue.tracks)
    track = np.minimum(item, tracks - 1)
    eager = np.array([one.skips for one in person.routines])[routine]
    dislike = per_scene(person.tastes.skips)[liked.scene[track]]
    unfamiliar = np.where(liked.found[track] == season.quarter, NEW_TO_ME, 1.0)
    chance = (person.tastes.skip * eager * dislike * unfamiliar).clip(0, MOST_SKIPPED)
    return np.where(item < tracks, chance, 0.0)


def pauses(count: int, rng: np.random.Generator) -> Ints:
    """Seconds before a play: mostly none, now and then a breath, seldom a cup of tea."""
    breath = np.where(rng.random(count) < 0.09, rng.integers(1, 4, count), 0)
    return np.where(rng.random(count) < 0.015, rng.integers(30, 600, count), breath)


def begun(reason_end: Words, first: Bools, rng: np.random.Generator) -> Words:
    """A play begins for the reason the one before it ended; the first of a session for one of its own."""
    before = np.roll(reason_end, 1)
    own = rng.choice(BEGIN_REASONS, len(first), p=BEGIN_SHARES)
    return np.where(~first & np.isin(before, FOLLOWS), before, own)


def outcomes(catalogue: Catalogue, item: Ints, session: Ints, skip: Floats, rng: np.random.Generator) -> Outcome:
    """What became of every play, told its item, the number of its session and its chance to be skipped."""
    count = len(item)
    length = catalogue.lengths[item]
    first = np.diff(session, prepend=-1) > 0
    last = np.roll(first, -1)

    failed = rng.random(count) < FAILED
    skipped = ~failed & (rng.random(count) < skip)
    spoken = item >= len(catalogue.tracks)
    left = ~failed & ~skipped & last & (rng.random(count) < np.where(spoken, LEFT_SPOKEN, LEFT_AT_END))

    heard = np.where(rng.random(count) < AT_ONCE, 0, rng.exponential(SKIP_AFTER_MS, count))
    skipped_ms = np.minimum(heard, length * 0.95)
    left_ms = length * rng.uniform(0.05, 0.95, count)
    ms_played = np.select([failed, skipped, left], [0, skipped_ms, left_ms], length).astype(np.int64)
    reason_end = np.select(
        [failed, skipped, left],
        [
            "trackerror",
            rng.choice(SKIP_REASONS, count, p=SKIP_SHARES),
            rng.choice(LEAVE_REASONS, count, p=LEAVE_SHARES),
        ],
        "trackdone",
    )
    # A whole second at least, so that no two plays stop at one time.
    seconds = np.maximum(1, -(-ms_played // 1000)) + pauses(count, rng)
    return Outcome(ms_played, seconds, begun(reason_end, first, rng), reason_end, skipped)
