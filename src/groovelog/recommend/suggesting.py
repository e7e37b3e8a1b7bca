"""From a moment to a list: candidates, scores by the ranker or the rule that is better, re-ranking, reasons."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from groovelog.errors import NothingToTell
from groovelog.metrics.context_rules import Context
from groovelog.recommend.baselines import BASELINES, with_sound
from groovelog.recommend.before import Bools
from groovelog.recommend.candidates import Candidates, find
from groovelog.recommend.colistening import Together
from groovelog.recommend.evidence import NAMES, evidence
from groovelog.recommend.history import DAY_US, History
from groovelog.recommend.listened import Listened, Moment
from groovelog.recommend.music import Music
from groovelog.recommend.neighbours import Singles
from groovelog.recommend.questions import Thumbs
from groovelog.recommend.reasons import Teller
from groovelog.recommend.rerank import by_place, chosen, dialled, novelty
from groovelog.recommend.songs import AUDIO, Floats, Ints
from groovelog.recommend.suggestions import CONTEXTS, SOURCES, Suggestion, Wanted

NO_SOUND = (
    "No song here has audio features, so nothing can be suggested for {context}. "
    "`groovelog reference add FILE` adds a reference that has them."
)
NOTHING = (
    "There is nothing to suggest yet: no plays and no reference. `groovelog import` reads an export, "
    "`groovelog reference add FILE` a dataset of songs."
)
NOTHING_LEFT = "Of {count} songs that were looked at none fits {context}. Another context may do, or another reference."

# How the rows of the candidates are scored: the ranker's booster, behind a function so that this needs no XGBoost.
Scorer = Callable[[Singles, tuple[str, ...]], Floats]


@dataclass(frozen=True)
class Known:
    """What stands behind suggestions for one listener: made once, asked for many moments."""

    history: History
    music: Music
    together: Together


def known(history: History, music: Music) -> Known:
    return Known(history, music, Together(history, music))


def suggest(
    told: Known, said: Thumbs, moment: Moment, wanted: Wanted, *, scorer: Scorer | None, baseline: str, left_out: Ints
) -> tuple[Suggestion, ...]:
    """The list for a moment, scored by `scorer`, without one by the baseline. `left_out`: songs that may not come, beside
    those that `said` has thumbed down. Raises NothingToTell where there is nothing to choose from.

    What a baseline scores 0, as a song never played, goes by how near its sound is to what is played at such hours.
    """
    listened = Listened(told.history, told.music)
    listened.advance(moment.at)
    every = find(listened, told.together, moment, np.union1d(said.down, left_out))
    rule = CONTEXTS[wanted.context]
    candidates = every if rule is None else every.picked(np.flatnonzero(fitting(told.music.audio[every.song], rule)))
    if not len(candidates):
        raise NothingToTell(_why_nothing(told.music, every, wanted.context))
    rows = evidence(listened, candidates, moment, said.up_before(moment.at))
    score = scorer(rows, NAMES) if scorer else with_sound(BASELINES[baseline](listened, candidates), rows)
    fit = by_place(score)
    silent = (moment.at - listened.last[candidates.own]) / DAY_US
    new = novelty(listened.plays[candidates.own], listened.artist_plays[candidates.artist], silent)
    mixed = dialled(fit, new, wanted.novelty)
    music = told.music
    _, recording = np.unique(music.recording[candidates.song].astype(str), return_inverse=True)
    places = chosen(mixed, music.artist[candidates.song], recording, music.points[candidates.song], wanted.n)
    teller = Teller(listened, told.together, candidates, moment, rule, said.up_before(moment.at))
    return tuple(_suggestion(teller, int(place), float(mixed[place])) for place in places)


def fitting(audio: Floats, rule: Context) -> Bools:
    """Whether each row of AUDIO is within all bounds of a context; a bound of what is not known is not met."""
    signs = {">=": np.greater_equal, ">": np.greater, "<": np.less, "<=": np.less_equal}
    with np.errstate(invalid="ignore"):
        within = [signs[bound.sign](audio[:, AUDIO.index(bound.feature)], bound.value) for bound in rule.bounds]
    fits: Bools = np.all(within, axis=0)
    return fits


def _why_nothing(music: Music, every: Candidates, context: str) -> str:
    if not len(music):
        return NOTHING
    if context != "now" and np.isnan(music.audio).all():
        return NO_SOUND.format(context=context)
    if not len(every):
        return "There is nothing to suggest that you did not play in the last day. A reference brings more songs."
    return NOTHING_LEFT.format(count=len(every), context=context)


def _suggestion(teller: Teller, place: int, score: float) -> Suggestion:
    music, candidates = teller.listened.music, teller.candidates
    song = candidates.song[place]
    return Suggestion(
        track_name=str(music.title[song] or music.key[song]),
        artist_name=str(music.artist_name[song] or ""),
        track_id=music.uri[song],
        score=score,
        reasons=teller.reasons(place),
        source=SOURCES[candidates.source[place]],
        heard=bool(teller.listened.plays[candidates.own[place]] > 0),
        key=str(music.key[song]),
    )
