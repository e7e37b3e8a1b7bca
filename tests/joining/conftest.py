"""A small simulated life with all its files, made once."""

import pytest
from benchmarks.joining.simulate import simulate
from plain_reader import rows_of
from simulation import Simulated


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    folder = tmp_path_factory.mktemp("simulated")
    life, shown = simulate(folder, 4_000, artists=60)
    return Simulated(folder, life, shown, {(row.file, row.row): row for row in rows_of(folder)})
