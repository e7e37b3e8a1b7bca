"""A home for each test. Making the tables takes longer than most tests, so they are made once and copied. And a way to die."""

import shutil
from pathlib import Path

import pytest
from kept import NOW, Killed

from groovelog.lake import delta
from groovelog.lake.home import Home
from groovelog.lake.run import writing
from groovelog.lake.snapshot import connect


@pytest.fixture(scope="session")
def empty_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose lake has its tables and nobody in them."""
    home = Home(tmp_path_factory.mktemp("empty") / "home")
    with connect() as connection, writing(home, connection, NOW) as run:
        run.publish("create")
    return home.root


@pytest.fixture
def home(empty_lake: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(empty_lake, tmp_path / "home")))


@pytest.fixture
def new_home(tmp_path: Path) -> Home:
    """A home that nobody has written to yet."""
    return Home(tmp_path / "home")


@pytest.fixture
def dies_after(monkeypatch: pytest.MonkeyPatch):
    """Make the process die instead of taking step `steps` + 1; a step is a file written or a table's commit."""

    def plan(steps: int) -> None:
        left = [steps]

        def dying(step):
            def take(*args, **kwargs):
                if not left[0]:
                    raise Killed
                left[0] -= 1
                return step(*args, **kwargs)

            return take

        for name in ("create", "write", "commit", "roll_back"):
            monkeypatch.setattr(delta, name, dying(getattr(delta, name)))

    yield plan
    monkeypatch.undo()
