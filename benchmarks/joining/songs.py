"""What can be played: the demo's invented catalogue, with what makes names hard to tell apart."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from groovelog.demo.catalogue import Track, invent
from groovelog.demo.columns import Bools, Ints
from groovelog.demo.uris import spotify_uris

ARTISTS = 480  # about 9,000 songs
SHORTEST_MS, LONGEST_MS = 40_000, 600_000
INTERLUDES, INTERLUDE_MS = 0.02, (40_000, 75_000)
WITH_GUESTS, GUEST_IN_TITLE = 0.12, 0.5
QUOTED = 0.03
VERSIONS = 0.08
PARTS = 0.02
VERSION_TAGS = (" - Live", " (Live)", " - Acoustic", " - Radio Edit", " (Remix)", " - Instrumental")
SINGLES = 0.02
WITHDRAWN = 0.005


@dataclass(frozen=True)
class Song:
    """A track as Spotify's catalogue has it; the main artist first."""

    uri: str
    isrc: str
    title: str
    artists: tuple[str, ...]
    album: str
    length_ms: int


@dataclass(frozen=True)
class Songs:
    """All songs, those of one album side by side; `withdrawn`: Spotify has lost its names since."""

    all: tuple[Song, ...]
    withdrawn: Bools

    @cached_property
    def lengths(self) -> Ints:
        return np.array([song.length_ms for song in self.all])


def songs(seed: int, *, artists: int = ARTISTS) -> Songs:
    """Songs of equal titles by several artists come of the small vocabulary alone: about one in six."""
    rng = np.random.default_rng([seed, 1])
    tracks = invent(seed, count=artists).tracks
    titles = near_titles([track.name for track in tracks], [track.album.artist.name for track in tracks], rng)
    everyone = list(dict.fromkeys(track.album.artist.name for track in tracks))
    made = [
        song(track, title, everyone, number, rng)
        for number, (track, title) in enumerate(zip(tracks, titles, strict=True))
    ]
    twins = np.flatnonzero(rng.random(len(made)) < SINGLES).tolist()
    uris = spotify_uris("track", len(twins), rng)
    made += [
        replace(made[at], uri=uri, album=f"{made[at].title} - Single") for at, uri in zip(twins, uris, strict=True)
    ]
    return Songs(tuple(made), rng.random(len(made)) < WITHDRAWN)


def near_titles(titles: list[str], artists: list[str], rng: np.random.Generator) -> list[str]:
    """Titles of which some are renamed after the song before, of the same artist: a version, or a second part."""
    told = list(titles)
    chance = rng.random(len(told))
    tags = rng.integers(0, len(VERSION_TAGS), len(told))
    for at in range(1, len(told)):
        before = told[at - 1]
        if artists[at] != artists[at - 1] or before != titles[at - 1]:
            continue
        if chance[at] < VERSIONS:
            told[at] = before + VERSION_TAGS[tags[at]]
        elif chance[at] < VERSIONS + PARTS:
            told[at - 1], told[at] = f"{before}, Part I", f"{before}, Part II"
        elif chance[at] < VERSIONS + PARTS + QUOTED:
            told[at] = f"That's {told[at]}"
    return told


def song(track: Track, title: str, everyone: list[str], number: int, rng: np.random.Generator) -> Song:
    artists = [track.album.artist.name]
    if rng.random() < WITH_GUESTS:
        guests = [everyone[at] for at in rng.integers(0, len(everyone), int(rng.integers(1, 3))).tolist()]
        artists = list(dict.fromkeys([*artists, *guests]))
        if len(artists) > 1 and rng.random() < GUEST_IN_TITLE:
            title = with_guests(title, artists[1:])
    length = int(rng.integers(*INTERLUDE_MS)) if rng.random() < INTERLUDES else track.length_ms
    return Song(
        uri=track.uri,
        isrc=f"QZZZ9{number:07d}",
        title=title,
        artists=tuple(artists),
        album=track.album.name,
        length_ms=min(max(length, SHORTEST_MS), LONGEST_MS),
    )


def with_guests(title: str, guests: list[str]) -> str:
    """Spotify names guests before it names the version."""
    version = next((tag for tag in VERSION_TAGS if title.endswith(tag)), "")
    return f"{title.removesuffix(version)} (feat. {' & '.join(guests)}){version}"
