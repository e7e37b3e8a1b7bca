"""What the docstrings of matching show."""

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("module", ["sounds", "lost", "artist_evidence", "ways_of_writing"])
def test_the_examples_in_the_docstrings_hold(module: str) -> None:
    assert doctest.testmod(import_module(f"groovelog.matching.{module}")).failed == 0


def test_the_examples_of_the_benchmark_hold() -> None:
    assert doctest.testmod(import_module("benchmarks.matching.spelling")).failed == 0
