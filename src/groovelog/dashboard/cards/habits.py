"""The cards of workdays and weekend, of streaks, of regularity and of seasons."""

from collections import defaultdict
from datetime import date
from typing import Any

import streamlit as st

from groovelog.dashboard import components, frames, listed
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import week
from groovelog.dashboard.charts import outlines
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.listed import Bar, Multiple
from groovelog.dashboard.texts import rhythm, wording
from groovelog.dashboard.texts.wording import count, counted, duration
from groovelog.errors import NothingToTell

STREAKS = 5
WORKDAYS, WEEKEND = range(5), range(5, 7)
NAMES = (rhythm.WORKDAYS, rhythm.WEEKEND)
MOST_BARS = 10


def weekparts(asked: Asked) -> None:
    with frames.card("weekparts", "Workdays and weekend"):
        answer = asked.answer("weekparts")
        rows = answer.values()
        finding = rhythm.parts_finding(rows)
        cells = week.cells_of(asked.answer(week.REPORT))
        workday, weekend = (
            [sum(cells[weekday, hour] for weekday in days) / (row["calendar_days"] or 1) for hour in week.HOURS]
            for days, row in zip((WORKDAYS, WEEKEND), rows, strict=True)
        )
        shade = "var(--marker-line)" if finding.weekend_marked else "var(--series)"
        legend = components.colour_legend([("var(--rest)", rhythm.WORKDAYS), (shade, rhythm.WEEKEND)])
        st.html(components.figure_head(finding.title, rhythm.OUTLINES_SUB, legend))
        frames.plot(
            lambda scheme: frames.once(outlines.two_days, workday, weekend, NAMES, finding.weekend_marked, scheme),
            key="weekparts",
            height=outlines.HEIGHT,
            alt=f"Two outlines of 24 hours. {finding.title}.",
        )
        frames.foot(wording.basis(answer), explanation("weekparts", answer))
        frames.numbers(
            "weekparts",
            ("", "Days", "With music", "Plays", "Time", "A day", "Fullest hour"),
            [_part(name, row) for name, row in zip(NAMES, rows, strict=True)],
            answer,
        )


def _part(name: str, row: dict[str, Any]) -> tuple[str, ...]:
    hour = row["fullest_hour"]
    return (
        name,
        count(row["calendar_days"]),
        count(row["days_with_plays"]),
        count(row["plays"]),
        duration(row["ms_played"]),
        "–" if row["ms_per_day"] is None else duration(row["ms_per_day"]),
        "–" if hour is None else f"{hour:02d}:00",
    )


def streaks(asked: Asked) -> None:
    with frames.card("streaks", "Streaks", height="stretch"):
        answer = asked.answer("streaks", top=STREAKS)
        rows = answer.values()
        st.html(components.figure_head(rhythm.streaks_title(rows, asked.period), rhythm.STREAKS_SUB))
        st.html(
            listed.bars(
                [
                    Bar(
                        rhythm.streak_when(row),
                        counted(row["days"], "day", "days"),
                        f"{counted(row['plays'], 'play', 'plays')}, {duration(row['ms_played'])}",
                        row["days"] / rows[0]["days"],
                    )
                    for row in rows
                ],
                first_marked=len(rows) > 1 and rows[0]["days"] > rows[1]["days"],
            )
        )
        frames.foot(wording.basis(answer), explanation("streaks", answer))
        frames.numbers(
            "streaks",
            ("When", "Days", "Plays", "Time"),
            [
                (rhythm.streak_when(row), count(row["days"]), count(row["plays"]), duration(row["ms_played"]))
                for row in rows
            ],
            answer,
        )


def regularity(asked: Asked) -> None:
    with frames.card("regularity", "Regularity", height="stretch"):
        answer = asked.answer("frequency")
        (often,) = answer.values()
        day, week_later = often["regularity_day"], often["regularity_week"]
        st.html(components.figure_head(rhythm.regularity_title(often), rhythm.REGULARITY_SUB))
        st.html(
            listed.scales(
                (
                    (rhythm.DAY_AFTER, rhythm.kappa(day), day),
                    (rhythm.WEEK_AFTER, rhythm.kappa(week_later), week_later),
                ),
                "0, chance",
                "1, a clock",
            )
        )
        st.html(components.facts([components.Fact(*told) for told in rhythm.regularity_facts(often)]))
        frames.foot(wording.basis(answer), explanation("regularity", answer))
        frames.numbers(
            "frequency",
            ("", "Value"),
            [
                (f"Regularity {rhythm.DAY_AFTER}", rhythm.kappa(day)),
                (f"Regularity {rhythm.WEEK_AFTER}", rhythm.kappa(week_later)),
                *((label, value) for label, value, _ in rhythm.regularity_facts(often)),
            ],
            answer,
        )


def seasons(asked: Asked) -> None:
    with frames.card("seasons", "Seasons"):
        answer = asked.answer("seasons")
        first, last = answer.from_date, answer.to_date
        if first is None or last is None:
            raise NothingToTell("No season has a play yet.")
        rows = answer.values()
        if len(rows) < 2:
            raise NothingToTell(rhythm.ONE_SEASON)
        means = _means(rows, first, last)
        finding = rhythm.seasons_finding(means)
        st.html(components.figure_head(finding.title, rhythm.SEASONS_SUB))
        st.html(listed.multiples(_multiples(rows, first, last, finding.marked)))
        frames.foot(wording.basis(answer), explanation("seasons", answer))
        frames.numbers(
            "seasons",
            ("Season", "Plays", "Time", "Days with music", "Artists", "Most played"),
            [
                (
                    f"{rhythm.months_of(row['season'])} {row['season_year']}",
                    count(row["plays"]),
                    duration(row["ms_played"]),
                    count(row["days_with_plays"]),
                    count(row["artists"]),
                    row["top_artist"] or "–",
                )
                for row in reversed(rows)
            ],
            answer,
        )


def _means(rows: list[dict[str, Any]], first: date, last: date) -> dict[str, tuple[float, int]]:
    """For each season, all its years together: ms a day, and the days that it stands on."""
    time: dict[str, int] = defaultdict(int)
    days: dict[str, int] = defaultdict(int)
    for row in rows:
        time[row["season"]] += row["ms_played"]
        days[row["season"]] += rhythm.per_day(row, first, last)[1]
    return {season: (time[season] / days[season] if days[season] else 0.0, days[season]) for season in time}


def _multiples(rows: list[dict[str, Any]], first: date, last: date, marked: str | None) -> list[Multiple]:
    values = {(row["season"], row["season_year"]): rhythm.per_day(row, first, last)[0] for row in rows}
    most = max(values.values()) or 1
    means = _means(rows, first, last)
    # In the order of the first year of the period.
    names = list(dict.fromkeys(row["season"] for row in rows))
    names.sort(key=rhythm.SEASONS.index)
    charts = []
    for name in names:
        of_season = [row for row in rows if row["season"] == name][-MOST_BARS:]
        best = max(of_season, key=lambda row: row["ms_played"])
        charts.append(
            Multiple(
                rhythm.months_of(name),
                rhythm.a_day(means[name][0]),
                rhythm.season_note(best),
                tuple(
                    (
                        f"’{row['season_year'] % 100:02d}",
                        values[name, row["season_year"]] / most,
                        f"{row['season_year']}: {rhythm.a_day(values[name, row['season_year']])}",
                    )
                    for row in of_season
                ),
                marked=name == marked,
            )
        )
    return charts
