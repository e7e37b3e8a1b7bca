"""The cards of one value over the years: how far taste moves, how wide it is."""

import streamlit as st

from groovelog.dashboard import components, frames
from groovelog.dashboard.cards.ridges import days
from groovelog.dashboard.charts import course
from groovelog.dashboard.charts.course import Axis, Point
from groovelog.dashboard.charts.times import middle
from groovelog.dashboard.courses import Course
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.texts import taste, times, wording
from groovelog.dashboard.texts.wording import count


def show_drift(over: Course) -> None:
    answer = over.asked.answer("drift", per=over.per)
    rows = answer.values()
    told = {row["starts_on"]: row["drift"] for row in rows if row["drift"] is not None}
    title, marked = taste.drift_title(told, over.per)
    st.html(components.figure_head(title, taste.DRIFT_SUB.format(per=over.per), chosen_legend(over)))
    if len(told) > 1:
        points = [
            Point(
                middle(row["starts_on"], over.per), row["drift"],
                taste.point(row["drift"], times.step(row["starts_on"], over.per), wording.rounded(row["drift"] or 0, 2)),
            )
            for row in rows
        ]  # fmt: skip
        frames.plot(
            lambda scheme: frames.once(
                course.line, points, Axis("Distance, 0 same to 1 new", top=1.05), scheme, chosen=days(over),
                marked=marked and middle(marked, over.per), label=wording.rounded(told[marked], 2) if marked else "",
            ),
            key="drift",
            height=course.HEIGHT,
            alt=f"Line of drift. {title}.",
        )  # fmt: skip
    frames.foot(wording.basis(answer), explanation("drift", answer))
    frames.numbers(
        "drift",
        ("When", "Plays", "Artists", "Drift"),
        [
            (
                times.step(row["starts_on"], over.per), count(row["plays"]), count(row["items"]),
                "" if row["drift"] is None else wording.rounded(row["drift"], 2),
            )
            for row in reversed(rows)
        ],
        answer,
    )  # fmt: skip


def show_diversity(over: Course) -> None:
    answer = over.asked.answer("diversity", what="artist", per=over.per)
    rows = answer.values()
    told = {row["starts_on"]: row["effective_number"] for row in rows if row["effective_number"] is not None}
    title, marked = taste.diversity_title(told, over.per)
    st.html(components.figure_head(title, taste.DIVERSITY_SUB.format(per=over.per), chosen_legend(over)))
    if len(told) > 1:
        points = [
            Point(
                middle(row["starts_on"], over.per), row["effective_number"],
                taste.point(
                    row["effective_number"], times.step(row["starts_on"], over.per),
                    f"as varied as {wording.rounded(row['effective_number'] or 0, 1)} artists, of {count(row['items'])} played",
                ),
            )
            for row in rows
        ]  # fmt: skip
        frames.plot(
            lambda scheme: frames.once(
                course.line, points, Axis("Effective artists"), scheme, chosen=days(over),
                marked=marked and middle(marked, over.per), label=wording.rounded(told[marked]) if marked else "",
            ),
            key="diversity",
            height=course.HEIGHT,
            alt=f"Line of the effective number of artists. {title}.",
        )  # fmt: skip
    frames.foot(wording.basis(answer), explanation("diversity", answer))
    frames.numbers(
        "diversity",
        ("When", "Plays", "Artists", "Effective", "Most played, share"),
        [
            (
                times.step(row["starts_on"], over.per), count(row["plays"]), count(row["items"]),
                "" if row["effective_number"] is None else wording.rounded(row["effective_number"], 1),
                "" if row["most_played_share"] is None else wording.percent(row["most_played_share"], 1),
            )
            for row in reversed(rows)
        ],
        answer,
    )  # fmt: skip


def chosen_legend(over: Course) -> str:
    return "" if over.chosen is None else components.colour_legend([("var(--sunk)", taste.CHOSEN)])
