"""How sure a match is: one place for every weight and threshold, each with the evidence for its value."""

import math
from collections.abc import Iterable

# Confidence is 1 / (1 + exp(-log-odds)); log-odds are those of names that are equal, less the weight of each penalty.
EQUAL_NAMES = 5.5  # 0.996

WEIGHTS = {
    "article": 0.7,
    "article of a short title": 4.0,
    "way of writing": 0.4,
    "script in title": 0.8,
    "subtitle": 2.0,
    "cut title": 1.3,
    "cut after a word": 5.0,
    "cut before the version": 4.0,
    "slip in title": 0.8,
    "slips in title": 1.5,
    "letter in a long title": 3.5,
    "other word in title": 5.5,
    "version told less": 4.8,
    "script in artist": 0.6,
    "slip in artist": 0.8,
    "form of artist": 1.0,
    "part of artist": 3.0,
    "order of names": 0.3,
    "initials": 1.5,
    "backing band": 1.0,
    "other main artist": 2.5,
    "guest not in reference": 4.4,
    "some guests not in reference": 1.5,
    "guest alone in common": 3.0,
    "guest not in query": 1.2,
    "near length": 0.3,
    "other length": 1.2,
    "far other length": 2.5,
    "rival": 3.0,
}
# Evidence beside the names.
SUPPORT = {"length": 2.0, "album": 0.8}

# At and above: matched. Below: ambiguous, or, where it is most likely not, unmatched.
THRESHOLD = 0.7
DOUBTFUL = 0.2
SURE = 0.9  # names so sure need no look at what merely looks alike
BY_ID = 0.9995
BY_ISRC = 0.998


def confidence(penalties: Iterable[str], support: Iterable[str] = ()) -> float:
    """The probability that a pair with these penalties is one recording."""
    return 1 / (1 + math.exp(-odds(penalties, support)))


def odds(penalties: Iterable[str], support: Iterable[str] = ()) -> float:
    """The logarithm of the odds of that."""
    return EQUAL_NAMES - sum(WEIGHTS[name] for name in penalties) + sum(SUPPORT[name] for name in support)
