"""Every report of source rows against its plain-Python twin, on rows drawn at random."""

from datetime import date
from typing import Any

import pytest
import twin_quality as twin
from drawing import drawn
from histories import HISTORIES, ME, LakeDouble, Row
from hypothesis import given
from hypothesis import strategies as st
from told_rows import COMMIT, TELLS_START, TOLD, receipt

from groovelog.reports import Question, find, run
from groovelog.tables import COMMITS, PLAYS, RECEIPTS, SAID, SOURCE_PLAYS

PUBLISHED = {COMMIT["run_id"]: COMMIT["committed_at"].replace(year=2024, month=6)}
# The second run is of another listener's, as far as this one sees: it has no receipt and no commit.
FILES = [receipt(rows=5, stored=3, duplicates=2), receipt("lastfm", rows=1, unreadable=1, file_no=2)]
QUESTIONS = [
    Question(),
    Question(kind="track", from_date=date(2024, 3, 31)),
    Question(timezone="America/New_York", to_date=date(2024, 3, 30)),
]


@pytest.fixture(scope="module")
def lake() -> LakeDouble:
    return LakeDouble()


@pytest.mark.parametrize("name", ["sources", "sources-by-month", "sources-by-run", "missing-values", "data-quality"])
@drawn(25)
@given(drawn=TOLD, history=HISTORIES, asked=st.sampled_from(QUESTIONS))
def test_report_equals_its_twin(
    lake: LakeDouble, name: str, drawn: list[Row], history: list[Row], asked: Question
) -> None:
    plays = [play | {"play_id": number} for number, play in enumerate(history)]
    lake.fill(SOURCE_PLAYS, drawn)
    lake.fill(PLAYS, plays)
    lake.fill(RECEIPTS, FILES if name == "sources-by-run" else [])
    lake.fill(COMMITS, [COMMIT | {"committed_at": at, "run_id": run_id} for run_id, at in PUBLISHED.items()])
    dated = find(name).takes("from")
    answer = run(lake, name, asked if dated else Question())

    period: dict[str, Any] = {"first": asked.from_date, "last": asked.to_date} if dated else {}
    kind, zone = (asked.kind, asked.timezone or ME.timezone) if dated else (None, ME.timezone)
    told = twin.Told(twin.stored(drawn, ME.listener_id), PUBLISHED, TELLS_START)
    rows = twin.within(told.rows, kind, zone, **period)
    own = twin.within([play for play in plays if play["listener_id"] == ME.listener_id], kind, zone, **period)
    expected = {
        "sources": lambda: twin.sources(told, rows, own),
        "sources-by-month": lambda: twin.by_month(told, rows),
        "sources-by-run": lambda: twin.by_run(told, rows, FILES, PUBLISHED),
        "missing-values": lambda: twin.missing_values(rows, [column.name for column in SAID]),
        "data-quality": lambda: twin.data_quality(told, own),
    }
    assert answer.rows.to_pylist() == expected[name]()
    assert answer.as_json()["basis"] == {"rows": len(rows)}
