"""The index kept on disk: answers as from the files, made anew whenever it is not whole or not of this reference."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from songs_in_files import REFERENCE, answers, write

import groovelog.matching.index
import groovelog.matching.prepared
from groovelog.lake.home import Home
from groovelog.lake.references import references
from groovelog.lake.snapshot import open_snapshot
from groovelog.matching import Answer, Asked, match_songs
from groovelog.matching.prepared import reference_index
from groovelog.pipeline.references import add_reference

ID = "4uLU6hMCjMI75M1A2tKUQC"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
HEADING = ("ref_id", "track_name", "artists", "duration_ms", "album_name", "energy", "track_id", "isrc")
SONGS = [
    *((r, title, artist, (s or 0) * 1000, album, 0.5, "", "") for r, title, artist, s, album in REFERENCE),
    ("r13", "By Id", "Nobody", "", "", 0.5, ID, ""),
    ("r14", "By Code", "Nobody", "", "", 0.5, "", "GBAYE6800001"),
]
ASKED = [
    ("Painted Harbour", "The Small Hours"), ("painted harbour - 2009 remaster", "small hours"), ("Sarang", "Pureun Gorae"),
    ("Wandring Barometers", "The Northern Ferries"), ("Lantern, P…", "The Tin Postcards"), ("Home", "Somebody Else"),
    ("DÃ©jÃ  Vu", "ZoÃ©"), ("Letter to the Lantern", "Ela Bell"), ("Hoem", "Ada Quill", 190_000), ("", "Bell"),
]  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return kept(tmp_path_factory.mktemp("home"), SONGS)


def kept(home: Path, songs: Sequence[Sequence[object]]) -> Home:
    add_reference(Home(home), write(home / "songs.csv", HEADING, songs), name="songs", now=NOW)
    return Home(home)


@pytest.fixture(scope="module")
def expected(home: Home) -> list[tuple[str, ...]]:
    """What is answered from the files."""
    told = answers(home.root, ASKED, home.root / "songs.csv")
    return [tuple(row[field] for field in ("ref_id", "confidence", "verdict", "reason")) for row in told]


def asked_of(home: Home, *songs: Asked) -> list[Answer]:
    with open_snapshot(home.lake) as snapshot, reference_index(home, snapshot, references(snapshot)[0]) as index:
        return match_songs(index, songs)


def by_names(home: Home) -> list[tuple[str, ...]]:
    told = asked_of(home, *(Asked(str(n), song[0], song[1], None, *map(int, song[2:])) for n, song in enumerate(ASKED)))
    return [(one.ref_id or "", str(one.confidence), one.verdict, one.reason) for one in told]


def folders(home: Home) -> list[Path]:
    return sorted((home.cache / "references" / "songs").iterdir())


def test_answers_are_those_from_the_files_made_and_opened(home: Home, expected: list[tuple[str, ...]]) -> None:
    assert [ref_id for ref_id, *_ in expected] == ["r1", "r1", "r8", "r9", "", "", "r12", "r3", "r10", ""]
    assert [by_names(home), by_names(home)] == [expected, expected]


def test_ids_as_the_lake_has_them_and_what_is_not_known(home: Home) -> None:
    told = asked_of(
        home,
        Asked("1", None, None, track_id=f"spotify:track:{ID}"),
        Asked("2", None, None, isrc="GBAYE6800001"),
        Asked("3", None, None),
    )
    assert [(one.query_id, one.ref_id) for one in told] == [("1", "r13"), ("2", "r14"), ("3", None)]


def test_rows_that_are_left_out_give_way_to_what_is_next(home: Home) -> None:
    song = Asked("1", "Painted Harbuor", "The Small Hours")

    def found(*without: str) -> Answer:
        with open_snapshot(home.lake) as snapshot:
            (reference,) = references(snapshot)
            with reference_index(home, snapshot, reference, without) as index:
                (answer,) = match_songs(index, [song])
        return answer

    assert (found().ref_id, found().reason) == ("r1", "slip in title")
    left = found("r1", "r3")
    assert (left.ref_id, "other version" in left.reason) == (None, True)


def test_names_are_searched_in_pieces(
    home: Home, expected: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (groovelog.matching.index, groovelog.matching.prepared):
        monkeypatch.setattr(module, "AT_ONCE", 5)
    assert by_names(home) == expected
    assert len(list(folders(home)[0].glob("*-title-of.npy"))) == 3


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_damaged_index_is_made_anew(home: Home, expected: list[tuple[str, ...]]) -> None:
    by_names(home)
    before = sizes(home)
    assert len(before) == 17
    for name, damage in (("ref", flipped), ("0-titles-owner.npy", Path.unlink), ("contents.json", truncated)):
        damage(folders(home)[0] / name)
        assert by_names(home) == expected
        assert sizes(home) == before


def sizes(home: Home) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folders(home)[0].iterdir()}


def test_nobody_else_may_read_it_and_nothing_is_left_beside(home: Home) -> None:
    by_names(home)
    assert (home.cache.stat().st_mode & 0o777, folders(home)[0].stat().st_mode & 0o777) == (0o700, 0o700)
    assert {path.stat().st_mode & 0o777 for path in folders(home)[0].iterdir()} == {0o600}
    assert os.listdir(home.scratch) == []


def test_an_index_of_an_older_version_or_of_other_rows_gives_way(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, (first,) = by_names(home), folders(home)
    monkeypatch.setattr(groovelog.matching.prepared, "VERSION", 0)
    assert by_names(home) == expected
    (second,) = folders(home)
    assert second != first
    kept(home.root, [("other", "Painted Harbour", "The Small Hours", "", "", 0.5, "", "")])
    assert by_names(home)[0][0] == "other"
    assert len(folders(home)) == 1
    assert folders(home) != [second]
