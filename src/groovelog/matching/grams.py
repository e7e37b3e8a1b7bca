"""An inverted index of three-letter runs: which texts look and sound alike, misspelt, cut or romanised another way."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_SYMBOLS = 64  # 36 letters and digits and the end of a text, in six bits
_GRAMS = _SYMBOLS**3
_LEAST = 1e-9  # a text without grams weighs nothing, and shares nothing
# As `names.sounded`: one letter per sound. The end of a text is 0, and letters that are seldom heard count as their kin.
SOUNDS = str.maketrans("lyjwqczgdb", "riivkksktp")


def _symbols() -> npt.NDArray[np.int64]:
    table = np.zeros(256, np.int64)
    for number, sign in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", start=1):
        table[ord(sign)] = number
    for sign in "lyjwqczgdb":
        table[ord(sign)] = table[ord(sign.translate(SOUNDS))]
    table[(table == 0) & (np.arange(256) != ord("\n"))] = 37
    return table


_TABLE = _symbols()


def grams_of(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """The distinct (gram, number of the text) of texts, sorted; the first and last letter make grams with the end.

    A text is letters and digits (`keys.squeezed`); a letter twice in a row counts once.
    """
    joined = ("\n" + "\n".join(text.replace("\n", " ") for text in texts) + "\n").encode("ascii", "replace")
    signs = _TABLE[np.frombuffer(joined, np.uint8)]
    kept = np.ones(len(signs), bool)
    kept[1:] = (signs[1:] != signs[:-1]) | (signs[1:] == 0)
    signs = signs[kept]
    owner = np.cumsum(signs == 0) - 1
    middle = signs[1:-1] != 0
    gram = (signs[:-2] * _SYMBOLS + signs[1:-1]) * _SYMBOLS + signs[2:]
    together = (gram[middle] << 32) | owner[1:-1][middle]
    together.sort()  # np.unique takes three times as long
    together = together[np.concatenate([[True], together[1:] != together[:-1]])] if len(together) else together
    return together >> 32, together & 0xFFFFFFFF


@dataclass(frozen=True)
class Grams:
    """The index of some texts: for each gram the numbers of the texts that have it, from `start` on; `total` is the weight of
    each text's grams. `cosine` and `within` tell how alike each text is to a query's grams."""

    owner: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    total: Floats

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Grams":
        gram, owner = grams_of(texts)
        start = np.searchsorted(gram, np.arange(_GRAMS + 1)).astype(np.int32)
        total = np.bincount(owner, weights=_weights(start, len(texts))[gram], minlength=len(texts))
        return cls(owner.astype(np.int32), start, np.maximum(total, _LEAST))

    @cached_property
    def _weight(self) -> Floats:
        return _weights(self.start, len(self.total))

    @cached_property
    def _scale(self) -> Floats:
        scale: Floats = 1 / np.sqrt(self.total)
        return scale

    def cosine(self, grams: Ints) -> Floats:
        """Shared weight by the geometric mean of both sides' weights, for every text."""
        weight = max(float(self._weight[grams].sum()), _LEAST)
        alike: Floats = self._shared(grams) * self._scale / np.sqrt(weight)
        return alike

    def within(self, grams: Ints) -> Floats:
        """Shared weight by that of the lighter side: one artist of several is enough."""
        weight = max(float(self._weight[grams].sum()), _LEAST)
        alike: Floats = self._shared(grams) / np.minimum(self.total, weight)
        return alike

    def _shared(self, grams: Ints) -> Floats:
        starts, ends = self.start[grams], self.start[grams + 1]
        owners = [self.owner[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        if not owners:
            return np.zeros(len(self.total))
        weights = np.repeat(self._weight[grams], ends - starts)
        shared = np.bincount(np.concatenate(owners), weights=weights, minlength=len(self.total))
        return shared.astype(np.float64, copy=False)


def _weights(start: npt.NDArray[np.int32], texts: int) -> Floats:
    """A gram that few texts have weighs more; one that all have still weighs: a reference may be of one artist."""
    weights: Floats = np.log1p((1 + texts) / (1 + np.diff(start)))
    return weights
