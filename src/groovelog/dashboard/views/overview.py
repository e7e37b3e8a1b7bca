"""Overview: totals, listening by month, top artists and tracks, and the hours of the week."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import months, rankings, week
from groovelog.dashboard.components import Fact
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import listening
from groovelog.dashboard.texts.wording import count, counted, duration


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
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


def _hero(asked: Asked) -> None:
    totals = asked.totals
    artists = rankings.artists(asked)
    hours = week.by_hour(asked)
    fullest = hours.index(max(hours)) if hours.count(max(hours)) == 1 else None
    zone = ZoneInfo(asked.choice.zone)
    st.html(
        components.sleeve(
            "marigold",
            listening.overview_kicker(asked.period, _day(totals["first_play"], zone), _day(totals["last_play"], zone)),
            listening.overview_headline(totals["ms_played"], artists),
            listening.overview_why(artists, totals["counted_plays"], fullest),
            foot=components.explain(explanation("hero", asked.answer("overview"))),
            picture=components.clock(hours, listening.clock_alt(hours), listening.CLOCK_CAPTION),
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
