"""The cards of what moves: places from step to step, artists' shares, and the period against the one before."""

from datetime import date

import plotly.graph_objects as go
import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.charts import bump, shares
from groovelog.dashboard.components import Fact
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.steps import Steps
from groovelog.dashboard.texts import tops, wording
from groovelog.dashboard.texts.wording import count, percent
from groovelog.dashboard.theme import Scheme
from groovelog.errors import NothingToTell
from groovelog.reports import Answer

TEN = 10
TOLD_APART = 5
REST = "Everyone else"


def movement(asked: Asked, what: str, steps: Steps) -> Answer:
    """What the bump chart stands on."""
    return asked.answer("rank-movement", what=what, per=steps.per, top=TEN, from_date=steps.first, to_date=steps.last)


def leads_now(asked: Asked, what: str | None, steps: Steps) -> tuple[str, date] | None:
    """Who leads the last step, and when that began; None where there is one step only, or a tie."""
    if what is None:
        return None
    try:
        rows = movement(asked, what, steps).values()
    except NothingToTell:
        return None
    starts = sorted({row["starts_on"] for row in rows})
    if len(starts) < 2:
        return None
    last = [row for row in rows if row["starts_on"] == starts[-1]]
    if len(last) > 1 and last[0]["plays"] == last[1]["plays"]:
        return None
    return last[0]["name"] or wording.UNNAMED, starts[-1]


def places(asked: Asked, kind: str, what: str, steps: Steps) -> None:
    with frames.card("moves", f"How the places of {kind.lower()} move"):
        answer = movement(asked, what, steps)
        rows = answer.values()
        if len({row["starts_on"] for row in rows}) < 2:
            raise NothingToTell(tops.ONE_STEP)
        moves = tops.moves(rows, steps.per, wording.UNNAMED)
        names = dict(zip(moves.steps, (tops.step_name(step, steps.per) for step in moves.steps), strict=True))
        ticks = [tops.step_short(step, steps.per) for step in moves.steps]
        st.html(components.figure_head(moves.title, tops.moves_sub(steps.per)))

        def draw(scheme: Scheme) -> go.Figure:
            return frames.once(
                bump.lines,
                list(names.values()),
                ticks,
                moves.lines,
                (moves.marked, moves.second),
                scheme,
                lane=tops.LANE,
            )

        with st.container(key="moves-scroll"):
            frames.plot(
                draw,
                key="moves",
                height=bump.height(moves.lines, tops.LANE),
                alt=f"Six lines of places. {moves.title}.",
            )
        frames.foot(wording.basis(answer), explanation("moves", answer))
        frames.numbers(
            "rank-movement",
            ("When", "Place", "Name", "Plays"),
            [
                (names[row["starts_on"]], str(row["rank"]), row["name"] or wording.UNNAMED, count(row["plays"]))
                for row in reversed(rows)
            ],
            answer,
        )  # fmt: skip


def artists(asked: Asked, steps: Steps) -> None:
    with frames.card("shares", "What part each artist has"):
        answer = asked.answer("artist-share", per=steps.per, top=TOLD_APART, from_date=steps.first, to_date=steps.last)
        rows = answer.values()
        every = sorted({row["starts_on"] for row in rows})
        if len(every) < 2:
            raise NothingToTell(tops.ONE_STEP)
        title = tops.shares_title(rows, steps.per)
        values: dict[str, list[float | None]] = {}
        for row in sorted(rows, key=lambda row: (row["rank"] or TOLD_APART + 1, row["starts_on"])):
            name = REST if row["rank"] is None else row["artist_name"]
            values.setdefault(name, []).append(row["share_of_plays"])
        chips = [
            ("var(--sunk)" if name == REST else f"var(--category-{place})", name)
            for place, name in enumerate(values)
            if name != REST or shares.top_of(values, REST) == shares.WHOLE
        ]
        st.html(components.figure_head(title, tops.shares_sub(steps.per), components.colour_legend(chips)))
        names = [tops.step_name(step, steps.per) for step in every]
        ticks = [tops.step_short(step, steps.per) for step in every]
        frames.plot(
            lambda scheme: frames.once(shares.stacked, names, ticks, values, REST, scheme),
            key="shares",
            height=shares.HEIGHT,
            alt=f"Stacked bars of shares. {title}.",
        )
        frames.foot(wording.basis(answer), explanation("shares", answer))
        frames.numbers(
            "artist-share",
            ("When", *values),
            [
                (name, *("–" if of[place] is None else percent(of[place] or 0, 1) for of in values.values()))
                for place, name in reversed(list(enumerate(names)))
            ],
            answer,
        )


def against(asked: Asked) -> None:
    with frames.card("against", "This period against the one before"):
        answer = asked.answer("compare")
        rows = answer.values()
        st.html(components.figure_head(tops.compare_title(*rows[:2]), tops.compare_sub(rows)))
        st.html(components.facts([Fact(*fact) for fact in tops.compare_facts(rows)]))
        frames.foot(tops.compare_basis(rows[0]), explanation("against", answer))
