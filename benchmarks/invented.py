"""How good the models are on invented listeners that nobody looked at when features and settings were chosen.

    python -m benchmarks.invented [--seeds 1 2]

The people and their habits are the demo's; songs, plays and skips are drawn anew by each seed. What is kept is what
`groovelog evaluate` tells, and the processor seconds that it took.
"""

import argparse
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measure import keep
from groovelog import access, pipeline
from groovelog.demo.catalogue import invent
from groovelog.demo.export import write_exports
from groovelog.demo.reference import LICENCE, write_reference
from groovelog.lake.home import Home
from groovelog.pipeline.evaluating import evaluate
from groovelog.pipeline.references import add_reference
from groovelog.pipeline.training import SEED

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LEFT_OUT = ("calibration_curve",)


def invented(folder: Path, seed: int) -> Home:
    """A home as `groovelog demo` makes it, by another seed."""
    home = Home(folder / "home")
    people = write_exports(folder, end=NOW.date(), seed=seed)
    for one in people:
        pipeline.import_exports(home, list(one.paths), listener=one.name, timezone=one.timezone, now=NOW, invented=True)
    path, _ = write_reference(folder, invent(seed), seed)
    add_reference(home, path, licence=LICENCE, now=NOW)
    for one in people:
        pipeline.share(home, one.name, access.ALL, now=NOW)
    return home


def rows(what: str, told: dict[str, Any]) -> list[dict[str, Any]]:
    """The lead over the best rule, and a row for each method."""
    lead = {key: told[key] for key in ("best_baseline", "margin", "margin_interval") if key in told}
    methods = [*told["models"], *told["baselines"]]
    kept = [{key: value for key, value in row.items() if key not in LEFT_OUT} for row in methods]
    return [{"what": what, **row} for row in (lead, *kept)]


def _say(what: str, name: str) -> None:
    print(what, name, file=sys.stderr)


def main(seeds: list[int], *, save: bool = True) -> None:
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
            home = invented(Path(name), seed)
            began = time.process_time()
            told = evaluate(home, seed=SEED, now=NOW, told=_say)
            took = round(time.process_time() - began)
        preference, ranking = told["preference"], told["ranking"]
        found = [
            *rows("finish", preference),
            *rows("come back", preference["come_back"]),
            *rows("ranking", ranking),
            *rows("ranking, as shown", ranking["shown"]),
        ]
        for row in found:
            print(row)
        if save:
            size = {"plays": preference["plays"], "questions": ranking["questions"], "cpu_seconds": took}
            keep("invented.json", f"seed {seed}", found, **size)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--no-save", action="store_true")
    asked = parser.parse_args()
    main(asked.seeds, save=not asked.no_save)
