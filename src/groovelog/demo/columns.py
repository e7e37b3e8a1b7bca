"""Records of columns: dataclasses whose every field is an array of one length."""

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Words = NDArray[np.str_]
Columns = TypeVar("Columns", bound="DataclassInstance")


def joined(parts: Sequence[Columns]) -> Columns:
    """All rows of the parts, one part after the other."""
    first = parts[0]
    return type(first)(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(first)))


def picked(table: Columns, rows: Bools | Ints) -> Columns:
    return type(table)(*(getattr(table, field.name)[rows] for field in fields(table)))
