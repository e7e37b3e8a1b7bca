"""The command line, called in this process; and what makes a run of many tests shorter."""

import gc
import os
import sys
from collections.abc import Iterator
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


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: it need not be searched for garbage each time a query is compiled."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session", autouse=True)
def _unhurried_disk() -> Iterator[None]:
    """Processes die in these tests, the machine does not: waiting until a disk has a file shows nothing, a dozen an import."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


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
