"""New plays of one member, pushed into a group's lake of many, against the same rows appended to a Delta table plainly.

    python -m benchmarks.push [--plays 10000000] [--listeners 10] [--new 20000] [--to FOLDER|s3://BUCKET/PREFIX]

From the shell, process start included. The member has as many plays as each of the others; the new ones are of the year after.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import deltalake

from benchmarks.import_speed import export, imported
from benchmarks.measure import Took, best, groovelog, keep, timed
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot

LEAST_S = 5
MEMBER = "bench 1"


def append(home: Path, target: Path) -> None:
    """The rows of the last import into a home, appended to a table: a push that compares and joins nothing."""
    with open_snapshot(Home(home).lake) as snapshot:
        last = "SELECT max(run_id) FROM receipts"
        rows = snapshot.connection.execute(f"SELECT * FROM source_plays WHERE run_id = ({last})").to_arrow_table()
    deltalake.write_deltalake(target, rows, mode="append", partition_by=["listener_id", "year"])


def group_of(home: Path, group: str, archives: list[Path]) -> Took:
    """Bring everybody's plays into one home, and push them all: the group's lake, and how long its first push took."""
    for number, archive in enumerate(archives, 1):
        imported(home, archive, f"bench {number}")
        timed(groovelog(home, "listeners", "share", f"bench {number}", "all"))
    return timed(groovelog(home, "lake", "push", "--to", group))


def line(what: str, took: Took, least: Took | None, target: str = "") -> dict[str, object]:
    ratio = round(took.wall / least.wall, 2) if least else None
    return {
        "what": what, "wall_s": round(took.wall, 2), "cpu_s": round(took.cpu, 2), "peak_mb": round(took.peak_mb),
        "ratio": ratio, "target": target,
    }  # fmt: skip


def measured(folder: Path, group: str, plays: int, listeners: int, new: int) -> list[dict[str, object]]:
    home, plain = folder / "home", folder / "plain"
    archives = [export(folder, plays // listeners, seed=number) for number in range(1, listeners + 1)]
    first = group_of(home, group, archives)
    imported(home, export(folder, new, seed=listeners + 1, years=1, last="2026-06-30"), MEMBER)
    with open_snapshot(Home(home).lake) as snapshot:
        ((rows,),) = snapshot.connection.execute(
            "SELECT count(*) FROM source_plays WHERE run_id = (SELECT max(run_id) FROM receipts)"
        ).fetchall()
    plainly = best(3, [sys.executable, "-m", "benchmarks.push", "--append", str(home), str(plain)])
    push = groovelog(home, "lake", "push", "--to", group, "--listener", MEMBER)
    pushed = timed(push)
    again = best(3, push)
    pulled = timed(groovelog(folder / "other", "lake", "pull", "--from", group))
    repulled = best(3, groovelog(folder / "other", "lake", "pull", "--from", group))
    return [
        line(f"{rows:,} rows appended plainly", plainly, plainly),
        line(f"{rows:,} new plays pushed into {plays:,}", pushed, plainly, f"≤ {LEAST_S} s"),
        line("the same again, nothing new", again, plainly),
        line(f"first push of {plays:,}", first, None),
        line(f"first pull of {plays:,}", pulled, None),
        line("pulled again, nothing new", repulled, plainly),
    ]


def main(plays: int = 10_000_000, listeners: int = 10, new: int = 20_000, to: str | None = None) -> None:
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
        rows = measured(Path(name), to or str(Path(name, "group")), plays, listeners, new)
    for told in rows:
        print(told)
    keep("push.json", f"{plays:,} plays of {listeners}{', in a bucket' if to and to.startswith('s3:') else ''}", rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plays", type=int, default=10_000_000)
    parser.add_argument("--listeners", type=int, default=10)
    parser.add_argument("--new", type=int, default=20_000)
    parser.add_argument("--to", help="the group's lake: a folder, or s3://BUCKET/PREFIX")
    parser.add_argument("--append", type=Path, nargs=2)
    told = parser.parse_args()
    if told.append:
        append(*told.append)
    else:
        main(told.plays, told.listeners, told.new, told.to)
