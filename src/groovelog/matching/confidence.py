"""How sure a match is: one place for every weight and threshold, each with the evidence for its value."""

import math
from collections.abc import Iterable

# Confidence is 1 / (1 + exp(-odds)), where odds are the logarithm of the odds: those of equal names, less the weight of each
# penalty, plus what supports. A weight is what the tuning half of the labelled set (benchmarks/matching, invented songs, and
# 18,000 damaged queries about 41,000 real ones, of which every third song was taken out; without lengths) asks for: a penalty
# that was right n of n times costs no more than keeps the confidence below (n + 1) / (n + 2). "n of m" below: right ones among
# the queries that had this penalty alone.
EQUAL_NAMES = 5.5  # 0.996; 8,121 of 8,122

WEIGHTS = {
    # Title.
    "way of writing": 0.4,
    "article": 0.7,
    "article of a short title": 5.2,  # "One" and "The One" of one artist are two songs: seen in charts
    "script in title": 0.8,  # 40 of 40; more in other languages than the set has
    "letters of the script in title": 2.0,  # 17 of 17
    "slip in title": 0.8,  # 412 of 412
    "slips in title": 1.5,  # 167 of 168
    "slip into a word": 3.5,  # 39 of 39 slips; 1 of 2 near titles of one artist in charts
    "letter in a long title": 3.0,  # 11 of 11; 1 of 2 near titles
    "other word in title": 5.5,  # 22 of 53: as often another song as a slip
    "other word beside a slip": 2.5,  # 10 of 10
    "cut title": 1.3,  # 2,090 of 2,099
    "cut after words": 3.5,  # 140 of 143; 2 of 5 near titles
    "cut after a word": 5.0,  # a title of one or two words is whole as often as cut: of 20 in charts all were other songs
    "cut before a number": 3.5,  # 178 of 199; any movement or part may follow
    "cut before the version": 4.0,  # 72 of 72, but any version may follow
    "subtitle": 2.3,  # 41 of 42, and 32 of 41 near titles of one artist in charts
    "version told less": 4.8,  # two concerts are two recordings
    # Artist.
    "order of names": 0.3,  # 195 of 195
    "script in artist": 0.6,
    "letters of the script in artist": 1.8,
    "slip in artist": 0.8,  # 297 of 297
    "cut artist": 1.5,  # 248 of 248; many names begin alike
    "form of artist": 1.0,  # 293 of 293
    "initials": 1.5,  # 393 of 394
    "part of artist": 3.0,  # 372 of 374, most of them made; in charts 4 of 4
    "backing band": 1.0,  # 230 of 230
    "other main artist": 3.0,  # 13 of 13 in charts, with a guest not told
    "guest alone in common": 4.0,  # 3 of 13, with what goes along
    "guest not in query": 1.2,  # 278 of 278; histories tell the main artist alone
    "some guests not in reference": 1.5,
    "guest not in reference": 4.4,  # three of four lone guests are the same recording, the fourth is a remix with a guest
    # Length.
    "near length": 0.3,
    "other length": 1.2,
    "far other length": 2.5,
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
