"""Ten million plays of ten listeners in one home: importing them, checking the lake, and one scrobble more.

    python -m benchmarks.ten_millions [--plays 10000000] [--listeners 10] [--zips FOLDER]

Each zip is imported for its own listener, from the shell, process start included.
"""

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks import check_speed, inbox
from benchmarks.import_speed import export, row
from benchmarks.measure import RESULTS, Took, groovelog, machine, timed

TARGETS = {"per play": "≤ 1.3 × the first, ≤ 2 GB"}


def imports(home: Path, archives: list[Path], plays: int) -> list[dict[str, object]]:
    """Of each of so many plays: the first into an empty lake, which is what the ten are held against."""
    runs = [
        timed(groovelog(home, "import", str(archive), "--listener", f"bench {number}", "--timezone", "Europe/Lisbon"))
        for number, archive in enumerate(archives)
    ]
    count = len(runs)
    mean = Took(
        sum(run.wall for run in runs) / count, sum(run.cpu for run in runs) / count, max(run.peak_mb for run in runs)
    )
    return [
        row(f"{plays:,} plays into an empty lake", runs[0], runs[0], ""),
        {
            **row(
                f"mean of {count} such imports one after the other into one lake", mean, runs[0], TARGETS["per play"]
            ),
            "cpu_ratio": round(mean.cpu / runs[0].cpu, 2),
        },
        *(row(f"import {number}", run, runs[0], "") for number, run in enumerate(runs[1:], 2)),
    ]


def measured(home: Path, archives: list[Path], plays: int) -> dict[str, list[dict[str, object]]]:
    name = f"{plays * len(archives):,} plays of {len(archives)}"
    return {
        "importing": imports(home, archives, plays),
        "checking": check_speed.measured(home, name),
        "one scrobble": inbox.measured(home, name),
    }


def main(plays: int = 10_000_000, listeners: int = 10, zips: Path | None = None) -> None:
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
        folder = zips or Path(name)
        archives = [export(folder, plays // listeners, seed=number) for number in range(1, listeners + 1)]
        sections = measured(Path(name, "home"), archives, plays // listeners)
    for rows in sections.values():
        for line in rows:
            print(line)
    RESULTS.mkdir(exist_ok=True)
    results = {"machine": machine(), "plays": plays, "listeners": listeners, **sections}
    (RESULTS / "ten_millions.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, default=10_000_000)
    parser.add_argument("--listeners", type=int, default=10)
    parser.add_argument("--zips", type=Path, help="where the zips stay, and are taken from if they lie there already")
    asked = parser.parse_args()
    main(asked.plays, asked.listeners, asked.zips)
