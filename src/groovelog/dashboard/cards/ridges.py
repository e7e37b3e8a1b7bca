"""The card of the favourites over the years, one ridge each."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import links
from groovelog.dashboard.charts import ridges
from groovelog.dashboard.charts.ridges import Ridge
from groovelog.dashboard.charts.times import middle
from groovelog.dashboard.courses import Course
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import taste, times, wording
from groovelog.dashboard.texts.wording import ENOUGH_PLAYS, count, counted, percent
from groovelog.reports import Answer

Rows = Sequence[Mapping[str, Any]]

SHOWN = 7
LEAST_STEPS = 2
BURSTS = 2  # of an artist, those with most plays
HALF_LIVES = 200  # of the most played artists


def leaders(over: Course) -> list[str]:
    """The most played artist of each step that has one."""
    rows = over.asked.rows("rank-movement", per=over.per, top=1)
    return [row["name"] for row in rows if row["name"] is not None]


def show(scene: Scene, over: Course) -> None:
    answer = over.asked.answer("artist-share", per=over.per, top=SHOWN)
    rows = [row for row in answer.values() if row["rank"] is not None]
    names = list(dict.fromkeys(row["artist_name"] for row in sorted(rows, key=lambda row: row["rank"])))
    steps = len({row["starts_on"] for row in rows})
    if not names or steps < LEAST_STEPS or answer.basis.counted_plays < ENOUGH_PLAYS:
        st.html(components.figure_head(taste.NO_RIDGES, taste.NO_RIDGES_SUB))
        return
    artists = half_lives(over.asked)
    title = taste.ridges_title(names, artists, _peak(rows, over.per), over.last)
    bursts = over.asked.rows("obsessions", what="artist")
    drawn = [
        _ridge(
            name,
            [row for row in rows if row["artist_name"] == name],
            [row for row in bursts if row["name"] == name][:BURSTS],
            over,
            artists.get(name),
        )
        for name in names
    ]
    legend = [("var(--marker)", title.marked), ("var(--rest)", "other favourites")] if len(names) > 1 else []
    if any(ridge.bursts for ridge in drawn):
        legend.append(("var(--ink)", taste.BURSTS))
    if over.chosen is not None:
        legend.append(("var(--sunk)", taste.CHOSEN))
    sub = taste.RIDGES_SUB.format(per=over.per)
    st.html(components.figure_head(str(title), sub, components.colour_legend(legend)))
    frames.plot(
        lambda scheme: frames.once(ridges.draw, drawn, scheme, marked=title.marked, chosen=days(over)),
        key="ridges",
        height=ridges.height(drawn),
        alt=f"A ridge for each of {counted(len(names), 'artist', 'artists')}. {title}.",
    )  # fmt: skip
    links.artists(scene, names)
    frames.foot(wording.basis(answer), explanation("ridges", answer))
    _numbers(rows, over.per, answer)


def half_lives(asked: Asked) -> dict[str, dict[str, Any]]:
    """Artists by name, of those that have a half-life by now."""
    rows = asked.rows("half-lives", what="artist", top=HALF_LIVES, from_date=None)
    return {row["name"]: row for row in rows if row["name"] is not None}


def days(over: Course) -> tuple[date, date] | None:
    """The days to outline: those of the page where the figure shows more."""
    if over.chosen is None or over.chosen.first is None or over.chosen.last is None:
        return None
    return over.chosen.first, over.chosen.last


def _peak(rows: Rows, per: str) -> tuple[str, float, str]:
    highest = max(rows, key=lambda row: row["share_of_plays"] or 0)
    return highest["artist_name"], highest["share_of_plays"] or 0.0, times.step(highest["starts_on"], per)


def _ridge(name: str, own: Rows, obsessions: Rows, over: Course, artist: Mapping[str, Any] | None) -> Ridge:
    """`own` are the steps of the artist, `obsessions` those with it, `artist` its half-life."""
    shares = [
        (
            middle(row["starts_on"], over.per), row["share_of_plays"],
            f"{name}, {times.step(row['starts_on'], over.per)}: {percent(row['share_of_plays'] or 0, 1)}, "
            f"{counted(row['plays'], 'play', 'plays')}",
        )
        for row in own
    ]  # fmt: skip
    first, last = shares[0][0], shares[-1][0]
    bursts = [
        (min(max(row["from_date"] + timedelta(days=row["days"] // 2), first), last), taste.burst_words(name, row))
        for row in obsessions
    ]
    return Ridge(name, taste.ridge_words(artist, over.last), shares, bursts)


def _numbers(rows: Rows, per: str, answer: Answer) -> None:
    frames.numbers(
        "artist-share",
        ("Artist", "When", "Plays", "Share"),
        [
            (
                row["artist_name"],
                times.step(row["starts_on"], per),
                count(row["plays"]),
                percent(row["share_of_plays"], 1),
            )
            for row in sorted(rows, key=lambda row: (row["rank"], row["starts_on"]))
            if row["plays"]
        ],
        answer,
    )
