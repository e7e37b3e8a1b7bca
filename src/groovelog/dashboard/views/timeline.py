"""Timeline: from all years to a fortnight, and from there to one session with its plays."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import streamlit as st

from groovelog.dashboard import components, filters, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import months, plays
from groovelog.dashboard.charts import blocks, timeline
from groovelog.dashboard.charts.blocks import Block
from groovelog.dashboard.charts.timeline import Years
from groovelog.dashboard.components import Played
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import timeline as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import count, counted, duration

FORTNIGHT = 14
DAYS_UP_TO = 100  # a period so short is drawn by days
SHOWN = 12  # plays of a session, until all are asked for
NIGHTS = 5
SESSION = "session"
KINDS = {texts.BINGE: "late", texts.ROUTINE: "routine", None: "other"}

Row = dict[str, Any]
Span = tuple[date, date]


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    whole = _whole(asked)
    span = _span(whole)
    _years(asked, whole, span)
    with frames.card("sessions", "Sessions"):
        if (whole[1] - whole[0]).days >= FORTNIGHT:
            _steps(whole, span)
        chosen = _sessions(asked, span)
    if chosen is not None:
        with frames.card("session", "The session"):
            _session(scene, asked, span, chosen)
    with frames.card("nights", texts.NIGHTS):
        _nights(scene, asked)
    months.show(asked)


def _whole(asked: Asked) -> Span:
    answer = asked.answer("overview")
    if answer.from_date is None or answer.to_date is None:  # only without plays, and these pages have some
        raise ValueError("nothing to look at")
    return answer.from_date, answer.to_date


def _span(whole: Span) -> Span:
    """The fortnight that the address names, else the last one; all of a shorter period."""
    first, last = whole
    if (last - first).days < FORTNIGHT:
        return whole
    at = min(max(_day(filters.at()) or last, first), last)
    start = min(texts.monday(at), texts.monday(last) - timedelta(days=7))
    return start, min(start + timedelta(days=FORTNIGHT - 1), last)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if len(words) == len("2024-05-13") else None
    except ValueError:
        return None


def _years(asked: Asked, whole: Span, span: Span) -> None:
    first, last = whole
    per = "day" if (last - first).days < DAYS_UP_TO else "week"
    answer = asked.answer("listening-over-time", per=per)
    rows = answer.values()
    starts, values = [row["starts_on"] for row in rows], [row["ms_played"] for row in rows]
    silent = [False] * len(values)
    for begin, end in timeline.silences(values):
        silent[begin : end + 1] = [True] * (end + 1 - begin)
    smooth = texts.means(values, texts.WINDOWS[per], silent)
    found = texts.stands_out(values, smooth)
    step = timedelta(days=1 if per == "day" else 7)
    stretch = (starts[found.first], min(starts[found.last] + step - timedelta(days=1), last)) if found else None
    head = texts.headline(asked.totals["ms_played"], first, last, asked.period, stretch)
    st.html(components.page_head(wording.stretch(first, last), head))
    title = texts.years_title(per, values, found, stretch)
    inside = [place for place, start in enumerate(starts) if span[0] - step < start <= span[1]]
    chosen = (inside[0], inside[-1]) if inside and span != whole else None
    told = Years(starts, values, smooth, per, found, chosen)
    legend = [("var(--rest)", f"a {per}"), ("var(--series)", texts.OVER[per])]
    legend += [("var(--marker)", "stands out")] if found else []
    with frames.card("years", "Listening over time"):
        st.html(components.figure_head(title, texts.years_sub(per), components.colour_legend(legend)))
        frames.plot(
            lambda scheme: frames.once(timeline.bars, told, scheme),
            key="years", height=timeline.HEIGHT, alt=f"Bars of hours a {per}. {title}.", on_click=_open_pressed_step,
        )  # fmt: skip
        frames.foot(wording.basis(answer), explanation("years", answer))
        numbers = [
            (texts.step_name(per, row["starts_on"]), count(row["plays"]), duration(row["ms_played"]))
            for row in reversed(rows)
        ]
        frames.numbers("listening-over-time", (per.capitalize(), "Plays", "Time"), numbers, answer)


def _steps(whole: Span, span: Span) -> None:
    """The way to another fortnight without a pointer."""
    start, week = span[0], timedelta(days=7)
    last = texts.monday(whole[1]) - week
    offered = [last - week * back for back in range((last - texts.monday(whole[0])).days // 7 + 1)]
    st.session_state["fortnight"] = start
    fortnight = timedelta(days=FORTNIGHT)
    with st.container(horizontal=True, key="steps-fortnight", gap="small", vertical_alignment="center"):
        st.button("Two weeks earlier", icon=":material/chevron_left:", key="earlier", disabled=start <= offered[-1],
                  on_click=_go, args=(max(start - fortnight, offered[-1]),))  # fmt: skip
        st.selectbox(
            "Fortnight", offered, key="fortnight", label_visibility="collapsed", width="stretch",
            format_func=lambda begin: texts.fortnight(begin, min(begin + fortnight - timedelta(days=1), whole[1])),
            on_change=lambda: _go(st.session_state["fortnight"]),
        )  # fmt: skip
        st.button("Two weeks later", icon=":material/chevron_right:", key="later", disabled=start >= last,
                  on_click=_go, args=(min(start + fortnight, last),))  # fmt: skip


def _go(day: date) -> None:
    filters.go_to(day.isoformat())
    st.query_params.pop(SESSION, None)


def _open_pressed_step() -> None:
    points = st.session_state["years"].selection.points
    if points and points[0].get("customdata"):
        _go(date.fromisoformat(points[0]["customdata"][0]))


def _sessions(asked: Asked, span: Span) -> Row | None:
    """The blocks of the fortnight; the session that the address names, else its longest late night, else its longest."""
    first, last = span
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    answer = asked.answer("sessions", from_date=first, to_date=last)
    rows = [row for row in answer.values() if row["local_date"] in days]
    if not rows:
        st.html(components.figure_head("Sessions") + components.note(texts.nothing_in(first, last)))
        return None
    times = {row["session_id"]: _times(asked, row) for row in rows}
    late = sorted((row for row in rows if row["label"] == texts.BINGE), key=_length, reverse=True)
    chosen = _chosen(rows, late or rows)
    title = texts.blocks_title(rows, {row["session_id"]: times[row["session_id"]][1] for row in late}, len(days))
    labels = {row["label"] for row in rows}
    legend = [("var(--marker)", texts.LEGEND[texts.BINGE])] if texts.BINGE in labels else []
    legend += [("var(--series)", texts.LEGEND[texts.ROUTINE])] if texts.ROUTINE in labels else []
    legend += [("var(--rest)", texts.OTHER)]
    sub = f"{texts.fortnight(first, last)}. {texts.BLOCKS_SUB}"
    st.html(components.figure_head(title, sub, components.colour_legend(legend)))
    told = [_block(row, *times[row["session_id"]]) for row in rows]
    frames.plot(
        lambda scheme: frames.once(blocks.blocks, days, told, chosen["session_id"], scheme),
        key="blocks", height=blocks.height(len(days)), alt=f"Sessions as blocks over days and hours. {title}.",
        on_click=_open_pressed_block,
    )  # fmt: skip
    frames.foot(
        f"{counted(len(rows), 'session', 'sessions')}, {wording.basis(answer)}", explanation("sessions", answer)
    )
    numbers = [
        (texts.session_name(*times[row["session_id"]]), texts.LEGEND.get(row["label"], ""), count(row["plays"]),
         duration(row["ms_played"]))
        for row in rows
    ]  # fmt: skip
    frames.numbers("sessions", ("Session", "Kind", "Plays", "Time"), numbers, answer)
    _choose(rows, times, chosen)
    return chosen


def _choose(rows: Sequence[Row], times: dict[str, tuple[datetime, datetime]], chosen: Row) -> None:
    """The way to another session without a pointer."""
    by_id = {row["session_id"]: row for row in rows}
    st.session_state["session-choice"] = chosen["session_id"]
    st.selectbox(
        "Session", list(by_id), key="session-choice", on_change=lambda: _open(st.session_state["session-choice"]),
        format_func=lambda one: texts.session_option(*times[one], by_id[one]["plays"], by_id[one]["label"]),
    )  # fmt: skip


def _chosen(rows: Sequence[Row], best: Sequence[Row]) -> Row:
    named = st.query_params.get(SESSION)
    return next((row for row in rows if row["session_id"] == named), None) or max(best, key=_length)


def _length(row: Row) -> int:
    return int(row["ms_played"])


def _open(session_id: str) -> None:
    st.query_params[SESSION] = session_id


def _open_pressed_block() -> None:
    points = st.session_state["blocks"].selection.points
    if points:
        _open(points[0]["customdata"][0])


def _times(asked: Asked, row: Row) -> tuple[datetime, datetime]:
    """Local start and end."""
    choice = asked.choice
    begin = plays.clock(row["started_at"], choice.listener, choice.timezone, row["start_hour"])
    return begin, begin + (row["stopped_at"] - row["started_at"])


def _block(row: Row, begin: datetime, end: datetime) -> Block:
    start = begin.hour + begin.minute / 60
    words = texts.session_option(begin, end, row["plays"], row["label"])
    hours = (row["stopped_at"] - row["started_at"]).total_seconds() / 3600
    return Block(row["session_id"], row["local_date"], start, hours, KINDS[row["label"]], words)


def _session(scene: Scene, asked: Asked, span: Span, session: Row) -> None:
    answer = asked.answer("session-story", from_date=span[0], to_date=span[1], session=session["session_id"])
    rows = answer.values()
    artists = [row["artist_name"] for row in rows if row["counted"] and row["artist_name"]]
    st.html(components.figure_head(texts.session_name(*_times(asked, session)), texts.session_sub(session, artists)))
    shown = rows if st.session_state.get("whole-session") == session["session_id"] else rows[:SHOWN]
    choice = asked.choice
    times = [f"{plays.clock(row['started_at'], choice.listener, choice.timezone):%H:%M}" for row in shown]
    half = -(-len(shown) // 2)
    for column, part in zip(st.columns(2, gap="medium"), (slice(None, half), slice(half, None)), strict=True):
        with column:
            plays.show(scene, asked, shown[part], times[part], f"session-{part.start or 0}")
    if len(shown) < len(rows):
        st.button(
            f"Show all {count(len(rows))} plays", key="all-plays", on_click=_show_all, args=(session["session_id"],)
        )
    frames.foot(f"{counted(len(rows), 'play', 'plays')}, whether they count or not", explanation("session", answer))


def _show_all(session_id: str) -> None:
    st.session_state["whole-session"] = session_id


def _nights(scene: Scene, asked: Asked) -> None:
    answer = asked.answer("late-night-binges", top=NIGHTS)
    rows = answer.values()
    st.html(components.figure_head(texts.NIGHTS, texts.NIGHTS_SUB if rows else texts.NO_NIGHTS))
    for place, row in enumerate(rows):
        begin, end = _times(asked, row)
        name = texts.session_name(begin, end)
        of = f"{counted(row['plays'], 'play', 'plays')} of {counted(row['artists'], 'artist', 'artists')}"
        with st.container(key=f"play-night-{place}"):
            st.html(components.played(Played(name, of, duration(row["ms_played"]), "", mark=_hours(begin, end))))
            scene.link("timeline", name, at=row["local_date"].isoformat(), session=row["session_id"])
    frames.foot(wording.basis(answer), explanation("nights", answer))


def _hours(begin: datetime, end: datetime) -> str:
    """The mark of a night: a ray for each hour that it lasted into."""
    hours = [0.0] * 24
    for passed in range(int((end - begin).total_seconds()) // 3600 + 1):
        hours[(begin.hour + passed) % 24] = 1
    return components.print_disc(f"{begin:%A}", hours)
