"""The figures that the pages behind an artist and behind a track share."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.charts import plays_by_month
from groovelog.dashboard.components import Fact
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.texts import behind as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import Headline, count, duration
from groovelog.errors import NothingToTell


def totals(asked: Asked, **one: Any) -> dict[str, Any] | None:
    """The totals of the artist or track; None where nothing of it counts in the period."""
    try:
        (row,) = asked.rows("overview", **one)
    except NothingToTell:
        return None
    return row if row["counted_plays"] else None


def head(asked: Asked, kicker: str, name: str, told: dict[str, Any] | None) -> None:
    if told is None:
        title, lead = texts.nothing(name), wording.period_name(asked.period)
    else:
        end = asked.answer("overview").to_date or date.max
        title = texts.head(name, told["counted_plays"], told["ms_played"])
        lead = texts.lead(_day(asked, told["first_play"]), _day(asked, told["last_play"]), end)
    st.html(components.page_head(kicker, title, lead))


def facts(asked: Asked, told: dict[str, Any], more: Sequence[Fact], **one: Any) -> None:
    plays = told["counted_plays"]
    first, last = _day(asked, told["first_play"]), _day(asked, told["last_play"])
    shown = (
        Fact("Plays", count(plays), texts.share(plays, asked.totals["counted_plays"])),
        Fact("Time", duration(told["ms_played"]), texts.of_days(told["days_with_plays"])),
        Fact("First heard", wording.short_day(first), texts.last_on(last)),
        *more,
    )
    answer = asked.answer("overview", **one)
    st.html(components.facts(shown))
    frames.foot(wording.basis(answer), explanation("of-one", answer))


def months(asked: Asked, **one: Any) -> None:
    answer = asked.answer("listening-by-month", **one)
    rows = answer.values()
    plays = {row["month"]: row["plays"] for row in rows}
    finding = texts.months(plays)
    st.html(components.figure_head(finding.title, texts.MONTHS_SUB))
    frames.plot(
        lambda scheme: frames.once(plays_by_month.bars, plays, finding.marked, scheme),
        key="plays-by-month", height=plays_by_month.HEIGHT, alt=f"Bars of plays a month. {finding.title}.",
    )  # fmt: skip
    frames.foot(wording.basis(answer), explanation("plays-by-month", answer))
    numbers = [(wording.month(row["month"]), count(row["plays"]), duration(row["ms_played"])) for row in reversed(rows)]
    frames.numbers("plays-by-month", ("Month", "Plays", "Time"), numbers, answer)


def choose(title: Headline) -> None:
    st.html(components.page_head("", title, texts.CHOOSE))


def _day(asked: Asked, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(asked.choice.zone)).date()
