"""A million rows of three overlapping sources: imported together into one home, against each by itself into one of its own.

    python -m benchmarks.joining_speed [--plays 460000] [--rounds 3]

One invented life (see `benchmarks.joining`) is written once as the whole of an extended history, of a Last.fm account and of
a ListenBrainz account. Apart means three homes, so that no source meets another, and that none of the three imports has to
look past the rows of those before it: the least that they cost. Every time is of a whole process from the shell.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from benchmarks.import_speed import row
from benchmarks.joining import lens_extended, lens_lastfm, lens_listenbrainz
from benchmarks.joining.life import Life, live
from benchmarks.joining.scrobbles import Clocks, scrobbles
from benchmarks.joining.songs import songs
from benchmarks.measure import RESULTS, Took, groovelog, machine, timed

PLAYS = 460_000  # of which the three tell a million times
ARTISTS = 2_250  # about 40,000 songs, as in `benchmarks.big_export`
SEED = 1
TARGET = "≤ 1.5 × apart"


def histories(folder: Path, plays: int) -> tuple[list[Path], int]:
    """The whole of each account in one file, and how many rows they hold together."""
    life = live(songs(SEED, artists=ARTISTS), plays, seed=SEED)
    shown = [*_last_extended(life, folder), *_lastfm(life, folder), *_last_listens(life, folder)]
    archives = dict.fromkeys(label.split(".zip")[0] + ".zip" if ".zip" in label else label for label, _ in shown)
    return [folder / label for label in archives], sum(rows for _, rows in shown)


Told = list[tuple[str, int]]  # labels of files, and their rows


def _last_extended(life: Life, folder: Path) -> Told:
    """The later of the two exports, which repeats the earlier one."""
    shown = [(file.file, len(file.play)) for file in lens_extended.show(life, folder, SEED)]
    return [(file, rows) for file, rows in shown if "/second/" in file]


def _lastfm(life: Life, folder: Path) -> Told:
    shown = lens_lastfm.csv_with_header(life, folder, scrobbles(life, lens_lastfm.LASTFM, Clocks(), SEED))
    return [(shown.file, len(shown.play))]


def _last_listens(life: Life, folder: Path) -> Told:
    shown = [(file.file, len(file.play)) for file in lens_listenbrainz.show(life, folder, Clocks(), SEED)]
    last = shown[-1][0].partition(".zip")[0]
    return [(file, rows) for file, rows in shown if file.startswith(last)]


def imported(home: Path, *files: Path) -> Took:
    return timed(
        groovelog(home, "import", *map(str, files), "--listener", "bench", "--timezone", "Europe/Lisbon", "--json")
    )


def measured(folder: Path, plays: int, rounds: int) -> list[dict[str, object]]:
    """Of several rounds, in which every way takes its turn, the quickest of each."""
    files, rows = histories(folder / "files", plays)
    runs: dict[str, list[Took]] = {}
    for _ in range(rounds):
        for file in files:
            runs.setdefault(f"{file.relative_to(folder / 'files').parts[0]} alone", []).append(
                imported(folder / "home", file)
            )
            shutil.rmtree(folder / "home")
        runs.setdefault("together", []).append(imported(folder / "home", *files))
        shutil.rmtree(folder / "home")
        one_by_one = [imported(folder / "home", file) for file in files]
        runs.setdefault("one after the other into one home", []).append(_sum(one_by_one))
        shutil.rmtree(folder / "home")
    quickest = {what: min(took, key=lambda run: run.cpu) for what, took in runs.items()}
    apart = _sum([took for what, took in quickest.items() if what.endswith("alone")])
    return [
        *(row(what, took, None, "") for what, took in quickest.items() if what.endswith("alone")),
        _against(f"{rows:,} rows apart", apart, apart, ""),
        _against(f"{rows:,} rows together", quickest["together"], apart, TARGET),
        _against("one after the other into one home", quickest["one after the other into one home"], apart, ""),
    ]


def _sum(runs: list[Took]) -> Took:
    return Took(sum(run.wall for run in runs), sum(run.cpu for run in runs), max(run.peak_mb for run in runs))


def _against(what: str, took: Took, apart: Took, target: str) -> dict[str, object]:
    return {**row(what, took, apart, target), "cpu_ratio": round(took.cpu / apart.cpu, 2)}


def main(plays: int = PLAYS, rounds: int = 3) -> None:
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
        rows = measured(Path(name), plays, rounds)
    for line in rows:
        print(line)
    RESULTS.mkdir(exist_ok=True)
    results = {"machine": machine(), "plays": plays, "rows": rows}
    (RESULTS / "joining_speed.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, default=PLAYS)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    main(asked.plays, asked.rounds)
