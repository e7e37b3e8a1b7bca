"""Rows = stored + duplicates + unreadable, file by file, with a reason for each row not stored."""

from collections import Counter
from pathlib import Path

from drawn import Export, copy_of, exports
from export_rows import Row, account, extended
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import bring, bring_exports

from groovelog.lake.home import Home
from groovelog.pipeline import receipt_rows, receipts

BROKEN: list[Row] = [
    extended("2021-03-04 10:00:00", ms_played=-1),
    extended("2021-03-04 10:00:00", ts="yesterday"),
    extended("2030-01-01 00:00:00"),
]


@settings(max_examples=4, deadline=None, derandomize=True)
@given(exports(), st.sampled_from(BROKEN))
def test_every_row_is_accounted_for(empty_lake: Path, history: list[Export], broken: Row) -> None:
    with copy_of(empty_lake) as home:
        for call in [history, [[[broken]]], history[:1]]:
            receipt = bring_exports(home, call)
            reasons = Counter((row.file, row.outcome) for row in receipt_rows(home, receipt.run_id) if row.reason)
            written = [rows for export in call for rows in export]
            assert sorted(file.rows for file in receipt.files) == sorted(len(rows) for rows in written)
            for file in receipt.files:
                assert file.rows == file.stored + file.duplicates + file.unreadable
                assert reasons[file.file, "duplicate"] == file.duplicates
                assert reasons[file.file, "unreadable"] == file.unreadable


def test_reasons_say_where_the_play_is_known_from(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:00"))
    receipt = bring(
        home,
        extended("2021-03-04 10:00:00"),
        extended("2021-03-04 11:00:00"),
        extended("2021-03-04 11:00:00"),
        extended("2021-03-04 12:00:00", ms_played=-5),
        account("2021-03-04 11:00"),
    )
    rows = receipt_rows(home, receipt.run_id)
    (history, of_account) = receipt.files
    assert [(row.row, row.outcome, row.reason) for row in rows] == [
        (1, "duplicate", "known from an earlier import"),
        (3, "duplicate", f"the same row stands in {history.file}, row 2"),
        (4, "unreadable", 'ms_played is negative: "-5"'),
    ]
    assert (history.rows, history.stored, history.duplicates, history.unreadable) == (4, 1, 2, 1)
    assert (of_account.rows, of_account.stored) == (1, 1)


def test_the_receipt_kept_is_the_receipt_given(home: Home) -> None:
    given_back = bring(home, extended("2021-03-04 10:00:00"), extended("2021-03-04 11:00:00", ms_played=None))
    (kept,) = receipts(home)
    assert (kept.run_id, kept.listener, kept.files, kept.by_kind) == (
        given_back.run_id, given_back.listener, given_back.files, given_back.by_kind,
    )  # fmt: skip
    assert kept.by_kind == {"track": 1, "episode": 0, "audiobook": 0, "unknown": 0}
