"""References and queries in any dress, and those that cannot be used."""

import tempfile
from pathlib import Path

import duckdb
import pytest
from songs_in_files import answers, read, reference, write

from groovelog.errors import UsageError
from groovelog.matching import match_files
from groovelog.matching.reference import load_references

ID = "4uLU6hMCjMI75M1A2tKUQC"


def loaded(path: Path, **chosen: str) -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        load_references(connection, [path], chosen, Path(scratch))
        return connection.execute(
            "SELECT ref_id, track_id, title, artist, album, duration_ms FROM ref ORDER BY ref_id"
        ).fetchall()


def test_the_kaggle_tracks_dataset(tmp_path: Path) -> None:
    heading = (
        "", "track_id", "artists", "album_name", "track_name", "popularity", "duration_ms", "explicit", "danceability",
        "track_genre",
    )  # fmt: skip
    row = (0, ID, "Ela Bell;C Door", "Rooms", "Home", 73, 230666, False, 0.676, "acoustic")
    other_genre = (1, ID, "Ela Bell;C Door", "Rooms", "Home", 73, 230666, False, 0.676, "folk")
    nameless = (2, "x" * 22, "", "", "", 0, 0, False, 0.5, "k-pop")
    path = write(tmp_path / "dataset.csv", heading, [row, other_genre, nameless])
    assert loaded(path) == [(ID, ID, "Home", "Ela Bell;C Door", "Rooms", 230_666)]


def test_top_spotify_songs_2023_in_latin_1_without_ids(tmp_path: Path) -> None:
    path = tmp_path / "spotify-2023.csv"
    heading = "track_name,artist(s)_name,artist_count,streams,bpm,danceability_%,valence_%"
    path.write_bytes(f'{heading}\nCanción,"Ela Bell, Tyler, The Creator",2,BPM110KeyA,90,80,70\n'.encode("latin-1"))
    assert loaded(path) == [("spotify-2023.csv:1", None, "Canción", "Ela Bell;Tyler, The Creator", None, None)]


def test_tidytuesday_and_the_form_with_lists_of_artists(tmp_path: Path) -> None:
    heading = ("track_id", "track_name", "track_artist", "track_album_name", "duration_ms", "playlist_genre")
    tidy = write(tmp_path / "tidy.csv", heading, [(ID, "Home", "Ela Bell", "Rooms", 1000, "pop")])
    assert loaded(tidy) == [(ID, ID, "Home", "Ela Bell", "Rooms", 1000)]
    lists = write(
        tmp_path / "lists.csv", ("id", "name", "album", "artists"), [(ID, "Home", "Rooms", "['Ela Bell', 'C Door']")]
    )
    assert loaded(lists) == [(ID, ID, "Home", "Ela Bell;C Door", "Rooms", None)]
    told = answers(tmp_path, [("Home (feat. C Door)", "Ela Bell")], lists)
    assert (told[0]["ref_id"], told[0]["confidence"]) == (ID, "0.9959")


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "r.parquet"
    duckdb.sql(f"COPY (SELECT '1' AS ref_id, 'Home' AS name, 'Bell' AS artists, 201.5 AS duration) TO '{path}'")
    assert loaded(path) == [("1", None, "Home", "Bell", None, 201_500)]


@pytest.mark.parametrize(
    ("heading", "told", "length"),
    [
        ("duration_ms", "230666", 230_666), ("duration_s", "230.5", 230_500), ("duration", "230", 230_000),
        ("duration", "230666", 230_666), ("length", "3:50", 230_000), ("duration_ms", "0", None), ("duration_ms", "soon", None),
    ],
)  # fmt: skip
def test_lengths_in_any_unit(tmp_path: Path, heading: str, told: str, length: int | None) -> None:
    path = write(tmp_path / "r.csv", ("ref_id", "title", "artist", heading), [("1", "Home", "Bell", told)])
    assert loaded(path)[0][-1] == length


def test_columns_are_given_by_hand(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", ("ref_id", "Lied", "Von", "title"), [("1", "Home", "Bell", "Mr")])
    assert loaded(path, track_name="Lied", artist_name="Von")[0][2:4] == ("Home", "Bell")
    with pytest.raises(UsageError, match=r"r\.csv has no column Song\. It has: ref_id, Lied, Von, title"):
        loaded(path, track_name="Song")
    with pytest.raises(UsageError, match=r"there is no titel\. There are: ref_id, track_id"):
        loaded(path, titel="Lied")


def test_a_reference_without_usable_columns_says_which_were_looked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", ("ref_id", "danceability"), [("1", "0.5")])
    with pytest.raises(UsageError) as told:
        loaded(path)
    assert "no column for track_name and artist_name" in told.value.message
    assert "track_name (track_name, track, title," in told.value.message
    assert "It has: ref_id, danceability. --map track_name=COLUMN tells which it is." in told.value.message


def test_files_that_are_none(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    for path, message in (
        (tmp_path / "gone.csv", "There is no file"),
        (empty, "is empty"),
        (tmp_path, "is a folder. Give the CSV or Parquet file in it"),
    ):
        with pytest.raises(UsageError, match=message):
            loaded(path)


def test_duplicate_ids_of_one_reference_are_one_row_and_conflicting_ones_stay_apart(tmp_path: Path) -> None:
    heading = ("track_id", "track_name", "artists", "energy")
    rows = [("a", "Home", "Bell", 0.1), ("a", "Home", "Bell", 0.9), ("a", "Other", "Bell", 0.9)]
    assert [row[2] for row in loaded(write(tmp_path / "r.csv", heading, rows))] == ["Home", "Other"]


def test_queries_that_are_nothing_or_too_much_are_unmatched_with_the_reason(tmp_path: Path) -> None:
    asked = [("", "Bell"), ("Home", ""), ("!!!", "???"), ("x" * 10_000, "y" * 10_000), ("(((", ")))"), ("\ufffd", "?")]
    told = answers(tmp_path, asked)
    assert [row["verdict"] for row in told] == ["unmatched"] * 6
    assert [row["reason"] for row in told[:2]] == ["the query has no title", "the query has no artist"]


def test_punctuation_alone_is_a_name_where_the_reference_has_it(tmp_path: Path) -> None:
    path = write(tmp_path / "r.csv", ("ref_id", "title", "artist"), [("1", "???", "!!!"), ("2", "...", "!!!")])
    assert [row["ref_id"] for row in answers(tmp_path, [("???", "!!!"), ("...", "!!!"), ("!?", "!!!")], path)] == [
        "1",
        "2",
        "",
    ]


def test_a_short_row_is_answered_and_a_line_break_in_a_title_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(
        'query_id,track_name,artist_name\n1\n\n2,"Home\nagain",Bell\n3,Home,Ada Quill,too,many\n', encoding="utf-8"
    )
    match_files(path, [reference(tmp_path)], tmp_path / "o.csv", {})
    assert [(row["query_id"], row["ref_id"]) for row in read(tmp_path / "o.csv")] == [
        ("1", ""),
        ("2", ""),
        ("3", "r10"),
    ]


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("track_name,artist_name", "no column query_id. Queries have: query_id, track_name, artist_name"),
        ("query_id,artist_name", r"no column track_name \(or spotify_track_id, isrc\)"),
    ],
)
def test_queries_without_their_columns_are_refused(tmp_path: Path, heading: str, message: str) -> None:
    path = tmp_path / "q.csv"
    path.write_text(f"{heading}\n1,2\n", encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        match_files(path, [reference(tmp_path)], tmp_path / "o.csv", {})
    assert not (tmp_path / "o.csv").exists()


def test_queries_without_artists_are_unmatched(tmp_path: Path) -> None:
    queries = write(tmp_path / "q.csv", ("query_id", "track_name"), [("1", "Home")])
    match_files(queries, [reference(tmp_path)], tmp_path / "o.csv", {})
    assert read(tmp_path / "o.csv")[0]["reason"] == "the query has no artist"
