"""Reports as the pages ask for them: run once for each published state of the lake, then remembered."""

import streamlit as st

from groovelog import reports
from groovelog.lake.snapshot import Snapshot
from groovelog.reports import Answer, Question

MOST_REMEMBERED = 200


def answered(snapshot: Snapshot, name: str, question: Question) -> Answer:
    """The answer to any question. Raises as `reports.run` does."""
    return _answer(snapshot, str(snapshot.lake), snapshot.run_id, name, question)


# Streamlit leaves names with an underscore out of the key; the lake and its run have to be in it, or numbers go stale.
@st.cache_data(max_entries=MOST_REMEMBERED, show_spinner=False)
def _answer(_snapshot: Snapshot, lake: str, run_id: str | None, name: str, question: Question) -> Answer:
    return reports.run(_snapshot, name, question)
