"""The songs found and refused in docs/matching.md are so, in one reference of all the rows that are named there."""

import csv
import re
from pathlib import Path

import pytest

from groovelog.matching import match_files

DOCUMENT = Path(__file__).parents[2] / "docs" / "matching.md"
# What is rival to the second part.
BESIDE = ("Lantern, Part I / The Tin Postcards",)
_SONG = re.compile(r"^(?P<title>.*?) / (?P<artist>.*?)(?:, (?P<seconds>\d+) s)?$")


def rows_under(heading: str) -> list[list[str]]:
    section = DOCUMENT.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


FOUND, REFUSED = rows_under("Ten found"), rows_under("Ten refused")


def song(text: str) -> tuple[str, str, str]:
    """Title, artist, ms."""
    told = _SONG.match(text)
    assert told is not None
    title = "" if told["title"] == "(no title)" else told["title"]
    return title, told["artist"], str(int(told["seconds"]) * 1000) if told["seconds"] else ""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    folder = tmp_path_factory.mktemp("documented")
    known = dict.fromkeys([*(row[1] for row in FOUND), *(row[1] for row in REFUSED if row[1]), *BESIDE])
    for name, first, songs in (("r", "ref_id", known), ("q", "query_id", [row[0] for row in FOUND + REFUSED])):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([first, "track_name", "artist_name", "duration_ms"])
            writer.writerows([text, *song(text)] for text in songs)
    match_files(folder / "q.csv", [folder / "r.csv"], folder / "o.csv", {})
    with (folder / "o.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_ten_are_found(answers: list[dict[str, str]]) -> None:
    told = [(a["query_id"], a["ref_id"], f"{float(a['confidence']):.3f}", a["reason"]) for a in answers[: len(FOUND)]]
    assert told == [tuple(row) for row in FOUND]
    assert len(FOUND) == 10


def test_ten_are_refused(answers: list[dict[str, str]]) -> None:
    told = [(a["query_id"], a["ref_id"], a["verdict"], a["reason"]) for a in answers[len(FOUND) :]]
    for (query, ref_id, verdict, reason), row in zip(told, REFUSED, strict=True):
        assert (query, ref_id, verdict) == (row[0], "", row[2])
        assert row[3] in reason
    assert len(REFUSED) == 10
