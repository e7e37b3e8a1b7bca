"""Precision, recall and calibration of answers to labelled queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.matching.labelled import Query

BINS = 10


@dataclass(frozen=True)
class Answer:
    """What a method says: a row, or None; and how sure it is."""

    ref_id: str | None
    confidence: float


@dataclass(frozen=True)
class Score:
    """Rates over some queries; a rate of nothing is None. `absent`: the share of those without an answer that got one."""

    queries: int
    precision: float | None
    recall: float | None
    absent: float | None
    calibration_error: float | None

    @property
    def f1(self) -> float | None:
        if not self.precision or not self.recall:
            return None
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def score(queries: Sequence[Query], answers: Sequence[Answer]) -> Score:
    pairs = list(zip(queries, answers, strict=True))
    given = [(query, answer) for query, answer in pairs if answer.ref_id is not None]
    right = sum(answer.ref_id in query.answers for query, answer in given)
    known = sum(bool(query.answers) for query in queries)
    absent = len(queries) - known
    wrongly = sum(not query.answers for query, _ in given)
    curve = reliability([(answer.confidence, answer.ref_id in query.answers) for query, answer in given])
    return Score(
        len(queries),
        right / len(given) if given else None,
        right / known if known else None,
        wrongly / absent if absent else None,
        sum(count * abs(said - true) for count, said, true in curve) / len(given) if given else None,
    )


def reliability(told: Sequence[tuple[float, bool]]) -> list[tuple[int, float, float]]:
    """Of each tenth of the scale: answers, mean confidence, share that is right."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in told:
        bins[min(int(sure * BINS), BINS - 1)].append((sure, right))
    return [
        (len(some), sum(sure for sure, _ in some) / len(some), sum(right for _, right in some) / len(some))
        for _, some in sorted(bins.items())
    ]
