"""The cards of new artists, of what became of them, of repeat against explore, and of how popular it is."""

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import clocks, links, lists
from groovelog.dashboard.cards.course_lines import chosen_legend
from groovelog.dashboard.cards.ridges import days
from groovelog.dashboard.charts import course, fates
from groovelog.dashboard.charts.course import Axis, Point
from groovelog.dashboard.charts.fates import Column
from groovelog.dashboard.charts.times import middle
from groovelog.dashboard.courses import Course
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import BOUND
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import discovery, taste, times, wording
from groovelog.dashboard.texts.discovery import FATE_NAMES, FATES, STAYED, TOO_EARLY
from groovelog.dashboard.texts.wording import UNNAMED, count

SHOWN = 24
MOST_LINKS = 8
LEAST_COLUMNS = 3
MONTHS_UP_TO = 10 * 12


def show_columns(over: Course) -> None:
    answer = over.asked.answer("discovery", per="month")
    per = "month"
    if answer.rows.num_rows > MONTHS_UP_TO:
        per, answer = "quarter", over.asked.answer("discovery", per="quarter")
    rows = answer.values()
    told = [
        Column(row["starts_on"], times.step(row["starts_on"], per), row["stayed"], row["faded"], row["too_early"])
        for row in rows
    ]
    begins = over.first == over.asked.ever("overview").from_date
    title, marked = discovery.columns_title(
        [(column.starts_on, column.stayed) for column in (told[1:] if begins else told)], per
    )
    if len(told) < LEAST_COLUMNS:
        st.html(components.figure_head(title, discovery.NO_COLUMNS))
        return
    sub = discovery.COLUMNS_SUB.format(per=per) + (discovery.BEGINNING if begins else "")
    legend = [("var(--series)", "stayed"), ("var(--rest)", "faded"), (components.DOTTED, "too early to say")]
    if over.chosen is not None:
        legend.append(("var(--sunk)", taste.CHOSEN))
    st.html(components.figure_head(title, sub, components.colour_legend(legend)))
    frames.plot(
        lambda scheme: frames.once(
            fates.columns, told, per, scheme, marked=marked, chosen=days(over),
            label=next((str(column.stayed) for column in told if column.starts_on == marked), ""),
        ),
        key="columns",
        height=fates.HEIGHT,
        alt=f"Columns of new artists by {per}. {title}.",
    )  # fmt: skip
    frames.foot(wording.basis(answer), explanation("columns", answer))
    frames.numbers(
        "discovery",
        (per.capitalize(), "New artists", "Stayed", "Faded", "Too early", "New tracks"),
        [
            (
                times.step(row["starts_on"], per), count(row["new_artists"]), count(row["stayed"]), count(row["faded"]),
                count(row["too_early"]), count(row["new_tracks"]),
            )
            for row in reversed(rows)
        ],
        answer,
    )  # fmt: skip


def show_fates(scene: Scene, asked: Asked) -> None:
    answer = asked.answer("first-plays")
    fate = st.segmented_control(
        "What became of them", FATES, format_func=FATE_NAMES.__getitem__, default=STAYED, required=True, key="fate",
        bind=BOUND, label_visibility="collapsed", wrap=False,
    )  # fmt: skip
    rows = [row for row in answer.values() if row["fate"] == fate]
    if fate != TOO_EARLY:
        rows.sort(key=lambda row: (-row["plays"], row["name"] or ""))
    st.html(components.figure_head(discovery.fate_title(fate, rows), f"{FATE_NAMES[fate]}: {discovery.MEANT[fate]}"))
    shown = [(row["name"] or UNNAMED, row["name"] or UNNAMED, *discovery.fate_row(row)) for row in rows[:SHOWN]]
    more = components.note(discovery.more(len(rows) - SHOWN)) if len(rows) > SHOWN else ""
    st.html(lists.named(shown, clocks.of_artists(asked), wide=True) + more)
    links.artists(scene, [row["name"] for row in rows[:MOST_LINKS]])
    frames.foot(wording.basis(answer), explanation("fates", answer))
    if rows:
        frames.numbers(
            "first-plays",
            ("Artist", "First play", "Plays", "Days"),
            [
                (
                    row["name"] or UNNAMED,
                    wording.day(row["first_played"]),
                    count(row["plays"]),
                    count(row["days_with_plays"]),
                )
                for row in rows
            ],
            answer,
        )


def show_explore(over: Course) -> None:
    answer = over.asked.answer("discovery", per="month")
    rows = answer.values()
    known = [row for row in rows if row["explore_share"] is not None]
    plays = sum(row["plays"] for row in known)
    share = sum(row["explore_share"] * row["plays"] for row in known) / plays if plays else None
    title = discovery.explore_title(share, plays)
    st.html(components.figure_head(title, discovery.EXPLORE_SUB, chosen_legend(over)))
    points = [
        Point(
            middle(row["starts_on"], "month"), None if row["explore_share"] is None else 100 * row["explore_share"],
            taste.point(
                row["explore_share"], times.step(row["starts_on"], "month"),
                f"{wording.rounded(100 * (row['explore_share'] or 0), 1)} of 100 plays new, {count(row['new_tracks'])} tracks",
            ),
        )
        for row in rows
    ]  # fmt: skip
    if len(known) > 1:
        axis = Axis("New, of 100 plays", top=105)
        frames.plot(
            lambda scheme: frames.once(course.line, points, axis, scheme, chosen=days(over), rule=(50, discovery.HALF)),
            key="explore",
            height=course.HEIGHT,
            alt=f"Line of the plays that were new, of 100. {title}.",
        )
    frames.foot(wording.basis(answer), explanation("explore", answer))
    frames.numbers(
        "explore",
        ("Month", "Plays", "New tracks", "New, of 100"),
        [
            (
                times.step(row["starts_on"], "month"), count(row["plays"]), count(row["new_tracks"]),
                "" if row["explore_share"] is None else wording.rounded(100 * row["explore_share"], 1),
            )
            for row in reversed(rows)
        ],
        answer,
    )  # fmt: skip


def show_mainstream(over: Course) -> None:
    per = "month" if over.per == "month" else "year"
    answer = over.asked.answer("mainstream", per=per)
    rows = answer.values()
    told = {row["starts_on"]: row["mean_popularity"] for row in rows if row["mean_popularity"] is not None}
    known, plays = sum(row["plays_known"] for row in rows), sum(row["plays"] for row in rows)
    share = known / plays if plays else 0.0
    title, marked = discovery.mainstream_title(told, share, per)
    if not told:
        st.html(components.figure_head(title, discovery.NO_POPULARITY))
        return
    covered = components.note(discovery.coverage(known, plays))
    st.html(components.figure_head(title, discovery.MAINSTREAM_SUB, covered + chosen_legend(over)))
    points = [
        Point(
            middle(row["starts_on"], per), row["mean_popularity"],
            taste.point(
                row["mean_popularity"], times.step(row["starts_on"], per),
                f"{wording.rounded(row['mean_popularity'] or 0)} of 100, known of {wording.percent(row['known_share'] or 0, 1)}",
            ),
        )
        for row in rows
    ]  # fmt: skip
    frames.plot(
        lambda scheme: frames.once(
            course.line, points, Axis("Mean popularity, of 100", top=105), scheme, chosen=days(over),
            marked=marked and middle(marked, per), label=wording.rounded(told[marked]) if marked else "",
        ),
        key="mainstream",
        height=course.HEIGHT,
        alt=f"Line of the mean popularity of the tracks played. {title}.",
    )  # fmt: skip
    frames.foot(wording.basis(answer), explanation("mainstream", answer))
    frames.numbers(
        "mainstream",
        (per.capitalize(), "Plays", "Known", "Mean", "Median"),
        [
            (
                times.step(row["starts_on"], per), count(row["plays"]), count(row["plays_known"]),
                *("" if row[name] is None else wording.rounded(row[name]) for name in ("mean_popularity", "median_popularity")),
            )
            for row in reversed(rows)
        ],
        answer,
    )  # fmt: skip
