"""A home for each test."""

from pathlib import Path

import pytest
from kept import NOW

from groovelog.lake.home import Home
from groovelog.pipeline import add_listener


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def empty_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose lake has its tables and nobody in them but Nobody; copied, it saves making them."""
    root = tmp_path_factory.mktemp("empty") / "home"
    add_listener(Home(root), "Nobody", "UTC", now=NOW)
    return root
