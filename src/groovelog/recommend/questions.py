"""Moments of the past as questions: what was put on next, among the candidates of then?"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from groovelog.recommend.baselines import BASELINES
from groovelog.recommend.before import Bools
from groovelog.recommend.candidates import Candidates, find
from groovelog.recommend.colistening import Together
from groovelog.recommend.evidence import evidence
from groovelog.recommend.history import History
from groovelog.recommend.labels import finished
from groovelog.recommend.listened import Listened, Moment, moment_of
from groovelog.recommend.music import Music
from groovelog.recommend.neighbours import Singles
from groovelog.recommend.rerank import RESTS_HOURS
from groovelog.recommend.songs import Floats, Ints

UNDER_WAY = 3  # plays of a session after which it is asked again: what it is about shows by then
SHORT_MS = 30_000
HOUR_US = 3_600_000_000


@dataclass(frozen=True)
class Question:
    """One moment: `rows` are the evidence of its candidates, `relevant` what was played of them in the rest of the session
    (30 s or more, not skipped), `wanted` how many such songs there were, candidates or not; `play` is the place of the
    session's next play. `scores` are those of every baseline."""

    play: int
    at: int
    candidates: Candidates
    rows: Singles
    relevant: Bools
    wanted: int
    scores: dict[str, Floats]


@dataclass(frozen=True)
class Thumbs:
    """What a listener said of songs, by place in `Music`: liked and when (µs), and what is never to come again."""

    up: Ints
    up_at: Ints
    down: Ints

    def up_before(self, at: int) -> Ints:
        return self.up[self.up_at < at]


NO_THUMBS = Thumbs(*(np.zeros(0, dtype=np.int64) for _ in range(3)))


def plays_asked(history: History, first: int, end: int, most: int | None = None, seed: int = 0) -> Ints:
    """The places of the plays before which it is asked, in [first, end) µs: the first of each session, and the fourth.

    With `most`, so many of them at most, drawn at random but kept in order.
    """
    changes = np.flatnonzero(np.diff(history.session, prepend=-1) != 0)
    ends = np.append(changes[1:], len(history))
    later = changes[ends - changes > UNDER_WAY] + UNDER_WAY
    places = np.sort(np.concatenate([changes, later]))
    places = places[(history.at[places] >= first) & (history.at[places] < end)]
    if most is not None and len(places) > most:
        places = np.sort(np.random.default_rng(seed).choice(places, most, replace=False))
    return places.astype(np.int64)


def liked(history: History) -> Bools:
    """Whether a play says that its song was wanted: heard for 30 s, and not cut short."""
    long: Bools = ~(history.ms_played < SHORT_MS) & (finished(history) != 0)
    return long


def questions(
    history: History, music: Music, together: Together, plays: Ints, thumbs: Thumbs = NO_THUMBS
) -> Iterator[Question]:
    """The questions before these plays, in order. What was played in the last day is no answer: it is no candidate, either.

    One is left out where the rest of the session had nothing that was wanted, or where there are no candidates.
    """
    listened = Listened(history, music)
    wanted = liked(history)
    session_ends = np.append(np.flatnonzero(np.diff(history.session)) + 1, len(history))
    for play in plays.tolist():
        moment = moment_of(history, play)
        listened.advance(moment.at)
        end = int(session_ends[np.searchsorted(session_ends, play, side="right")])
        songs = np.unique(history.song[play:end][wanted[play:end]])
        with np.errstate(invalid="ignore"):
            rests = moment.at - listened.last[songs] < RESTS_HOURS * HOUR_US
        songs = songs[~rests & ~np.isin(songs, thumbs.down)]
        if len(songs):
            yield asked(listened, together, moment, songs, thumbs=thumbs, play=play)


def asked(
    listened: Listened, together: Together, moment: Moment, songs: Ints, *, thumbs: Thumbs, play: int
) -> Question:
    """One question, to whose moment `listened` has been advanced; `songs` are what was wanted then."""
    candidates = find(listened, together, moment, thumbs.down)
    rows = evidence(listened, candidates, moment, thumbs.up_before(moment.at))
    scores = {name: rule(listened, candidates) for name, rule in BASELINES.items()}
    return Question(play, moment.at, candidates, rows, np.isin(candidates.song, songs), len(songs), scores)
