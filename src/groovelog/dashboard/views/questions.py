"""Questions: every report there is, asked with what it takes, as a table."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from groovelog import access
from groovelog.dashboard import components, downloads, frames, looking
from groovelog.dashboard.answers import answered
from groovelog.dashboard.components import Explanation
from groovelog.dashboard.explanations import explanation
from groovelog.dashboard.filters import Choice
from groovelog.dashboard.periods import Period
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import Headline
from groovelog.errors import GroovelogError
from groovelog.lake.people import consents
from groovelog.lake.snapshot import Snapshot
from groovelog.reports import REPORTS, Answer, Held, Question
from groovelog.reports.registry import BY_NAME
from groovelog.reports.report import Parameter, Report
from groovelog.reports.words import cells, label

SHOWN = 100
ASKED = "report"
# Asked for by the filter bar, or one for all reports.
IN_THE_BAR = ("listener", "from", "to", "timezone", "count", "kind")


def show(scene: Scene) -> None:
    asked = scene.asked()
    if asked is None:
        return
    choice, period = asked.choice, asked.period
    st.html(components.page_head(choice.listener.name, Headline("Ask ", "anything", " of these years.")))
    name = _chosen()
    report = BY_NAME[name]
    with st.container(horizontal=True, key="asked"):
        more = {
            parameter.name: _control(report, parameter, _others(scene.snapshot, choice, report))
            for parameter in report.parameters
            if parameter.name not in IN_THE_BAR
        }
    with st.container(key="card-question"):
        st.html(components.figure_head(report.title, report.definition))
        try:
            answer = answered(scene.snapshot, name, _question(report, choice, period, more))
            beside = [person for person in scene.snapshot.listeners() if person.name in answer.beside]
            looking.note(scene.viewer, beside, name)
        except GroovelogError as nothing:
            st.html(components.failure(wording.went_wrong(nothing)))
            return
        _table(answer)


def _chosen() -> str:
    """The name of a report. Streamlit would bind its title to the address, not its name."""
    names = [report.name for report in REPORTS]
    asked = st.query_params.get(ASKED, "")
    return st.selectbox(
        "Question",
        names,
        index=names.index(asked) if asked in names else 0,
        format_func=lambda name: BY_NAME[name].title,
        key="question",
        on_change=lambda: st.query_params.update({ASKED: st.session_state["question"]}),
    )


def _question(report: Report, choice: Choice, period: Period, more: dict[str, Any]) -> Question:
    """What the bar and the controls ask, of it what the report takes."""
    beside = more.pop("with", None)
    return Question(
        listener=choice.listener.name,
        from_date=period.first if report.takes("from") else None,
        to_date=period.last if report.takes("from") else None,
        timezone=choice.timezone if report.takes("timezone") else None,
        count=choice.count if report.takes("count") else None,
        beside=tuple(beside) if beside else None,
        **{name: value or None for name, value in more.items()},
    )


def _control(report: Report, parameter: Parameter, others: Sequence[str]) -> Any:
    """What is asked by the parameter; None for its default."""
    key, name = f"{report.name}-{parameter.name}", parameter.name.capitalize()
    if parameter.choices:
        at = parameter.choices.index(str(parameter.default)) if parameter.default in parameter.choices else 0
        return st.selectbox(name, parameter.choices, index=at, key=key, help=parameter.meaning, width=180)
    if parameter.name == "with":
        chosen = st.multiselect(name, others, key=key, help=parameter.meaning, width=280)
        # Whatever a browser sends: a refusal would tell who else there is.
        return [other for other in chosen if other in others]
    if parameter.name in ("session", "artist", "track"):
        return st.text_input(name, key=key, help=parameter.meaning, width=220)
    default = parameter.default if isinstance(parameter.default, int) else None
    return st.number_input(name, min_value=1, value=default, step=1, key=key, help=parameter.meaning, width=180)


def _others(snapshot: Snapshot, choice: Choice, report: Report) -> list[str]:
    if report.shares is None:
        return []
    said = consents(snapshot)
    return [
        person.name
        for person in snapshot.listeners()
        if person.plays and person.name != choice.listener.name and access.shows(said, person, report.shares)
    ]


def _table(answer: Answer) -> None:
    rows = answer.as_json()["rows"]
    header = [label(column) for column in answer.columns]
    words = [place for place, column in enumerate(answer.columns) if column.type == "VARCHAR"]
    st.html(
        components.table(
            header, [cells(answer.columns, row, wording.rounded, wording.short_day) for row in rows[:SHOWN]], words
        )
        if rows
        else components.note("Nothing to show.")
    )
    if len(rows) > SHOWN:
        st.caption(f"The first {SHOWN} of {wording.count(len(rows))} rows; all of them are in the file.")
    frames.foot(_note(answer), _explained(answer))
    downloads.csv(answer.as_csv, f"groovelog-{answer.report.name}.csv", key="csv-question")


def _note(answer: Answer) -> str:
    if isinstance(answer.stands_on, Held):
        return f"{wording.rows(answer.stands_on.rows)} looked at"
    return wording.basis(answer)


def _explained(answer: Answer) -> Explanation:
    if isinstance(answer.stands_on, Held):
        return Explanation(
            "question", answer.definition, (("Listener", answer.listener), ("Zone", answer.timezone or ""))
        )
    return explanation("question", answer)
