"""Histories made of numbers, without a lake: of a seed, or drawn by hypothesis."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from groovelog.model import Listener
from groovelog.recommend.history import DAY_US, US, History
from groovelog.recommend.songs import AUDIO, Songs

NOBODY = Listener("0" * 16, "Nobody", ((None, "UTC"),), invented=True)
BEGIN = 18_262 * DAY_US  # 2020-01-01, a Wednesday


def made(count: int, *, songs: int = 6, seed: int = 0, gap_minutes: float = 60, skip: float = 0.3) -> History:
    """So many plays of 3 minutes each, gaps between them drawn; skips as a coin says."""
    rng = np.random.default_rng(seed)
    minutes = np.cumsum(rng.exponential(gap_minutes, count).astype(np.int64))
    at = BEGIN + minutes * 60 * US
    song = rng.integers(0, songs, count)
    skipped = (rng.random(count) < skip).astype(float)
    skipped[rng.random(count) < 0.1] = np.nan
    audio = np.round(rng.random((songs, len(AUDIO))), 3)
    audio[rng.random(songs) < 0.2] = np.nan
    return History(
        listener=NOBODY,
        run=1,
        songs=Songs(
            *(np.array([f"{word} {number}" for number in range(songs)], dtype=object) for word in "abcd"),
            artist=np.arange(songs) // 2,
            audio=audio,
            genre=np.arange(songs) % 3 - 1,
        ),
        listed=(np.array([0, 0, 1]), BEGIN + np.array([1, 3, 2]) * DAY_US),
        at=at,
        stop=at + 180 * US,
        song=song,
        hour=(at // (3600 * US)) % 24,
        weekday=(at // DAY_US + 3) % 7,
        day=at // DAY_US,
        session=np.cumsum(np.diff(at, prepend=at[:1]) > 1800 * US) if count else at,
        platform=rng.integers(-1, 2, count),
        began=rng.integers(0, 5, count),
        ended=np.where(skipped == 1, 3, 2),
        ms_played=np.where(skipped == 1, 10_000.0, 180_000.0),
        length_ms=np.full(count, 180_000.0),
        skipped=skipped,
        shuffle=rng.integers(0, 2, count).astype(float),
        offline=np.zeros(count),
    )


def of_lists(at_minutes: list[float], song: list[int], skipped: list[float]) -> History:
    """Plays of three minutes at these minutes of 2020-01-01, in one session; songs 0 and 1 are of artist 0."""
    drawn = made(len(song), songs=max(song) + 1)
    at = BEGIN + (np.array(at_minutes) * 60 * US).astype(np.int64)
    told = np.array(skipped, dtype=float)
    return replace(
        drawn,
        at=at,
        stop=at + 180 * US,
        song=np.array(song),
        hour=(at // (3600 * US)) % 24,
        weekday=(at // DAY_US + 3) % 7,
        day=at // DAY_US,
        session=np.zeros(len(song), dtype=np.int64),
        skipped=told,
        ended=np.where(told == 1, 3, 2),
        ms_played=np.where(told == 1, 10_000.0, 180_000.0),
    )


histories = st.builds(
    made,
    st.integers(1, 60),
    songs=st.integers(1, 8),
    seed=st.integers(0, 10_000),
    gap_minutes=st.sampled_from([1, 20, 600, 5_000]),
    skip=st.sampled_from([0.0, 0.3, 1.0]),
)
