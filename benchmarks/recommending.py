"""How quick suggestions are, and how good co-listening is beside a published library, in one run.

`python -m benchmarks.recommending [--peer PYTHON]`. Neighbours: 120,000 rows of nine features, exact, beside a full sort of
them. Implicit feedback: no open set comes with a package, so one is made: 2,000 people, 1,500 songs of 12 hidden kinds, people
drawn to three of them, each with 30 songs of which five are kept back. Recall@10 of co-listening as Groovelog counts it, of
popularity, and, with `--peer`, a Python that has `implicit`, of its item-item cosine and its ALS. The ceiling is the truth.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.measure import keep
from groovelog.recommend.neighbours import COLUMNS, nearest, sound
from groovelog.recommend.songs import AUDIO

PEOPLE, SONGS, KINDS, EACH, KEPT = 2_000, 1_500, 12, 30, 5
ROWS = 120_000
PEER = """
import sys, json, numpy as np, scipy.sparse as sp
from implicit.nearest_neighbours import CosineRecommender
from implicit.als import AlternatingLeastSquares
from threadpoolctl import threadpool_limits
told = np.load(sys.argv[1]); seen, kept = told["seen"], told["kept"]
people, songs = int(told["people"]), int(told["songs"])
matrix = sp.csr_matrix((np.ones(len(seen), dtype="f4"), (seen[:, 0], seen[:, 1])), shape=(people, songs))
threadpool_limits(1)
out = {}
models = {"implicit cosine": CosineRecommender(K=songs), "implicit ALS": AlternatingLeastSquares(factors=24, random_state=0)}
for name, model in models.items():
    model.fit(matrix, show_progress=False)
    ids, _ = model.recommend(np.arange(people), matrix, N=10, filter_already_liked_items=True)
    out[name] = float(np.mean([len(set(ids[p]) & set(kept[p])) / len(kept[p]) for p in range(people)]))
print(json.dumps(out))
"""


def planted(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(person, song) seen, songs kept back of each person, and the chance of every song for every person."""
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, KINDS, SONGS)
    appeal = rng.lognormal(0, 1, SONGS)
    taste = np.full((PEOPLE, KINDS), 0.03)
    for person in range(PEOPLE):
        taste[person, rng.choice(KINDS, 3, replace=False)] = 1.0
    chance = taste[:, kind] * appeal
    chance /= chance.sum(axis=1, keepdims=True)
    picked = np.array([rng.choice(SONGS, EACH, replace=False, p=chance[person]) for person in range(PEOPLE)])
    seen = np.column_stack([np.repeat(np.arange(PEOPLE), EACH - KEPT), picked[:, :-KEPT].ravel()])
    return seen, picked[:, -KEPT:], chance


def recall(scores: np.ndarray, seen: np.ndarray, kept: np.ndarray) -> float:
    scores = scores.copy()
    scores[seen[:, 0], seen[:, 1]] = -np.inf
    first = np.argpartition(-scores, 10, axis=1)[:, :10]
    return float(np.mean([len({*first[p].tolist()} & {*kept[p].tolist()}) / KEPT for p in range(PEOPLE)]))


def co_listening(seen: np.ndarray) -> np.ndarray:
    """The rule of `recommend.colistening`, c / sqrt(a b), over all pairs at once; a person's songs are a session."""
    matrix = np.zeros((PEOPLE, SONGS), dtype=np.float32)
    matrix[seen[:, 0], seen[:, 1]] = 1
    together = matrix.T @ matrix
    count = np.diag(together).copy()
    np.fill_diagonal(together, 0)
    told: np.ndarray = matrix @ (together / np.sqrt(np.maximum(np.outer(count, count), 1)))
    return told


def neighbours() -> dict[str, float]:
    audio = np.full((ROWS, len(AUDIO)), np.nan)
    audio[:, COLUMNS] = np.random.default_rng(0).normal(size=(ROWS, len(COLUMNS)))
    space = sound(audio)
    took, floor = [], []
    for row in range(50):
        began = time.perf_counter()
        found, _ = nearest(space, space.points[row], 50)
        took.append(time.perf_counter() - began)
        began = time.perf_counter()
        by_hand = np.argsort(((space.points - space.points[row]) ** 2).sum(axis=1), kind="stable")[:50]
        floor.append(time.perf_counter() - began)
        assert set(found.tolist()) == set(by_hand.tolist())
    return {"ms": 1_000 * float(np.median(took)), "full_sort_ms": 1_000 * float(np.median(floor)), "rows": ROWS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="a Python that has the package implicit")
    asked = parser.parse_args()
    seen, kept, chance = planted()
    popular = np.bincount(seen[:, 1], minlength=SONGS)[None].repeat(PEOPLE, axis=0).astype(float)
    told = {
        "ceiling": recall(chance, seen, kept),
        "co-listening": recall(co_listening(seen), seen, kept),
        "popularity": recall(popular, seen, kept),
    }
    if asked.peer:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "set.npz"
            np.savez(place, seen=seen, kept=kept, people=PEOPLE, songs=SONGS)
            answer = subprocess.run([asked.peer, "-c", PEER, str(place)], check=True, capture_output=True, text=True)
        told |= json.loads(answer.stdout.splitlines()[-1])
    near = neighbours()
    keep("recommending.json", "recall_at_10", [{"method": name, "recall_at_10": value} for name, value in told.items()])
    keep("recommending.json", "neighbours", [near])
    sys.stdout.write(json.dumps({"recall_at_10": told, "neighbours": near}, indent=1) + "\n")


if __name__ == "__main__":
    main()
