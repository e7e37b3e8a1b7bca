"""The scene: once for all tests that only read, and anew for those that write."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from api_scene import Scene, fill, staged

from groovelog.lake.home import Home

Filled = tuple[Path, dict[str, str]]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    root = tmp_path_factory.mktemp("filled") / "home"
    return root, fill(Home(root), tmp_path_factory.mktemp("exports"))


@pytest.fixture(scope="session")
def scene(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    root, ids = filled
    copied = shutil.copytree(root, tmp_path_factory.mktemp("read") / "home")
    with staged(Home(copied), ids) as told:
        yield told


@pytest.fixture
def fresh(filled: Filled, tmp_path: Path) -> Iterator[Scene]:
    root, ids = filled
    with staged(Home(shutil.copytree(root, tmp_path / "own")), ids) as told:
        yield told


@pytest.fixture(scope="session")
def ann(scene: Scene) -> str:
    return scene.key("Ann")
