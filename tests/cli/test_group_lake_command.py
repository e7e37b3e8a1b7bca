"""`groovelog lake push` and `lake pull`, as a member types them."""

from pathlib import Path

import pytest

from calling import Call
from spotify_export import AUDIO, extended, text


@pytest.fixture
def wren(call: Call, tmp_path: Path) -> Path:
    """Wren's home, with three plays; the place of the group's lake is set."""
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / AUDIO).write_bytes(text(*map(extended, range(3))))
    assert call("import", folder / AUDIO, "--listener", "Wren").code == 0
    return tmp_path / "group"


def test_pushed_pulled_and_withdrawn(call: Call, wren: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = call("lake", "push")
    assert (refused.code, "--to or GROOVELOG_GROUP_LAKE" in refused.err) == (1, True)
    monkeypatch.setenv("GROOVELOG_GROUP_LAKE", str(wren))
    refused = call("lake", "push", "--json")
    assert refused.json["error"]["message"] == (
        "Wren shares nothing; to share: groovelog listeners share 'Wren' totals|all."
    )
    assert not wren.exists()
    call("listeners", "share", "Wren", "all")
    assert call("lake", "push").out == "Wren: all, 3 rows sent\n"
    assert call("lake", "push", "--json").json == {
        "to": str(wren),
        "listeners": [
            {
                "name": "Wren", "name_there": "Wren", "shares": "all", "sent": 0, "taken_out": 0, "months": 0,
                "stayed": {"private": 0, "web_api": 0, "erased": 0}, "withdrawn": False, "forgotten_at": None,
            }
        ],
        "erasures": 0,
    }  # fmt: skip

    other = ("--home", tmp_path / "other")
    assert call(*other, "lake", "pull").out == "Wren: all, 3 rows new\n"
    assert "from the group" in call(*other, "listeners", "list").out
    assert call(*other, "listeners", "list", "--json").json["listeners"][0]["from_group"] is True
    assert call(*other, "lake", "pull", "--json").json == {
        "from": str(wren),
        "listeners": [{"name": "Wren", "shares": "all", "new": 0, "taken_out": 0, "months": 0}],
        "gone": [], "kept_out": 0, "erased_elsewhere": [], "erasures": 0,
    }  # fmt: skip

    call("listeners", "share", "Wren", "nothing")
    assert call("lake", "push").out == "Wren: shares nothing any more, taken out of the group's lake\n"
    assert call(*other, "lake", "pull").out == "Wren: shares nothing any more, taken out\n"
    assert call(*other, "lake", "pull").out == "Nobody else shares anything with the group yet.\n"
    assert call(*other, "lake", "check", "--json").json["sound"]


def test_a_place_that_is_none(call: Call, wren: Path) -> None:
    call("listeners", "share", "Wren", "all")
    missing = call("lake", "pull", "--from", wren)
    assert (missing.code, "no group's lake at" in missing.err) == (1, True)
    far = call("lake", "push", "--to", wren / "far" / "away")
    assert (far.code, "cannot be reached" in far.err) == (1, True)
    assert "Traceback" not in missing.err + far.err
