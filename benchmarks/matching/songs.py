"""The songs that a labelled set is made of: invented, or those of a reference on one's disk."""

import csv
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.joining.songs import songs as invented_songs
from groovelog.matching.reference import load_references


@dataclass(frozen=True)
class Song:
    """A row of a reference; the artists each by itself where the source has them so, the main one first."""

    ref_id: str
    title: str
    artists: tuple[str, ...]
    album: str
    length_ms: int

    @property
    def credited(self) -> str:
        return ";".join(self.artists)


def invented(seed: int, artists: int) -> list[Song]:
    """About 19 songs to the artist, in ten languages and seven scripts."""
    return [
        Song(song.uri, song.title, song.artists, song.album, song.length_ms)
        for song in invented_songs(seed, artists=artists).all
    ]


def of_files(paths: list[Path]) -> list[Song]:
    """The songs of references of one's own, each (title, artist) once."""
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        load_references(connection, paths, {}, Path(scratch))
        rows = connection.execute(
            "SELECT min(ref_id), title, artist, min(album), min(duration_ms) FROM ref GROUP BY title, artist "
            "HAVING artist IS NOT NULL ORDER BY title, artist"
        ).fetchall()
    return [
        Song(ref_id, title, tuple(artist.split(";")), album or "", length or 0)
        for ref_id, title, artist, album, length in rows
    ]


def write_reference(songs: list[Song], path: Path) -> None:
    """As the Kaggle tracks dataset has them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["track_id", "artists", "album_name", "track_name", "duration_ms"])
        for song in songs:
            writer.writerow([song.ref_id, song.credited, song.album, song.title, song.length_ms or ""])
