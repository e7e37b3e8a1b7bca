"""Koito: aliases, primary artists, and times with an offset."""

from pathlib import Path
from typing import Any, ClassVar

import pytest
from contract import SourceContract, said
from reading import read_bytes, utc

from groovelog.sources.koito import KOITO
from scrobbles import KOITO_FORMS, alias, koito, moment
from spotify_export import USER


def artist(*names: str, is_primary: bool = False) -> dict[str, Any]:
    return {"is_primary": is_primary, "aliases": [alias(name, number == 0) for number, name in enumerate(names)]}


class TestKoito(SourceContract):
    source = KOITO
    forms = KOITO_FORMS
    row = staticmethod(koito)
    told: ClassVar = (
        (
            {
                "listened_at": "2025-03-23T17:22:03Z",
                "client": "test client",
                "track": {
                    "mbid": None,
                    "duration": 218,
                    "aliases": [alias("Nijinoiroyo Azayakadeare", False), alias("虹の色よ鮮やかであれ")],
                },
                "album": {"aliases": [alias("Other", False), alias("Album")], "various_artists": False},
                "artists": [artist("Guest"), artist("NELKE", "ネルケ", is_primary=True), artist("Choir")],
            },
            {
                "kind": "track",
                "started_at": utc(2025, 3, 23, 17, 22, 3),
                "length_ms": 218_000,
                "track_name": "虹の色よ鮮やかであれ",
                "artist_name": "NELKE, Guest, Choir",
                "credited_artists": "NELKE\nGuest\nChoir",
                "album_name": "Album",
                "platform": "test client",
            },
        ),
        (
            {
                "listened_at": "2022-01-08T22:32:08.5+02:00",
                "track": {"duration": 0, "aliases": [alias("First", False), alias("Second", False)]},
                "album": {"aliases": None},
                "artists": [artist("Artist")],
            },
            {
                "kind": "track",
                "started_at": utc(2022, 1, 8, 20, 32, 8, 500_000),
                "track_name": "First",
                "artist_name": "Artist",
                "credited_artists": "Artist",
            },
        ),
    )


@pytest.mark.parametrize(
    "other",
    [
        {"track": {"aliases": [7]}},
        {"track": {"aliases": "Title"}},
        {"track": None},
        {"artists": [None]},
        {"artists": "Artist"},
        {"album": "Album"},
    ],
)
def test_a_listen_of_another_shape_keeps_its_place(other: dict[str, Any], tmp_path: Path) -> None:
    rows = said(KOITO_FORMS["an export"]([koito(), koito() | other, koito()], USER), tmp_path)
    assert [row["fault"] for row in rows] == [None, "not of the shape that such a row has", None]


def test_what_is_not_told_stays_open(tmp_path: Path) -> None:
    bare = {"listened_at": "2020-01-01T10:00:00Z", "track": {"aliases": [alias("Title")]}}
    (row,) = said(KOITO_FORMS["an export"]([bare], USER), tmp_path)
    assert (row["fault"], row["track_name"], row["artist_name"], row["album_name"]) == (None, "Title", None, None)


def test_damage_is_told_with_its_row(tmp_path: Path) -> None:
    content = KOITO_FORMS["an export"]([koito(moment(minute)) for minute in range(3)], USER)
    place = content.rindex(b'"client"')
    (failed,) = read_bytes(content[:place] + b"oops" + content[place:], tmp_path).failed
    assert (failed.row, failed.reason[:18]) == (3, "damaged in row 3: ")
