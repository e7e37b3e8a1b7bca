"""An invented reference: audio features of most of the invented tracks, told as such datasets tell them, and the truth.

Of the tracks it has most by their own id, some under another id with an edition in the title or a slip in it, and of some
another version alone, which is not the track. The rest it does not have.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from groovelog.demo.catalogue import Catalogue, Track, near
from groovelog.demo.uris import spotify_uris

NAME = "invented-songs"
FILE = f"{NAME}.csv"
LICENCE = "none needed: invented, like the listeners of the demo"
# Shares of the tracks, in this order; the rest is not there.
BY_ID, EDITION, SLIP, OTHER_VERSION = 0.62, 0.09, 0.06, 0.04
EDITIONS = (" - 2014 Remaster", " - Radio Edit", " (Deluxe Edition)", " - Mono")
VERSIONS = (" - Live", " - Karaoke Version", " (Acoustic)", " - Sped Up")
SHORTEST_TO_SLIP = 7  # letters of a word; a slip in a shorter one may be another word
OTHER_PRESSING_MS = 1_500
TWO_GENRES = 0.15

HEADINGS = (
    "id", "title", "artists", "album", "duration_ms", "popularity", "genre", "danceability", "energy", "key", "loudness",
    "mode", "speechiness", "acousticness", "instrumentalness", "liveness", "valence", "tempo", "time_signature",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the reference knows of a track: the id of its row, and by what evidence it is found; None where it has none."""

    ref_id: str | None
    evidence: str | None


def write_reference(folder: Path, catalogue: Catalogue, seed: int) -> tuple[Path, dict[str, Known]]:
    """FOLDER/invented-songs.csv, and what is known of each track by its URI. The same arguments write the same bytes."""
    rng = np.random.default_rng([seed, len(catalogue.tracks)])
    others = [uri.rpartition(":")[2] for uri in spotify_uris("track", len(catalogue.tracks), rng)]
    rows: list[tuple[object, ...]] = []
    truth: dict[str, Known] = {}
    for track, other in zip(catalogue.tracks, others, strict=True):
        own = track.uri.rpartition(":")[2]
        ref_id, title, evidence = _shown(track, own, other, float(rng.random()), int(rng.integers(1_000)))
        truth[track.uri] = Known(ref_id if evidence else None, evidence)
        if ref_id:
            rows += _rows(track, ref_id, title, rng)
    path = folder / FILE
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows)
    return path, truth


def _shown(track: Track, own: str, other: str, drawn: float, which: int) -> tuple[str | None, str, str | None]:
    """The row's id, its title, and by what the track is found in it."""
    if drawn < BY_ID:
        return own, track.name, "id"
    if drawn < BY_ID + EDITION:
        return other, track.name + EDITIONS[which % 4], "equal names"
    if drawn < BY_ID + EDITION + SLIP:
        if max(map(len, track.name.split())) < SHORTEST_TO_SLIP or not track.name.isascii():
            return other, track.name.upper(), "equal names"
        return other, _slipped(track.name, which), "alike names"
    if drawn < BY_ID + EDITION + SLIP + OTHER_VERSION:
        return other, track.name + VERSIONS[which % 4], None
    return None, "", None


def _slipped(title: str, which: int) -> str:
    """A letter of the longest word written twice, or two of them swapped, but neither its first nor its last.

    >>> _slipped("The Wandering Sea", 3), _slipped("The Wandering Sea", 8)
    ('The Wandeering Sea', 'The Wanedring Sea')
    """
    word = max(title.split(), key=len)
    at = 1 + which % (len(word) - 3)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    doubled = word[:at] + word[at] + word[at:]
    return title.replace(word, doubled if which % 2 or swapped == word else swapped, 1)


def _rows(track: Track, ref_id: str, title: str, rng: np.random.Generator) -> list[tuple[object, ...]]:
    """A row for each genre, as such datasets have it."""
    artist = track.album.artist
    energy, acoustic = near(artist.energy, rng), near(artist.acousticness, rng)
    told = (
        round(near(0.35 + 0.4 * energy, rng), 3), round(energy, 3), int(rng.integers(-1, 12)),
        round(-20 + 16 * energy + float(rng.normal(0, 1)), 2), int(rng.random() < 0.6),
        round(float(rng.beta(2, 30)), 3), round(acoustic, 3), round(near(artist.instrumentalness, rng), 3),
        round(float(rng.beta(2, 9)), 3), round(near(0.2 + 0.5 * energy, rng), 3),
        round(70 + 90 * energy + float(rng.normal(0, 8)), 2), int(rng.choice([4, 4, 4, 4, 3, 5])),
    )  # fmt: skip
    length = track.length_ms + int(rng.integers(-OTHER_PRESSING_MS, OTHER_PRESSING_MS + 1))
    names = (ref_id, title, artist.name, track.album.name, length, int(rng.integers(0, 90)))
    genres = [artist.scene.name, "invented"] if rng.random() < TWO_GENRES else [artist.scene.name]
    return [(*names, genre, *told) for genre in genres]
