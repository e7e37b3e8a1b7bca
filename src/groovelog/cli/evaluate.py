"""`groovelog evaluate`: how good models are on the weeks after those they learnt from, against simple rules."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich import box
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
        str | None, typer.Option(help="Whose plays; else of everybody, of invented ones where all are.", metavar="NAME")
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
    preference, ranking = told["preference"], told["ranking"]
    _print("Preference: heard to the end", preference)
    _print("Preference: played again within 30 days", preference["come_back"])
    _print("Ranking", ranking)
    _print("Ranking, as shown: the lists made varied at the usual novelty", ranking["shown"])
    for note in dict.fromkeys([*preference["notes"], *ranking["notes"]]):
        sys.stdout.write(f"{note}\n")
    sys.stdout.write(f"Cards for each listener: {context.obj.models}\n")


def _say(what: str, name: str) -> None:
    sys.stderr.write(f"{what.capitalize()}: learning from {name}'s plays, testing on the newest weeks ...\n")


def _print(title: str, scores: dict[str, Any]) -> None:
    """Models, then rules, in 80 columns; beneath, by how much the best model leads the best rule."""
    rows = [*scores["models"], *scores["baselines"]]
    names = [name for name in HEADINGS if any(name in row for row in rows)]
    if not names:
        return
    table = Table(
        title=title, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0, 0, 1)
    )
    table.add_column("Models, rules", no_wrap=True)
    for name in names:
        table.add_column(HEADINGS[name], justify="right", no_wrap=True)
    for kind in ("models", "baselines"):
        for row in scores[kind]:
            table.add_row(row["name"], *(_number(row, name) for name in names))
        table.add_section()
    Console(highlight=False).print(table)
    sys.stdout.write(_lead(scores) + "\n\n")


def _lead(scores: dict[str, Any]) -> str:
    rule, margin = scores["best_baseline"], scores["margin"]
    if margin is None:
        return f"Best rule: {rule}."
    if "margin_interval" not in scores:
        return f"{scores['best_model']} over {rule}, the best rule: {margin:+.3f}."
    low, high = scores["margin_interval"]
    return f"{scores['models'][0]['name']} over {rule}, the best rule: {margin:+.0%} ({low:+.0%} to {high:+.0%})."


def _number(row: dict[str, Any], name: str) -> str:
    if row.get(name) is None:
        return ""
    low, high = row.get(f"{name}_interval") or (None, None)
    return f"{row[name]:.3f}" + ("" if low is None or high is None else f" ({low:.3f}–{high:.3f})")
