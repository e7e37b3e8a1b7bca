"""The first report from the shell, against a process that imports Ibis, connects, and runs one trivial expression.

    python -m benchmarks.first_report [--plays 10000] [--save NAME]

Each is run several times in turn; the quickest of each counts. A report is told twice: as it is with the query kept by an
earlier process, and the very first of this code, which compiles it.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.import_speed import export, imported
from benchmarks.measure import Took, groovelog, keep, timed

TIMES = 7
TARGET = "≤ 1.5 × the trivial expression"
TRIVIAL = "import ibis; connection = ibis.duckdb.connect(); print(connection.to_pyarrow(ibis.literal(1)))"
REPORTS = ("overview", "top-artists", "recap")


def main(plays: int = 10_000, save: str | None = None) -> None:
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
        home = Path(name, "home")
        imported(home, export(Path(name), plays))
        commands = {"trivial expression": [sys.executable, "-c", TRIVIAL]}
        commands |= {f"report {report}": groovelog(home, "report", report, "--json") for report in REPORTS}
        took: dict[str, list[Took]] = {}
        for turn in range(TIMES):
            for what, command in commands.items():
                took.setdefault(what, []).append(timed(command))
                if what.startswith("report"):
                    cache = {"XDG_CACHE_HOME": str(Path(name, f"{what}-{turn}"))}
                    took.setdefault(f"{what}, the very first", []).append(timed(command, cache))
    best = {what: min(runs, key=lambda run: run.wall) for what, runs in took.items()}
    least = best["trivial expression"]
    rows = [
        {
            "what": what, "wall_s": round(run.wall, 2), "cpu_s": round(run.cpu, 2), "peak_mb": round(run.peak_mb),
            "ratio": round(run.wall / least.wall, 2), "target": "" if run is least else TARGET,
        }
        for what, run in best.items()
    ]  # fmt: skip
    for row in rows:
        print(row)
    if save:
        keep("first_report.json", save, rows, plays=plays)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, default=10_000)
    parser.add_argument("--save", help="keep the results under this name")
    given = parser.parse_args()
    main(given.plays, given.save)
