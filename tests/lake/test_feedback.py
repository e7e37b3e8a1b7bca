"""What a listener says of a track: the latest word counts, and goes with the listener."""

from datetime import timedelta

import pytest
from export_rows import extended
from kept import NOW, bring, everything, sound

from groovelog.errors import NotFoundError, UsageError
from groovelog.lake.feedback import LATEST
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import forget, give_feedback, remove_listeners

A, B = "spotify:track:a", "spotify:track:b"


def holding(home: Home) -> set[tuple[str, str, str | None]]:
    with open_snapshot(home.lake) as snapshot:
        rows = snapshot.connection.execute(f"SELECT track_id, verdict, context FROM ({LATEST})").fetchall()
    return set(rows)


@pytest.fixture
def heard(home: Home) -> Home:
    bring(home, extended("2020-12-31 23:50:00"), listener="Wren")
    return home


def test_the_latest_word_counts(heard: Home) -> None:
    give_feedback(heard, "Wren", A, "up", "focus", now=NOW)
    give_feedback(heard, "Wren", B, "later", source="dashboard", now=NOW)
    # The clock went back; what was said later is later all the same.
    give_feedback(heard, "Wren", A, "down", now=NOW - timedelta(days=1))
    assert holding(heard) == {(A, "down", None), (B, "later", None)}
    give_feedback(heard, "Wren", B, "none", now=NOW)
    assert holding(heard) == {(A, "down", None)}
    assert [row["source"] for row in everything(heard)["feedback"]] == ["cli", "cli", "dashboard", "cli"]
    assert sound(heard)


@pytest.mark.parametrize(
    "take_out", [lambda home: remove_listeners(home, ["Wren"], now=NOW), lambda home: forget(home, "Wren", now=NOW)]
)
def test_it_goes_with_the_listener(heard: Home, take_out) -> None:
    bring(heard, extended("2020-12-31 23:50:00"), listener="Tamsin")
    give_feedback(heard, "Wren", A, "up", now=NOW)
    give_feedback(heard, "Tamsin", B, "up", now=NOW)
    take_out(heard)
    assert holding(heard) == {(B, "up", None)}


def test_what_cannot_be_right_is_refused_and_nothing_is_written(heard: Home) -> None:
    before = everything(heard)
    with pytest.raises(NotFoundError, match="no listener named Nobody"):
        give_feedback(heard, "Nobody", A, "up", now=NOW)
    for track, verdict, context, source in (
        (A, "great", None, "cli"), (A, "up", None, "fax"), ("", "up", None, "cli"), (A, "up", "x\n", "cli"),
        ("t" * 301, "up", None, "cli"),
    ):  # fmt: skip
        with pytest.raises(UsageError):
            give_feedback(heard, "Wren", track, verdict, context, source=source, now=NOW)
    assert everything(heard) == before
