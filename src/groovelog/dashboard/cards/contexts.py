"""The cards of contexts: what the music may be for, by hour and over time."""

from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames, mood_parts
from groovelog.dashboard.cards.mood import Heard
from groovelog.dashboard.charts import sound as charts
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import BOUND
from groovelog.dashboard.texts import mood, wording
from groovelog.dashboard.texts import sound as texts
from groovelog.dashboard.texts.wording import count, counted, percent
from groovelog.metrics.context_rules import CONTEXTS
from groovelog.metrics.mood_rules import JUDGED_PLAYS
from groovelog.reports import Answer

NAMES = tuple(context.name for context in CONTEXTS)
BY_HOUR, OVER_TIME = SHOWN_BY = ("By hour", "Over time")
HOUR_TICKS = {0: "00", 6: "06", 12: "12", 18: "18", 23: "23 h"}


def show_contexts(heard: Heard) -> None:
    answer = heard.asked.answer("contexts")
    rows = answer.values()
    shares = {row["context"]: row["share"] or 0.0 for row in rows if row["context"] in NAMES}
    led = max(shares, key=lambda name: shares[name]) if heard.speaks and mood.leads(shares) else None
    st.html(components.figure_head(texts.contexts_title(shares, heard.covered), texts.CONTEXTS_SUB))
    st.html(mood_parts.contexts([_context(row, row["context"] == led) for row in rows if row["share"] is not None]))
    frames.foot(heard.note(answer), explanation("contexts", answer))
    frames.numbers(
        "contexts",
        ("Context", "Plays", "Share", "Fit it, too", "Fullest hour", "Top artist"),
        [
            (
                texts.CONTEXTS[row["context"]], count(row["plays"]),
                "" if row["share"] is None else percent(row["share"], 1),
                "" if row["fits"] is None else count(row["fits"]),
                "" if row["fullest_hour"] is None else f"{row['fullest_hour']:02d}:00", row["top_artist"] or "",
            )
            for row in rows
        ],
        answer,
    )  # fmt: skip


def show_ridges(heard: Heard) -> None:
    """Contexts by hour of the day, or over the steps of the period."""
    head = st.container()
    by = st.segmented_control(
        "Contexts", SHOWN_BY, default=None if "contexts" in st.session_state else BY_HOUR, required=True, key="contexts",
        bind=BOUND, label_visibility="collapsed", wrap=False,
    )  # fmt: skip
    per = texts.contexts_per(heard.days) if by == OVER_TIME else "hour"
    answer = heard.asked.answer("contexts-over-time", per=per)
    rows = _every_hour(answer) if per == "hour" else answer.values()
    names = [f"{row['hour']:02d}:00" if per == "hour" else mood.step_name(per, row["starts_on"]) for row in rows]
    known = [row["known"] for row in rows]
    shares = {name: [row[name] if row["known"] >= JUDGED_PLAYS else None for row in rows] for name in NAMES}
    finding = texts.ridges_finding(shares, known, names, heard.covered)
    hours = per == "hour"
    head.html(components.figure_head(finding.title, texts.BY_HOUR_SUB if hours else texts.OVER_TIME_SUB))
    axis = f"Hour of the day, {wording.zone(heard.asked.choice.zone)}" if hours else per.capitalize()
    ticks = HOUR_TICKS if hours else charts.spread_ticks(names)
    if any(any(values) for values in shares.values()):
        frames.plot(
            lambda scheme: frames.once(charts.ridges, shares, names, ticks, axis, scheme, marked=finding.marked),
            key=f"ridges-{per}", height=charts.RIDGES_HEIGHT, alt=f"Four rows of bars, one for each context. {finding.title}.",
        )  # fmt: skip
    else:
        st.html(components.note(texts.TOO_FEW_IN_EACH))
    frames.foot(heard.note(answer), explanation("ridges", answer))
    frames.numbers(
        "contexts-over-time",
        ("Hour" if hours else per.capitalize(), "Plays", "Known", *(texts.CONTEXTS[name] for name in NAMES)),
        [
            (name, count(row["plays"]), count(row["known"]), *(_share(row[context]) for context in NAMES))
            for name, row in zip(names, rows, strict=True)
        ],
        answer,
    )


def _context(row: dict[str, Any], leads: bool) -> mood_parts.ContextRow:
    about = [counted(row["plays"], "play", "plays")]
    if row["plays"]:
        about.append(f"fullest at {row['fullest_hour']:02d}:00")
    if row["top_artist"]:
        about.append(f"most by {row['top_artist']}")
    name = texts.CONTEXTS[row["context"]]
    return mood_parts.ContextRow(name, row["share"], percent(row["share"], 1), " · ".join(about), row["rule"], leads)


def _every_hour(answer: Answer) -> list[dict[str, Any]]:
    """All 24 hours; of those without plays nothing is known."""
    told = {row["hour"]: row for row in answer.values()}
    nothing: dict[str, Any] = dict.fromkeys(NAMES)
    return [told.get(hour, {"hour": hour, "plays": 0, "known": 0, **nothing}) for hour in range(24)]


def _share(value: float | None) -> str:
    return "" if value is None else percent(value, 1)
