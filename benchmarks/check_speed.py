"""`lake check` against reading every column of every table once, from the shell, process start included.

    python -m benchmarks.check_speed [--plays 10000000] [--listeners 10]

The check works all plays out anew from their source rows, so it cannot be as quick as reading them.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.import_speed import export, row
from benchmarks.measure import RESULTS, best, groovelog, machine, timed
from groovelog.lake.snapshot import open_snapshot
from groovelog.tables import TABLES

TARGET = "≤ 30 s"


def read_all(home: Path) -> None:
    """Every value of the lake is read, and goes into a sum."""
    with open_snapshot(home / "lake") as snapshot:
        for table in TABLES:
            snapshot.connection.execute(f"SELECT sum(hash({', '.join(table.names)})) FROM {table.name}").fetchall()


def measured(directory: Path, plays: int, listeners: int) -> list[dict[str, object]]:
    home = directory / "home"
    for number in range(listeners):
        archive = export(directory, plays // listeners, seed=number + 1)
        timed(groovelog(home, "import", str(archive), "--listener", f"bench {number}", "--timezone", "Europe/Lisbon"))
        archive.unlink()
    name = f"{plays:,} plays of {listeners}"
    floor = best(3, [sys.executable, "-m", "benchmarks.check_speed", "--read", str(home)])
    checked = best(3, groovelog(home, "lake", "check"))
    return [row(f"{name}, check", checked, floor, TARGET), row(f"{name}, every column once", floor, floor, "")]


def main(plays: int = 10_000_000, listeners: int = 10) -> None:
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
        rows = measured(Path(name), plays, listeners)
    for line in rows:
        print(line)
    RESULTS.mkdir(exist_ok=True)
    results = {"machine": machine(), "rows": rows}
    (RESULTS / "check_speed.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plays", type=int, default=10_000_000)
    parser.add_argument("--listeners", type=int, default=10)
    parser.add_argument("--read", type=Path, metavar="HOME", help="only read every column of the lake there once")
    asked = parser.parse_args()
    if asked.read:
        read_all(asked.read)
    else:
        main(asked.plays, asked.listeners)
