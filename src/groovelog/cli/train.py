"""`groovelog train`: learn from each listener's plays what they finish and come back to."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from groovelog.pipeline.training import SEED, Trained, Wish
from groovelog.pipeline.training import train as train_all
from groovelog.recommend.allowed import WHY_NOT_API
from groovelog.recommend.stored import RANKING


def train(
    context: typer.Context,
    *,
    listener: Annotated[
        str | None, typer.Option(help="Whose plays; else of everybody, of invented ones where all are.", metavar="NAME")
    ] = None,
    include_api: Annotated[
        bool,
        typer.Option(
            "--include-api",
            help=f"Learn from what the Web API told, too. Left out else: {WHY_NOT_API}.",
        ),
    ] = False,
    seed: Annotated[int, typer.Option(help="Decides all that is drawn: the same makes the same model.", min=0)] = SEED,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Learn what each listener finishes and comes back to, from exports, scrobbles and references.

    Each listener has models of their own, learnt from their plays alone; `groovelog forget` deletes them.
    """
    wish = Wish(seed=seed, include_api=include_api, now=datetime.now(UTC))
    done = train_all(context.obj, listener, wish=wish, told=_say)
    if as_json:
        sys.stdout.write(json.dumps({"models": [_told(one) for one in done]}) + "\n")
        return
    for one in done:
        sys.stdout.write(_sentence(one) + "\n")


def _say(name: str) -> None:
    sys.stderr.write(f"Learning from {name}'s plays ...\n")


def _told(one: Trained) -> dict[str, Any]:
    about = one.about
    return {
        "listener": one.listener,
        "kind": one.kind,
        "trained": about is not None,
        "why_not": one.why_not,
        "run": about.run if about else None,
        "seed": about.seed if about else None,
        "made_at": about.made_at if about else None,
        "scores": about.scores if about else None,
    }


def _sentence(one: Trained) -> str:
    if one.about is None:
        return f"{one.kind}: not trained. {one.why_not}"
    if one.kind == RANKING:
        scores = one.about.scores
        told = f"nDCG@10 {_best(scores['models'], 'ndcg_at_10')}, best rule {_best(scores['baselines'], 'ndcg_at_10')}"
    else:
        told = "; ".join(
            f"{goal} AUC {_best(rows['models'], 'auc')}, best rule {_best(rows['baselines'], 'auc')}"
            for goal, rows in one.about.scores.items()
        )
    return f"{one.kind} of {one.listener}: {told}"


def _best(rows: list[dict[str, Any]], figure: str) -> str:
    told = [row[figure] for row in rows if row.get(figure) is not None]
    return f"{max(told):.3f}" if told else "–"
