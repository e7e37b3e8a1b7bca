"""Imports against the floor, from the shell, process start included.

python -m benchmarks.import_speed ["against the floor"] [small] ["into a large lake"]
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import RESULTS, Took, best, groovelog, machine, timed

TARGETS = {"first": 3.0, "again": 2.0}


def export(
    directory: Path,
    plays: int,
    *,
    seed: int = 1,
    songs: int | None = None,
    years: int = 15,
    last: str = "2025-06-30",
    one_file: bool = False,
) -> Path:
    """A zip in the directory; one that lies there already is taken."""
    path = directory / f"{plays}-{seed}-{songs or seed}-{years}{'-one' if one_file else ''}.zip"
    if path.exists():
        return path
    command = [sys.executable, "-m", "benchmarks.big_export", "--plays", str(plays), "--out", str(path)]
    command += ["--seed", str(seed), "--songs", str(songs or seed), "--years", str(years), "--last", last]
    command += ["--one-file"] if one_file else []
    timed(command)
    return path


def floor(archive: Path, directory: Path) -> Took:
    """Best of three."""
    runs = []
    for number in range(3):
        target = directory / f"floor-{number}"
        target.mkdir()
        runs.append(timed([sys.executable, "-m", "benchmarks.floor", str(archive), str(target)]))
        shutil.rmtree(target)
    return min(runs, key=lambda took: took.wall)


def imported(home: Path, archive: Path, listener: str = "bench") -> Took:
    return timed(
        groovelog(home, "import", str(archive), "--listener", listener, "--timezone", "Europe/Lisbon", "--json")
    )


def against_floor(directory: Path, plays: int, *, one_file: bool) -> list[dict[str, object]]:
    archive = export(directory, plays, one_file=one_file)
    least = floor(archive, directory)
    firsts, agains = [], []
    for number in range(3):
        home = directory / f"home-{number}"
        firsts.append(imported(home, archive))
        agains.append(imported(home, archive))
        shutil.rmtree(home)
    name = f"{plays:,} plays in {'one file' if one_file else 'files of 12 MB'}"
    rows = []
    for what, runs in (("first", firsts), ("again", agains)):
        took = min(runs, key=lambda run: run.wall)
        rows.append(row(f"{name}, {what}", took, least, f"≤ {TARGETS[what]:.0f} × floor, ≤ 1.5 GB"))
    return [row(f"{name}, floor", least, least, ""), *rows]


def row(what: str, took: Took, least: Took | None, target: str) -> dict[str, object]:
    ratio = round(took.wall / least.wall, 2) if least else None
    return {
        "what": what, "wall_s": round(took.wall, 2), "cpu_s": round(took.cpu, 2), "peak_mb": round(took.peak_mb),
        "ratio": ratio, "target": target,
    }  # fmt: skip


def small(directory: Path) -> list[dict[str, object]]:
    rows = []
    for plays, seconds in ((100_000, 3), (10_000, 2)):
        archive = export(directory, plays)
        runs = []
        for number in range(3):
            runs.append(imported(directory / f"small-{number}", archive))
            shutil.rmtree(directory / f"small-{number}")
        rows.append(row(f"{plays:,} plays, first", min(runs, key=lambda run: run.wall), None, f"≤ {seconds} s"))
    rows.append(row("groovelog --help", best(5, groovelog(directory / "none", "--help")), None, "≤ 0.3 s"))
    return rows


def into_a_large_lake(directory: Path, plays: int) -> list[dict[str, object]]:
    """20,000 new plays after the last of a large lake, and 20,000 strewn over its last year."""
    home = directory / "large"
    rows = [row(f"{plays:,} plays of one listener, first", imported(home, export(directory, plays)), None, "")]
    after = export(directory, 20_000, seed=2, years=1, last="2026-06-30")
    within = export(directory, 20_000, seed=3, years=1)
    for what, archive in (("after the last", after), ("strewn over the last year", within)):
        rows.append(row(f"20,000 new plays {what} of {plays:,}", imported(home, archive), None, "≤ 2.5 s"))
    return rows


def main(sections: list[str] | None = None) -> None:
    """Rows of sections not run now are kept from the last results."""
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
        measured = {
            "against the floor": lambda: (
                against_floor(Path(name), 1_000_000, one_file=False)
                + against_floor(Path(name), 1_000_000, one_file=True)
            ),
            "small": lambda: small(Path(name)),
            "into a large lake": lambda: into_a_large_lake(Path(name), 10_000_000),
        }
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / "import_speed.json"
        results = json.loads(path.read_text()) if path.exists() else {}
        for section in sections or measured:
            results[section] = {"machine": machine(), "rows": measured[section]()}
            for line in results[section]["rows"]:
                print(line)
        path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", help="against the floor, small, into a large lake; all unless named")
    main(parser.parse_args().sections)
