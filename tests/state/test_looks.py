"""Who looked: once a day for each looker and each thing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from groovelog.state import looks
from groovelog.state.database import open_state
from groovelog.state.looks import Look

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_look_is_kept_once_a_day_with_its_latest_time(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        looks.note(state, "ida", ["mara", "wen"], "group", NOON)
        looks.note(state, "ida", ["mara"], "group", NOON + 23 * HOUR)
        assert looks.at(state, "mara") == [Look("ida", "group", NOON)]
        looks.note(state, "ida", ["mara"], "leaderboard", NOON + 2 * HOUR)
        looks.note(state, "ida", ["mara"], "group", NOON + 24 * HOUR)
        assert looks.at(state, "mara") == [
            Look("ida", "group", NOON + 24 * HOUR), Look("ida", "leaderboard", NOON + 2 * HOUR),
        ]  # fmt: skip
        assert looks.at(state, "wen") == [Look("ida", "group", NOON)]


def test_nobody_looks_at_themselves(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        looks.note(state, "ida", ["ida"], "group", NOON)
        assert looks.at(state, "ida") == []


def test_to_look_again_writes_nothing(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        looks.note(state, "ida", ["mara"], "group", NOON)
        with state.reading() as connection:
            before = connection.total_changes
        looks.note(state, "ida", ["mara"], "group", NOON + HOUR)
        with state.reading() as connection:
            assert connection.total_changes == before
