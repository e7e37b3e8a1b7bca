"""`groovelog keys`: made and told once, listed without themselves, ended for good."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calling import Call
from groovelog.state import api_keys
from groovelog.state.database import open_state
from spotify_export import AUDIO, extended, text


@pytest.fixture
def ann(call: Call, tmp_path: Path) -> None:
    (tmp_path / AUDIO).write_bytes(text(extended()))
    assert call("import", tmp_path / AUDIO, "--listener", "Ann", "--timezone", "UTC").code == 0


def found(home: Path, key: str) -> api_keys.ApiKey | None:
    """The key as a server looks it up; the look is noted as a use."""
    with open_state(home) as state:
        return api_keys.find(state, key, datetime(2026, 5, 1, 12, tzinfo=UTC))


@pytest.mark.usefixtures("ann")
def test_a_key_is_told_once_listed_without_itself_and_ended(call: Call, home: Path) -> None:
    assert "No keys yet." in call("keys", "list").out
    made = call("keys", "create", "--listener", "Ann", "--scope", "submit", "--json").json
    assert set(made) == {"key", "id"}
    assert str(uuid.UUID(made["key"])) == made["key"]
    opened = found(home, made["key"])
    assert opened is not None
    assert (opened.key_id, opened.scope) == (made["id"], "submit")

    listed = call("keys", "list", "--json")
    assert made["key"] not in listed.out
    (one,) = listed.json["keys"]
    assert (one["id"], one["listener"], one["scope"]) == (made["id"], "Ann", "submit")
    assert (one["last_used_at"], one["revoked_at"]) == ("2026-05-01T12:00:00Z", None)

    ended = call("keys", "revoke", made["id"])
    assert (ended.code, ended.err) == (0, f"{made['id']} opens nothing any more.\n")
    assert found(home, made["key"]) is None
    (one,) = call("keys", "list", "--json").json["keys"]
    assert one["revoked_at"] is not None
    assert "revoked" in call("keys", "list").out


@pytest.mark.usefixtures("ann")
def test_in_words_the_key_is_alone_on_stdout(call: Call, home: Path) -> None:
    made = call("keys", "create", "--listener", "Ann", "--scope", "read")
    opened = found(home, made.out.strip())
    assert opened is not None
    assert made.err == f"Nothing shows this key again. It ends with: groovelog keys revoke {opened.key_id}\n"


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create", "--listener", "Ann", "--scope", "owner"), "Choose one of read, submit, write."),
        (("create", "--listener", "Bea", "--scope", "read"), "There is no listener named Bea."),
        (("revoke", "none"), "There is no key none. `groovelog keys list` shows them."),
    ],
)
def test_what_cannot_be_right_is_said_and_makes_no_key(call: Call, words: tuple[str, ...], said: str) -> None:
    answer = call("keys", *words)
    assert (answer.code, said in answer.err) == (1, True)
    assert call("keys", "list", "--json").json == {"keys": []}
