"""The scene, once for all tests that only read, and anew for those that write."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from api_scene import Scene, staged

from groovelog.lake.home import Home


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with staged(Home(tmp_path_factory.mktemp("home")), tmp_path_factory.mktemp("exports")) as told:
        yield told


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Scene]:
    (tmp_path / "exports").mkdir()
    with staged(Home(tmp_path / "home"), tmp_path / "exports") as told:
        yield told


@pytest.fixture(scope="session")
def ann(scene: Scene) -> str:
    return scene.key("Ann")
