"""A stand-in Spotify for all tests, and a home and state.db for each."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from scene import Setting, Stage, set_up

from groovelog.demo.standin.serving import app_served
from groovelog.lake.home import Home
from groovelog.state.database import open_state


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    stage = Stage()
    with app_served(stage) as stage.address:
        yield stage


@pytest.fixture
def setting(stage: Stage, tmp_path: Path) -> Iterator[Callable[..., Setting]]:
    """Called with accounts: a home where they are all signed in."""
    home = Home(tmp_path / "home")
    with open_state(home.root) as state:
        yield partial(set_up, stage, home, state)
