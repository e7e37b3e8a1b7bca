"""Recap: a year, or any period, as cards one by one; each can be saved as a picture to share."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from html import escape

import streamlit as st

from groovelog.dashboard import components, downloads, frames
from groovelog.dashboard.asked import RECORD, Asked
from groovelog.dashboard.cards import behind
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import BOUND, choose
from groovelog.dashboard.periods import DATES, YEAR, Period, period, within
from groovelog.dashboard.recap_cards import png
from groovelog.dashboard.recap_cards.asking import filled, told
from groovelog.dashboard.recap_cards.inline import source
from groovelog.dashboard.recap_cards.sequence import card, keys
from groovelog.dashboard.recap_cards.told import Card, Look, Recap
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import locale, wording
from groovelog.dashboard.texts import recap as texts
from groovelog.dashboard.texts.wording import Headline
from groovelog.reports import Answer

AT = "card"


def show(scene: Scene) -> None:
    with st.container(key="recap"):
        words, stage, controls = st.columns([6, 8, 7], gap="medium", vertical_alignment="center")
    with controls, st.container(key="recap-whose"):
        choice = choose(scene.listening)
        record = Asked(scene.snapshot, choice, RECORD).answer("overview")
        shown, title = _period(record)
        look = _look()
    asked = Asked(scene.snapshot, choice, shown)
    with words:
        st.html(components.page_head(f"{texts.KICKER} · {choice.listener.name}", Headline(title)))
        lead = st.container(key="recap-says")
    with stage, frames.card("recap", texts.KICKER), st.spinner(texts.COUNTING):
        _stage(asked, record, title, look, (lead, controls))


def _stage(
    asked: Asked, record: Answer, title: str, look: Look, around: Sequence[st.delta_generator.DeltaGenerator]
) -> None:
    lead, controls = around
    first, last = _ends(asked.period, record)
    recap = None if first is None or last is None else told(asked.answer, title, first, last)
    there = [] if recap is None else keys(recap)
    if recap is None or not there:
        st.html(components.note(texts.nothing(title)))
        return
    place = _place(len(there))
    # Only what this card needs is asked.
    recap = filled(recap, asked.answer, there[place])
    shown = card(recap, look, there[place])
    st.html(f'<div class="recap-card"><img src="{source(shown.svg)}" alt="{escape(shown.says)}"></div>')
    _steps(place, len(there))
    answer = asked.answer("recap")
    with lead:
        st.html(f'<p class="lead" aria-live="polite">{escape(shown.says)}</p>')
        frames.foot(wording.basis(answer), explanation("recap", answer))
    with controls:
        _save(recap, look, place, shown, title)
        behind.show(asked, shown)


def _period(record: Answer) -> tuple[Period, str]:
    """The period, and its name. Years of the record, the latest first, then all of it, then any dates."""
    first, last = record.from_date, record.to_date
    if first is None or last is None:
        return RECORD, texts.ALL_TIME
    years = [str(year) for year in range(last.year, first.year - 1, -1)]
    kind = st.selectbox(texts.PERIOD, [*years, texts.ALL_TIME, texts.DATES], key="recap-of", bind=BOUND, width=220)
    if kind == texts.ALL_TIME:
        return RECORD, texts.title(first, last, year=False, ever=True, whole=True)
    if kind == texts.DATES:
        chosen = st.date_input(
            texts.DATES, value=(first, last), min_value=first, max_value=last, key="recap-dates", bind=BOUND,
            format="YYYY-MM-DD", label_visibility="collapsed", width=260,
        )  # fmt: skip
        # Between the two presses there is only a start, or nothing.
        begin, end = (chosen[0], chosen[-1]) if chosen else (first, last)
        return Period(DATES, begin, end), texts.title(begin, end, year=False, ever=False, whole=True)
    year = period(YEAR, kind)
    whole = year.last is not None and year.last <= last
    shown = within(year, first, last)
    return shown, texts.title(date(int(kind), 1, 1), last, year=True, ever=False, whole=whole)


def _look() -> Look:
    mine = st.toggle(texts.MY_NAME, value=False, key="my-name", bind=BOUND)
    names = st.toggle(texts.NAMES, value=True, key="names", bind=BOUND)
    return Look(listener=mine, names=names)


def _ends(shown: Period, record: Answer) -> tuple[date | None, date | None]:
    return shown.first or record.from_date, shown.last or record.to_date


def _place(places: int) -> int:
    """The card of the address, from 0; the nearest where there is no such card."""
    asked = st.query_params.get(AT, "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1
    return min(max(number, 1), places) - 1


def _steps(place: int, places: int) -> None:
    with st.container(horizontal=True, key="recap-steps", horizontal_alignment="center", vertical_alignment="center"):
        st.button(
            texts.BACK, key="recap-back", disabled=place == 0, shortcut="Left", on_click=_go_to, args=(place,),
        )  # fmt: skip
        st.html(f'<p class="position">{escape(texts.position(place + 1, places))}</p>', width="content")
        st.button(
            texts.NEXT, key="recap-next", type="primary", disabled=place + 1 == places, shortcut="Right",
            on_click=_go_to, args=(place + 2,),
        )  # fmt: skip


def _go_to(number: int) -> None:
    st.query_params[AT] = str(number)


def _save(recap: Recap, look: Look, place: int, shown: Card, title: str) -> None:
    st.download_button(
        texts.SAVE, partial(_picture, recap, look, shown.key, locale.name()), texts.file_name(title, place + 1),
        downloads.marked("image/png"), key="recap-save", icon=":material/download:", type="primary", on_click="ignore",
        width="stretch",
    )  # fmt: skip
    signs = "".join(dict.fromkeys("".join(png.undrawable(name) for name in recap.named if name in shown.says)))
    st.html(components.note(texts.undrawable(signs) if signs and look.names else texts.SAVED_HOW))


def _picture(recap: Recap, look: Look, key: str, written_in: str) -> bytes:
    """Drawn when it is asked for, in a thread that knows no browser."""
    with locale.written_in(written_in):
        return png.png(card(recap, png.look_here(recap, look), key).svg)
