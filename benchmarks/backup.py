"""A backup of a large lake against copying the same files; a second backup; putting it back.

    python -m benchmarks.backup HOME [--save NAME]

HOME has a lake already, such as one that benchmarks.ten_millions leaves, and is only read (but for its record of backups).
The floor copies what
is backed up, file by file, each synced to disk, as a copy has to be that one may rely on.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measure import keep
from groovelog.lake import needed
from groovelog.lake.disk import to_disk
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.backup.making import back_up
from groovelog.pipeline.backup.restoring import restore
from groovelog.pipeline.backup.store import FolderStore

TARGET = "≤ 1.5 × copying the files"
ROUNDS = 3


def copied(home: Home, to: Path) -> int:
    """The floor; returns the bytes."""
    with open_snapshot(home.lake) as snapshot:
        paths = [*needed.data(snapshot), *needed.logs(snapshot)]
    for path in paths:
        target = to / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(home.root / "lake" / path, target)
        to_disk(target)
    return sum((to / path).stat().st_size for path in paths)


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and processor seconds; what is on its way to the disk from before is there first."""
    os.sync()
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - cpu


def measured(home: Home, scratch: Path) -> list[dict[str, Any]]:
    """Each the best of some rounds, in turn, so that both meet the same machine."""
    took: dict[str, list[tuple[float, float]]] = {"floor": [], "first": [], "second": [], "restore": []}
    now = datetime.now(UTC)
    size = 0
    for number in range(ROUNDS):
        floor, place, again = (scratch / f"{what}-{number}" for what in ("floor", "place", "again"))
        took["floor"].append(timed(lambda floor=floor: copied(home, floor)))
        size = sum(path.stat().st_size for path in floor.rglob("*") if path.is_file())
        store = FolderStore(place)
        took["first"].append(timed(lambda store=store: back_up(home, store, now=now)))
        took["second"].append(timed(lambda store=store: back_up(home, store, now=now)))
        took["restore"].append(timed(lambda again=again, store=store: restore(Home(again), store, now=now)))
        for folder in (floor, place, again):
            shutil.rmtree(folder)
    best = {what: min(times) for what, times in took.items()}
    names = {
        "floor": "floor: the files copied, each synced", "first": "first backup", "second": "second backup, nothing new",
        "restore": "put back, every file checked",
    }  # fmt: skip
    return [
        {
            "what": names[what], "wall_s": round(wall, 2), "cpu_s": round(cpu, 2), "MB": round(size / 1e6, 1),
            "ratio": round(wall / best["floor"][0], 2), **({"target": TARGET} if what == "first" else {}),
        }
        for what, (wall, cpu) in best.items()
    ]  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--save", metavar="NAME", help="keep the results under this name")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=told.home.parent) as folder:
        rows = measured(Home(told.home), Path(folder))
    for row in rows:
        print(row)
    if told.save:
        keep("backup.json", told.save, rows)
