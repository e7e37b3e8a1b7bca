"""The filter bar: period, listener, counting rule and zone, kept in the address."""

import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

import streamlit as st

from groovelog.dashboard import kept
from groovelog.dashboard.periods import ALL_TIME, DATES, KINDS, MONTH, WEEK, Period, key_of, keys, period, within
from groovelog.dashboard.texts import wording
from groovelog.metrics.rules import RULES
from groovelog.model import Listener
from groovelog.reports import Answer

BOUND: Final = "query-params"
AT = "at"
KEPT_IN_ADDRESS = ("listener", "count", "zone", "period", "dates")
KEPT_ZONE = "as kept"


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
    listener = by_name.get(_asked("listener", ""), people[0])
    # The address has the words of a rule, not its name; it may have anything.
    told = _asked("count", kept.rule())
    rule = next((name for name, words in wording.RULES.items() if told in (name, words)), kept.rule())
    timezone = _asked("zone", KEPT_ZONE)
    shown = Choice(listener, rule, timezone if timezone in zones() else None)
    label = f"{listener.name} · {wording.RULES[rule]} · {wording.zone(shown.zone)}"
    with st.popover(label, icon=":material/tune:", key="chip"):
        name = st.selectbox("Listener", list(by_name), key="listener", bind=BOUND)
        count = choose_rule([RULES[rule] for rule in wording.RULES])
        zone = st.selectbox(
            "Dates and hours in",
            [KEPT_ZONE, *zones()],
            format_func=lambda zone: f"{listener.timezone}, as kept" if zone == KEPT_ZONE else zone,
            key="zone",
            bind=BOUND,
        )
    return Choice(by_name[name], count, None if zone == KEPT_ZONE else zone)


def choose_rule(captions: Sequence[str], **more: Any) -> str:
    """The control of the counting rule, with a caption for each; `more` goes to the control."""
    rules = list(wording.RULES)
    chosen: str = st.radio(
        "What counts as a play", rules, index=rules.index(kept.rule()), format_func=wording.RULES.__getitem__, key="count",
        bind=BOUND, captions=captions, **more,
    )  # fmt: skip
    return chosen


@cache
def zones() -> list[str]:
    """Every zone that reports take, by name. They lie on disk, in hundreds of files."""
    return sorted(zoneinfo.available_timezones() - {"localtime"})


def choose_period(record: Answer) -> Period:
    """The period, within the first and the last kept play that `record`, an answer for all time, tells of."""
    if record.from_date is None or record.to_date is None:
        return Period(ALL_TIME)
    first, last = record.from_date, record.to_date
    # Streamlit complains of a default beside a value that a press on a month has set.
    default = None if "period" in st.session_state else ALL_TIME
    kind = st.segmented_control(
        "Period",
        KINDS,
        default=default,
        required=True,
        key="period",
        bind=BOUND,
        label_visibility="collapsed",
        wrap=False,
    )
    if kind is None or kind == ALL_TIME:
        return Period(ALL_TIME)
    if kind == DATES:
        return _dates(first, last)
    return within(_one_of(kind, keys(kind, first, last)), first, last)


def open_month(day: date) -> None:
    """Look at the month of a day from the next run on."""
    st.session_state["period"] = MONTH
    go_to(key_of(MONTH, day))


def open_week(day: date) -> None:
    """Look at the ISO week of a day from the next run on."""
    st.session_state["period"] = WEEK
    go_to(key_of(WEEK, day))


def _one_of(kind: str, offered: list[str]) -> Period:
    """A year, month or week, with a step to the one before and the one after.

    Not bound as the other controls are: Streamlit leaves a value out of the address that was set before the control
    was there.
    """
    named = at()
    place = next(
        (place for place, key in enumerate(offered) if named and (key.startswith(named) or named.startswith(key))), 0
    )
    name, menu = kind.lower(), f"at-{kind}"
    st.session_state[menu] = offered[place]
    with st.container(horizontal=True, key="steps", gap="small", vertical_alignment="center"):
        st.button(
            "Before", icon=":material/chevron_left:", key="before", disabled=place + 1 == len(offered),
            on_click=go_to, args=offered[place + 1 : place + 2], help=f"The {name} before",
        )  # fmt: skip
        chosen = st.selectbox(
            kind, offered, format_func=lambda key: wording.period_name(period(kind, key)), key=menu,
            on_change=lambda: go_to(st.session_state[menu]),
            label_visibility="collapsed", width=260 if kind == WEEK else 180,
        )  # fmt: skip
        st.button(
            "After", icon=":material/chevron_right:", key="after", disabled=place == 0,
            on_click=go_to, args=offered[max(place - 1, 0) : place], help=f"The {name} after",
        )  # fmt: skip
    return period(kind, chosen)


def looked_at(names: Sequence[str]) -> int:
    """The place among the names of the listener whom the other pages show; else the first."""
    chosen = st.session_state.get("listener") or st.query_params.get("listener")
    return names.index(chosen) if chosen in names else 0


def in_address() -> dict[str, list[str]]:
    """What the bar asks, as the address has it; the part of the record is left to each page."""
    return {name: st.query_params.get_all(name) for name in KEPT_IN_ADDRESS if name in st.query_params}


def _asked(name: str, default: str) -> str:
    """What a control below will show: on the first run of a visit the address alone knows."""
    return str(st.session_state.get(name) or st.query_params.get(name) or default)


def at() -> str:
    """The part of the record that is looked at: a year, month, week or day as the address has it, or nothing."""
    return str(st.query_params.get(AT) or st.session_state.get(AT, ""))


def go_to(key: str) -> None:
    """Look at that part from the next run on."""
    st.query_params[AT] = st.session_state[AT] = key


def _dates(first: date, last: date) -> Period:
    chosen = st.date_input(
        "Dates", value=(first, last), min_value=first, max_value=last, key="dates", bind=BOUND, format="YYYY-MM-DD",
        label_visibility="collapsed", width=260,
    )  # fmt: skip
    # Between the two presses there is only a start, or nothing.
    return Period(DATES, chosen[0], chosen[-1]) if chosen else Period(ALL_TIME)
