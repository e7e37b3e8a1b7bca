"""The exports of all invented listeners, written once."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from spotify_files import Files, Rows, extended_rows, files_of, is_readable
from standin_asking import Stage

from groovelog.demo.catalogue import Catalogue, invent
from groovelog.demo.export import SEED, Invented, write_exports
from groovelog.demo.standin.serving import app_served

END = date(2026, 11, 23)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return invent(SEED)


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Invented]:
    folder = tmp_path_factory.mktemp("exports")
    return {one.name: one for one in write_exports(folder, end=END)}


@pytest.fixture(scope="session")
def files(exports: dict[str, Invented]) -> dict[str, Files]:
    return {name: files_of(one.paths) for name, one in exports.items()}


@pytest.fixture(scope="session")
def plays(files: dict[str, Files]) -> dict[str, Rows]:
    """The rows of extended history of each listener, each once, without the unreadable."""
    return {
        name: list({json.dumps(row): row for row in extended_rows(told) if is_readable(row)}.values())
        for name, told in files.items()
    }


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    stage = Stage()
    with app_served(stage) as stage.address:
        yield stage
