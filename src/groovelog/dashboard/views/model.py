"""Model: how good is what was learnt of a listener, on which weeks, beside which rules."""

import shlex
from dataclasses import replace
from typing import Any

import streamlit as st

from groovelog.dashboard import components, filters, frames, served
from groovelog.dashboard.charts import scores
from groovelog.dashboard.charts.scores import Chance, Scored
from groovelog.dashboard.components import Explanation
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import model as texts
from groovelog.model import Listener
from groovelog.recommend import stored
from groovelog.recommend.stored import About

CURVED = "voting"  # the model that is used


def show(scene: Scene) -> None:
    with st.container(horizontal=True, key="filters", vertical_alignment="center"):
        person = filters.choose(scene.listening).listener
    kept = [about for kind in (stored.PREFERENCE, stored.RANKING) if (about := _about(person, kind)) is not None]
    told = {key: judged for about in kept for key, judged in _judged(about).items()}
    if not told:
        st.html(components.page_head("Model", texts.NOTHING, texts.NOTHING_LEAD))
        st.code(f"groovelog train --listener {shlex.quote(person.name)}", language="shell")
        return
    better = sum(_is_clear(*_best(key, judged)) for key, judged in told.items())
    st.html(components.page_head("Model", texts.headline(better, len(told)), texts.LEAD))
    for key, judged in sorted(told.items(), key=lambda item: list(texts.TITLES).index(item[0])):
        with frames.card(f"scores-{key}", texts.TITLES[key]):
            _scores(key, judged, texts.trained(person.name, kept[0].made_at, kept[0].run))
    if "finish" in told:
        with frames.card("calibration", texts.CALIBRATION):
            _calibration(told["finish"])
    _cards(person, kept)


def _about(person: Listener, kind: str) -> About | None:
    return stored.about(served.home(), person.listener_id, kind)


def _judged(about: About) -> dict[str, dict[str, Any]]:
    """What was judged, by its key in `texts.TITLES`: a preference has several questions, a ranking one."""
    given = about.scores if about.kind == stored.PREFERENCE else {about.kind: about.scores}
    return {key: judged for key, judged in given.items() if key in texts.TITLES and judged["models"]}


def _best(key: str, judged: dict[str, Any]) -> tuple[Scored, Scored]:
    """The best model and the best rule."""
    metric, _ = texts.METRICS[key]
    both = (_rows(judged["models"], metric, learnt=True), _rows(judged["baselines"], metric, learnt=False))
    model, rule = (max(rows, key=lambda row: row.value) for rows in both)
    return model, rule


def _is_clear(model: Scored, rule: Scored) -> bool:
    """Whether the rule's score lies below the model's interval."""
    return model.low is not None and rule.value < model.low


def _rows(rows: list[dict[str, Any]], metric: str, *, learnt: bool) -> list[Scored]:
    return [_scored(row, metric, learnt=learnt) for row in rows if row[metric] is not None]


def _scores(key: str, judged: dict[str, Any], note: str) -> None:
    metric, axis = texts.METRICS[key]
    model, rule = _best(key, judged)
    told = texts.verdict((model.name, model.value), (rule.name, rule.value), clear=_is_clear(model, rule))
    st.html(components.figure_head(texts.TITLES[key], told))
    both = _rows(judged["models"], metric, learnt=True) + _rows(judged["baselines"], metric, learnt=False)
    named = [replace(row, name=texts.name_of(row.name)) for row in both]
    frames.plot(
        lambda scheme: scores.dots(named, axis, scheme), key=f"plot-{key}", height=scores.height(named),
        alt="; ".join(f"{row.name} {row.words}" for row in named),
    )  # fmt: skip
    lines = tuple((row.name, row.words) for row in named)
    frames.foot(note, Explanation(f"scores-{key}", texts.DEFINITIONS[metric], lines))


def _scored(row: dict[str, Any], metric: str, *, learnt: bool) -> Scored:
    low, high = row.get(f"{metric}_interval") or (None, None)
    return Scored(row["name"], row[metric], low, high, texts.amount(row, metric), learnt)


def _calibration(judged: dict[str, Any]) -> None:
    model = next((row for row in judged["models"] if row["name"] == CURVED), judged["models"][0])
    chances = [Chance(one["predicted"], one["happened"], one["plays"]) for one in model["calibration_curve"]]
    st.html(components.figure_head(texts.CALIBRATION, texts.CALIBRATION_SUB))
    alt = "; ".join(f"foretold {one.predicted:.0%}, happened {one.happened:.0%}" for one in chances)
    frames.plot(
        lambda scheme: scores.calibration(chances, scheme), key="plot-calibration", height=scores.CURVE_HEIGHT, alt=alt
    )


def _cards(person: Listener, kept: list[About]) -> None:
    for about in kept:
        card = stored.folder(served.home(), person.listener_id, about.kind) / "card.md"
        if card.exists():
            with st.expander(f"{texts.CARD}: {about.kind}", key=f"model-card-{about.kind}"):
                st.markdown(card.read_text(encoding="utf-8"))
