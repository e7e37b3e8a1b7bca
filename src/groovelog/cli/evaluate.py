"""`groovelog evaluate`: how good models are on the weeks after those they learnt from, against simple rules."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from groovelog.pipeline.evaluating import evaluate as evaluate_all
from groovelog.pipeline.training import SEED

HEADINGS = {
    "auc": "AUC",
    "log_loss": "Log-loss",
    "calibration_error": "Calibration error",
    "ndcg_at_10": "nDCG@10",
    "recall_at_50": "Recall@50",
}


def evaluate(
    context: typer.Context,
    *,
    listener: Annotated[
        str | None, typer.Option(help="Whose plays; else of everybody who is not invented.", metavar="NAME")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Learn from the past, test on the weeks after it, and compare with simple rules. Needs no `train` before.

    Writes a card for each listener into the home's models: data, period, features, scores, limits.
    """
    told = evaluate_all(context.obj, listener, seed=SEED, now=datetime.now(UTC), told=_say)
    if as_json:
        sys.stdout.write(json.dumps(told) + "\n")
        return
    preference = told["preference"]
    _print("Preference: heard to the end", preference)
    _print("Preference: played again within 30 days", preference["come_back"])
    _print("Ranking", told["ranking"])
    for note in preference["notes"]:
        sys.stdout.write(f"{note}\n")
    sys.stdout.write(f"Cards for each listener: {context.obj.models}\n")


def _say(name: str) -> None:
    sys.stderr.write(f"Testing on {name}'s newest weeks ...\n")


def _print(title: str, scores: dict[str, Any]) -> None:
    rows = [("", row) for row in scores["models"]] + [("rule: ", row) for row in scores["baselines"]]
    names = [name for name in HEADINGS if any(name in row for _, row in rows)]
    if not names:
        return
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in names:
        table.add_column(HEADINGS[name], justify="right")
    for kind, row in rows:
        table.add_row(kind + row["name"], *(_number(row, name) for name in names))
    Console(highlight=False).print(table)


def _number(row: dict[str, Any], name: str) -> str:
    if row.get(name) is None:
        return ""
    low, high = row.get(f"{name}_interval") or (None, None)
    return f"{row[name]:.3f}" + ("" if low is None or high is None else f" ({low:.3f}–{high:.3f})")
