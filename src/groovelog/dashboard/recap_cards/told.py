"""What the cards are drawn from: answers of reports as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

STAYED = "stayed"


@dataclass(frozen=True)
class Fact:
    """A row of the report `recap`."""

    value: int
    plays: int
    ms_played: int
    name: str | None = None
    artist_name: str | None = None
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True)
class Recap:
    """A period of one listener's. Beside the facts is there what the card that is drawn needs.

    facts      by their names in the report `recap`
    days       ms played by local date, each from the first kept play to the last (listening-over-time)
    week       ms played by weekday (Monday is 0) and hour (heatmap)
    leaders    the most played artists and their plays (top-artists)
    clocks     of artists: by hour their share of all plays then, None of hours with few plays (artist-hours)
    new        first dates of the artists that were new, and what became of them (first-plays)
    track_days dates of the plays of the most played track (recap-plays)
    """

    title: str
    first: date
    last: date
    listener: str
    rule: str
    facts: Mapping[str, Fact]
    days: Mapping[date, int] = field(default_factory=dict)
    week: Mapping[tuple[int, int], int] = field(default_factory=dict)
    leaders: Sequence[tuple[str, int]] = ()
    clocks: Mapping[str, Sequence[float | None]] = field(default_factory=dict)
    new: Sequence[tuple[date, str]] = ()
    track_days: Sequence[date] = ()

    @property
    def named(self) -> list[str]:
        """Every name that a card may show."""
        told = [name for fact in self.facts.values() for name in (fact.name, fact.artist_name)]
        return list(dict.fromkeys(name for name in (*told, *(name for name, _ in self.leaders)) if name))


@dataclass(frozen=True)
class Look:
    """What a card may show. `undrawable` are names that no font here has the signs of: they are shown as prints alone."""

    listener: bool = False
    names: bool = True
    undrawable: frozenset[str] = frozenset()

    def shows(self, name: str | None) -> bool:
        return self.names and name is not None and name not in self.undrawable


@dataclass(frozen=True)
class Box:
    """A place on the card."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.wide / 2, self.y + self.high / 2


@dataclass(frozen=True)
class Behind:
    """Where the numbers of a card can be looked up: a report, and what is asked of it beside the period."""

    report: str
    what: str | None = None
    top: int | None = None


@dataclass(frozen=True)
class Card:
    """One card: its picture as SVG, what it says in a sentence, and what is behind it."""

    key: str
    says: str
    svg: str
    behind: Behind
