"""The command line, called in this process."""

import sys
from pathlib import Path

import pytest

from calling import Answer, Call
from groovelog.cli import main


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def call(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call `groovelog` with these words, in the home of this test."""
    monkeypatch.setenv("GROOVELOG_HOME", str(home))
    monkeypatch.setenv("TZ", "UTC")

    def called(*words: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["groovelog", *map(str, words)])
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        else:
            code = 0
        return Answer(code, *capsys.readouterr())

    return called
