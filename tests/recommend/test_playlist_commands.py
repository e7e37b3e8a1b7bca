"""`groovelog playlist optimize` and `blend`, as people and scripts call them, on a small home."""

import csv
import io
import json
import shutil
from datetime import UTC, datetime
from itertools import pairwise, permutations
from pathlib import Path

import pytest

from calling import Answer, Call
from groovelog.errors import NotFoundError, UsageError
from groovelog.lake.home import Home
from groovelog.pipeline import import_exports
from groovelog.pipeline.references import add_reference
from groovelog.recommend.playlists.library import Playlist, find
from saved_files import playlist, playlists, track
from spotify_export import AUDIO, extended, text

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SONGS = 6
ENERGIES = (0.9, 0.1, 0.5, 0.3, 0.7, 0.2)


def uri(number: int) -> str:
    return f"spotify:track:{number:022}"


def of(number: int) -> dict[str, object]:
    return track(number, trackName=f"Harbour Lamp {number}", artistName=f"Artist Number {number}")


def reference(folder: Path) -> Path:
    """Of the six, and of four more that nobody played; those are acoustic."""
    path = folder / "songs.csv"
    told = io.StringIO()
    rows = csv.writer(told, lineterminator="\n")
    columns = "track_id,track_name,artists,energy,valence,acousticness,danceability,tempo,key,mode,duration_ms"
    rows.writerow(columns.split(","))
    for number in range(SONGS + 4):
        energy = ENERGIES[number] if number < SONGS else 0.45
        acoustic = 0.1 if number < SONGS else 0.8
        names = (f"{number:022}", f"Harbour Lamp {number}", f"Artist Number {number}")
        rows.writerow([*names, energy, 0.5, acoustic, 0.5, 120, 0, 1, 200_000])
    path.write_text(told.getvalue(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    plays = [
        extended(
            minute, spotify_track_uri=uri(minute % 2), master_metadata_track_name=f"Harbour Lamp {minute % 2}",
            master_metadata_album_artist_name=f"Artist Number {minute % 2}",
        )
        for minute in range(5)
    ]  # fmt: skip
    (folder / AUDIO).write_bytes(text(*plays))
    (folder / "Playlist1.json").write_bytes(
        playlists(
            playlist("Evening", *(of(number) for number in range(SONGS))),
            playlist("Alone", of(0)),
            playlist("Unknown", *(track(number, trackName=f"Elsewhere {number}") for number in range(80, 83))),
        )
    )
    home = Home(folder / "home")
    import_exports(home, [folder / AUDIO, folder / "Playlist1.json"], listener="Wren", now=NOW)
    add_reference(home, reference(folder), now=NOW)
    return home.root


@pytest.fixture
def filled(call: Call, home: Path, filled_home: Path) -> Call:
    """Wren has a playlist of six songs and one, and one that no reference knows; she played the first two."""
    shutil.copytree(filled_home, home)
    return call


def test_an_order_and_that_no_other_is_better(filled: Call) -> None:
    told = filled("playlist", "optimize", "evening", "--arc", "warm-up", "--json").json
    energies = [point["energy"] for point in told["after"]]
    assert energies == [point["wanted"] for point in told["after"]] == sorted(ENERGIES)
    assert [point["energy"] for point in told["before"]] == list(ENERGIES)
    assert [point["was"] for point in told["after"]] == [2, 6, 4, 3, 5, 1]
    # By hand: one tempo, one key, six artists; of every order the steps of energy and the way off the arc.
    wanted = sorted(ENERGIES)
    least = min(
        sum(6 * (one - other) ** 2 for one, other in zip(order, wanted, strict=True))
        + sum(3 * (one - other) ** 2 for one, other in pairwise(order))
        for order in permutations(ENERGIES)
    )
    assert told["cost"] == told["bound"] == pytest.approx(least)
    assert (told["listener"], told["playlist"], told["written"]) == ("Wren", "Evening", None)


def test_people_read_curves_reasons_and_how_good_it_is(filled: Call, tmp_path: Path) -> None:
    words = ("--arc", "peak", "--acoustic", "0.5", "--add", "1", "--drop", "1", "--m3u", tmp_path / "list.m3u8")
    told = filled("playlist", "optimize", "Evening", *words)
    assert told.code == 0
    for said in (
        "Energy before  █▁▅",
        "Drop Harbour Lamp",
        "Add Harbour Lamp",
        "Swap number",
        "Acoustic: 0% before, 5",
    ):
        assert said in told.out
    assert "never played here; songs knows it" in told.out
    assert told.out.endswith("Nothing was written. --write makes a new playlist of it on Spotify.\n")
    assert (tmp_path / "list.m3u8").read_text().count("spotify:track:") == SONGS


def test_mood_brings_other_songs_in(filled: Call) -> None:
    told = filled("playlist", "optimize", "Evening", "--mood", "0.5", "--json").json
    assert (len(told["added"]), len(told["dropped"])) == (1, 1)
    assert told["added"][0]["reasons"][1] == "valence 0.50, where 0.50 is wanted"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Evning",), "There is no playlist 'Evning'. Did you mean 'Evening'?"),
        (("Zzz",), "There is no playlist 'Zzz'. groovelog report"),
        (("Alone",), "'Alone' has one track: there is nothing to put in order."),
        (("Unknown",), "None of the 3 entries of 'Unknown' has audio features"),
        (("Evening", "--arc", "up"), "There is no arc 'up'"),
        (("Evening", "--acoustic", "2"), "acoustic goes from 0 to 1"),
        (("Evening", "--energy", "0.2", "--mood", "0.3"), "Give --energy or --mood"),
        (("Evening", "--yes"), "--yes says how to write. Add --write"),
        (("Evening", "--replace"), "--replace says how to write"),
        (("Evening", "--write", "--replace", "--yes"), "An export does not tell which playlist of Spotify this is."),
        (("Evening", "--listener", "Zoe"), "There is no listener named Zoe"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(filled: Call, words: tuple[str, ...], said: str) -> None:
    answer = filled("playlist", "optimize", *words, "--json")
    assert answer.code == 1
    assert said in answer.json["error"]["message"]


def test_without_a_sign_in_nothing_is_written(filled: Call) -> None:
    answer = filled("playlist", "optimize", "Evening", "--write", "--yes")
    assert answer.code == 1
    assert "login" in answer.err


def test_of_two_of_one_name_the_id_says_which() -> None:
    known = [Playlist("p1", "Mix", 3), Playlist("p2", "Mix", 40), Playlist("p3", "mix", 1)]
    with pytest.raises(UsageError, match=r"2 playlists are called 'Mix'. Give one by its id: p1 \(3 entries\), p2"):
        find(known, "Mix")
    assert find(known, "p2") is known[1]
    assert find(known, "mix") is known[2]
    with pytest.raises(NotFoundError, match="There is no playlist yet"):
        find([], "Mix")


@pytest.fixture
def pair(filled: Call, tmp_path: Path) -> Call:
    """Ivo, too, who played the third song, and once, incognito, the fourth."""
    plays = [
        extended(
            minute, spotify_track_uri=uri(number), master_metadata_track_name=f"Harbour Lamp {number}",
            master_metadata_album_artist_name=f"Artist Number {number}", incognito_mode=number == 3,
        )
        for minute, number in enumerate((2, 2, 3))
    ]  # fmt: skip
    folder = tmp_path / "ivo"
    folder.mkdir()
    (folder / AUDIO).write_bytes(text(*plays))
    assert filled("import", folder / AUDIO, "--listener", "Ivo").code == 0
    return filled


def blend(call: Call, *words: str) -> Answer:
    return call("playlist", "blend", "--listener", "Wren", "--listener", "Ivo", *words)


def test_a_blend_needs_everybodys_consent_and_leaves_incognito_out(pair: Call) -> None:
    for who in ("Wren", "Ivo"):
        answer = blend(pair, "--json")
        assert answer.code == 1
        assert "shows others nothing" in answer.json["error"]["message"]
        assert pair("listeners", "share", who, "all").code == 0
    told = blend(pair, "-n", "3", "--json").json
    assert {one["name"] for one in told["songs"]} == {"Harbour Lamp 0", "Harbour Lamp 1", "Harbour Lamp 2"}
    assert told["listeners"] == ["Wren", "Ivo"]
    assert 0 < told["least"] <= told["bound"] + 1e-9
    assert "Harbour Lamp 3" not in json.dumps(told)
    words = blend(pair, "-n", "3").out
    assert "Ivo played it 2 times" in words
    assert "no list of this length can give everybody more" in words


def test_a_blend_is_for_two(filled: Call) -> None:
    answer = filled("playlist", "blend", "--listener", "Wren", "--json")
    assert "for two listeners or more" in answer.json["error"]["message"]
