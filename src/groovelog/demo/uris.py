"""Invented Spotify URIs: the right shape, the wrong luck to name anything."""

import string

import numpy as np

BASE62 = np.array(list(string.digits + string.ascii_letters))
LENGTH = 22


def spotify_uris(kind: str, count: int, rng: np.random.Generator) -> list[str]:
    ids = BASE62[rng.integers(0, len(BASE62), (count, LENGTH))]
    return [f"spotify:{kind}:{letters}" for letters in ids.view(f"U{LENGTH}").ravel().tolist()]
