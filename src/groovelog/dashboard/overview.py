"""Overview: totals, listening by month, top artists and tracks, and the hours of the week."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import components, frames, months, rankings, texts, week
from groovelog.dashboard.asked import RECORD, Asked
from groovelog.dashboard.components import Fact
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import choose, choose_period
from groovelog.dashboard.texts import count, counted, duration
from groovelog.errors import NothingToTell
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener


def show(snapshot: Snapshot, people: Sequence[Listener]) -> None:
    """`people` have plays; the first is shown unless another is asked for."""
    bar = st.container(horizontal=True, key="filters", vertical_alignment="center")
    periods = bar.container(horizontal=True, width="content", key="periods", vertical_alignment="center")
    with bar:
        choice = choose(people)
    record = Asked(snapshot, choice, RECORD).answer("overview")
    if not record.basis.counted_plays:
        st.html(components.page_head(choice.listener.name, texts.nothing_counted(RECORD)))
        return
    with periods:
        asked = Asked(snapshot, choice, choose_period(record))
    if _nothing_counts(asked):
        st.html(components.page_head(choice.listener.name, texts.nothing_counted(asked.period)))
        months.show(asked)
        return
    _hero(asked)
    _facts(asked)
    months.show(asked)
    left, right = st.columns(2, gap="small")
    with left:
        rankings.show_artists(asked)
    with right:
        rankings.show_tracks(asked)
    week.show(asked)


def _nothing_counts(asked: Asked) -> bool:
    try:
        return not asked.totals["counted_plays"]
    except NothingToTell:
        return True


def _hero(asked: Asked) -> None:
    totals = asked.totals
    artists = rankings.artists(asked)
    hours = week.by_hour(asked)
    fullest = hours.index(max(hours)) if hours.count(max(hours)) == 1 else None
    zone = ZoneInfo(asked.choice.zone)
    st.html(
        components.sleeve(
            "marigold",
            texts.overview_kicker(asked.period, _day(totals["first_play"], zone), _day(totals["last_play"], zone)),
            texts.overview_headline(totals["ms_played"], artists),
            texts.overview_why(artists, totals["counted_plays"], fullest),
            foot=components.explain(explanation("hero", asked.answer("overview"))),
            picture=components.clock(hours, texts.clock_alt(hours), texts.CLOCK_CAPTION),
        )
    )


def _facts(asked: Asked) -> None:
    totals = asked.totals
    works = f"{counted(totals['tracks'], 'track', 'tracks')}, {counted(totals['albums'], 'album', 'albums')}"
    days = f"of {counted(totals['calendar_days'], 'day', 'days')} from first to last play"
    facts = (
        Fact("Counted plays", count(totals["counted_plays"]), f"of {count(totals['plays'])} kept"),
        Fact("Artists", count(totals["artists"]), works),
        Fact("Days with music", count(totals["days_with_plays"]), days),
        Fact(
            "A mean day", duration(totals["ms_per_day"]), counted(totals["sessions"], "session", "sessions") + " in all"
        ),
    )
    with st.container(key="card-facts"):
        st.html(components.facts(facts))
        frames.foot(asked.note, explanation("facts", asked.answer("overview")))


def _day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()
