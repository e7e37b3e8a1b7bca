"""How fast, and with how much memory: every step beside a normalised join of the same songs in the same run.

    python -m benchmarks.matching.speed [--artists 6400] [--queries 9000] [--exact 100000] [--runs 3] [--keep]

A reference of invented songs; damaged queries about it (the test half of `benchmarks.matching`), and exact ones. Each of
ours runs in a process of its own, interpreter and imports and files and all; the best of the runs counts. --keep writes
the results to benchmarks/results/matching_speed.json.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from benchmarks.matching.__main__ import COLUMNS
from benchmarks.matching.labelled import Query, label
from benchmarks.matching.methods import normalised_join
from benchmarks.matching.songs import Song, invented
from benchmarks.measure import RESULTS, Took, best, groovelog, machine

# Opens the index that the first run made, and answers one query: ready.
_READY = """
import sys, time
from pathlib import Path
from groovelog.lake.home import Home
from groovelog.lake.references import references
from groovelog.lake.snapshot import open_snapshot
from groovelog.matching import Asked, match_songs
from groovelog.matching.prepared import reference_index
home = Home(Path(sys.argv[1]))
with open_snapshot(home.lake) as snapshot:
    (reference,) = references(snapshot)
    began = time.perf_counter()
    with reference_index(home, snapshot, reference) as index:
        index.vocabulary, list(index.pieces())
        opened = time.perf_counter() - began
        match_songs(index, [Asked("1", sys.argv[2], sys.argv[3])])
        print(opened, time.perf_counter() - began)
"""


@dataclass(frozen=True)
class Measured:
    """Seconds, and how often the normalised join's go into them; MB at the peak of the process."""

    seconds: float
    joins: float
    peak_mb: float | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--artists", type=int, default=6400, help="about 16 songs to each")
    parser.add_argument("--queries", type=int, default=9000, help="half of them are asked")
    parser.add_argument("--exact", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    songs, queries = label(invented(1, asked.artists), asked.queries, 1)
    damaged = [query for query in queries if not query.tuning]
    with tempfile.TemporaryDirectory(prefix="groovelog-") as folder:
        found = _measure(Path(folder), songs, damaged, asked.exact, asked.runs)
    for what, measured in found.items():
        peak = f", {measured.peak_mb:.0f} MB" if measured.peak_mb else ""
        print(f"{what}: {measured.seconds:.2f} s, {measured.joins:.2f} normalised joins{peak}")
    exact = found["exact queries, files read and written"]
    print(f"{asked.exact / exact.seconds:,.0f} exact queries a second")
    if asked.keep:
        told = {"machine": machine(), "rows": len(songs), "damaged": len(damaged), "exact": asked.exact}
        (RESULTS / "matching_speed.json").write_text(
            json.dumps({**told, **{what: asdict(measured) for what, measured in found.items()}}, indent=1) + "\n",
            encoding="utf-8",
        )


def _measure(folder: Path, songs: list[Song], damaged: list[Query], exact: int, runs: int) -> dict[str, Measured]:
    reference, home = folder / "reference.csv", folder / "home"
    _write_reference(reference, songs)
    _write_queries(folder / "damaged.csv", damaged)
    _write_exact(folder / "exact.csv", songs, exact)
    subprocess.run(
        groovelog(home, "reference", "add", str(reference), "--name", "songs"), check=True, capture_output=True
    )
    ready = [sys.executable, "-c", _READY, str(home), songs[0].title, songs[0].credited]
    # What is compared lies side by side: the machine may be busier in one minute than in the next.
    joins, calls, exact_calls, opened = [], [], [], []
    for _ in range(runs):
        began = time.perf_counter()
        normalised_join(songs, damaged)
        joins.append(time.perf_counter() - began)
        calls.append(_call(home, folder, "damaged.csv"))
        exact_calls.append(_call(home, folder, "exact.csv"))
        opened.append(
            [float(s) for s in subprocess.run(ready, check=True, capture_output=True, text=True).stdout.split()]
        )
    join = min(joins)

    def measured(seconds: float, peak_mb: float | None = None) -> Measured:
        return Measured(round(seconds, 3), round(seconds / join, 3), peak_mb and round(peak_mb))

    return {
        "normalised join": measured(join),
        "damaged queries, files read and written": measured(*_least(calls)),
        "exact queries, files read and written": measured(*_least(exact_calls)),
        "kept index, made": measured(opened[0][0]),
        "kept index, opened": measured(min(seconds for seconds, _ in opened)),
        "kept index, opened and one query answered": measured(min(seconds for _, seconds in opened)),
    }


def _call(home: Path, folder: Path, queries: str) -> Took:
    words = ("--queries", str(folder / queries), "--reference", str(folder / "reference.csv"))
    return best(1, groovelog(home, "match", *words, "--output", str(folder / "answers.csv")))


def _least(calls: list[Took]) -> tuple[float, float]:
    return min(took.wall for took in calls), max(took.peak_mb for took in calls)


def _write_reference(path: Path, songs: list[Song]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["track_id", "artists", "album_name", "track_name", "duration_ms", "energy"])
        writer.writerows([song.ref_id, song.credited, song.album, song.title, song.length_ms, 0.5] for song in songs)


def _write_queries(path: Path, queries: list[Query]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([q.query_id, q.title, q.artist, q.album, q.length_ms or ""] for q in queries)


def _write_exact(path: Path, songs: list[Song], count: int) -> None:
    rng = Random(1)  # noqa: S311
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS[:3])
        writer.writerows([number, song.title, song.credited] for number, song in enumerate(rng.choices(songs, k=count)))


if __name__ == "__main__":
    main()
