"""A home for each test. Making the tables takes longer than most tests, so they are made once and copied. And a way to die."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from backed_up import live_in
from in_buckets import Store, serving
from kept import NOW
from stopping import dying

from groovelog.lake import delta, sweep
from groovelog.lake.home import Home
from groovelog.lake.run import writing
from groovelog.lake.snapshot import connect

STEPS = {
    delta: ("create", "write", "commit", "roll_back", "add_columns", "checkpoint", "keep_no_tombstones"),
    sweep: ("demand", "take_away"),
}


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


@pytest.fixture(scope="session")
def _lived_in(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return live_in(Home(Path(shutil.copytree(empty_lake, tmp_path_factory.mktemp("lived-in") / "home")))).root


@pytest.fixture
def lived_in(_lived_in: Path, tmp_path: Path) -> Home:
    """A home with two listeners, one of them signed in; see `live_in`."""
    return Home(Path(shutil.copytree(_lived_in, tmp_path / "lived-in")))


@pytest.fixture
def new_home(tmp_path: Path) -> Home:
    """A home that nobody has written to yet."""
    return Home(tmp_path / "home")


@pytest.fixture
def dies_after(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Make the process die instead of taking step `steps` + 1; a step is a file written or taken away, or a commit."""

    def plan(steps: int) -> None:
        left = [steps]
        for module, names in STEPS.items():
            for name in names:
                monkeypatch.setattr(module, name, dying(getattr(module, name), left))

    yield plan
    monkeypatch.undo()


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    with serving() as running:
        yield running


@pytest.fixture(scope="session")
def _empty_bucket_lake(store: Store, tmp_path_factory: pytest.TempPathFactory) -> str:
    home = store.home(tmp_path_factory.mktemp("empty-bucket") / "home", "empty")
    with connect() as connection, writing(home, connection, NOW) as run:
        run.publish("create")
    return "empty"


@pytest.fixture
def prefix(store: Store, _empty_bucket_lake: str, request: pytest.FixtureRequest) -> str:
    """A prefix of this test's own, with a lake that has its tables and nobody in them."""
    own = re.sub(r"\W+", "-", request.node.name)
    store.copy(_empty_bucket_lake, own)
    return own


@pytest.fixture
def bucket_home(store: Store, prefix: str, tmp_path: Path) -> Home:
    return store.home(tmp_path / "home", prefix)
