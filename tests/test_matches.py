"""The lake's tracks in its references: what is asked again, what counts, and a person's word, by the commands."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from calling import Call
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import import_exports
from groovelog.pipeline.references import add_reference
from spotify_export import AUDIO, extended, text

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)

URIS = {letter: f"spotify:track:{letter * 22}" for letter in "abcd"}
TITLES = {"a": "Painted Harbour", "b": "Letter to the Lantern", "c": "Wandering Barometers", "d": "Quiet Umbrella"}
ARTIST = "The Small Hours"


def written(folder: Path, letters: str, minute: int = 0) -> Path:
    rows = [
        extended(
            minute + at,
            spotify_track_uri=URIS[letter],
            master_metadata_track_name=TITLES[letter],
            master_metadata_album_artist_name=ARTIST,
        )
        for at, letter in enumerate(letters)
    ]
    folder.mkdir()
    (folder / AUDIO).write_bytes(text(*rows))
    return folder / AUDIO


def history(call: Call, path: Path) -> None:
    assert call("import", path, "--listener", "Wren").code == 0


def reference(folder: Path, *rows: str, name: str = "songs") -> Path:
    path = folder / f"{name}.csv"
    path.write_text("id,title,artists,energy,duration_ms\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


HARBOUR = f"{'a' * 22},Painted Harbour,{ARTIST},0.5,200000"
LANTERN = f"r2,Letter to the Lantern - 2011 Remaster,{ARTIST},0.6,210000"
BAROMETERS = f"r3,Wandring Barometers,{ARTIST},0.7,220000"
LIVE = f"r4,Quiet Umbrella - Live,{ARTIST},0.8,230000"


def kept(home: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    """For each title and reference: row, evidence, verdict, and whether it counts."""
    with open_snapshot(Home(home).lake) as snapshot:
        rows = snapshot.connection.execute(
            "SELECT track_name, reference, ref_id, evidence, verdict, chosen FROM track_matches JOIN tracks USING (track_id)"
        ).fetchall()
    return {(title, name): tuple(rest) for title, name, *rest in rows}


@pytest.fixture(scope="module")
def matched_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("matched")
    home = Home(folder / "home")
    import_exports(home, [written(folder / "first", "abcd")], listener="Wren", now=NOW)
    add_reference(home, reference(folder, HARBOUR, LANTERN, BAROMETERS, LIVE), now=NOW)
    return home.root


@pytest.fixture
def matched(call: Call, home: Path, matched_home: Path) -> Call:
    """Four tracks, matched to a reference that has them by id, in another edition, misspelt, and as another version."""
    shutil.copytree(matched_home, home)
    return call


def test_a_new_reference_is_asked_for_every_track_by_the_best_evidence(matched: Call, home: Path) -> None:
    assert kept(home) == {
        ("Painted Harbour", "songs"): ("a" * 22, "id", "matched", True),
        ("Letter to the Lantern", "songs"): ("r2", "equal names", "matched", True),
        ("Wandering Barometers", "songs"): ("r3", "alike names", "matched", True),
        ("Quiet Umbrella", "songs"): (None, None, "unmatched", False),
    }
    assert matched("reference", "list", "--json").json["references"][0]["coverage"] == 0.75
    report = matched("report", "coverage", "--listener", "Wren", "--format", "json").json
    assert report["coverage"] == 0.75
    assert [(row["track_name"], row["reason"]) for row in report["rows"] if row["track_name"]] == [
        ("Quiet Umbrella", "nothing alike: other version")
    ]
    assert matched("lake", "check", "--json").json["sound"]


def test_only_what_is_new_is_asked_again(call: Call, home: Path, tmp_path: Path) -> None:
    history(call, written(tmp_path / "first", "ab"))
    call("reference", "add", reference(tmp_path, HARBOUR, LANTERN, BAROMETERS))
    history(call, written(tmp_path / "second", "c", minute=10))  # is matched by the import itself
    assert kept(home)["Wandering Barometers", "songs"] == ("r3", "alike names", "matched", True)
    told = call("match", "--json").json
    assert told == {
        "listener": None, "tracks": 3, "matched": 3,
        "references": [{"reference": "songs", "matched": 3, "ambiguous": 0, "unmatched": 0, "new": 0}],
    }  # fmt: skip
    # Another version of the reference: all are asked of it, and a row that it lacks is a match no more.
    call("reference", "add", reference(tmp_path, LANTERN, BAROMETERS))
    assert kept(home)["Painted Harbour", "songs"] == (None, None, "unmatched", False)
    assert call("match", "--listener", "Wren", "--json").json["matched"] == 2
    assert call("match", "--listener", "Nobody").err == "groovelog: There is no listener named Nobody. Known: Wren.\n"


def test_of_several_references_the_first_that_knows_the_track_counts(matched: Call, home: Path, tmp_path: Path) -> None:
    other = reference(
        tmp_path, f"o1,Painted Harbour,{ARTIST},0.1,200000", f"o4,Quiet Umbrella,{ARTIST},0.1,1", name="others"
    )
    matched("reference", "add", other)
    found = kept(home)
    assert found["Painted Harbour", "others"] == ("o1", "equal names", "matched", False)
    assert found["Quiet Umbrella", "others"] == ("o4", "equal names", "matched", True)
    matched("reference", "add", other, "--priority", "0")
    found = kept(home)
    assert found["Painted Harbour", "others"][-1]
    assert not found["Painted Harbour", "songs"][-1]
    assert (home / "cache/references/others").is_dir()
    matched("reference", "remove", "others")
    assert not (home / "cache/references/others").exists()
    assert kept(home)["Painted Harbour", "songs"][-1]
    assert matched("reference", "remove", "others").err == "groovelog: There is no reference others. There is: songs.\n"


def test_a_person_s_word_wins_and_is_kept(matched: Call, home: Path, tmp_path: Path) -> None:
    answer = matched("matches", "confirm", "Quiet Umbrella", "r4")
    assert answer.out == (
        f"Kept. {URIS['d']}: Quiet Umbrella / {ARTIST}\n  songs: matched r4, which counts, 1.000: confirmed by a person\n"
    )
    assert kept(home)["Quiet Umbrella", "songs"] == ("r4", "person", "matched", True)
    # A reference that comes before, and the very file again as a new version: the word stands.
    matched(
        "reference", "add", reference(tmp_path, f"o4,Quiet Umbrella,{ARTIST},0.1,1", name="others"), "--priority", "0"
    )
    assert kept(home)["Quiet Umbrella", "others"] == ("o4", "equal names", "matched", False)
    matched("reference", "add", reference(tmp_path, HARBOUR, LIVE))
    assert kept(home)["Quiet Umbrella", "songs"] == ("r4", "person", "matched", True)
    # The row is gone, and comes back.
    matched("reference", "add", reference(tmp_path, HARBOUR))
    assert kept(home)["Quiet Umbrella", "songs"] == (None, None, "unmatched", False)
    matched("reference", "add", reference(tmp_path, HARBOUR, LIVE))
    assert kept(home)["Quiet Umbrella", "songs"] == ("r4", "person", "matched", True)
    # Who changes their mind has the last word.
    matched("matches", "reject", URIS["d"], "songs/r4")
    assert kept(home)["Quiet Umbrella", "songs"] == (None, None, "unmatched", False)
    assert kept(home)["Quiet Umbrella", "others"][-1]


def test_what_is_rejected_gives_way_to_the_next_candidate(matched: Call, home: Path, tmp_path: Path) -> None:
    matched("reference", "add", reference(tmp_path, HARBOUR, LANTERN, f"r9,Letter to the Lantern,{ARTIST},0.5,210000"))
    first = kept(home)["Letter to the Lantern", "songs"][0]
    (second,) = {"r2", "r9"} - {first}
    told = matched("matches", "reject", "Letter to the Lantern - the small hours", first, "--json").json
    assert (told["decision"], told["match"]["ref_id"], told["match"]["chosen"]) == ("reject", second, True)
    assert matched("matches", "reject", URIS["b"], second, "--json").json["match"]["verdict"] == "unmatched"
    told = matched("matches", "explain", URIS["b"], "--json").json["references"][0]
    assert told["rejected"] == ["r2", "r9"]
    assert [(one["ref_id"], one["refused"]) for one in told["candidates"]] == [("a" * 22, "other title")]


def test_explaining_shows_what_speaks_for_and_against(matched: Call) -> None:
    answer = matched("matches", "explain", f"https://open.spotify.com/track/{'c' * 22}?si=x")
    assert answer.out.startswith(f"{URIS['c']}: Wandering Barometers / {ARTIST}\n")
    assert "songs: matched r3, which counts, 0.9" in answer.out
    assert "−0.8 slip in title" in answer.out
    refused = matched("matches", "explain", "quiet umbrella").out
    assert "songs: unmatched, 0.000: nothing alike: other version" in refused
    assert "ruled out: other" in refused


def test_what_cannot_be_told_is_said(matched: Call, tmp_path: Path) -> None:
    assert matched("matches", "explain", "Nothing of mine").err.startswith(
        "groovelog: There is no track 'Nothing of mine'. Nearest are:\n  spotify:track:"
    )
    assert matched("matches", "confirm", "Painted Harbour", "r99").err == (
        "groovelog: No reference has a row 'r99'. `groovelog matches explain TRACK` shows candidates.\n"
    )
    matched("reference", "add", reference(tmp_path, LANTERN, name="others"))
    assert matched("matches", "confirm", "Painted Harbour", "r2").err == (
        "groovelog: Several references have a row 'r2'. Say which: others/r2, songs/r2.\n"
    )
    assert matched("matches", "confirm", "Painted Harbour", "others/r2").code == 0


def test_two_tracks_of_one_title_are_told_apart(call: Call, tmp_path: Path) -> None:
    TITLES["d"] = TITLES["a"]
    try:
        history(call, written(tmp_path / "first", "ad"))
    finally:
        TITLES["d"] = "Quiet Umbrella"
    call("reference", "add", reference(tmp_path, HARBOUR))
    answer = call("matches", "explain", "painted harbour")
    assert (answer.code, answer.err.splitlines()[0]) == (
        1, "groovelog: 2 tracks are 'painted harbour'. Give the id of one:",
    )  # fmt: skip
    assert call("matches", "explain", URIS["d"]).code == 0


def test_without_a_reference_it_is_said_what_to_do(call: Call, tmp_path: Path) -> None:
    history(call, written(tmp_path / "first", "a"))
    for words in (("match",), ("matches", "explain", "Painted Harbour")):
        answer = call(*words)
        assert answer.code == 1
        assert answer.err.startswith(
            "groovelog: There is no reference yet. `groovelog reference download spotify-tracks`"
        )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--queries", "q.csv"), "--reference, --output is missing."),
        (("--output", "o.csv"), "--queries, --reference is missing."),
    ],
)
def test_half_of_a_list_s_options_is_told(call: Call, words: tuple[str, ...], told: str) -> None:
    answer = call("match", *words)
    assert (answer.code, answer.err.startswith(f"groovelog: {told}")) == (1, True)
