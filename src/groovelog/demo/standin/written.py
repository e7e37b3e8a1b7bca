"""How ids and times are written."""

import hashlib
from datetime import datetime
from functools import cache

from groovelog.demo.uris import BASE62, LENGTH

LETTERS = "".join(BASE62.tolist())


@cache
def invented_id(*words: str) -> str:
    """22 letters and digits that are always the same for the same words."""
    number = int.from_bytes(hashlib.sha256("\n".join(words).encode()).digest(), "big")
    letters = ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


def in_ms(moment: datetime) -> int:
    """Milliseconds since 1970, cut."""
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000


def timestamp(moment: datetime) -> str:
    """As `played_at` is told: 2026-11-22T10:00:00.123Z."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def whole_seconds(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
