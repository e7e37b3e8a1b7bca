"""`match_files`: the contract of the output, and the evidence beside the names."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from songs_in_files import REFERENCE, answers, found, read, reference, write

from groovelog.matching import match_files

ID = "4uLU6hMCjMI75M1A2tKUQC"


def test_every_row_is_answered_in_order_with_the_columns_of_the_contract(tmp_path: Path) -> None:
    told = answers(tmp_path, [("Painted Harbour", "The Small Hours"), ("Nothing", "Nobody"), ("", "")])
    assert list(told[0]) == ["query_id", "ref_id", "confidence", "verdict", "reason"]
    assert [(row["query_id"], row["ref_id"], row["verdict"]) for row in told] == [
        ("q0", "r1", "matched"), ("q1", "", "unmatched"), ("q2", "", "unmatched"),
    ]  # fmt: skip
    assert [row["reason"] for row in told] == ["the same names", "nothing alike", "the query has no title"]


def test_a_row_asked_for_by_its_own_names_is_found(tmp_path: Path) -> None:
    rows = answers(tmp_path, [(title, artist) for _, title, artist, _, _ in REFERENCE])
    assert [row["ref_id"] for row in rows] == [row[0] for row in REFERENCE]
    assert all(float(row["confidence"]) >= 0.99 for row in rows)


@pytest.mark.parametrize(
    ("query", "ref_id"),
    [
        (("painted harbour - 2009 remaster", "small hours"), "r1"),
        (("Painted Harbour (Live)", "The Small Hours"), "r2"),
        (("Painted Harbour - Acoustic", "The Small Hours"), ""),
        (("Letter to the Lantern (feat. Guest One)", "Ela Bell"), "r3"),
        (("Letter to the Lantern", "Guest One & Ela Bell"), "r3"),
        (("Lantern, Pt. 2", "Tin Postcards"), "r5"),
        (("Lantern, Part III", "The Tin Postcards"), ""),
        (("Piano Concerto No.1 in B flat minor - II. Andante", "Ivo Kern"), "r7"),
        (("Piano Concerto No. 1 in B-Flat Minor: III. Presto", "Ivo Kern"), ""),
        (("Sarang", "Pureun Gorae"), "r8"),
        (("Wandring Barometers", "The Northern Ferries"), "r9"),
        (("Wandering Barom", "The Northern Ferries"), "r9"),
        (("Wandering Barometers", "The Nothern Feries"), "r9"),
        (("Home", "Ada Quill"), "r10"),
        (("Home", "Somebody Else"), ""),
        (("DÃ©jÃ  Vu", "ZoÃ©"), "r12"),
    ],
)
def test_a_query_finds_its_recording_and_no_other(tmp_path: Path, query: tuple[str, str], ref_id: str) -> None:
    assert found(tmp_path, *query) == ref_id


def test_a_word_exchanged_is_no_slip_though_the_reference_knows_few_words(tmp_path: Path) -> None:
    path = write(
        tmp_path / "ref.csv",
        ("ref_id", "track_name", "artists"),
        [("a", "Quiet Light", "Bell"), ("b", "Home", "Quill")],
    )
    told = answers(tmp_path, [("Quiet Night", "Bell"), ("Quiet Ligth", "Bell")], path)
    assert [row["ref_id"] for row in told] == ["", "a"]


def test_of_two_songs_that_sound_alike_the_one_in_its_usual_letters_is_taken(tmp_path: Path) -> None:
    rows = [("a", "사랑", "작은별"), ("b", "자랑", "작은별")]
    path = write(tmp_path / "ref.csv", ("ref_id", "track_name", "artists"), rows)
    told = answers(tmp_path, [("Sarang", "Jakeunbyeol"), ("Jarang", "Jakeunbyeol")], path)
    assert [row["ref_id"] for row in told] == ["a", "b"]


def test_a_lone_guest_is_settled_by_the_length(tmp_path: Path) -> None:
    title, artist = "Home (feat. Guest Two)", "Ada Quill"
    lengths = (190_000, "", 300_000)
    rows = answers(tmp_path, [(title, artist, length) for length in lengths])
    assert [row["verdict"] for row in rows] == ["matched", "matched", "unmatched"]
    # 5.5 - 4.4 + 2.0, 5.5 - 4.4, 5.5 - 4.4 - 2.5 in log-odds
    assert [float(row["confidence"]) for row in rows] == pytest.approx([0.957, 0.750, 0.198], abs=0.001)


def test_of_rows_with_the_same_names_length_album_and_popularity_choose_in_this_order(tmp_path: Path) -> None:
    heading = ("ref_id", "track_name", "artists", "duration_ms", "popularity")
    rows = [("a", "Song", "Bell", 200_000, 10), ("b", "Song", "Bell", 230_000, 90), ("c", "Song", "Bell", 230_000, 5)]
    path = write(tmp_path / "ref.csv", heading, rows)
    told = answers(tmp_path, [("Song", "Bell", 201_000), ("Song", "Bell", 231_000), ("Song", "Bell")], path)
    assert [row["ref_id"] for row in told] == ["a", "b", "b"]


def test_a_beginning_that_two_songs_share_is_ambiguous(tmp_path: Path) -> None:
    told = answers(tmp_path, [("Lantern, P…", "The Tin Postcards")])
    assert (told[0]["verdict"], told[0]["ref_id"]) == ("ambiguous", "")
    assert told[0]["reason"] == "not sure: cut before a number, rival"


def test_ids_come_before_names(tmp_path: Path) -> None:
    heading = ("track_id", "track_name", "artists", "isrc")
    path = write(
        tmp_path / "ref.csv", heading, [(ID, "One Song", "Bell", ""), ("x", "Two Song", "Bell", "GB-AYE-68-00001")]
    )
    columns = ("query_id", "track_name", "artist_name", "spotify_track_id", "isrc")
    asked = [
        ("by id", "Other", "Name", f"spotify:track:{ID}", ""),
        ("by address", "", "", f"https://open.spotify.com/track/{ID}?si=1", ""),
        ("by isrc", "Other", "Name", "", "gbaye6800001"),
        ("unknown id", "Two Song", "Bell", "7" * 22, ""),
    ]
    queries = write(tmp_path / "q.csv", columns, asked)
    match_files(queries, [path], tmp_path / "o.csv", {})
    told = {row["query_id"]: (row["ref_id"], row["reason"]) for row in read(tmp_path / "o.csv")}
    assert told == {
        "by id": (ID, "the same Spotify id"), "by address": (ID, "the same Spotify id"),
        "by isrc": ("x", "the same ISRC"), "unknown id": ("x", "the same names"),
    }  # fmt: skip


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_the_order_of_rows_queries_and_files_is_nothing(tmp_path: Path, seed: int) -> None:
    rng = Random(seed)  # noqa: S311
    queries = [
        ("Paintde Harbour", "Small Hours"),
        ("Home", "Verandahs"),
        ("Lantern, P…", "The Tin Postcards"),
        ("Sarang", "푸른 고래"),
    ]
    plain = {(row["ref_id"], row["confidence"], row["reason"]) for row in answers(tmp_path, queries)}
    rows = rng.sample(REFERENCE, len(REFERENCE))
    (tmp_path / "one").mkdir(exist_ok=True)
    files = [reference(tmp_path, rows[:5]), reference(tmp_path / "one", rows[5:])]
    told = answers(tmp_path, rng.sample(queries, len(queries)), *rng.sample(files, 2))
    assert {(row["ref_id"], row["confidence"], row["reason"]) for row in told} == plain


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.tuples(st.text(max_size=30), st.text(max_size=20)), min_size=1, max_size=5))
def test_any_text_is_answered(tmp_path: Path, names: list[tuple[str, str]]) -> None:
    told = [tuple(text.encode("utf-8", "replace").decode() for text in pair) for pair in names]
    assert len(answers(tmp_path, told)) == len(told)
