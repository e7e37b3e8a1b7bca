"""Overview: totals, listening by month, top artists and tracks, and the hours of the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from groovelog.dashboard import charts, components, frames, texts
from groovelog.dashboard.answers import ask
from groovelog.dashboard.components import Fact, Ranked
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import Choice, choose, choose_period, open_month
from groovelog.dashboard.periods import ALL_TIME, Period
from groovelog.dashboard.texts import count, counted, duration
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener
from groovelog.reports import Answer

SHOWN = 10
IN_NUMBERS = 50
DAYS_A_WEEK = 7
UNNAMED = "Unnamed"
RECORD = Period(ALL_TIME)


@dataclass(frozen=True)
class Asked:
    """What the whole page is about; `totals` is the one row of the report overview."""

    snapshot: Snapshot
    choice: Choice
    period: Period
    totals: dict[str, Any]

    def answer(self, report: str, top: int | None = None) -> Answer:
        return ask(self.snapshot, report, self.choice, self.period, top)

    @property
    def note(self) -> str:
        return texts.basis(self.answer("overview"))


def show(snapshot: Snapshot, people: Sequence[Listener]) -> None:
    """`people` have plays; the first is shown unless another is asked for."""
    bar = st.container(horizontal=True, key="filters", vertical_alignment="center")
    periods = bar.container(horizontal=True, width="content", key="periods", vertical_alignment="center")
    with bar:
        choice = choose(people)
    record = ask(snapshot, "overview", choice, RECORD)
    if not record.basis.counted_plays:
        st.html(components.page_head(choice.listener.name, texts.nothing_counted(RECORD)))
        return
    with periods:
        period = choose_period(record)
    asked = Asked(snapshot, choice, period, _totals(ask(snapshot, "overview", choice, period)))
    if asked.totals["counted_plays"]:
        _everything(asked)
    else:
        st.html(components.page_head(choice.listener.name, texts.nothing_counted(period)))
        _months(asked)


def _everything(asked: Asked) -> None:
    _hero(asked)
    _facts(asked)
    _months(asked)
    artists, tracks = st.columns(2, gap="small")
    with artists:
        _artists(asked)
    with tracks:
        _tracks(asked)
    _week(asked)


def _hero(asked: Asked) -> None:
    totals = asked.totals
    artists = _ranked(asked.answer("top-artists", IN_NUMBERS), "artist_name")
    hours = [0] * 24
    for (_, hour), ms in _cells(asked.answer("heatmap")).items():
        hours[hour] += ms
    fullest = max(range(24), key=lambda hour: hours[hour]) if hours.count(max(hours)) == 1 else None
    picture = components.clock(
        hours,
        "Clock of the day: " + ", ".join(f"{hour:02d}:00 {duration(ms)}" for hour, ms in enumerate(hours) if ms),
        "A ray is an hour of the day, midnight on top",
    )
    first, last = _day(totals["first_play"], asked.choice), _day(totals["last_play"], asked.choice)
    st.html(
        components.sleeve(
            "marigold",
            f"{texts.period_name(asked.period)} · first play {texts.day(first)}, last {texts.day(last)}",
            texts.overview_headline(totals["ms_played"], artists),
            texts.overview_why(artists, totals["counted_plays"], fullest),
            foot=components.explain(explanation("hero", asked.answer("overview"))),
            picture=picture,
        )
    )


def _facts(asked: Asked) -> None:
    totals = asked.totals
    rows = (
        Fact("Counted plays", count(totals["counted_plays"]), f"of {count(totals['plays'])} kept"),
        Fact(
            "Artists",
            count(totals["artists"]),
            f"{counted(totals['tracks'], 'track', 'tracks')}, {counted(totals['albums'], 'album', 'albums')}",
        ),
        Fact(
            "Days with music",
            count(totals["days_with_plays"]),
            f"of {counted(totals['calendar_days'], 'day', 'days')} from first to last play",
        ),
        Fact(
            "A mean day",
            duration(totals["ms_per_day"]),
            f"{counted(totals['sessions'], 'session', 'sessions')} in all",
        ),
    )
    with st.container(key="card-facts"):
        st.html(components.facts(rows))
        frames.foot(asked.note, explanation("facts", asked.answer("overview")))


def _months(asked: Asked) -> None:
    answer = ask(asked.snapshot, "listening-by-month", asked.choice, RECORD)
    rows = answer.rows.to_pylist()
    played = {row["month"]: row["ms_played"] for row in rows}
    finding = texts.months_finding(played, asked.period)
    chosen = texts.months_in(played, asked.period)
    legend = []
    if asked.period.kind != ALL_TIME:
        shade = "var(--marker)" if chosen == {finding.marked} else "var(--series)"
        legend += [(shade, texts.period_name(asked.period)), ("var(--rest)", "other months")]
    if charts.quiet(played):
        legend.append((components.DOTTED, "no counted plays"))
    with st.container(key="card-months"):
        st.html(
            components.figure_head(
                finding.title,
                "Hours of counted plays by month, the whole record. Press a month to go in",
                components.colour_legend(legend),
            )
        )
        frames.plot(
            lambda scheme: charts.months(played, chosen, finding.marked, scheme),
            key="months",
            height=charts.MONTHS_HEIGHT,
            alt=f"Bars of hours a month. {finding.title}.",
            on_click=_open_month,
        )
        frames.foot(
            texts.basis(answer),
            explanation("months", answer),
        )
        frames.numbers(
            "listening-by-month",
            ("Month", "Plays", "Time"),
            [(texts.month(row["month"]), count(row["plays"]), duration(row["ms_played"])) for row in reversed(rows)],
            answer,
        )


def _open_month() -> None:
    points = st.session_state["months"].selection.points
    if points:
        open_month(date.fromisoformat(points[0]["customdata"][0]))


def _artists(asked: Asked) -> None:
    answer = asked.answer("top-artists", IN_NUMBERS)
    rows = answer.rows.to_pylist()
    title = texts.artists_title(_ranked(answer, "artist_name"), asked.totals["counted_plays"])
    most = rows[0]["plays"] if rows else 1
    with st.container(key="card-artists", height="stretch"):
        st.html(components.figure_head(title, "Artists by counted plays, and the time they took"))
        st.html(
            components.ranking(
                Ranked(
                    row["rank"], row["artist_name"], texts.share_of_plays(row["plays"], asked.totals["counted_plays"]),
                    row["artist_name"], row["plays"] / most, *_amounts(row),
                )
                for row in rows[:SHOWN]
            )
        )  # fmt: skip
        frames.foot(asked.note, explanation("artists", answer))
        frames.numbers(
            "top-artists",
            ("Artist", "Plays", "Time"),
            [(row["artist_name"], count(row["plays"]), duration(row["ms_played"])) for row in rows],
            answer,
        )


def _tracks(asked: Asked) -> None:
    answer = asked.answer("top-tracks", IN_NUMBERS)
    rows = [
        {**row, "track_name": row["track_name"] or UNNAMED, "artist_name": row["artist_name"] or ""}
        for row in answer.rows.to_pylist()
    ]
    most = rows[0]["plays"] if rows else 1
    with st.container(key="card-tracks", height="stretch"):
        title = texts.tracks_title([(row["track_name"], row["plays"]) for row in rows])
        st.html(components.figure_head(title, "Tracks by counted plays, and the time they took"))
        st.html(
            components.ranking(
                Ranked(
                    row["rank"], row["track_name"], row["artist_name"], row["artist_name"], row["plays"] / most,
                    *_amounts(row),
                )
                for row in rows[:SHOWN]
            )
        )  # fmt: skip
        frames.foot(asked.note, explanation("tracks", answer))
        frames.numbers(
            "top-tracks",
            ("Track", "Artist", "Plays", "Time"),
            [(row["track_name"], row["artist_name"], *_amounts(row)) for row in rows],
            answer,
        )


def _week(asked: Asked) -> None:
    answer = asked.answer("heatmap")
    cells = _cells(answer)
    finding = texts.week_finding(cells, asked.totals["counted_plays"])
    weeks = max(asked.totals["calendar_days"] / DAYS_A_WEEK, 1)
    most = max(cells.values()) / weeks
    with st.container(key="card-week"):
        st.html(
            components.figure_head(
                finding.title,
                "Minutes of counted plays by weekday and hour, in a mean week",
                components.scale_legend("above 0", f"{most / charts.MINUTE_MS:.0f}{texts.NB}min"),
            )
        )
        frames.plot(
            lambda scheme: charts.week(cells, weeks, finding.marked, scheme),
            key="week",
            height=charts.WEEK_HEIGHT,
            alt=f"Heat map of weekdays and hours. {finding.title}.",
        )
        frames.foot(
            f"{asked.note}, {counted(asked.totals['calendar_days'], 'day', 'days')}", explanation("week", answer)
        )
        by_hour = [[duration(cells[weekday, hour]) for weekday in range(DAYS_A_WEEK)] for hour in range(24)]
        frames.numbers(
            "heatmap",
            ("Hour", *(name[:3] for name in texts.WEEKDAYS)),
            [(f"{hour:02d}:00", *amounts) for hour, amounts in enumerate(by_hour)],
            answer,
        )


def _totals(answer: Answer) -> dict[str, Any]:
    totals: dict[str, Any] = answer.rows.to_pylist()[0]
    return totals


def _ranked(answer: Answer, name: str) -> Sequence[tuple[str, int]]:
    return [(row[name], row["plays"]) for row in answer.rows.to_pylist()]


def _cells(answer: Answer) -> dict[tuple[int, int], int]:
    """Milliseconds by weekday, Monday being 0, and hour."""
    return {(row["weekday"] - 1, row["hour"]): row["ms_played"] for row in answer.rows.to_pylist()}


def _amounts(row: dict[str, Any]) -> tuple[str, str]:
    return counted(row["plays"], "play", "plays"), duration(row["ms_played"])


def _day(instant: datetime, choice: Choice) -> date:
    return instant.astimezone(ZoneInfo(choice.zone)).date()
