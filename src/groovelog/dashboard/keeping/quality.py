"""What is missing or odd in the rows that are kept."""

from typing import Any

import streamlit as st

from groovelog.dashboard import components, downloads, frames
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.keeping.sources import explained, looked_at
from groovelog.dashboard.texts import keeping as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import count, percent
from groovelog.reports import Answer

TEXTS = (0, 1)  # the columns of words


def show(asked: Asked) -> None:
    with frames.card("quality", texts.QUALITY):
        answer = asked.ever("data-quality", count=None, timezone=None)
        found = [row for row in answer.values() if row["rows"]]
        by_check: dict[str, int] = {}
        for row in found:
            by_check[row["check"]] = by_check.get(row["check"], 0) + row["rows"]
        st.html(components.figure_head(texts.quality_title(looked_at(answer), by_check), texts.QUALITY_SUB))
        if found:
            st.html(
                components.table(texts.QUALITY_COLUMNS, [_row(texts.CHECKS[row["check"]], row) for row in found], TEXTS)
            )
        _foot("quality", answer)
    with frames.card("missing", texts.MISSING):
        opened = st.expander(texts.MISSING, key="missing", on_change="rerun")
        if opened.open:
            with opened:
                _missing(asked)


def _missing(asked: Asked) -> None:
    answer = asked.ever("missing-values", count=None, kind="track")
    rows = [row for row in answer.values() if row["rows"]]
    named = [_row(row["column_name"].replace("_", " "), row) for row in rows]
    st.html(components.note(texts.MISSING_NOTE) + components.table(texts.MISSING_COLUMNS, named, TEXTS))
    _foot("missing", answer)


def _row(name: str, row: dict[str, Any]) -> tuple[str, str, str, str]:
    return name, texts.source(row["source"]), count(row["rows"]), percent(row["rows"], row["of_rows"])


def _foot(key: str, answer: Answer) -> None:
    frames.foot(f"{wording.rows(looked_at(answer))} looked at", explained(key, answer))
    downloads.csv(answer.as_csv, f"groovelog-{answer.report.name}.csv", key=f"csv-{key}")
