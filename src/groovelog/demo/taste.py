"""What somebody likes, when: the weight of every track for one person, one quarter and one routine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from groovelog.demo.catalogue import SCENES, Catalogue
from groovelog.demo.columns import Floats, Ints
from groovelog.demo.habits import Person
from groovelog.demo.quarters import quarter_of

STAYS = 0.2  # an artist just found is wanted fully; in the end so much of that is left,
FRESH_QUARTERS = 5.0  # and after so many quarters a third of the difference
NEVER = quarter_of(date.max)
DROPPED_WERE = 12.0  # how much more the favourites were wanted that are later dropped


@dataclass(frozen=True)
class Taste:
    """One value per track; quarters are numbered, and `until` is the first without the track."""

    appeal: Floats
    found: Ints
    released: Ints
    scene: Ints
    until: Ints


@dataclass(frozen=True)
class Season:
    """Somebody in one quarter of a year, with what they like."""

    person: Person
    catalogue: Catalogue
    liked: Taste
    quarter: int


def per_scene(factors: Mapping[str, float]) -> Floats:
    unknown = set(factors) - {scene.name for scene in SCENES}
    if unknown:
        raise ValueError(f"no such scene: {sorted(unknown)}")
    return np.array([factors.get(scene.name, 1.0) for scene in SCENES])


def taste(person: Person, catalogue: Catalogue, rng: np.random.Generator) -> Taste:
    position = {artist.name: number for number, artist in enumerate(catalogue.artists)}
    artist = np.array([position[track.album.artist.name] for track in catalogue.tracks])
    artist_scene = np.array([SCENES.index(one.scene) for one in catalogue.artists])
    released = np.array([quarter_of(track.album.released) for track in catalogue.tracks])

    liking = per_scene(person.tastes.scenes)[artist_scene]
    # The better liked a scene, the earlier its artists are met; the root lets those of an unloved one be met at all.
    met = np.argsort(np.argsort(rng.exponential(size=len(liking)) / np.sqrt(liking)))
    begin = quarter_of(person.since)
    waited = np.maximum(0, met - person.tastes.known_at_first + 1)
    found = begin + np.ceil(waited / person.tastes.found_per_quarter).astype(np.int64)

    debut = np.full(len(liking), NEVER)
    np.minimum.at(debut, artist, released)
    old_friends = np.flatnonzero((found == begin) & (debut <= begin))
    dropped = old_friends[np.argsort(met[old_friends])][: person.tastes.dropped]
    fondness = np.sqrt(liking) * rng.lognormal(0, 0.7, len(liking))
    fondness[dropped] = np.median(fondness) * DROPPED_WERE
    until = np.full(len(liking), NEVER)
    until[dropped] = quarter_of(person.tastes.drops_on)

    appeal = fondness[artist] * rng.lognormal(0, 0.85, len(artist))
    return Taste(appeal, found[artist], released, artist_scene[artist], until[artist])


def weights(liked: Taste, quarter: int, scenes: Floats) -> Floats:
    """How likely each track is to be put on; 0 for what is not found yet, not out yet, or dropped."""
    within_reach = (liked.found <= quarter) & (liked.released <= quarter) & (quarter < liked.until)
    age = np.maximum(0, quarter - liked.found)
    fresh = STAYS + (1 - STAYS) * np.exp(-age / FRESH_QUARTERS)
    return np.where(within_reach, liked.appeal * fresh * scenes[liked.scene], 0.0)
