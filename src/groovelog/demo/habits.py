"""What a habit is: routines of a day, spells of a year, and how somebody chooses and skips."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
EVERY_DAY = (*WORKDAYS, *WEEKEND)
ALIKE: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True)
class Routine:
    """A time of day with music; a session of it is a row of plays without a pause.

    `hour` is local and may pass 24: 25.5 is half past one on the next calendar day. `rate` counts sessions a day,
    `plays` the plays of a usual session. `scenes` says how much more or less of a scene is wanted than usual.
    """

    name: str
    days: tuple[int, ...]
    hour: float
    spread: float
    rate: float
    plays: float
    device: str
    scenes: Mapping[str, float] = field(default_factory=lambda: ALIKE)
    shuffle: float = 0.3
    skips: float = 1.0
    offline: float = 0.0
    hears: str = "music"


@dataclass(frozen=True)
class Spell:
    """Holidays, exam weeks: a stretch of every year that changes routines, both days inclusive, not across New Year."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    rates: Mapping[str, float] = field(default_factory=lambda: ALIKE)
    scenes: Mapping[str, float] = field(default_factory=lambda: ALIKE)
    country: str | None = None


@dataclass(frozen=True)
class Tastes:
    """How somebody chooses: what they like, how fast they find artists, and what they tire of.

    `obsession` is the share of plays that goes to the one track of an obsession while it lasts. The `dropped` artists
    are favourites until `drops_on`, the first day of a quarter, and are never played again.
    """

    scenes: Mapping[str, float]
    known_at_first: int
    found_per_quarter: float
    obsession: float
    skip: float
    skips: Mapping[str, float] = field(default_factory=lambda: ALIKE)
    dropped: int = 0
    drops_on: date = date.max


@dataclass(frozen=True)
class Packing:
    """How a person's exports come: under old names or new, zips in a zip, the extended one ending some days early."""

    old_names: bool = False
    nested: bool = False
    extended_days_behind: int = 0


@dataclass(frozen=True)
class Person:
    """An invented listener. `flight` is a quarter that begins in the air (life.py says how)."""

    name: str
    timezone: str
    country: str
    since: date
    routines: tuple[Routine, ...]
    tastes: Tastes
    spells: tuple[Spell, ...] = ()
    shows: tuple[str, ...] = ()
    books: tuple[tuple[str, date], ...] = ()
    incognito: float = 0.01
    flight: int | None = None
    packing: Packing = field(default_factory=Packing)
