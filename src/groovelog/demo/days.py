"""When somebody sits down to listen: a person's routines and spells, day by day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from groovelog.demo.columns import Ints
from groovelog.demo.habits import Person, Spell

ORDINARY = -1
LOUDER_OR_QUIETER = 0.3  # how far a day strays from the usual


@dataclass(frozen=True)
class Sessions:
    """One entry per session, in order: the UTC second it begins, numbers of routine and spell (or ORDINARY), plays."""

    begins: Ints
    routine: Ints
    spell: Ints
    plays: Ints


def is_in(spell: Spell, day: date) -> bool:
    return spell.first <= (day.month, day.day) <= spell.last


def spell_of(person: Person, day: date) -> int:
    return next((number for number, spell in enumerate(person.spells) if is_in(spell, day)), ORDINARY)


def rates(person: Person, day: date, spell: int) -> list[float]:
    """Sessions to expect of each routine on a day."""
    if day < person.since:
        return [0.0] * len(person.routines)
    factors = person.spells[spell].rates if spell != ORDINARY else {}
    return [
        routine.rate * factors.get(routine.name, 1.0) if day.weekday() in routine.days else 0.0
        for routine in person.routines
    ]


def midnight(day: date, zone: ZoneInfo) -> float:
    """The UTC second at which a day would begin if it had its noon's offset all day; near enough to place a session."""
    noon = datetime.combine(day, time(12), zone).astimezone(UTC)
    return noon.timestamp() - 12 * 3600


def sessions(person: Person, first: date, beyond: date, rng: np.random.Generator) -> Sessions:
    """The sessions that begin on the days from `first` up to `beyond`."""
    days = [first + timedelta(days=number) for number in range((beyond - first).days)]
    spells = [spell_of(person, day) for day in days]
    expected = np.array([rates(person, day, spell) for day, spell in zip(days, spells, strict=True)])
    mood = rng.lognormal(0, LOUDER_OR_QUIETER, (len(days), 1))
    counts = rng.poisson(expected * mood)
    day, routine = (np.repeat(numbers.ravel(), counts.ravel()) for numbers in np.indices(counts.shape))

    hour = np.array([one.hour for one in person.routines])[routine]
    spread = np.array([one.spread for one in person.routines])[routine]
    usual = np.array([one.plays for one in person.routines])[routine]
    zone = ZoneInfo(person.timezone)
    starts = np.array([midnight(one, zone) for one in days])[day] + 3600 * rng.normal(hour, spread)
    plays = np.where(usual > 1, np.ceil(usual * rng.lognormal(-0.12, 0.5, len(day))), 1)

    order = np.argsort(starts, kind="stable")
    return Sessions(
        starts[order].astype(np.int64), routine[order], np.array(spells)[day][order], plays[order].astype(np.int64)
    )
