"""Model: how good is what was learnt of a listener, on which weeks, beside which rules."""

import shlex
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
    kept = [about for kind in ("preference", "ranking") if (about := _about(person, kind)) is not None]
    told = {key: judged for about in kept for key, judged in _judged(about).items()}
    if not told:
        st.html(components.page_head("Model", texts.NOTHING, texts.NOTHING_LEAD))
        st.code(f"groovelog train --listener {shlex.quote(person.name)}", language="shell")
        return
    better = sum(_best(judged["models"], key) > _best(judged["baselines"], key) for key, judged in told.items())
    st.html(components.page_head("Model", texts.headline(better, len(told)), texts.LEAD))
    for key, judged in told.items():
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
    given = about.scores if about.kind == "preference" else {about.kind: about.scores}
    return {key: judged for key, judged in given.items() if key in texts.TITLES and judged["models"]}


def _best(rows: list[dict[str, Any]], key: str) -> float:
    metric, _ = texts.METRICS[key]
    return max((row[metric] for row in rows if row[metric] is not None), default=0.0)


def _scores(key: str, judged: dict[str, Any], note: str) -> None:
    metric, axis = texts.METRICS[key]
    rows = [_scored(row, metric, learnt=True) for row in judged["models"] if row[metric] is not None]
    rules = [_scored(row, metric, learnt=False) for row in judged["baselines"] if row[metric] is not None]
    model, rule = (max(given, key=lambda row: row.value) for given in (rows, rules))
    st.html(components.figure_head(texts.TITLES[key], texts.verdict(_pair(model), _pair(rule))))
    both = [_named(row) for row in (*rows, *rules)]
    frames.plot(
        lambda scheme: scores.dots(both, axis, scheme), key=f"plot-{key}", height=scores.height(both),
        alt="; ".join(row.words for row in both),
    )  # fmt: skip
    frames.foot(note, Explanation(f"scores-{key}", texts.DEFINITIONS[metric], tuple(_line(row) for row in both)))


def _scored(row: dict[str, Any], metric: str, *, learnt: bool) -> Scored:
    low, high = row.get(f"{metric}_interval") or (None, None)
    return Scored(row["name"], row[metric], low, high, texts.words(row, metric), learnt)


def _named(row: Scored) -> Scored:
    return Scored(texts.name_of(row.name), row.value, row.low, row.high, row.words, row.learnt)


def _pair(row: Scored) -> tuple[str, float]:
    return row.name, row.value


def _line(row: Scored) -> tuple[str, str]:
    return row.name, row.words.partition(": ")[2]


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
