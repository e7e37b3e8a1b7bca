"""Labelled queries, answered by Groovelog and by its peers: quality and speed in one table.

    python -m benchmarks.matching [--queries 4000] [--artists 2000] [--seed 1] [--reference FILE ...] [--without-lengths]
                                  [--tuning] [--splink PYTHON] [--quick] [--name NAME]

Without --reference the songs are invented. Of the queries, the half for the test is shown; --tuning shows the other.
--splink names a Python that has Splink 4 installed. The results go to benchmarks/results/matching.json.
"""

import argparse
import csv
import json
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.matching.labelled import Query, label
from benchmarks.matching.methods import NONE, Method, brute_force, cut, lower_case_join, normalised_join
from benchmarks.matching.score import Answer, reliability, score
from benchmarks.matching.songs import Song, invented, of_files, write_reference
from benchmarks.matching.table import by_category, curve, methods_table
from benchmarks.measure import RESULTS, machine
from groovelog.matching import match_files

COLUMNS = ("query_id", "track_name", "artist_name", "album_name", "duration_ms")
CUTS = tuple(percent / 100 for percent in range(40, 100))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=int, default=4000)
    parser.add_argument("--artists", type=int, default=2000, help="of the invented songs, 18 to each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reference", type=Path, nargs="+", help="references of one's own in place of invented songs")
    parser.add_argument("--without-lengths", action="store_true", help="as personal exports are")
    parser.add_argument("--tuning", action="store_true", help="the half that weights were chosen by")
    parser.add_argument("--splink", type=Path, help="a Python with Splink 4")
    parser.add_argument("--quick", action="store_true", help="leave brute force out, which takes minutes")
    parser.add_argument("--name", help="under which the results are kept; else they are only printed")
    asked = parser.parse_args()
    songs = of_files(asked.reference) if asked.reference else invented(asked.seed, asked.artists)
    reference, queries = label(songs, asked.queries, asked.seed)
    if asked.without_lengths:
        queries = [replace(query, length_ms=None, album="") for query in queries]
    parts = [query for query in queries if query.tuning], [query for query in queries if not query.tuning]
    tuning, test = parts if not asked.tuning else (parts[1], parts[0])
    print(f"{len(reference):,} rows, {len(test):,} queries\n")
    answered, seconds = _answers(reference, tuning, test, None if asked.quick else brute_force, asked.splink)
    scores = {method: score(test, answers) for method, answers in answered.items()}
    ours = answered["groovelog"]
    told = reliability([(a.confidence, a.ref_id in q.answers) for q, a in zip(test, ours, strict=True) if a.ref_id])
    print(methods_table(scores, seconds), by_category(test, ours), curve(told), sep="\n\n")
    if asked.name:
        _keep(asked.name, {"rows": len(reference), "queries": len(test)}, methods_table(scores, seconds).splitlines())


Answered = dict[str, list[Answer]]


def _answers(
    reference: list[Song], tuning: list[Query], test: list[Query], force: Method | None, splink: Path | None
) -> tuple[Answered, dict[str, float]]:
    """Every method's answers to the test queries, and its seconds for them, index and all; ours reads and writes files too."""
    answered: Answered = {}
    seconds: dict[str, float] = {}

    def run(name: str, method: Method) -> None:
        began = time.perf_counter()
        answered[name] = method(reference, test)
        seconds[name] = time.perf_counter() - began

    run("lower-case join", lower_case_join)
    run("normalised join", normalised_join)
    if force:
        run("RapidFuzz, brute force, best cut", force)
        _at_best_cut("RapidFuzz, brute force, best cut", answered, tuning, force(reference, tuning))
    if splink:
        run("Splink 4, best cut", lambda songs, queries: _by_splink(splink, songs, queries))
        _at_best_cut("Splink 4, best cut", answered, tuning, _by_splink(splink, reference, tuning))
    with tempfile.TemporaryDirectory(prefix="groovelog-") as folder:
        files = _write(Path(folder), reference, test)
        began = time.perf_counter()
        match_files(files[1], [files[0]], files[2], {})
        seconds["groovelog"] = time.perf_counter() - began
        answered["groovelog"] = _read(files[2], test)
    return answered, seconds


def _at_best_cut(name: str, answered: Answered, tuning: list[Query], on_tuning: list[Answer]) -> None:
    """Peers get the cut that is best for them, chosen where ours were chosen."""
    best = max(CUTS, key=lambda least: score(tuning, cut(on_tuning, least)).f1 or 0.0)
    answered[name] = cut(answered[name], best)


def _by_splink(python: Path, songs: Sequence[Song], queries: Sequence[Query]) -> list[Answer]:
    with tempfile.TemporaryDirectory(prefix="groovelog-") as folder:
        files = _write(Path(folder), songs, queries)
        command = [str(python), "-m", "benchmarks.matching.splink_peer", *map(str, files)]
        subprocess.run(command, check=True, capture_output=True)
        return _read(files[2], queries)


def _write(folder: Path, songs: Sequence[Song], queries: Sequence[Query]) -> tuple[Path, Path, Path]:
    reference, asked = folder / "reference.csv", folder / "queries.csv"
    write_reference(list(songs), reference)
    with asked.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for query in queries:
            writer.writerow([query.query_id, query.title, query.artist, query.album, query.length_ms or ""])
    return reference, asked, folder / "answers.csv"


def _read(path: Path, queries: Sequence[Query]) -> list[Answer]:
    with path.open(encoding="utf-8", newline="") as file:
        told = {
            row["query_id"]: Answer(row["ref_id"] or None, float(row["confidence"])) for row in csv.DictReader(file)
        }
    return [told.get(query.query_id, NONE) for query in queries]


def _keep(name: str, size: dict[str, int], lines: list[str]) -> None:
    path = RESULTS / "matching.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept[name] = {"machine": machine(), **size, "table": lines}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
