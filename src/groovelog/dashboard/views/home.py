"""Home: the story now. The last seven days against usual, the stories of the moment, the latest plays, the record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import components, frames, stories
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import clocks, needs, playing, plays
from groovelog.dashboard.components import Fact
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.periods import DATES, Period
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.stories import Story
from groovelog.dashboard.texts import home, wording
from groovelog.dashboard.texts.wording import WEEKDAYS, count, counted, duration
from groovelog.reports import Answer

LATEST = 7
COLOURS = ("coral", "mint", "sky", "lilac")
WIDE = (7, 5)


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    now, upto = _until(asked)
    with frames.framed("story-marigold-week", "The last seven days"):
        _week(scene, upto, now, asked.period)
    playing.show(asked.choice.listener, asked.choice.zone)
    needs.show(scene, asked.choice.listener)
    _stories(scene, upto, now)
    left, right = st.columns(WIDE, gap="small")
    with left, frames.card("latest", home.JUST_PLAYED, height="stretch"):
        _latest(scene, upto)
    with right, frames.card("facts", "The record", height="stretch"):
        _facts(asked)


def ask(asked: Asked) -> None:
    """Ask what the page will ask, so that it is known when somebody comes."""
    now, upto = _until(asked)
    _days_to(upto, now)
    for _ in _told(upto, now):
        pass
    clocks.of_artists(upto)
    _newest(upto)


def _until(asked: Asked) -> tuple[date, Asked]:
    """The last day, and what led up to it: so one can look back to any moment."""
    now = asked.period.last or asked.answer("overview").to_date or datetime.now(UTC).date()
    return now, asked if asked.period.first is None else replace(asked, period=Period(DATES, None, now))


def _days_to(asked: Asked, now: date) -> Answer:
    days = home.DAYS * (home.WEEKS_BEFORE + 1) - 1
    return asked.answer("listening-over-time", per="day", from_date=now - timedelta(days=days), to_date=now)


def _newest(asked: Asked) -> Answer:
    return asked.answer("recent-plays", kind="track", top=LATEST)


def _week(scene: Scene, asked: Asked, now: date, period: Period) -> None:
    first = asked.ever("overview").from_date or now
    answer = _days_to(asked, now)
    played = {row["starts_on"]: row["ms_played"] for row in answer.values()}
    week = home.week(played, now, first)
    bars = components.day_bars(
        [(WEEKDAYS[day.weekday()][:3], ms) for day, ms in week.days],
        week.usual,
        alt=home.week_alt(week),
        peak=duration(max(ms for _, ms in week.days)),
        legend=home.LINE,
    )
    today = datetime.now(UTC).astimezone(ZoneInfo(asked.choice.zone)).date()
    foot = components.explain(explanation("week", answer))
    kicker = home.week_kicker(now, today, period)
    st.html(components.story(kicker, week.headline, week.why, foot=foot, picture=bars, level="h1"))
    scene.link("timeline", f"Open {WEEKDAYS[week.fullest.weekday()]}", at=week.fullest.isoformat())


def _stories(scene: Scene, asked: Asked, now: date) -> None:
    """Two in a row, the wider one left, then right; the last one alone fills its row."""
    told = _told(asked, now)
    for row, pair in enumerate(iter(lambda: list(islice(told, 2)), [])):
        widths = (1,) if len(pair) == 1 else WIDE if row % 2 == 0 else WIDE[::-1]
        for place, (column, story) in enumerate(zip(st.columns(widths, gap="small"), pair, strict=True)):
            colour = COLOURS[(2 * row + place) % len(COLOURS)]
            with column, frames.framed(f"story-{colour}-{story.key}", story.kicker, height="stretch"):
                foot = components.explain(explanation(story.key, story.answer))
                st.html(components.story(story.kicker, story.title, story.why, foot=foot, picture=story.picture))
                scene.link(story.view, story.link, **story.query)


def _told(asked: Asked, now: date) -> Iterator[Story]:
    return (story for tell in stories.told(asked, now) if (story := tell()) is not None)


def _latest(scene: Scene, asked: Asked) -> None:
    answer = _newest(asked)
    rows = answer.values()
    st.html(components.figure_head(home.JUST_PLAYED, home.JUST_PLAYED_SUB))
    plays.show(scene, asked, rows, [row["local_time"] for row in rows], "latest")
    frames.foot(wording.day(rows[0]["local_date"]), explanation("latest", answer))


def _facts(asked: Asked) -> None:
    totals = asked.totals
    days = f"of {counted(totals['calendar_days'], 'day', 'days')} from first to last play"
    sessions = counted(totals["sessions"], "session", "sessions")
    facts = (
        Fact("Time listened", duration(totals["ms_played"]), f"in {sessions}"),
        Fact("Counted plays", count(totals["counted_plays"]), f"of {count(totals['plays'])} kept"),
        Fact("Tracks", count(totals["tracks"]), f"on {counted(totals['albums'], 'album', 'albums')}"),
        Fact("Artists", count(totals["artists"]), "as the source spells them"),
        Fact("Days with music", count(totals["days_with_plays"]), days),
        Fact("A mean day", duration(totals["ms_per_day"]), "days without music included"),
    )
    st.html(components.figure_head(home.facts_title(asked.period), home.FACTS_SUB) + components.facts(facts))
    frames.foot(asked.note, explanation("facts", asked.answer("overview")))
