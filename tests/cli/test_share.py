"""`groovelog listeners share`, and what a group sees of it."""

from pathlib import Path

import pytest

from calling import Call
from spotify_export import AUDIO, extended, text


@pytest.fixture
def two_people(call: Call, tmp_path: Path) -> None:
    for name, minutes in (("Wren", range(3)), ("Tamsin", range(2, 6))):
        folder = tmp_path / name
        folder.mkdir()
        (folder / AUDIO).write_bytes(text(*map(extended, minutes)))
        assert call("import", folder / AUDIO, "--listener", name).code == 0


@pytest.mark.usefixtures("two_people")
def test_sharing_is_said_seen_and_taken_back(call: Call) -> None:
    refused = call("report", "leaderboard", "--listener", "Wren", "--json")
    assert (refused.code, refused.json["error"]["message"][:44]) == (1, "Nobody else shows Wren counts and times. Who")
    assert call("listeners", "share", "Tamsin", "totals").err == "Tamsin shows the others counts and times.\n"
    assert "counts and times" not in call("listeners", "list").out
    assert "totals" in call("listeners", "list").out
    told = call("report", "leaderboard", "--listener", "Wren", "--json").json
    assert (told["listener"], told["with"]) == ("Wren", ["Tamsin"])
    assert [row["listener"] for row in told["rows"]] == ["Tamsin", "Wren"]
    assert call("report", "compatibility", "--listener", "Wren", "--with", "Tamsin").code == 1
    assert call("listeners", "share", "Tamsin", "nothing").code == 0
    assert call("report", "leaderboard", "--listener", "Wren").code == 1
    assert call("lake", "check", "--json").json == {"sound": True, "findings": []}


@pytest.mark.usefixtures("two_people")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Tamsin", "everything"), "There is no way to share 'everything'. Choose one of nothing, totals, all."),
        (("Tamson", "all"), "There is no listener named Tamson. Known: Tamsin, Wren."),
    ],
)
def test_what_cannot_be_said(call: Call, words: tuple[str, str], said: str) -> None:
    answer = call("listeners", "share", *words)
    assert (answer.code, said in answer.err) == (1, True)
