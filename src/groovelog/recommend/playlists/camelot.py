"""The Camelot wheel: which keys go into each other without a clash.

It is the circle of fifths as a clock face: twelve hours, each with a minor key (A) and its relative major (B). A step of an
hour changes one note of the scale, and so sounds near. Names and places as Mark Davis published them for Mixed In Key
(https://mixedinkey.com/camelot-wheel/); the circle is Heinichen's of 1728.
"""

from typing import Final

HOURS: Final = 12
MINOR, MAJOR = 0, 1
# By pitch class (0 C, 1 C♯ … 11 B, as Spotify has them): the hour of the minor key, and of the major.
WHEEL: Final = {
    0: (5, 8), 1: (12, 3), 2: (7, 10), 3: (2, 5), 4: (9, 12), 5: (4, 7),
    6: (11, 2), 7: (6, 9), 8: (1, 4), 9: (8, 11), 10: (3, 6), 11: (10, 1),
}  # fmt: skip
LETTERS: Final = ("A", "B")
# Six hours to the other side, and the change between minor and major.
FARTHEST: Final = HOURS // 2 + 1

Place = tuple[int, int]


def place(key: int | None, mode: int | None) -> Place | None:
    """The hour, 1 to 12, and the ring, 0 minor or 1 major; None where key or mode is not known (Spotify: -1)."""
    if key not in WHEEL or mode not in (MINOR, MAJOR):
        return None
    return WHEEL[key][mode], mode


def name(key: int | None, mode: int | None) -> str | None:
    """As DJs write it.

    >>> name(9, 0), name(0, 1), name(-1, 1)
    ('8A', '8B', None)
    """
    at = place(key, mode)
    return None if at is None else f"{at[0]}{LETTERS[at[1]]}"


def distance(one: Place, other: Place) -> int:
    """Steps on the wheel: hours the shorter way round, and one for the change of ring; 0 to `FARTHEST`.

    >>> distance((8, 0), (9, 0)), distance((8, 0), (8, 1)), distance((1, 0), (12, 0)), distance((2, 0), (8, 1))
    (1, 1, 1, 7)
    """
    around = abs(one[0] - other[0])
    return min(around, HOURS - around) + (one[1] != other[1])
