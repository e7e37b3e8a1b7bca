"""The cards of a group: how alike its members are, as a triangle and as pairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from typing import Any

import streamlit as st

from groovelog import access
from groovelog.dashboard import components, frames, group_parts
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.charts import group as charts
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import group as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.group import Pair
from groovelog.dashboard.texts.wording import (
    count,
    rounded,
)
from groovelog.dashboard.theme import SLEEVES


@dataclass(frozen=True)
class Group:
    """What the cards share; `others` are those of whom `asked`'s listener may be told anything, with what and since when."""

    asked: Asked
    scene: Scene
    others: Mapping[str, tuple[str, date | None]]
    own: str

    @property
    def compares(self) -> bool:
        """Whether somebody shows enough for tastes to be compared."""
        return any(shares == access.ALL for shares, _ in self.others.values())

    def board(self, by: str = "plays") -> list[dict[str, Any]]:
        return self.asked.rows("leaderboard", by=by)

    def pairs(self) -> list[Pair]:
        """Every two, the closest first; without a number where one of them has too few plays."""
        plays = {row["listener"]: row["plays"] for row in self.board()}
        return [
            Pair(
                row["listener"], row["other"],
                row["compatibility"] if min(plays[row["listener"]], plays[row["other"]]) >= texts.ENOUGH_PLAYS else None,
                row["common_artists"], row["common_tracks"], row["artist_jaccard"] or 0.0,
            )
            for row in self.asked.rows("compatibility")
        ]  # fmt: skip

    def hours(self) -> dict[str, list[float]]:
        """For each listener the plays of the 24 hours."""
        found: dict[str, list[float]] = {}
        for row in self.asked.rows("group-hours"):
            found.setdefault(row["listener"], [0.0] * 24)[row["hour"]] = row["plays"]
        return found


def show_triangle(group: Group) -> None:
    answer = group.asked.answer("compatibility")
    pairs = group.pairs()
    title = texts.triangle_title(pairs)
    people = list(
        dict.fromkeys(
            [group.asked.choice.listener.name, *sorted({p for pair in pairs for p in (pair.one, pair.other)})]
        )
    )
    closest = texts.leading(pairs)
    st.html(components.figure_head(title, texts.TRIANGLE_SUB))
    scores = {frozenset((pair.one, pair.other)): pair.score for pair in pairs}
    marked = frozenset((closest.one, closest.other)) if closest else None
    frames.plot(
        lambda scheme: frames.once(charts.triangle, people, scores, marked, scheme), key="triangle",
        height=charts.height(people), alt=f"Triangle of numbers, one for each pair. {title}.",
    )  # fmt: skip
    frames.foot(f"{texts.triangle_note(pairs)}, {wording.basis(answer)}", explanation("triangle", answer))
    frames.numbers(
        "compatibility",
        ("Pair", "Of 100", "Artists in common", "Tracks in common", "Artists alike", "Tracks alike", "Sound alike"),
        [
            (
                f"{row['listener']} and {row['other']}", "" if pair.score is None else str(pair.score),
                count(row["common_artists"]), count(row["common_tracks"]), rounded(row["artist_affinity"], 2),
                rounded(row["track_affinity"], 2), "" if row["audio_similarity"] is None else rounded(row["audio_similarity"], 2),
            )
            for row, pair in zip(answer.values(), pairs, strict=True)
        ],
        answer,
    )  # fmt: skip


def show_pairs(group: Group) -> None:
    hours = group.hours()
    answer = group.asked.answer("group-hours")
    told = [pair for pair in group.pairs() if pair.score is not None][: texts.PAIRS_SHOWN]
    st.html(components.figure_head("Closest pairs", "Rays are the hours in which each listens, midnight on top"))
    if not told:
        st.html(components.note(texts.triangle_title(group.pairs())))
    for colour, pair in zip(islice(cycle(list(SLEEVES)[1:]), len(told)), told, strict=True):
        prints = [hours.get(name, [0.0] * 24) for name in (pair.one, pair.other)]
        st.html(group_parts.pair(colour, f"{pair.one} and {pair.other}", texts.pair_why(pair), pair.score or 0, prints))
    frames.foot(wording.basis(answer), explanation("pairs", answer))
