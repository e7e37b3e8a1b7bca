"""What really happened, shown by every source, imported, and how well it was joined.

    python -m benchmarks.joining [--plays 20000] [--seed 1] [--drift 90] [--jitter] [--lenses spotify_extended lastfm ...]

The files are kept with --out FOLDER; --files-only stops when they are written.
"""

import argparse
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.joining.examples import A_PAIR, examples
from benchmarks.joining.joined import joined_rows
from benchmarks.joining.rates import lay_out
from benchmarks.joining.scrobbles import Clocks
from benchmarks.joining.simulate import FEWEST, LENSES, SOURCES, simulate
from benchmarks.joining.table import kept_table, rates_table
from groovelog.lake.home import Home
from groovelog.pipeline import import_exports


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, default=20_000, help="true plays; 400000 for the long run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drift", type=float, default=90.0, help="seconds by which scrobblers' clocks are off at most")
    parser.add_argument("--jitter", action="store_true", help="clocks off anew in every row, not in every session")
    parser.add_argument("--lenses", nargs="+", choices=LENSES, default=list(LENSES))
    parser.add_argument("--examples", type=int, default=A_PAIR, help="of each sort for every two sources")
    parser.add_argument("--out", type=Path, help="where the files stay; else they are gone afterwards")
    parser.add_argument("--files-only", action="store_true")
    asked = parser.parse_args()
    if asked.plays < FEWEST:
        parser.error(f"--plays: {FEWEST} at least")
    with tempfile.TemporaryDirectory(prefix="groovelog-joining-") as scratch:
        # Labels of files are paths as given, cut at this folder.
        folder = (asked.out or Path(scratch, "files")).absolute()
        began = time.perf_counter()
        clocks = Clocks(asked.drift, asked.jitter)
        life, shown = simulate(folder, asked.plays, seed=asked.seed, clocks=clocks, lenses=asked.lenses)
        counts = Counter({file.source: 0 for file in shown})
        for file in shown:
            counts[file.source] += len(file.play)
        told = ", ".join(f"{source} {rows:,}" for source, rows in counts.items())
        print(f"{len(life):,} plays, written in {time.perf_counter() - began:.1f} s. Rows: {told}\n")
        if asked.files_only:
            return
        home = Home(Path(scratch, "home"))
        receipt = import_exports(home, [folder], timezone="UTC", now=datetime.now(UTC))
        print(f"{receipt.rows:,} rows imported in {receipt.seconds:.1f} s: {receipt.stored:,} stored\n")
        rows = lay_out(shown, joined_rows(home, folder, shown), SOURCES)
        print(rates_table(rows), kept_table(rows), examples(life, shown, rows, most=asked.examples), sep="\n\n")


if __name__ == "__main__":
    main()
