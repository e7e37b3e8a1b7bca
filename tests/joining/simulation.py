"""A simulated life beside its files as a plain reader reads them."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.joining.life import Life
from benchmarks.joining.shown import Shown
from plain_reader import Row


@dataclass(frozen=True)
class Simulated:
    """`rows` by file and row number."""

    folder: Path
    life: Life
    shown: list[Shown]
    rows: dict[tuple[str, int], Row]
