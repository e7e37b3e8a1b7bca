"""One row per recording, and a receipt that says what became of every row of the file."""

from pathlib import Path

import pytest
from kept_references import commits, kept, problems, read_rows
from reference_files import playlist_song, spotify_track, top_song, track_id, written

import groovelog.matching.references.read
from calling import Call


def test_genres_of_one_id_are_gathered_and_the_highest_popularity_counts(
    home: Path, call: Call, tmp_path: Path
) -> None:
    rows = [
        spotify_track("a", track_genre="rock", popularity=40),
        spotify_track("b"),
        spotify_track("a", track_genre="folk", popularity=42),
        spotify_track("a", track_genre="rock", popularity=40),
    ]
    receipt = call("reference", "add", written(tmp_path, rows), "--json").json
    assert [receipt[name] for name in ("rows", "kept", "merged", "dropped")] == [4, 2, 2, 0]
    assert [(why["outcome"], why["rows"]) for why in receipt["reasons"]] == [("merged", 2)]
    assert [(what["feature"], what["values"]) for what in receipt["unknown"]] == [("popularity", 1)]
    assert [(row["ref_id"], row["genres"], row["popularity"]) for row in kept(home)] == [
        (track_id("a"), "folk\nrock", 42), (track_id("b"), "acoustic", 40),
    ]  # fmt: skip
    assert problems(home) == []


def test_of_differing_audio_features_those_of_most_rows_are_kept_together(
    home: Path, call: Call, tmp_path: Path
) -> None:
    rows = [
        spotify_track("a", energy=0.1, valence=0.9, track_name="First", track_genre="x"),
        spotify_track("a", energy=0.2, valence=0.8, track_name="Second", track_genre="y"),
        spotify_track("a", energy=0.2, valence=0.8, track_name="Third", track_genre="z"),
    ]
    receipt = call("reference", "add", written(tmp_path, rows), "--json").json
    assert [(why["outcome"], why["rows"], why["first_row"]) for why in receipt["reasons"]] == [
        ("merged", 1, None), ("merged", 1, 1),
    ]  # fmt: skip
    assert "other audio features" in receipt["reasons"][1]["reason"]
    (row,) = kept(home)
    assert (row["energy"], row["valence"], row["track_name"], row["genres"]) == (0.2, 0.8, "Second", "x\ny\nz")


def test_where_as_many_rows_say_each_the_fewest_unknown_count_then_the_first(tmp_path: Path) -> None:
    rows = [spotify_track("a", energy="", valence=0.3), spotify_track("a", energy=0.5, valence=0.4)]
    rows += [spotify_track("b", energy=0.7), spotify_track("b", energy=0.6)]
    first, second = read_rows(written(tmp_path, rows))
    assert (first["energy"], first["valence"], second["energy"]) == (0.5, 0.4, 0.7)


def test_without_ids_title_artist_and_length_make_one_recording(tmp_path: Path) -> None:
    rows = [
        top_song(),
        top_song(**{"track_name": "SALT ROAD ", "artist(s)_name": "mira vale"}),
        top_song(track_name="Salt Road II"),
    ]
    assert len(read_rows(written(tmp_path, rows))) == 2
    rows = [{"title": "a", "artist": "b", "energy": 0.5, "duration_ms": length} for length in (1000, 1000, 2000)]
    assert len(read_rows(written(tmp_path, rows))) == 2


def test_what_is_dropped_and_why(home: Path, call: Call, tmp_path: Path) -> None:
    rows = [
        spotify_track("a"),
        spotify_track("b", track_name="", artists="", album_name=""),
        spotify_track("c", **dict.fromkeys(("danceability", "energy", "key", "loudness", "mode", "speechiness", "acousticness",
            "instrumentalness", "liveness", "valence", "tempo", "time_signature"), "")),
        spotify_track(track_id="", artists=""),
    ]  # fmt: skip
    path = written(tmp_path, rows)
    with path.open("a", encoding="utf-8") as file:
        file.write("5,too,short\n" + ",".join("x" * 22) + "\n")
    receipt = call("reference", "add", path, "--json").json
    assert [receipt[name] for name in ("rows", "kept", "merged", "dropped")] == [6, 1, 0, 5]
    assert [(why["reason"], why["rows"], why["first_row"]) for why in receipt["reasons"]] == [
        ("fewer columns than the heading", 1, 6), ("more columns than the heading", 1, 7),
        ("neither title nor artist: an entry that was withdrawn, or an empty row", 1, 2), ("no audio feature", 1, 3),
        ("no id, and not both title and artist", 1, 4),
    ]  # fmt: skip
    shown = call("reference", "add", path, "--name", "again").out
    assert "The sum: 1 kept + 0 merged + 5 dropped = 6 rows" in shown


def test_values_that_are_not_known_are_counted(home: Path, call: Call, tmp_path: Path) -> None:
    rows = [spotify_track("a", tempo=0, key=-1, energy=7), spotify_track("b", energy=-2), spotify_track("c")]
    receipt = call("reference", "add", written(tmp_path, rows), "--json").json
    assert [(what["feature"], what["reason"], what["values"]) for what in receipt["unknown"]] == [
        ("energy", "out of range, or no value at all", 2), ("key", "the file says that it is not known", 1),
        ("tempo", "the file says that it is not known", 1),
    ]  # fmt: skip


def test_the_same_file_again_changes_nothing(home: Path, call: Call, tmp_path: Path) -> None:
    path = written(tmp_path, [spotify_track("a"), spotify_track("a", track_genre="x")])
    first = call("reference", "add", path, "--json").json
    before = commits(home), kept(home)
    second = call("reference", "add", path, "--json").json
    assert (first["outcome"], second["outcome"]) == ("added", "unchanged")
    assert {**first, "outcome": "", "seconds": 0} == {**second, "outcome": "", "seconds": 0}
    assert (commits(home), kept(home)) == before
    assert "nothing was changed" in call("reference", "add", path).out


def test_a_new_version_takes_the_place_and_others_stay(home: Path, call: Call, tmp_path: Path) -> None:
    call("reference", "add", written(tmp_path, [playlist_song("x")]))
    call("reference", "add", written(tmp_path / "1", [spotify_track("a"), spotify_track("b")]))
    receipt = call("reference", "add", written(tmp_path / "2", [spotify_track("c")]), "--json").json
    assert (receipt["outcome"], receipt["priority"]) == ("replaced", 2)
    assert [(row["reference"], row["ref_id"]) for row in kept(home)] == [
        ("spotify-songs-30000", track_id("x")), ("spotify-tracks", track_id("c")),
    ]  # fmt: skip
    assert problems(home) == []


def test_the_order_of_adding_is_the_priority_unless_it_is_given(home: Path, call: Call, tmp_path: Path) -> None:
    path = written(tmp_path, [spotify_track()])
    call("reference", "add", path, "--name", "first")
    call("reference", "add", path, "--name", "second")
    call("reference", "add", path, "--name", "before-all", "--priority", "0", "--licence", "CC0")
    assert [(one["name"], one["priority"]) for one in call("reference", "list", "--json").json["references"]] == [
        ("before-all", 0), ("first", 1), ("second", 2),
    ]  # fmt: skip
    assert call("reference", "add", path, "--name", "first", "--priority", "9", "--json").json["outcome"] == "replaced"
    listed = call("reference", "list", "--json").json["references"]
    assert [one["name"] for one in listed] == ["before-all", "second", "first"]
    assert (listed[0]["licence"], listed[0]["rows"], listed[0]["coverage"]) == ("CC0", 1, None)
    shown = call("reference", "list").out
    assert "before-all" in shown
    assert "Coverage" not in shown


def test_a_file_of_other_columns_does_not_take_the_place_unasked(home: Path, call: Call, tmp_path: Path) -> None:
    call("reference", "add", written(tmp_path / "1", [{"id": "1", "energy": 1}], "tracks.csv"))
    other = written(tmp_path / "2", [{"id": "1", "valence": 1}], "tracks.csv")
    refused = call("reference", "add", other)
    assert (refused.code, "--name tracks puts this file in its place" in refused.err) == (1, True)
    assert call("reference", "add", other, "--name", "tracks", "--json").json["outcome"] == "replaced"


def test_no_references_yet(call: Call) -> None:
    assert call("reference", "list", "--json").json == {"references": []}
    assert "None yet" in call("reference", "list").out


def test_a_large_file_is_merged_in_pieces_with_the_same_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = "abcdefgabcabdd"
    path = written(tmp_path, [spotify_track(letter, track_genre=str(at)) for at, letter in enumerate(letters)])
    whole = read_rows(path)
    monkeypatch.setattr(groovelog.matching.references.read, "AT_A_TIME", 3)
    cut = read_rows(path)
    assert [len({row.pop("piece") for row in rows}) > 1 for rows in (whole, cut)] == [False, True]
    assert cut == whole
    assert [(row["ref_id"], row["genres"]) for row in cut][:2] == [
        (track_id("a"), "0\n10\n7"), (track_id("b"), "1\n11\n8"),
    ]  # fmt: skip
