"""A listener who is forgotten is found in no byte of the home; everybody else is as before."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from export_rows import account, extended, write_export
from kept import NOW, Kept, everything, plays, plays_anew, source_plays, text_of
from stopping import Killed

from groovelog.errors import NotFoundError
from groovelog.lake import delta, sweep
from groovelog.lake.check import check
from groovelog.lake.home import Home
from groovelog.lake.matches import REJECT
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import add_listener, change_zone, compact_lake, forget, import_exports, remove_listeners, share
from groovelog.pipeline.matches import decide
from groovelog.pipeline.references import add_reference
from groovelog.tables import PLAYS, TABLES, Table

# Where these letters stand together, they tell of the one who is forgotten.
NAME, TITLE, ARTIST, LABEL = "Wrenna Öst", "Sólo yo lo oí", "Nobody Else", "wrennas-files"
URI = "spotify:track:onlywrennaplayedthis01"
SHARED = extended("2021-03-04 10:00:00", "a")


def own(stop: str, **other: object) -> dict[str, object]:
    return extended(
        stop,
        master_metadata_track_name=TITLE,
        master_metadata_album_artist_name=ARTIST,
        spotify_track_uri=URI,
        **other,
    )


def bring(home: Home, folder: Path, listener: str, *rows: dict[str, object]) -> None:
    paths = write_export(folder, [list(rows)])
    import_exports(home, paths, listener=listener, timezone="Europe/Lisbon", now=NOW)


@pytest.fixture(scope="module")
def history(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wrenna, Tamsin, and Rook who was removed; zones changed, rows said twice and rows that cannot be read."""
    tmp_path = tmp_path_factory.mktemp("history")
    home = Home(Path(shutil.copytree(empty_lake, tmp_path / "home")))
    theirs, others = tmp_path / LABEL, tmp_path / "others"
    bring(home, theirs / "1", NAME, own("2020-06-05 12:00:00"), own("2021-06-05 12:00:00"), SHARED)
    bring(home, others / "1", "Tamsin", SHARED, extended("2022-03-04 10:00:00", "b"))
    bring(home, others / "2", "Rook", SHARED)
    # Renamed by Wrenna's row alone, which is later: the catalogue has to have the others' spelling again.
    renamed = extended("2023-03-04 10:00:00", "a", master_metadata_track_name=f"Água ({TITLE})")
    bring(
        home,
        theirs / "2",
        NAME,
        own("2020-06-05 12:00:00"),
        own("2020-06-05 13:00:00", ts=f"no time, {TITLE}"),
        renamed,
    )
    change_zone(home, NAME, "Asia/Tokyo", now=NOW)
    change_zone(home, "Tamsin", "America/New_York", now=NOW)
    bring(home, others / "3", "Tamsin", extended("2022-05-04 10:00:00", "c"))
    bring(home, others / "4", "Tamsin", account("2022-03-04 10:00", "b"))
    remove_listeners(home, ["Rook"], now=NOW)
    songs = others / "few-songs.csv"
    songs.write_text("id,name,artists,energy\nr1,Boogie,Somebody Else,0.5\n")
    add_reference(home, songs, now=NOW)
    decide(home, URI, "r1", REJECT, now=NOW)
    share(home, NAME, "totals", now=NOW)
    share(home, "Tamsin", "all", now=NOW)
    return home.root


@pytest.fixture
def lived_in(history: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(history, tmp_path / "home")))


def listener_id(home: Home, name: str) -> str:
    with open_snapshot(home.lake) as snapshot:
        return next(person.listener_id for person in snapshot.listeners() if person.name == name)


def where(home: Home, *needles: str) -> set[str]:
    """Tables, or places beside them, in whose files or files' names one of the needles stands."""
    return {
        path.relative_to(home.root).parts[1] if path.is_relative_to(home.root / "lake") else path.name
        for path in home.root.rglob("*")
        if any(
            needle in str(path.relative_to(home.root)) or (path.is_file() and needle in text_of(path))
            for needle in needles
        )
    }


def others(home: Home) -> dict[str, Kept]:
    return {"plays": plays(home, "Tamsin"), "source_plays": source_plays(home, "Tamsin")}


def sound(home: Home) -> bool:
    with open_snapshot(home.lake) as snapshot:
        return check(snapshot) == []


def assert_forgotten(home: Home, opaque: str, before: dict[str, Kept]) -> None:
    assert where(home, NAME, "Wrenna", TITLE, ARTIST, LABEL, URI) == set()
    assert where(home, opaque) == {"erasures"}
    assert others(home) == before
    assert plays_anew(home, "Tamsin") == before["plays"]
    assert {track["track_name"] for track in everything(home)["tracks"]} == {"Água", "Boogie", "黒い海"}
    assert sound(home)


def test_the_search_finds_what_is_there(lived_in: Home) -> None:
    told = {"source_plays", "plays", "tracks", "receipts", "receipt_rows"}
    assert where(lived_in, NAME) == {"listeners"}
    assert where(lived_in, TITLE) == {"source_plays", "plays", "tracks", "recordings", "receipt_rows"}
    assert where(lived_in, URI) >= {"track_matches", "match_decisions"}
    assert where(lived_in, LABEL) == {"receipts"}
    assert where(lived_in, listener_id(lived_in, NAME)) == (told | {"listeners", "listener_zones", "consents"}) - {
        "tracks"
    }


def test_nothing_is_left_of_who_is_forgotten(lived_in: Home) -> None:
    opaque, before = listener_id(lived_in, NAME), others(lived_in)
    dead = lived_in.scratch / "run-9999999-0123abcd" / "file.json"
    dead.parent.mkdir(parents=True)
    dead.write_text(NAME)
    erased = forget(lived_in, NAME, now=NOW)
    assert_forgotten(lived_in, opaque, before)
    # Rows brought: 3 and 1 that are kept, 1 known, 1 unreadable. A name of Wrenna's goes with her track.
    assert erased.rows == {
        "source_plays": 4, "plays": 4, "tracks": 1, "recordings": 1, "track_matches": 1, "match_decisions": 1,
        "playlists": 0, "playlist_tracks": 0, "saved_tracks": 0,
        "top_items": 0, "collections": 0, "gaps": 0, "receipts": 2, "receipt_rows": 2, "listeners": 1, "listener_zones": 2,
        "consents": 1, "shared_totals": 0, "feedback": 0,
    }  # fmt: skip
    assert erased.files > 10
    (row,) = everything(lived_in)["erasures"]
    assert (row["scope"], row["erased_at"], row["run_id"][:6]) == ("everything", NOW.replace(tzinfo=None), "000017")


def test_nothing_lies_about_but_what_is_published(lived_in: Home) -> None:
    forget(lived_in, NAME, now=NOW)
    with open_snapshot(lived_in.lake) as snapshot:
        for table in TABLES:
            found = {str(one.path.relative_to(table.name)) for one in sweep.data_files(lived_in.lake, table)}
            assert found == {file.path for file in snapshot.files(table)}
    assert [path for path in (lived_in.root / "lake").rglob("*") if path.is_dir() and not any(path.iterdir())] == []
    assert not sweep.demanded(lived_in.lake)


def test_work_goes_on_and_the_name_is_free(lived_in: Home, tmp_path: Path) -> None:
    forget(lived_in, NAME, now=NOW)
    bring(lived_in, tmp_path / "again", NAME, own("2020-06-05 12:00:00"))
    assert [play["track_name"] for play in plays(lived_in, NAME)] == [TITLE]
    bring(lived_in, tmp_path / "more", "Tamsin", extended("2022-03-04 10:05:00", "a"))
    compact_lake(lived_in, now=NOW)
    assert len(plays(lived_in, "Tamsin")) == 4
    assert plays_anew(lived_in, "Tamsin") == plays(lived_in, "Tamsin")
    assert sound(lived_in)


def test_who_was_removed_can_be_forgotten(lived_in: Home) -> None:
    assert where(lived_in, "Rook") == {"listeners"}
    before = others(lived_in), plays(lived_in, NAME)
    assert forget(lived_in, "Rook", now=NOW).rows["listeners"] == 2
    assert where(lived_in, "Rook") == set()
    assert (others(lived_in), plays(lived_in, NAME)) == before


def test_the_last_one_can_be_forgotten(home: Home, tmp_path: Path) -> None:
    bring(home, tmp_path / LABEL, NAME, own("2020-06-05 12:00:00"))
    opaque = listener_id(home, NAME)
    forget(home, NAME, now=NOW)
    assert where(home, NAME, TITLE, ARTIST, LABEL, URI) == set()
    assert where(home, opaque) == {"erasures"}
    assert sound(home)


def test_nobody_of_that_name_is_a_failure_and_makes_no_lake(lived_in: Home) -> None:
    with pytest.raises(NotFoundError, match=f"no listener named Nobody. Known: Tamsin, {NAME}"):
        forget(lived_in, "Nobody", now=NOW)
    root = Home(lived_in.root.parent / "elsewhere")
    with pytest.raises(NotFoundError, match="nobody yet"):
        forget(root, "Nobody", now=NOW)
    assert not (root.root / "lake").exists()


def test_who_opens_just_then_finds_the_new_state(lived_in: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    found = delta.files

    def files_gone_meanwhile(lake: Path, table: Table, at: int | None = None) -> list[delta.DataFile]:
        files = found(lake, table, at)
        if table is PLAYS:
            monkeypatch.undo()
            forget(lived_in, NAME, now=NOW)
        return files

    monkeypatch.setattr(delta, "files", files_gone_meanwhile)
    with open_snapshot(lived_in.lake) as snapshot:
        assert [(person.name, person.plays) for person in snapshot.listeners()] == [("Tamsin", 3)]


def survive(home: Home, folder: Path, dies_after: Callable[[int], None], undo: Callable[[], None], stride: int) -> int:
    """Die at each `stride`th step of forgetting; returns how often."""
    opaque, before, told, steps = listener_id(home, NAME), others(home), everything(home), 0
    while True:
        copy = Home(Path(shutil.copytree(home.root, folder / str(steps))))
        dies_after(steps)
        try:
            forget(copy, NAME, now=NOW)
        except Killed:
            undo()
            with open_snapshot(copy.lake) as snapshot:
                logically = not any(person.name == NAME for person in snapshot.listeners())
                assert not [found for found in check(snapshot) if found.problem]
            if logically:
                # The next writer, whatever it writes, completes it.
                add_listener(copy, "Linnet", "UTC", now=NOW)
            else:
                assert everything(copy) == told
                forget(copy, NAME, now=NOW)
            assert_forgotten(copy, opaque, before)
            steps += stride
        else:
            undo()
            assert_forgotten(copy, opaque, before)
            return steps // stride


def test_forgetting_can_die(
    lived_in: Home, tmp_path: Path, dies_after: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert survive(lived_in, tmp_path / "copies", dies_after, monkeypatch.undo, stride=140) >= 2


@pytest.mark.long
def test_forgetting_can_die_at_any_step(
    lived_in: Home, tmp_path: Path, dies_after: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert survive(lived_in, tmp_path / "copies", dies_after, monkeypatch.undo, stride=3) > 30
