"""Rows to learn from or to ask about: plays, and songs that one might play at a moment, in one order of time."""

from dataclasses import dataclass

import numpy as np

from groovelog.recommend.before import Bools
from groovelog.recommend.history import History
from groovelog.recommend.labels import finished
from groovelog.recommend.songs import AUDIO, Floats, Ints


@dataclass(frozen=True)
class Asked:
    """Songs that one might play, and when: one value per question.

    `at` in µs since 1970, `hour` and `weekday` local; `song` and `artist` as the history numbers them, -1 for one never
    played; `audio` one row of AUDIO each; `genre` as `Songs` has it, -1 where it is not known. `session` is that of the
    history that is going on, -1 where a new one begins; `platform` (-1) and `shuffle` (NaN) are where they are known.
    """

    at: Ints
    hour: Ints
    weekday: Ints
    song: Ints
    artist: Ints
    audio: Floats
    genre: Ints
    session: Ints
    platform: Ints
    shuffle: Floats

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True)
class Moments:
    """Rows in order of `at`; those that are not `real` are asked about. `finished` is NaN where it is not known."""

    at: Ints
    stop: Ints
    song: Ints
    artist: Ints
    hour: Ints
    weekday: Ints
    session: Ints
    platform: Ints
    began: Ints
    shuffle: Floats
    offline: Floats
    audio: Floats
    genre: Ints
    finished: Floats
    real: Bools
    listed: tuple[Ints, Ints]

    def __len__(self) -> int:
        return len(self.at)


def of_plays(history: History) -> Moments:
    return Moments(
        at=history.at,
        stop=history.stop,
        song=history.song,
        artist=history.artist,
        hour=history.hour,
        weekday=history.weekday,
        session=history.session,
        platform=history.platform,
        began=history.began,
        shuffle=history.shuffle,
        offline=history.offline,
        audio=history.songs.audio[history.song],
        genre=history.songs.genre[history.song],
        finished=finished(history),
        real=np.ones(len(history), dtype=np.bool_),
        listed=history.listed,
    )


def with_asked(history: History, asked: Asked) -> tuple[Moments, Ints]:
    """The plays with the questions among them, each before the plays of its instant; and the places of the questions."""
    known, unknown = of_plays(history), np.full(len(asked), np.nan)
    nothing = np.zeros(len(asked), dtype=np.int64)
    one = Moments(
        at=asked.at,
        stop=asked.at,
        song=asked.song,
        artist=asked.artist,
        hour=asked.hour,
        weekday=asked.weekday,
        session=asked.session,
        platform=asked.platform,
        began=nothing,
        shuffle=asked.shuffle,
        offline=unknown,
        audio=asked.audio.reshape(len(asked), len(AUDIO)),
        genre=asked.genre,
        finished=unknown,
        real=np.zeros(len(asked), dtype=np.bool_),
        listed=history.listed,
    )
    real = np.concatenate([known.real, one.real])
    order = np.lexsort((real, np.concatenate([known.at, one.at])))
    merged = {
        name: np.concatenate([getattr(known, name), getattr(one, name)])[order]
        for name in Moments.__dataclass_fields__
        if name != "listed"
    }
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return Moments(**merged, listed=history.listed), back[len(history) :]
