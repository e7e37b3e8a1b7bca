"""How sure a match is: one place for every weight and threshold, each with the evidence for its value."""

import math
from collections.abc import Iterable

# Confidence is 1 / (1 + exp(-odds)), where odds are the logarithm of the odds: those of equal names, less the weight of each
# penalty, plus what supports. A weight is what the tuning half of the labelled set (benchmarks/matching, invented songs and
# 40,000 real ones, without lengths) asks for: a penalty that was right n of n times costs no more than keeps the confidence
# below (n + 1) / (n + 2). "right" below counts queries that had this penalty alone.
EQUAL_NAMES = 5.5  # 0.996; 4,523 of 4,525 right

WEIGHTS = {
    # Title.
    "way of writing": 0.4,
    "article": 0.7,
    "article of a short title": 5.2,  # "One" and "The One" of one artist are two songs: seen in charts
    "script in title": 0.8,  # 94 of 94 right; more in other languages than the set has
    "slip in title": 0.8,  # 281 of 281
    "slips in title": 1.5,  # 74 of 74
    "letter in a long title": 3.0,  # 8 of 8
    "other word in title": 5.5,  # 22 of 53: as often another song as a slip
    "other word beside a slip": 2.5,  # 10 of 10
    "cut title": 1.3,  # 295 of 298
    "cut long title": 3.5,
    "cut after a word": 5.0,  # short titles are whole more often than cut: not taken from the set, which has too few of these
    "cut before the version": 4.0,  # any version may follow
    "subtitle": 2.3,  # 14 of 14 in charts, 7 of 17 of the set's near titles
    "version told less": 4.8,  # two concerts are two recordings
    # Artist.
    "order of names": 0.3,  # 23 of 23
    "script in artist": 0.6,
    "slip in artist": 0.8,  # 186 of 186
    "form of artist": 1.0,  # 49 of 49
    "initials": 1.5,  # 40 of 40
    "part of artist": 3.0,
    "backing band": 1.0,
    "other main artist": 3.0,
    "guest alone in common": 4.0,  # 3 of 13, with what goes along
    "guest not in query": 1.2,  # 84 of 84; histories tell the main artist alone
    "some guests not in reference": 1.5,
    "guest not in reference": 4.4,  # three of four lone guests are the same recording, the fourth is a remix with a guest
    # Length, and another song that is as likely.
    "near length": 0.3,
    "other length": 1.2,
    "far other length": 2.5,
    "rival": 4.5,  # 13 of 23
}
# Evidence beside the names. Lengths of two songs of one artist agree within 3 s in one of twenty pairs, of one recording in
# nineteen of twenty: that is worth up to 2.9, of which a part is kept back for singles and albums that differ.
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
