"""The scores as Markdown tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from benchmarks.joining.table import markdown
from benchmarks.matching.labelled import Query
from benchmarks.matching.score import Answer, Score, score

HEAD = ("method", "precision", "recall", "F1", "absent answered", "calibration error", "speed")
ONE = "normalised join"  # whose speed is 1


def methods_table(scores: Mapping[str, Score], seconds: Mapping[str, float]) -> str:
    """Speed is the ratio to the normalised join's in the same run: 2 is twice as quick."""
    return markdown(HEAD, [_line(name, told, seconds[ONE] / seconds[name]) for name, told in scores.items()])


def _line(name: str, told: Score, speed: float) -> tuple[str, ...]:
    rates = (told.precision, told.recall, told.f1, told.absent)
    joins = "join" in name
    return (name, *map(_share, rates), "" if joins else _share(told.calibration_error), f"{speed:.3g}")


def by_category(queries: Sequence[Query], answers: Sequence[Answer]) -> str:
    grouped: dict[str, list[tuple[Query, Answer]]] = defaultdict(list)
    for query, answer in zip(queries, answers, strict=True):
        grouped[query.category].append((query, answer))
    lines = []
    for category, pairs in sorted(grouped.items()):
        told = score(*zip(*pairs, strict=True))
        shown = told.precision if told.recall is not None else None
        lines.append((category, f"{told.queries:,}", _share(shown), _share(told.recall), _share(told.absent)))
    return markdown(("category", "queries", "precision", "recall", "absent answered"), lines)


def curve(told: Sequence[tuple[int, float, float]]) -> str:
    lines = [(f"{said:.3f}", f"{count:,}", f"{right:.3f}") for count, said, right in told]
    return markdown(("mean confidence", "answers", "of these right"), lines)


def _share(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.3f}"
