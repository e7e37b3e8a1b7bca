"""Who is forgotten, or removed, is in no byte of state.db."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import add_listener, forget, remove_listeners
from groovelog.state import leases, ledger, polls, sign_ins
from groovelog.state.database import open_state
from groovelog.state.ledger import Block, Caller
from groovelog.state.pending import Pending, begin
from groovelog.state.sign_ins import SignIn, Tokens

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
NAME = "Wrenna Öst"


@pytest.mark.parametrize(
    "leave", [lambda home: forget(home, NAME, now=NOW), lambda home: remove_listeners(home, [NAME], now=NOW)]
)
def test_nothing_is_left_of_who_leaves(tmp_path: Path, leave: Callable[[Home], object]) -> None:
    home = Home(tmp_path / "home")
    add_listener(home, NAME, "UTC", now=NOW)
    with open_snapshot(home.lake) as snapshot:
        (person,) = snapshot.listeners()
    own, other = person.listener_id, "another-id"
    with open_state(home.root) as state:
        for listener_id in (own, other):
            account = f"account of {listener_id}"
            sign_ins.save(
                state, SignIn(listener_id, "client", account, account, frozenset({"a"}), NOW), Tokens("a", NOW, "r")
            )
            polls.set_value(state, listener_id, "cursor", f"cursor of {listener_id}", at=NOW)
            ledger.begin(state, Caller("dev", "client", listener_id), "track", NOW)
            ledger.block(state, Block("listener", listener_id, NOW, NOW + timedelta(hours=1), "not_on_allowlist"))
        begin(
            state, Pending("w", NAME, "client", "http://127.0.0.1:8888/callback", frozenset(), None, "UTC", "page", NOW)
        )
        with leases.held(state, f"refresh {own}", now=lambda: NOW, for_s=1):
            pass
        leave(home)
        told = b"".join(path.read_bytes() for path in home.root.glob("state.db*")).decode("utf-8", "replace")
        assert own not in told
        assert NAME not in told
        assert sign_ins.of(state, other) is not None
        assert polls.value(state, other, "cursor") == "cursor of another-id"
        assert ledger.calls_24h(state, ["client"], NOW) == 1
