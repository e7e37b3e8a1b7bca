"""What is put on: the item of every play of one quarter."""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from groovelog.demo.catalogue import Catalogue
from groovelog.demo.columns import Bools, Floats, Ints
from groovelog.demo.days import ORDINARY, Sessions
from groovelog.demo.habits import Person, Routine
from groovelog.demo.quarters import first_day, second_of
from groovelog.demo.spoken import SHOWS, WEEKS, episode_of_week
from groovelog.demo.taste import Season, per_scene, weights

CHAPTER_DAYS = 4  # an audiobook lasts its chapters times so many days, however often it is taken up
FORMER_EPISODE = 0.3  # share of podcast plays that are not of the newest episode


def drawn(likely: Floats, count: int, rng: np.random.Generator) -> Ints:
    """Positions, each as often as its weight says."""
    heaped = np.cumsum(likely)
    places: Ints = np.searchsorted(heaped, rng.random(count) * heaped[-1], side="right")
    return places


def scenes_of(person: Person, routine: Routine, spell: int) -> Floats:
    wanted = per_scene(routine.scenes)
    return wanted if spell == ORDINARY else wanted * per_scene(person.spells[spell].scenes)


def episode(person: Person, catalogue: Catalogue, day: date, rng: np.random.Generator) -> int:
    """One of the person's shows, mostly its newest episode."""
    on_air = [
        (number, newest)
        for number, show in enumerate(SHOWS)
        if show.name in person.shows and (newest := episode_of_week(show, day)) is not None
    ]
    show, newest = on_air[int(rng.random() * len(on_air))]
    week = int(rng.random() * (newest + 1)) if rng.random() < FORMER_EPISODE else newest
    return len(catalogue.tracks) + show * WEEKS + week


def chapter(person: Person, catalogue: Catalogue, day: date) -> int | None:
    """The chapter somebody has come to by a day; None between two books."""
    for title, begun in person.books:
        reached = (day - begun) // timedelta(days=CHAPTER_DAYS)
        mine = [number for number, one in enumerate(catalogue.chapters) if one.book.name == title]
        if 0 <= reached < len(mine):
            return len(catalogue.tracks) + len(catalogue.episodes) + mine[reached]
    return None


def obsession(season: Season, begins: Ints, rng: np.random.Generator) -> tuple[int, Bools]:
    """The one track somebody cannot leave alone for some weeks of the quarter, and the plays it takes."""
    track = int(drawn(weights(season.liked, season.quarter, per_scene({})), 1, rng)[0])
    opens = second_of(first_day(season.quarter)) + rng.uniform(0, 45) * 86_400
    closes = opens + rng.uniform(21, 40) * 86_400
    taken = rng.random(len(begins)) < season.person.tastes.obsession
    return track, taken & (begins >= opens) & (begins < closes)


def spoken(person: Person, catalogue: Catalogue, routine: Routine, day: date, rng: np.random.Generator) -> int:
    """An episode, or a chapter while there is a book to hear."""
    reached = chapter(person, catalogue, day) if routine.hears == "audiobook" else None
    return episode(person, catalogue, day, rng) if reached is None else reached


def choose(season: Season, seats: Sessions, rng: np.random.Generator) -> Ints:
    """The item of every play; `seats` has for each the row of its session."""
    person, catalogue = season.person, season.catalogue
    track, taken = obsession(season, seats.begins, rng)
    item = np.zeros(len(seats.begins), dtype=np.int64)
    for number, spell in sorted(set(zip(seats.routine.tolist(), seats.spell.tolist(), strict=True))):
        plays = np.flatnonzero((seats.routine == number) & (seats.spell == spell))
        routine = person.routines[number]
        if routine.hears == "music":
            likely = weights(season.liked, season.quarter, scenes_of(person, routine, spell))
            item[plays] = np.where(taken[plays], track, drawn(likely, len(plays), rng))
        else:
            days = [datetime.fromtimestamp(second, UTC).date() for second in seats.begins[plays].tolist()]
            item[plays] = [spoken(person, catalogue, routine, day, rng) for day in days]
    return item
