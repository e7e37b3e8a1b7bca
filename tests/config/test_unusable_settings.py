"""Settings of the environment that cannot be used are named, with what to do, and without their value."""

import pytest

from calling import Call
from groovelog.config import Settings
from groovelog.errors import UsageError


@pytest.mark.parametrize("value", ["abc", "0", "-3", "1.5"])
def test_a_budget_that_is_no_number_of_calls(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("GROOVELOG_SPOTIFY_DAILY_BUDGET", value)
    with pytest.raises(UsageError) as refused:
        Settings()
    assert refused.value.message.startswith("GROOVELOG_SPOTIFY_DAILY_BUDGET cannot be used: ")
    assert value not in refused.value.message.split(": ")[0]
    assert refused.value.message.endswith("Set it anew, or unset it.")


def test_on_the_command_line(monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    monkeypatch.setenv("GROOVELOG_SPOTIFY_DAILY_BUDGET", "abc")
    answer = call("status", "--json")
    assert answer.code == 1
    assert "GROOVELOG_SPOTIFY_DAILY_BUDGET" in answer.json["error"]["message"]
    assert len(answer.err.splitlines()) == 1
