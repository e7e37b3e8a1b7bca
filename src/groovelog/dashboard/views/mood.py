"""Mood and contexts: first how much is known, then where the plays lie between dark and bright, still and lively."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from groovelog.dashboard import components, frames, mood_parts
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import contexts, sound
from groovelog.dashboard.cards import mood as cards
from groovelog.dashboard.cards.mood import Heard
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import mood as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import counted
from groovelog.errors import GroovelogError, NothingToTell
from groovelog.metrics import rules

MISSING_NAMED = 3


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    heard = Heard(asked)
    if not heard.covered:
        _no_features(asked)
        return
    kicker = f"{asked.choice.listener.name} · {wording.period_name(asked.period)}"
    if not texts.tells(heard.covered):
        st.html(components.page_head(kicker, texts.too_little(heard.covered), texts.too_little_lead()))
        _coverage(heard, st.empty(), _why(heard))
        _bring()
        return
    st.html(components.page_head(kicker, _headline(heard)))
    line = st.empty()
    _coverage(heard, line)
    # Of too few plays a figure stands back, and claims nothing.
    with st.container(key="figures" if heard.speaks else "faint"):
        _figures(heard, scene)
    # Why not all takes longest to find out: nothing waits for it.
    _coverage(heard, line, _why(heard))


def _figures(heard: Heard, scene: Scene) -> None:
    _beside(("map", "Valence and energy", cards.show_map), ("ridges", "Contexts by hour", contexts.show_ridges), heard)
    with frames.card("moodweeks", "Mood by week"):
        cards.show_weeks(heard)
    quadrants = partial(cards.show_quadrants, scene=scene)
    _beside(("quadrants", "Quadrants of mood", quadrants), ("contexts", "Contexts", contexts.show_contexts), heard)
    _beside(("profile", "Audio features", sound.show_profile), ("moodday", "Through the day", sound.show_day), heard)
    _beside(("tempo", "Tempo", sound.show_tempo), ("keys", "Keys", sound.show_keys), heard)


def _beside(
    one: tuple[str, str, Callable[[Heard], None]], other: tuple[str, str, Callable[[Heard], None]], heard: Heard
) -> None:
    for column, (key, what, card) in zip(st.columns(2, gap="small"), (one, other), strict=True):
        with column, frames.card(key, what, height="stretch"):
            card(heard)


def _headline(heard: Heard) -> wording.Headline:
    try:
        everything, shown = heard.ever("week"), heard.within("week")
    except NothingToTell:  # the period is known well enough, the record is not
        everything, shown = [], []
    return texts.headline(shown, cards.judged(everything), heard.covered)


def _coverage(heard: Heard, line: DeltaGenerator, why: str = "") -> None:
    plays = heard.asked.answer("overview").basis.counted_plays
    known = round((heard.covered or 0) * plays)
    marked, rest = texts.coverage_words(known, plays)
    line.html(mood_parts.coverage(heard.covered or 0, marked, rest, why))


def _why(heard: Heard) -> str:
    """What has no audio features, by reason, and the most played of it. The line stands without it, too."""
    try:
        answer = heard.asked.answer("coverage", top=MISSING_NAMED)
    except GroovelogError:
        return ""
    lines = [
        ("Counts", rules.RULES[answer.count or "all"]),
        ("Period", wording.answer_period(answer)),
        *(
            (
                texts.REASONS.get(row["verdict"], row["verdict"]),
                f"{counted(row['plays'], 'play', 'plays')} of {counted(row['tracks'], 'track', 'tracks')}",
            )
            for row in answer.values()
            if row["part"] == "without"
        ),
        *(
            (
                "Most played",
                f"{row['track_name']} by {row['artist_name'] or wording.UNNAMED}, {counted(row['plays'], 'play', 'plays')}",
            )
            for row in answer.values()
            if row["part"] == "most played without"
        ),
    ]
    return mood_parts.why("coverage", texts.WHY_NOT_ALL, lines)


def _no_features(asked: Asked) -> None:
    st.html(components.page_head(asked.choice.listener.name, texts.NO_FEATURES, texts.NO_FEATURES_LEAD))
    _bring()


def _bring() -> None:
    with st.container(key="card-bring-features"):
        st.html(components.figure_head(texts.BRING) + components.numbered(texts.BRING_STEPS))
