"""Pairs counted by hand, and against a twin in plain Python."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from benchmarks.joining.rates import LATE, Joined, Pairs, Rows, all_pairs, kept, late_pairs, lay_out, pairs, side
from benchmarks.joining.shown import NO_PLAY, Shown
from benchmarks.joining.table import rates_table, share
from hypothesis import given
from hypothesis import strategies as st

SOURCES = ("a", "b", "c")


def file(source: str, *plays: int, late: Sequence[int] = (), name: str = "") -> Shown:
    """A file named after its source, of which row 1 tells the first of these true plays."""
    told = np.array(plays)
    return Shown(source, name or source, told, np.isin(told, late), told * 0, ["title / artist"] * len(plays))


def system(*plays: str) -> list[Joined]:
    """The system's plays, each as its rows: "a1 b2" is one play of row 1 of file a and row 2 of file b."""
    return [
        (row[0], row[:-1], int(row[-1]), play_id) for play_id, rows in enumerate(plays, 700) for row in rows.split()
    ]


def between(rows: Rows, first: str = "a", second: str = "b") -> Pairs:
    return pairs(side(rows, first), side(rows, second))


def test_a_pair_is_right_when_both_rows_come_from_one_true_play() -> None:
    # Told by both: 11 and 12. Joined: 11 with 11, and 13 with 12.
    rows = lay_out([file("a", 11, 12, 13), file("b", 11, 12, 14)], system("a1 b1", "a2", "a3 b2", "b3"), SOURCES)
    found = between(rows)
    assert (found.true, found.joined, found.right) == (2, 2, 1)
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert found.missed.tolist() == [12]
    assert found.wrong.tolist() == [[13, 12]]


def test_rows_of_one_source_are_not_pairs_and_a_play_told_twice_is_one_telling() -> None:
    rows = lay_out([file("a", 11, 11), file("a", 11, name="aa"), file("b", 11)], system("a1 a2 aa1 b1"), SOURCES)
    found = between(rows)
    assert (found.true, found.joined, found.right) == (1, 1, 1)
    assert len(all_pairs(rows)) == 1


def test_the_repeat_that_was_kept_stands_for_the_ones_that_were_not() -> None:
    rows = lay_out([file("a", 11, 11), file("b", 11, 11)], system("a2 b1"), SOURCES)
    assert between(rows).recall == 1


def test_a_play_told_by_one_source_alone_is_no_pair() -> None:
    rows = lay_out([file("a", 11), file("b", 12)], system("a1", "b1"), SOURCES)
    found = between(rows)
    assert (found.true, found.joined, found.precision, found.recall) == (0, 0, None, None)


def test_a_row_that_tells_no_true_play_is_wrong_with_any_other() -> None:
    rows = lay_out([file("a", NO_PLAY, NO_PLAY), file("b", 11, NO_PLAY)], system("a1 b1", "a2 b2"), SOURCES)
    found = between(rows)
    assert (found.true, found.joined, found.right) == (0, 2, 0)


def test_a_play_that_holds_two_of_a_source_is_joined_twice_and_right_once() -> None:
    rows = lay_out([file("a", 11, 12), file("b", 11)], system("a1 a2 b1"), SOURCES)
    found = between(rows)
    assert (found.true, found.joined, found.right) == (1, 2, 1)
    assert kept(rows, "a").merged == 1


def test_a_play_kept_as_two_is_split() -> None:
    rows = lay_out([file("a", 11, 11, 12, 13)], system("a1", "a2", "a3"), SOURCES)
    one = kept(rows, "a")
    assert (one.rows, one.told, one.kept, one.split, one.merged) == (4, 3, 2, 1, 0)


def test_late_rows_stand_apart() -> None:
    shown = [file("a", 11, 12, late=[12]), file("b", 11, 12), file("c", 12)]
    rows = lay_out(shown, system("a1 b1", "a2", "b2 c1"), SOURCES)
    assert between(rows).true == 1
    assert between(rows).recall == 1
    late = {found.second: (found.first, found.true, found.right) for found in late_pairs(rows)}
    assert late == {"b": (f"a{LATE}", 1, 0), "c": (f"a{LATE}", 1, 0)}


def test_a_row_nobody_showed_is_an_error() -> None:
    with pytest.raises(ValueError, match="a, row 2: no such row was shown"):
        lay_out([file("a", 11)], system("a2"), SOURCES)
    with pytest.raises(ValueError, match="b, row 1: no such row was shown"):
        lay_out([file("a", 11)], system("b1"), SOURCES)


def test_the_table_adds_all_pairs_up() -> None:
    # a × b: 2 true, 1 right. a × c: 1 true and right. b × c: 1 true, not joined. In all 2 of 4.
    shown = [file("a", 11, 12), file("b", 11, 12), file("c", 12)]
    rows = lay_out(shown, system("a1 b1", "a2 c1", "b2"), SOURCES)
    cells = {line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:-1]] for line in table(rows)}
    assert cells["a × b"] == ["2", "1", "1", "1.00000", "0.50000", "0.999", "no"]
    assert cells["a × c"] == ["1", "1", "1", "1.00000", "1.00000", "0.999", "yes"]
    assert cells["b × c"] == ["1", "0", "0", "–", "0.00000", "0.999", "no"]
    assert cells["all together"] == ["4", "2", "2", "1.00000", "0.50000", "", ""]
    assert "rows uploaded late × all others" not in cells


def test_the_target_is_lower_where_one_knows_the_minute_alone() -> None:
    shown = [file("koito", 11), file("spotify_account", 11)]
    rows = lay_out(
        shown, [("koito", "koito", 1, 7), ("spotify_account", "spotify_account", 1, 7)], ("koito", "spotify_account")
    )
    (line,) = [line for line in table(rows) if line.startswith("| koito × spotify_account")]
    assert "| 0.995 |" in line.replace("  ", " ")


def table(rows: Rows) -> list[str]:
    return rates_table(rows).splitlines()


def test_a_rate_below_its_target_never_looks_like_it() -> None:
    assert share(0.9989999) == "0.99899"
    assert share(1.0) == "1.00000"
    assert share(None) == "–"


rows_drawn = st.lists(
    st.tuples(st.sampled_from(SOURCES), st.integers(NO_PLAY, 5), st.booleans(), st.none() | st.integers(0, 5)),
    min_size=1,
    max_size=25,
)


@given(rows_drawn)
def test_counts_agree_with_a_plain_twin(drawn: list[tuple[str, int, bool, int | None]]) -> None:
    """Every row is a file of its own: source, true play, late or not, the system's play."""
    shown = [
        file(source, play, late=[play] * late, name=f"{number}") for number, (source, play, late, _) in enumerate(drawn)
    ]
    joined = [(source, f"{at}", 1, play) for at, (source, _, _, play) in enumerate(drawn) if play is not None]
    rows = lay_out(shown, joined, SOURCES)
    for found in all_pairs(rows):
        assert (found.true, found.joined, found.right) == slow_counts(drawn, found.first, found.second)


def slow_counts(drawn: list[tuple[str, int, bool, int | None]], first: str, second: str) -> tuple[int, int, int]:
    # A row without a true play is told apart from all others by its place.
    on_time = [
        (source, (play, at * (play < 0)), kept) for at, (source, play, late, kept) in enumerate(drawn) if not late
    ]
    told = defaultdict(set)
    for source, truth, _ in on_time:
        told[source].add(truth)
    true = {truth for truth in told[first] & told[second] if truth[0] >= 0}
    together = {
        (one[1], other[1]) if one[0] == first else (other[1], one[1])
        for one, other in combinations(on_time, 2)
        if {one[0], other[0]} == {first, second} and one[2] is not None and one[2] == other[2]
    }
    return len(true), len(together), sum(one == other for one, other in together)
