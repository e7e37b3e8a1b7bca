"""`groovelog train` for five listeners with a million plays in all, against one forest of scikit-learn on the same rows.

    python -m benchmarks.training [--plays 1000000] [--listeners 5]

The floor is a process that reads the learning table of each listener from a file and fits a forest of scikit-learn's own defaults
on it, for each of the two labels, on the same cores. The command also reads the plays, makes that table, fits two models more,
calibrates and scores.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.import_speed import export
from benchmarks.measure import groovelog, keep, timed
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.recommend.goals import GOALS
from groovelog.recommend.history import history
from groovelog.recommend.learning import plays_table

MOST_SECONDS, MOST_MB = 60, 3_000
FLOOR = """
import sys
import numpy as np
from sklearn.ensemble import RandomForestClassifier
for path in sys.argv[1:]:
    told = np.load(path)
    for label in (name for name in told.files if name != "values"):
        known = np.flatnonzero(~np.isnan(told[label]))
        RandomForestClassifier(n_jobs=2, random_state=0).fit(told["values"][known], told[label][known])
"""


def write_tables(home: Path, folder: Path) -> list[Path]:
    paths = []
    with open_snapshot(Home(home).lake) as snapshot:
        for number, person in enumerate(snapshot.listeners()):
            plays = history(snapshot, person)
            path = folder / f"{number}.npz"
            labels = {goal.name: goal.label(plays) for goal in GOALS}
            np.savez(path, values=plays_table(plays).values, **labels)
            paths.append(path)
    return paths


def main(plays: int = 1_000_000, listeners: int = 5, *, save: bool = True) -> None:
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
        home = Path(name, "home")
        for number in range(listeners):
            archive = export(Path(name), plays // listeners, seed=number + 1)
            timed(
                groovelog(home, "import", str(archive), "--listener", f"bench {number}", "--timezone", "Europe/Lisbon")
            )
        trained = timed(groovelog(home, "train", "--json"))
        tables = write_tables(home, Path(name))
        floor = timed([sys.executable, "-c", FLOOR, *map(str, tables)])
    rows = [
        {
            "what": what,
            "seconds": round(took.wall, 1),
            "cpu_seconds": round(took.cpu, 1),
            "peak_mb": round(took.peak_mb),
            "to_floor": round(took.wall / floor.wall, 2),
            "target": target,
        }
        for what, took, target in (
            ("groovelog train", trained, f"≤ {MOST_SECONDS} s, ≤ {MOST_MB:,} MB"),
            ("one forest a label", floor, ""),
        )
    ]
    for row in rows:
        print(row)
    if save:
        keep("training.json", f"{plays:,} plays of {listeners}", rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--plays", type=int, default=1_000_000)
    parser.add_argument("--listeners", type=int, default=5)
    parser.add_argument("--no-save", action="store_true")
    asked = parser.parse_args()
    main(asked.plays, asked.listeners, save=not asked.no_save)
