"""The cards of mood: the map, the weeks against one's usual range, the quadrants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames, mood_parts
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import links
from groovelog.dashboard.charts import mood as charts
from groovelog.dashboard.charts import mood_map
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import open_week
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import mood as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.mood import Step
from groovelog.dashboard.texts.wording import (
    count,
    counted,
    duration,
    percent,
    rounded,
)
from groovelog.metrics.mood_rules import JUDGED_PLAYS
from groovelog.reports import Answer

REPORT = "mood"
QUADRANTS = ("tense", "happy", "sad", "calm")  # as they lie on the map


@dataclass(frozen=True)
class Heard:
    """What the cards of a page about audio features share: what was asked, and how much of it is known."""

    asked: Asked

    @cached_property
    def covered(self) -> float | None:
        """The share of the period's counted plays with audio features."""
        return self.asked.answer("overview").coverage

    @property
    def speaks(self) -> bool:
        return texts.speaks(self.covered)

    @cached_property
    def span(self) -> tuple[date, date]:
        """First and last day of the period."""
        answer = self.asked.answer("overview")
        assert answer.from_date is not None  # noqa: S101 - a page has plays
        assert answer.to_date is not None  # noqa: S101
        return answer.from_date, answer.to_date

    @property
    def days(self) -> int:
        first, last = self.span
        return (last - first).days + 1

    def ever(self, per: str) -> list[Step]:
        """The steps of the whole record of which enough is known."""
        return steps(self.asked.ever(REPORT, per=per), per)

    def within(self, per: str) -> list[Step]:
        """Those that the period touches."""
        first, last = self.span
        return [
            step for step in self.ever(per) if step.starts_on <= last and texts.end_of(per, step.starts_on) >= first
        ]

    def stretch(self, shown: Sequence[Step], per: str, answer: Answer) -> str:
        """What whole steps stand on; they may reach over the ends of the period, not of the record."""
        if not shown:
            return self.note(self.asked.answer("overview"))
        first, last = shown[0].starts_on, texts.end_of(per, shown[-1].starts_on)
        return texts.known_of(shown, max(first, answer.from_date or first), min(last, answer.to_date or last))

    def note(self, answer: Answer) -> str:
        """What a figure stands on, and how much of it is known."""
        return f"{wording.basis(answer)}, features known of {percent(answer.coverage or 0, 1)}"


def steps(answer: Answer, per: str) -> list[Step]:
    """The rows of the report that tell both means."""
    return [
        Step(
            texts.step_name(per, row["starts_on"]), row["starts_on"], row["plays"], row["known"], row["valence"], row["energy"],
            row["valence_note"], row["energy_note"],
        )
        for row in answer.values()
        if row["valence"] is not None and row["energy"] is not None
    ]  # fmt: skip


def judged(weeks: Sequence[Step]) -> int:
    return sum(week.known >= JUDGED_PLAYS for week in weeks)


def show_map(heard: Heard) -> None:
    per = texts.per_of(heard.asked.period, heard.days)
    answer = heard.asked.ever(REPORT, per=per)
    everything = [step for step in heard.ever(per) if step.known >= JUDGED_PLAYS]
    whole = [step for step in heard.within(per) if step.known >= JUDGED_PLAYS]
    path = whole[-texts.PATH_STEPS :]
    title = texts.map_title(path, per, heard.covered, cut=len(path) < len(whole))
    others = [(step.valence, step.energy) for step in everything if step not in path]
    st.html(components.figure_head(title, texts.map_sub(path, per)))
    if path:
        frames.plot(
            lambda scheme: frames.once(mood_map.path, path, others, scheme), key="map", height=mood_map.MAP_HEIGHT,
            alt=texts.map_alt(path, title),
        )  # fmt: skip
    else:
        st.html(components.note(texts.NOTHING_PLACED))
    frames.foot(heard.stretch(path, per, answer), explanation("map", answer))
    _numbers("mood-map", per, path, answer)


def show_weeks(heard: Heard) -> None:
    answer = heard.asked.ever(REPORT, per="week")
    shown, everything = heard.within("week"), heard.ever("week")
    usual = [
        _usual(answer, name) if judged(everything) >= texts.ENOUGH_WEEKS else None for name in ("valence", "energy")
    ]
    finding = texts.weeks_finding(shown, usual[0], judged(everything), heard.covered)
    legend = components.colour_legend(
        (("var(--ink)", "valence"), ("var(--series)", "energy"), ("var(--sunk)", "your usual range"))
    )
    st.html(components.figure_head(finding.title, texts.WEEKS_SUB, legend + mood_parts.TRIANGLES))
    if not shown:
        st.html(components.note(texts.NOTHING_PLACED))
        return
    frames.plot(
        lambda scheme: frames.once(charts.weeks, shown, usual, finding.marked, scheme), key="moodweeks",
        height=charts.WEEKS_HEIGHT, alt=f"Lines of mean valence and energy by week. {finding.title}.", on_click=_open_pressed,
    )  # fmt: skip
    frames.foot(heard.stretch(shown, "week", answer), explanation("moodweeks", answer))
    _numbers("mood-weeks", "week", list(reversed(shown)), answer)


def show_quadrants(heard: Heard, scene: Scene) -> None:
    answer = heard.asked.answer("mood-quadrants")
    rows = {row["quadrant"]: row for row in answer.values()}
    shares = {name: rows[name]["share"] or 0.0 for name in QUADRANTS}
    title = texts.quadrants_title(shares, heard.covered)
    st.html(components.figure_head(title, texts.QUADRANTS_SUB))
    leading = max(shares, key=lambda name: shares[name]) if heard.speaks and texts.leads(shares) else None
    st.html(
        mood_parts.quadrants(
            [
                mood_parts.Quadrant(
                    name, texts.SOUNDS[name], percent(shares[name], 1), shares[name],
                    counted(rows[name]["plays"], "play", "plays"), rows[name]["top_artist"] or "", name == leading,
                )
                for name in QUADRANTS
            ]
        )
    )  # fmt: skip
    links.artists(scene, [rows[name]["top_artist"] for name in QUADRANTS])
    frames.foot(heard.note(answer), explanation("quadrants", answer))
    frames.numbers(
        "mood-quadrants",
        ("Quadrant", "Valence", "Energy", "Plays", "Share", "Time", "Top artist"),
        [
            (
                row["quadrant"], row["valence"] or "", row["energy"] or "", count(row["plays"]),
                "" if row["share"] is None else percent(row["share"], 1), duration(row["ms_played"]), row["top_artist"] or "",
            )
            for row in rows.values()
        ],
        answer,
    )  # fmt: skip


def _usual(answer: Answer, name: str) -> tuple[float, float] | None:
    row: dict[str, Any] = next(iter(answer.rows.slice(0, 1).to_pylist()), {})
    low, high = row.get(f"{name}_low"), row.get(f"{name}_high")
    return None if low is None or high is None else (low, high)


def _numbers(key: str, per: str, shown: Sequence[Step], answer: Answer) -> None:
    frames.numbers(
        key,
        (per.capitalize(), "Plays", "Known", "Valence", "Energy", "Valence is", "Energy is"),
        [
            (
                texts.week_words(step.starts_on) if per == "week" else step.name, count(step.plays), count(step.known),
                rounded(step.valence, 2), rounded(step.energy, 2), step.valence_note or "usual", step.energy_note or "usual",
            )
            for step in shown
        ],
        answer,
    )  # fmt: skip


def _open_pressed() -> None:
    points = st.session_state["moodweeks"].selection.points
    if points:
        open_week(date.fromisoformat(points[0]["customdata"][0]))
