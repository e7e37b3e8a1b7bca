"""Reports as the pages ask for them: run once for each published state of the lake, then remembered."""

import streamlit as st

from groovelog import reports
from groovelog.lake.snapshot import Snapshot
from groovelog.reports import Answer, Question

MOST_REMEMBERED = 200


def answered(snapshot: Snapshot, name: str, question: Question) -> Answer:
    """The answer to any question. Raises as `reports.run` does."""
    return _answer(snapshot, name, question, f"{snapshot.lake} {snapshot.run_id} {name} {question!r}")


# Streamlit leaves names with an underscore out of the key. The lake and its run are in `asked`, or numbers go stale; as one
# text, since field by field a page spends more on keys than on answers. A resource is handed out as it is: nobody may change it.
@st.cache_resource(max_entries=MOST_REMEMBERED, show_spinner=False)
def _answer(_snapshot: Snapshot, _name: str, _question: Question, asked: str) -> Answer:
    return reports.run(_snapshot, _name, _question)
