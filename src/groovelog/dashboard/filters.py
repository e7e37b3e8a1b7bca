"""The filter bar: period, listener, counting rule and zone, kept in the address."""

import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from groovelog.dashboard import texts
from groovelog.dashboard.periods import ALL_TIME, DATES, KINDS, WEEK, Period, keys, period, within
from groovelog.metrics.rules import RULES
from groovelog.model import Listener
from groovelog.reports import Answer

BOUND: Final = "query-params"
KEPT_ZONE = "as kept"
DEFAULT_RULE = "30s"


@dataclass(frozen=True)
class Choice:
    """Whose plays are looked at, and how they are counted; `timezone` is None for the dates kept with the plays."""

    listener: Listener
    count: str
    timezone: str | None

    @property
    def zone(self) -> str:
        return self.timezone or self.listener.timezone


def choose(people: Sequence[Listener]) -> Choice:
    """The chip that opens listener, rule and zone. `people` have plays; the first is the default."""
    by_name = {person.name: person for person in people}
    listener = by_name.get(st.session_state.get("listener", ""), people[0])
    rule = st.session_state.get("count", DEFAULT_RULE)
    timezone = st.session_state.get("zone", KEPT_ZONE)
    shown = Choice(listener, rule, None if timezone == KEPT_ZONE else timezone)
    label = f"{listener.name} · {texts.RULES[rule]} · {texts.zone(shown.zone)}"
    with st.popover(label, icon=":material/tune:", key="chip"):
        name = st.selectbox("Listener", list(by_name), key="listener", bind=BOUND)
        count = st.radio("What counts as a play", list(RULES), format_func=_rule, key="count", bind=BOUND, index=1)
        zone = st.selectbox(
            "Dates and hours in",
            [KEPT_ZONE, *zones()],
            format_func=lambda zone: f"{listener.timezone}, as kept" if zone == KEPT_ZONE else zone,
            key="zone",
            bind=BOUND,
        )
    return Choice(by_name[name], count, None if zone == KEPT_ZONE else zone)


def zones() -> list[str]:
    """Every zone that reports take, by name."""
    return sorted(zoneinfo.available_timezones() - {"localtime"})


def choose_period(record: Answer) -> Period:
    """The period, within the first and the last kept play that `record`, an answer for all time, tells of."""
    if record.from_date is None or record.to_date is None:
        return Period(ALL_TIME)
    first, last = record.from_date, record.to_date
    kind = st.segmented_control(
        "Period", KINDS, default=ALL_TIME, required=True, key="period", bind=BOUND,
        label_visibility="collapsed", wrap=False,
    )  # fmt: skip
    if kind == ALL_TIME:
        return Period(ALL_TIME)
    if kind == DATES:
        return _dates(first, last)
    return within(_one_of(kind, keys(kind, first, last)), first, last)


def _one_of(kind: str, offered: Sequence[str]) -> Period:
    """A year, month or week, with a step to the one before and the one after."""
    key = kind.lower()
    if st.session_state.get(key) not in offered:
        st.session_state.pop(key, None)
    with st.container(horizontal=True, key="steps", gap="small", vertical_alignment="center"):
        place = offered.index(st.session_state.get(key, offered[0]))
        st.button(
            "Before", icon=":material/chevron_left:", key="before", disabled=place + 1 == len(offered),
            on_click=_step, args=(key, offered, place + 1), help=f"The {key} before",
        )  # fmt: skip
        chosen = st.selectbox(
            kind, offered, format_func=lambda name: texts.period_name(period(kind, name)), key=key, bind=BOUND,
            label_visibility="collapsed", width=260 if kind == WEEK else 180,
        )  # fmt: skip
        st.button(
            "After", icon=":material/chevron_right:", key="after", disabled=place == 0,
            on_click=_step, args=(key, offered, place - 1), help=f"The {key} after",
        )  # fmt: skip
    return period(kind, chosen)


def _step(key: str, offered: Sequence[str], place: int) -> None:
    st.session_state[key] = offered[place]


def _dates(first: date, last: date) -> Period:
    chosen = st.date_input(
        "Dates", value=(first, last), min_value=first, max_value=last, key="dates", bind=BOUND, format="YYYY-MM-DD",
        label_visibility="collapsed", width=260,
    )  # fmt: skip
    # Between the two presses there is only a start, or nothing.
    return Period(DATES, chosen[0], chosen[-1]) if chosen else Period(ALL_TIME)


def _rule(rule: str) -> str:
    words = RULES[rule]
    return words[0].upper() + words[1:]
