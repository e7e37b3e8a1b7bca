"""What is behind a card of the recap: the plays, or the rows, that its numbers were made of."""

from functools import partial

import streamlit as st

from groovelog.dashboard import components, downloads
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.recap_cards.told import Behind, Card
from groovelog.dashboard.texts import recap as texts
from groovelog.dashboard.texts.recap import BEHIND_COLUMNS
from groovelog.dashboard.texts.wording import rounded, short_day
from groovelog.reports import Answer
from groovelog.reports.words import cells

SHOWN = 50


def show(asked: Asked, card: Card) -> None:
    """Asked only when it is opened."""
    opened = st.expander(texts.BEHIND, key="recap-behind", on_change="rerun")
    if not opened.open:
        return
    with opened:
        plays = card.behind.report == "recap-plays"
        answer = _answer(asked, card.behind, SHOWN if plays else None)
        wanted = [column for column in answer.columns if column.name in BEHIND_COLUMNS]
        rows = [cells(wanted, row, rounded, short_day) for row in answer.as_json()["rows"]]
        words = [place for place, column in enumerate(wanted) if column.type in {"VARCHAR", "DATE"}]
        st.html(components.note(texts.behind(card.behind.report, len(rows), SHOWN)))
        st.html(components.table([BEHIND_COLUMNS[column.name] for column in wanted], rows, words))
        downloads.csv(partial(_csv, asked, card.behind), f"groovelog-recap-{card.key}.csv", key="csv-recap")


def _csv(asked: Asked, behind: Behind) -> str:
    return _answer(asked, behind, None).as_csv()


def _answer(asked: Asked, behind: Behind, most: int | None) -> Answer:
    more = {"what": behind.what, "top": behind.top or most}
    return asked.answer(behind.report, **{name: value for name, value in more.items() if value is not None})
