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
LEAD = ("best_model", "best_baseline", "margin", "margin_interval")
CURVE = "calibration_curve"  # too long to keep


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


def rows(what: str, told: dict[str, Any], listeners: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The lead over the best rule, of all and of each listener over their own best one; then a row for each method."""
    leads = [
        {"listener": name, **{key: one[key] for key in LEAD if key in one}}
        for name, one in [("all", told), *listeners.items()]
    ]
    methods = [
        {key: value for key, value in row.items() if key != CURVE} for row in (*told["models"], *told["baselines"])
    ]
    return [{"what": what, **{key: rounded(value) for key, value in row.items()}} for row in (*leads, *methods)]


def rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value


def found(told: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows of what `evaluate` told."""
    preference, ranking = told["preference"], told["ranking"]
    of = {one["name"]: one for one in preference["listeners"]}
    ordered = {one["name"]: one for one in ranking["listeners"]}
    return [
        *rows("finish", preference, {name: one["finish"] for name, one in of.items()}),
        *rows("come back", preference["come_back"], {name: one["come_back"] for name, one in of.items()}),
        *rows("ranking", ranking, ordered),
        *rows("ranking, as shown", ranking["shown"], {name: one["shown"] for name, one in ordered.items()}),
    ]


def _say(what: str, name: str) -> None:
    print(what, name, file=sys.stderr)


def main(seeds: list[int], *, save: bool = True) -> None:
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
            home = invented(Path(name), seed)
            began = time.process_time()
            told = evaluate(home, seed=SEED, now=NOW, told=_say)
            took = round(time.process_time() - began)
        kept = found(told)
        for row in kept:
            print(row)
        if save:
            size = {
                "plays": told["preference"]["plays"],
                "questions": told["ranking"]["questions"],
                "cpu_seconds": took,
            }
            keep("invented.json", f"seed {seed}", kept, **size)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--no-save", action="store_true")
    asked = parser.parse_args()
    main(asked.seeds, save=not asked.no_save)
