"""Each known shape of file, and what is kept of it; the values are those written into the files."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from kept_references import kept, problems, read_rows
from reference_files import FEATURES, Row, listed_song, playlist_song, spotify_track, top_song, track_id, written

from calling import Call
from groovelog.matching.references.sets import known_set

HEADS = ("ref_id", "track_id", "track_name", "artist_name", "credited_artists", "album_name", "genres", "popularity")


def named(home: Path) -> dict[str, Any]:
    (row,) = kept(home)
    return {name: row[name] for name in HEADS}


def features(home: Path) -> dict[str, Any]:
    (row,) = kept(home)
    return {name: row[name] for name in (*FEATURES, "duration_ms")}


def test_the_spotify_tracks_dataset(home: Path, call: Call, tmp_path: Path) -> None:
    path = written(tmp_path, [spotify_track()], "dataset.csv")
    receipt = call("reference", "add", path, "--json").json
    assert (receipt["reference"], receipt["outcome"], receipt["percent"]) == ("spotify-tracks", "added", [])
    assert named(home) == {
        "ref_id": track_id("a"), "track_id": f"spotify:track:{track_id('a')}", "track_name": "Salt Road",
        "artist_name": "Mira Vale, The Lanterns", "credited_artists": "Mira Vale\nThe Lanterns", "album_name": "Low Tide",
        "genres": "acoustic", "popularity": 40,
    }  # fmt: skip
    assert features(home) == {**FEATURES, "duration_ms": 200_000}
    assert "BSD" in receipt["licence"]
    assert problems(home) == []


def test_top_spotify_songs_2023(home: Path, call: Call, tmp_path: Path) -> None:
    song = top_song(**{
        "artist(s)_name": "Tyler, The Creator, Zoë Müller", "artist_count": 3, "streams": "BPM110KeyAModeMajor",
    })  # fmt: skip
    path = written(tmp_path, [song], encoding="latin-1")
    receipt = call("reference", "add", path, "--json").json
    assert receipt["reference"] == "top-spotify-songs-2023"
    assert receipt["percent"] == [
        "danceability", "energy", "speechiness", "acousticness", "instrumentalness", "liveness", "valence",
    ]  # fmt: skip
    (row,) = kept(home)
    assert len(row["ref_id"]) == 16
    assert {name: row[name] for name in HEADS if name != "ref_id"} == {
        "track_id": None, "track_name": "Salt Road", "artist_name": "Tyler, The Creator, Zoë Müller",
        "credited_artists": "Tyler, The Creator\nZoë Müller", "album_name": None, "genres": None, "popularity": None,
    }  # fmt: skip
    assert features(home) == {
        "danceability": 0.8, "energy": 0.83, "key": 1, "loudness": None, "mode": 1, "speechiness": 0.04,
        "acousticness": 0.31, "instrumentalness": 0.0, "liveness": 0.08, "valence": 0.89, "tempo": 125.0,
        "time_signature": None, "duration_ms": None,
    }  # fmt: skip


def test_an_empty_key_stays_unknown(tmp_path: Path) -> None:
    assert read_rows(written(tmp_path, [top_song(key="")]))[0]["key"] is None


def test_30000_spotify_songs(home: Path, call: Call, tmp_path: Path) -> None:
    song = playlist_song(track_artist="Earth, Wind & Fire")
    receipt = call("reference", "add", written(tmp_path, [song]), "--json").json
    assert receipt["reference"] == "spotify-songs-30000"
    assert named(home) == {
        "ref_id": track_id("a"), "track_id": f"spotify:track:{track_id('a')}", "track_name": "Salt Road",
        "artist_name": "Earth, Wind & Fire", "credited_artists": None, "album_name": "Low Tide",
        "genres": "dance pop\npop", "popularity": 66,
    }  # fmt: skip
    assert features(home) == {**FEATURES, "time_signature": None, "duration_ms": 200_000}


ARTISTS = {
    "['Mira Vale', \"The Lantern's\"]": ["Mira Vale", "The Lantern's"],
    "['Mira Vale']": ["Mira Vale"],
    "['Tyler, The Creator', 'B']": ["Tyler, The Creator", "B"],
    r"""['Say "Hi"', 'It\'s "so"']""": ['Say "Hi"', 'It\'s "so"'],
    r"['A\\B']": ["A\\B"],
    '["A", "B\'s"]': ["A", "B's"],
    "['夜鹿', 'Ünder']": ["夜鹿", "Ünder"],
    "[]": [],
    "No list": ["No list"],
}


def test_artists_listed_as_python_does(tmp_path: Path) -> None:
    rows = read_rows(written(tmp_path, [listed_song(id=told, artists=told) for told in ARTISTS]))
    assert {row["ref_id"]: (row["credited_artists"], row["artist_name"]) for row in rows} == {
        told: ("\n".join(apart) or None, ", ".join(apart) or None) for told, apart in ARTISTS.items()
    }


def test_the_sets_whose_artists_are_lists_are_known_by_their_columns() -> None:
    large = listed_song()
    old = {**large, "id_artists": "['x']"}
    del old["artist_ids"], old["disc_number"]
    older = {**large, "popularity": 3}
    del older["artist_ids"], older["disc_number"], older["time_signature"]
    assert [known_set(row).name for row in (large, old, older) if known_set(row)] == [
        "spotify-songs-1200000", "spotify-songs-600000", "spotify-songs-160000",
    ]  # fmt: skip


def test_a_file_of_no_known_set(home: Path, call: Call, tmp_path: Path) -> None:
    song = {"Song Title": "Salt Road", "Performer": "Mira Vale", "Spotify URL": f"https://open.spotify.com/track/{track_id('q')}?si=1",
            "Energy (%)": "83", "Length": "3:20", "BPM": "98,5", "Genres": "['indie pop'- 'folk']"}  # fmt: skip
    receipt = call("reference", "add", written(tmp_path, [song], "My songs (2).csv", separator=";"), "--json").json
    assert receipt["reference"] == "my-songs-2"
    assert receipt["licence"] == "not known: the file does not tell"
    (row,) = kept(home)
    assert (row["track_id"], row["track_name"], row["artist_name"]) == (
        f"spotify:track:{track_id('q')}", "Salt Road", "Mira Vale",
    )  # fmt: skip
    assert (row["energy"], row["duration_ms"], row["tempo"], row["genres"]) == (0.83, 200_000, 98.5, "folk\nindie pop")


def test_columns_by_hand(home: Path, call: Call, tmp_path: Path) -> None:
    song = {"Lied": "Salt Road", "Wer": "Mira Vale", "Kraft": 0.25, "Takt": 120}
    path = written(tmp_path, [song])
    maps = ("--map", "track_name=Lied", "--map", "Wer=artist_name", "--map", "energy=Kraft", "--map", "tempo=Takt")
    receipt = call("reference", "add", path, "--name", "meins", *maps, "--json").json
    assert receipt["columns"] == {"track_name": "Lied", "artist_name": "Wer", "energy": "Kraft", "tempo": "Takt"}
    (row,) = kept(home)
    assert (row["reference"], row["track_name"], row["artist_name"], row["energy"], row["tempo"]) == (
        "meins", "Salt Road", "Mira Vale", 0.25, 120.0,
    )  # fmt: skip


def test_ids_alone_are_enough(home: Path, call: Call, tmp_path: Path) -> None:
    receipt = call(
        "reference", "add", written(tmp_path, [{"uri": f"spotify:track:{track_id('b')}", "valence": 0.3}]), "--json"
    )
    assert receipt.json["kept"] == 1
    assert (kept(home)[0]["ref_id"], kept(home)[0]["track_name"], kept(home)[0]["valence"]) == (
        track_id("b"),
        None,
        0.3,
    )


def test_parquet_with_lists(home: Path, call: Call, tmp_path: Path) -> None:
    told: Row = {**spotify_track(), "artists": ["Mira Vale", 'The "Lanterns"'], "explicit": None}
    path = tmp_path / "songs.parquet"
    pq.write_table(pa.Table.from_pylist([dict(told)]), path)
    call("reference", "add", path)
    (row,) = kept(home)
    assert (row["credited_artists"], row["loudness"], row["duration_ms"]) == (
        'Mira Vale\nThe "Lanterns"',
        -6.5,
        200_000,
    )


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "Café – “x” 夜"),
        ("utf-8-sig", "Café – “x” 夜"),
        ("utf-16", "Café – “x” 夜"),
        ("cp1252", "Café – “x”"),
        ("latin-1", "Café ñ"),
        ("utf-16-le", "Cafe"),  # without a mark every other byte is NUL
    ],
)
def test_any_encoding(tmp_path: Path, encoding: str, name: str) -> None:
    (row,) = read_rows(written(tmp_path, [spotify_track(track_name=name)], encoding=encoding))
    assert row["track_name"] == name


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_any_separator(tmp_path: Path, separator: str, encoding: str) -> None:
    (row,) = read_rows(
        written(tmp_path, [spotify_track(track_name="a, b; c\t| d")], encoding=encoding, separator=separator)
    )
    assert row["track_name"] == "a, b; c\t| d"


def test_any_line_end(tmp_path: Path) -> None:
    for number, text in enumerate(
        ["track_id,energy\r\nA,1\r\nB,0\r\n", "track_id,energy\rA,1\rB,0", "track_id,energy\r\nA,1\nB,0\n"]
    ):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(text.encode())
        assert [(row["ref_id"], row["energy"]) for row in read_rows(path)] == [("A", 1.0), ("B", 0.0)]
