"""An invented world of music: scenes, artists, albums, tracks."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from groovelog.demo.columns import Ints
from groovelog.demo.naming import artist_name, title, unused
from groovelog.demo.spoken import Chapter, Episode, chapters, shows_and_episodes
from groovelog.demo.uris import spotify_uris
from groovelog.demo.words import TONGUES, Tongue

ARTISTS = 480
FIRST_RELEASE = date(1972, 1, 1)
LAST_RELEASE = date(2028, 12, 31)


@dataclass(frozen=True)
class Scene:
    """A kind of music; energy, acousticness and instrumentalness run from 0 to 1."""

    name: str
    energy: float
    acousticness: float
    instrumentalness: float
    minutes: float


@dataclass(frozen=True)
class Artist:
    """Who makes the music, with traits scattered around the scene's."""

    name: str
    tongue: Tongue
    scene: Scene
    energy: float
    acousticness: float
    instrumentalness: float


@dataclass(frozen=True)
class Album:
    name: str
    artist: Artist
    released: date


@dataclass(frozen=True)
class Track:
    uri: str
    name: str
    album: Album
    length_ms: int


Item = Track | Episode | Chapter


@dataclass(frozen=True)
class Catalogue:
    """All there is to hear. No artist has two tracks of one name, so a URI and a pair of names say the same."""

    artists: tuple[Artist, ...]
    tracks: tuple[Track, ...]
    episodes: tuple[Episode, ...]
    chapters: tuple[Chapter, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What a play can be of: tracks, then episodes, then chapters."""
        return (*self.tracks, *self.episodes, *self.chapters)

    @cached_property
    def lengths(self) -> Ints:
        """Length of every item in ms."""
        return np.array([item.length_ms for item in self.items])


SCENES = (
    Scene("ambient", 0.15, 0.55, 0.90, 5.5),
    Scene("bossa", 0.35, 0.75, 0.15, 3.2),
    Scene("chamber", 0.20, 0.92, 0.85, 4.6),
    Scene("city pop", 0.65, 0.20, 0.05, 4.1),
    Scene("dream pop", 0.50, 0.25, 0.30, 4.2),
    Scene("drum and bass", 0.93, 0.03, 0.70, 4.8),
    Scene("folk", 0.30, 0.85, 0.08, 3.4),
    Scene("hip hop", 0.68, 0.15, 0.03, 3.1),
    Scene("jazz", 0.40, 0.70, 0.55, 5.2),
    Scene("lo-fi", 0.28, 0.45, 0.88, 2.4),
    Scene("metal", 0.95, 0.02, 0.20, 4.9),
    Scene("punk", 0.90, 0.05, 0.04, 2.3),
    Scene("soul", 0.55, 0.40, 0.05, 3.7),
    Scene("techno", 0.85, 0.04, 0.80, 6.1),
    Scene("winter songs", 0.42, 0.60, 0.10, 3.3),
)


def near(middle: float, rng: np.random.Generator) -> float:
    return float(np.clip(rng.normal(middle, 0.08), 0.0, 1.0))


def artists(count: int, rng: np.random.Generator) -> tuple[Artist, ...]:
    shares = np.array([tongue.share for tongue in TONGUES])
    tongues = rng.choice(len(TONGUES), count, p=shares / shares.sum()).tolist()
    scenes = rng.integers(0, len(SCENES), count).tolist()
    taken: set[str] = set()

    def artist(scene: Scene, tongue: Tongue) -> Artist:
        return Artist(
            unused(lambda: artist_name(tongue, rng), taken),
            tongue,
            scene,
            energy=near(scene.energy, rng),
            acousticness=near(scene.acousticness, rng),
            instrumentalness=near(scene.instrumentalness, rng),
        )

    return tuple(artist(SCENES[scene], TONGUES[tongue]) for scene, tongue in zip(scenes, tongues, strict=True))


def discography(artist: Artist, rng: np.random.Generator) -> list[tuple[Album, str, int]]:
    """The albums of one artist, told track by track: album, title, length in ms."""
    span = (LAST_RELEASE - FIRST_RELEASE).days
    debut = span * rng.beta(2.5, 1.4)
    taken: set[str] = set()
    told = []
    for number in range(int(rng.integers(1, 4))):
        released = FIRST_RELEASE + timedelta(days=min(span, int(debut + number * rng.integers(400, 1100))))
        album = Album(title(artist.tongue, rng), artist, released)
        lengths = rng.lognormal(np.log(artist.scene.minutes), 0.22, int(rng.integers(6, 13))).clip(0.8, 14)
        told += [
            (album, unused(lambda: title(artist.tongue, rng), taken), int(minutes * 60_000)) for minutes in lengths
        ]
    return told


def invent(seed: int, *, count: int = ARTISTS) -> Catalogue:
    """The same world for the same seed and number of artists."""
    rng = np.random.default_rng([seed, count])
    everyone = artists(count, rng)
    told = [track for artist in everyone for track in discography(artist, rng)]
    uris = spotify_uris("track", len(told), rng)
    tracks = tuple(Track(uri, name, album, length) for uri, (album, name, length) in zip(uris, told, strict=True))
    return Catalogue(everyone, tracks, shows_and_episodes(rng), chapters(rng))
