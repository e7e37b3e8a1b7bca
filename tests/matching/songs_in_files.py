"""References and queries as files, and what `match_files` answers."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from groovelog.matching import match_files

# Invented songs: ref_id, title, artist, length in s, album.
Ref = tuple[str, str, str, int | None, str]
REFERENCE: tuple[Ref, ...] = (
    ("r1", "Painted Harbour", "The Small Hours", 200, "Almanac"),
    ("r2", "Painted Harbour - Live", "The Small Hours", 260, "On Stage"),
    ("r3", "Letter to the Lantern", "Ela Bell;Guest One", 180, "Letters"),
    ("r4", "Lantern, Part I", "The Tin Postcards", 150, "Suite"),
    ("r5", "Lantern, Part II", "The Tin Postcards", 170, "Suite"),
    ("r6", "Piano Concerto No. 1 in B-Flat Minor: I. Allegro", "Ivo Kern", 900, "Concertos"),
    ("r7", "Piano Concerto No. 1 in B-Flat Minor: II. Andante", "Ivo Kern", 400, "Concertos"),
    ("r8", "사랑", "푸른 고래", 210, "바다"),
    ("r9", "Wandering Barometers", "The Northern Ferries", 230, "Weather"),
    ("r10", "Home", "Ada Quill", 190, "Rooms"),
    ("r11", "Home", "The Verandahs", 240, "Porch"),
    ("r12", "Déjà Vu", "Zoé", 201, "Encore"),
)  # fmt: skip


def write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
    return path


def reference(folder: Path, rows: Iterable[Ref] = REFERENCE) -> Path:
    heading = ("ref_id", "track_name", "artists", "duration_ms", "album_name")
    told = [(r, title, artist, s and s * 1000, album) for r, title, artist, s, album in rows]
    return write(folder / "reference.csv", heading, told)


def answers(folder: Path, queries: Iterable[Sequence[object]], *references: Path) -> list[dict[str, str]]:
    """The lines of the output for queries of title, artist and, where told, length in ms."""
    told = [(f"q{number}", *query) for number, query in enumerate(queries)]
    heading = ("query_id", "track_name", "artist_name", "duration_ms")
    asked = write(folder / "queries.csv", heading, [row + ("",) * (4 - len(row)) for row in told])
    output = folder / "answers.csv"
    match_files(asked, list(references) or [reference(folder)], output, {})
    return read(output)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found(folder: Path, *query: object) -> str:
    """The row that one query is matched with, "" for none."""
    return answers(folder, [query])[0]["ref_id"]
