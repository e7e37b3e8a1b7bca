"""What really happened: the plays of an invented listener, whatever Spotify's files will show of them."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from groovelog.demo.catalogue import Catalogue
from groovelog.demo.choice import choose, drawn
from groovelog.demo.columns import Ints, joined, picked
from groovelog.demo.days import ORDINARY, Sessions, sessions
from groovelog.demo.habits import Person
from groovelog.demo.outcome import Outcome, outcomes, skip_chance
from groovelog.demo.quarters import first_day, quarter_of, second_of
from groovelog.demo.setting import Setting, settings
from groovelog.demo.taste import Season, per_scene, taste, weights

FLIGHT_REPEATS = 3


@dataclass(frozen=True)
class Life(Setting, Outcome):
    """One entry per play, in order of time; times are seconds of UTC since 1970.

    `item` numbers the catalogue's items. `told_at` is when Spotify learnt of the play: its stop, or later when a device
    without a connection uploaded several at once.
    """

    item: Ints
    stopped_at: Ints
    told_at: Ints

    def __len__(self) -> int:
        return len(self.item)


@dataclass(frozen=True)
class Items:
    """What was put on; numbers of the catalogue's items."""

    item: Ints


IN_THE_AIR = Setting(
    device=np.array(["phone"]),
    country=np.array(["ZZ"]),  # Spotify's word for not known
    shuffle=np.array([False]),
    offline=np.array([True]),
    incognito=np.array([False]),
    video=np.array([False]),
    uploaded=np.array([True]),
)
Stretch = tuple[Sessions, Items, Setting, Outcome]


def seeded(seed: int, person: Person, *more: int) -> np.random.Generator:
    return np.random.default_rng([seed, *person.name.encode(), *more])


def stretch(season: Season, rng: np.random.Generator) -> Stretch:
    """One quarter of a life, whole."""
    person, quarter = season.person, season.quarter
    sat = sessions(person, first_day(quarter), first_day(quarter + 1), rng)
    session = np.repeat(np.arange(len(sat.plays)), sat.plays)
    seats = picked(sat, session)
    item = choose(season, seats, rng)
    skip = skip_chance(season, item, seats.routine)
    return (
        sat,
        Items(item),
        settings(person, quarter, sat, session, rng),
        outcomes(season.catalogue, item, session, skip, rng),
    )


def heard_out(length: Ints) -> Outcome:
    return Outcome(
        ms_played=length,
        seconds=-(-length // 1000),
        reason_start=np.array(["trackdone"]),
        reason_end=np.array(["trackdone"]),
        cut_short=np.array([False]),
    )


def flight(season: Season, rng: np.random.Generator) -> Stretch:
    """One track, three times, heard out without a connection: only the device's clock tells Spotify's rows apart."""
    track = drawn(weights(season.liked, season.quarter, per_scene({})), 1, rng)
    length = season.catalogue.lengths[track]
    sat = Sessions(
        begins=np.array([second_of(first_day(season.quarter))]),
        routine=np.array([0]),
        spell=np.array([ORDINARY]),
        plays=np.array([FLIGHT_REPEATS]),
    )
    thrice = np.zeros(FLIGHT_REPEATS, dtype=np.int64)
    return (
        sat,
        picked(Items(track), thrice),
        picked(IN_THE_AIR, thrice),
        picked(heard_out(length), thrice),
    )


def clock(sat: Sessions, seconds: Ints) -> Ints:
    """The second at which every play stops; a session waits for the one before it to end."""
    so_far = np.cumsum(seconds)
    before = np.concatenate([[0], so_far])[np.cumsum(sat.plays) - sat.plays]
    begins = np.maximum.accumulate(sat.begins - before) + before
    return np.repeat(begins - before, sat.plays) + so_far


def live(person: Person, catalogue: Catalogue, *, end: date, seed: int) -> Life:
    """All plays told before the day `end` begins in UTC.

    A quarter leans on no other and is always lived whole, so that a later end adds plays and changes none.
    """
    liked = taste(person, catalogue, seeded(seed, person))
    told: list[Stretch] = []
    for quarter in range(quarter_of(person.since), quarter_of(end) + 1):
        season = Season(person, catalogue, liked, quarter)
        rng = seeded(seed, person, quarter)
        if quarter == person.flight:
            told.append(flight(season, rng))
        told.append(stretch(season, rng))
    sat = joined([part[0] for part in told])
    items = joined([part[1] for part in told])
    where = joined([part[2] for part in told])
    what = joined([part[3] for part in told])
    stopped_at = clock(sat, what.seconds)
    session_end = np.repeat(stopped_at[np.cumsum(sat.plays) - 1], sat.plays)
    told_at = np.where(where.uploaded, session_end, stopped_at)
    life = Life(**vars(items), **vars(where), **vars(what), stopped_at=stopped_at, told_at=told_at)
    return picked(life, told_at < second_of(end))
