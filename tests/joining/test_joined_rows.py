"""The benchmark as it is called, on a lake: files written, imported, rated."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_spotifys_own_exports_are_joined_and_rated() -> None:
    command = [sys.executable, "-m", "benchmarks.joining", "--plays", "1500", "--examples", "1"]
    command += ["--lenses", "spotify_extended", "spotify_account"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("| spotify_extended × spotify_account")]
    _, true, _, right, precision, recall, target, reached = (cell.strip() for cell in line.strip("|").split("|"))
    assert int(true.replace(",", "")) > 1_200
    assert int(right.replace(",", "")) > 1_200
    assert float(precision) >= 0.995
    assert float(recall) >= 0.995
    assert (target, reached) == ("0.995", "yes")
