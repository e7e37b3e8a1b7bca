"""Importing twice, in any order, overlapping, in one call or several gives the same plays."""

from pathlib import Path

import pytest
from drawn import ZONES, Export, arrivals, copy_of, exports
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import bring_exports, plays, plays_anew, source_plays
from slow_reconcile import slow_plays

from groovelog.lake.check import check
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot


def hold_in_any_order(home: Home, history: list[Export], calls: list[list[Export]], zone: str) -> None:
    bring_exports(home, history, listener="at once", timezone=zone)
    for call in calls:
        bring_exports(home, call, listener="bit by bit", timezone=zone)
    at_once = plays(home, "at once")
    assert plays(home, "bit by bit") == at_once
    assert plays_anew(home, "bit by bit") == at_once
    assert slow_plays(source_plays(home, "bit by bit"), zone) == at_once
    with open_snapshot(home.lake) as snapshot:
        assert check(snapshot) == []


@settings(max_examples=4, deadline=None, derandomize=True)
@given(exports(), st.sampled_from(ZONES), st.data())
def test_order_and_overlap_do_not_matter(
    empty_lake: Path, history: list[Export], zone: str, data: st.DataObject
) -> None:
    calls = arrivals(data.draw, history)
    with copy_of(empty_lake) as home:
        hold_in_any_order(home, history, calls, zone)


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(exports(), st.sampled_from(ZONES), st.data())
def test_order_and_overlap_do_not_matter_at_length(
    empty_lake: Path, history: list[Export], zone: str, data: st.DataObject
) -> None:
    calls = arrivals(data.draw, history)
    with copy_of(empty_lake) as home:
        hold_in_any_order(home, history, calls, zone)
