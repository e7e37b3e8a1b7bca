"""The command line, called in this process."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from calling import Answer, Call
from groovelog.cli import main

pytest.register_assert_rewrite("bad_inputs")

# `pytest --hypothesis-profile=first` shows the first failing example, however long; to make it short may take minutes.
settings.register_profile("first", phases=[Phase.explicit, Phase.reuse, Phase.generate])


def pytest_configure(config: pytest.Config) -> None:
    """What is kept for the next process is kept beside pytest's own, and used by the processes that tests start."""
    if config.cache is not None:
        os.environ["XDG_CACHE_HOME"] = str(config.cache.mkdir("groovelog"))


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
