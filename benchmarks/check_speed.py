"""`lake check` against reading every column of every table once, from the shell, process start included.

    python -m benchmarks.check_speed HOME

The check works all plays out anew from their source rows, so it cannot be as quick as reading them.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.import_speed import row
from benchmarks.measure import best, groovelog
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.tables import TABLES

TARGET = "≤ 30 s"


def read_all(home: Path) -> None:
    """Every value of the lake is read, and goes into a sum."""
    with open_snapshot(Home(home).lake) as snapshot:
        for table in TABLES:
            snapshot.connection.execute(f"SELECT sum(hash({', '.join(table.names)})) FROM {table.view}").fetchall()


def measured(home: Path, name: str) -> list[dict[str, object]]:
    floor = best(2, [sys.executable, "-m", "benchmarks.check_speed", "--read", str(home)])
    checked = best(2, groovelog(home, "lake", "check"))
    return [row(f"{name}, check", checked, floor, TARGET), row(f"{name}, every column once", floor, floor, "")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--read", action="store_true", help="only read every column of the lake there once")
    asked = parser.parse_args()
    if asked.read:
        read_all(asked.home)
    else:
        for line in measured(asked.home, "this home"):
            print(line)
