"""Where and how plays are heard: device, country, shuffle, offline, in private, as video."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from groovelog.demo.columns import Bools, Ints, Words
from groovelog.demo.days import ORDINARY, Sessions
from groovelog.demo.habits import Person
from groovelog.demo.quarters import quarter_of

VIDEO_SHARE = 0.02
VIDEO_FROM = quarter_of(date(2022, 1, 1))


@dataclass(frozen=True)
class Setting:
    """`uploaded` plays were told to Spotify only at the end of their session, all at once."""

    device: Words
    country: Words
    shuffle: Bools
    offline: Bools
    incognito: Bools
    video: Bools
    uploaded: Bools


def countries(person: Person, spell: Ints) -> Words:
    told = np.array([*(one.country or person.country for one in person.spells), person.country])
    return told[np.where(spell == ORDINARY, len(person.spells), spell)]


def settings(person: Person, quarter: int, sat: Sessions, session: Ints, rng: np.random.Generator) -> Setting:
    """The setting of every play, told the number of its session; all but video is one for a session."""
    count = len(sat.plays)
    routines = person.routines
    music = np.array([one.hears == "music" for one in routines])[sat.routine]
    device = np.array([one.device for one in routines])[sat.routine]
    filmed = (quarter >= VIDEO_FROM) & music & (device == "desktop")
    return Setting(
        device=device[session],
        country=countries(person, sat.spell)[session],
        shuffle=(rng.random(count) < np.array([one.shuffle for one in routines])[sat.routine])[session],
        offline=(rng.random(count) < np.array([one.offline for one in routines])[sat.routine])[session],
        incognito=(rng.random(count) < person.incognito)[session],
        video=filmed[session] & (rng.random(len(session)) < VIDEO_SHARE),
        uploaded=np.zeros(len(session), dtype=np.bool_),
    )
