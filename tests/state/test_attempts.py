"""Failed sign-ins that no longer count are not kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from groovelog.state import attempts
from groovelog.state.attempts import WINDOW, brakes
from groovelog.state.database import State, open_state

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def kept(state: State) -> list[str]:
    with state.reading() as connection:
        return [key for (key,) in connection.execute("SELECT DISTINCT key FROM failed_attempts ORDER BY key")]


def test_whoever_fails_next_takes_the_old_ones_of_everybody_away(tmp_path: Path) -> None:
    with open_state(tmp_path) as state:
        assert attempts.begin(state, brakes("Ann", "192.0.2.1"), NOON) is None
        assert attempts.begin(state, brakes("Ben", "192.0.2.2"), NOON + WINDOW - timedelta(seconds=1)) is None
        assert len(kept(state)) == 6
        assert attempts.begin(state, brakes("Cleo", "192.0.2.3"), NOON + WINDOW) is None
        assert not any("Ann" in key or "192.0.2.1" in key for key in kept(state))
        assert len(kept(state)) == 6
