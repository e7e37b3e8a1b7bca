"""Playlists and saved tracks: kept as snapshots, each once, and the same after an export and an import of it."""

import json
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from drawn import copy_of
from export_rows import extended, write_export
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import NOW, Kept, everything
from taken_out import FORMATS, bring_back, take_out

from groovelog.lake.check import check
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Receipt
from groovelog.pipeline import import_exports
from saved_files import library, playlist, playlists, saved, track

TABLES = ("playlists", "playlist_tracks", "saved_tracks")
LATER = NOW + timedelta(days=30)


def bring(home: Home, *, now: datetime = NOW, listener: str = "me", **files: bytes) -> Receipt:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, f"{name}.json").write_bytes(content)
        return import_exports(home, [Path(folder)], listener=listener, now=now)


def kept(home: Home, listener: str = "me") -> dict[str, Kept]:
    """The three tables of a listener, without the run that wrote a row."""
    with open_snapshot(home.lake) as snapshot:
        (opaque,) = [person.listener_id for person in snapshot.listeners() if person.name == listener]
        told = {}
        for table in TABLES:
            query = f"SELECT * EXCLUDE (listener_id) FROM {table} WHERE listener_id = '{opaque}' ORDER BY ALL"
            rows = snapshot.connection.execute(f"SELECT COLUMNS(*)::VARCHAR FROM ({query})")
            names = [name for name, *_ in rows.description]
            told[table] = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
            for row in told[table]:
                row.pop("run_id", None)
            told[table].sort(key=str)
    return told


def test_what_is_told_is_kept(home: Home) -> None:
    local = {"uri": "spotify:local:Some+One:Demos:Take+1:200"}
    items = [
        track(1),
        {
            "episode": {"episodeName": "Talk", "showName": "Show", "episodeUri": "spotify:episode:e"},
            "addedDate": "soon",
        },
        {"localTrack": local},
        {"track": None},
    ]
    receipt = bring(home, Playlist1=playlists(playlist("Mix", *items)), YourLibrary=library([saved(1), {}]))
    assert receipt.saved == {"playlists": 1, "playlist_tracks": 4, "saved_tracks": 2}
    told = everything(home)
    (mix,) = told["playlists"]
    assert {name: mix[name] for name in ("playlist_name", "description", "modified_on", "entries", "source")} == {
        "playlist_name": "Mix", "description": "For the road", "modified_on": date(2021, 3, 4), "entries": 4,
        "source": "spotify_playlists",
    }  # fmt: skip
    assert mix["captured_at"] == NOW.replace(tzinfo=None)
    assert [
        (row["position"], row["kind"], row["track_uri"], row["track_name"], row["artist_name"], row["album_name"])
        for row in told["playlist_tracks"]
    ] == [
        (1, "track", f"spotify:track:{1:022}", "Title 1", "Artist", "Album"),
        (2, "episode", "spotify:episode:e", "Talk", "Show", None),
        (3, "track", local["uri"], "Take 1", "Some One", "Demos"),
        (4, "unknown", None, None, None, None),
    ]
    assert [row["added_at"] for row in told["playlist_tracks"]] == [datetime(2020, 2, 29), None, None, None]  # noqa: DTZ001
    assert [(row["position"], row["track_name"], row["added_at"]) for row in told["saved_tracks"]] == [
        (1, "Title 1", None), (2, None, None),
    ]  # fmt: skip


def test_a_snapshot_is_kept_once_and_a_changed_one_beside_it(home: Home) -> None:
    first = {"Playlist1": playlists(playlist("Mix", track(1))), "YourLibrary": library([saved(1)])}
    bring(home, **first)
    again = bring(home, now=LATER, **first)
    assert again.saved == {"playlists": 0, "playlist_tracks": 0, "saved_tracks": 0}
    changed = bring(home, now=LATER, Playlist1=playlists(playlist("Mix", track(1), track(2))))
    assert changed.saved == {"playlists": 1, "playlist_tracks": 2, "saved_tracks": 0}
    assert [row["entries"] for row in sorted(everything(home)["playlists"], key=lambda row: row["entries"])] == [1, 2]
    assert len({row["playlist_id"] for row in everything(home)["playlists"]}) == 1


ODD = [
    "", " ", 'say "hi"', "a,b", "one\ntwo", "\r\n", "'", "\\N", "null", "NaN", "007", "2020-01-01", "黒い海", "e\u0301", "🎧",
    "\x1f",
]  # fmt: skip
texts = st.none() | st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
days = st.none() | st.dates(date(1970, 1, 1), date(2100, 1, 1)).map(str) | st.just("soon")
items = st.one_of(
    st.builds(lambda name, uri, day: {**track(1, trackName=name, trackUri=uri), "addedDate": day}, texts, texts, days),
    st.builds(lambda name: {"episode": {"episodeName": name, "showName": "Show", "episodeUri": "x"}}, texts),
    st.builds(lambda name: {"audiobook": {"audiobookName": name, "audiobookUri": "x"}}, texts),
    st.sampled_from([{"track": None}, None, 7]),
)
drawn_playlists = st.lists(
    st.builds(
        lambda name, told, day, about: playlist(name, *told, lastModifiedDate=day, description=about),
        texts, st.lists(items, max_size=4), days, texts,
    ),
    max_size=4,
)  # fmt: skip
drawn_library = st.lists(
    st.builds(lambda name, uri: saved(1, track=name, uri=uri), texts, texts) | st.just({}), max_size=4
)
drawn_snapshots = st.lists(st.tuples(drawn_playlists, drawn_library), min_size=1, max_size=3)


def hold_when_brought_back(root: Path, snapshots: list[tuple[Any, Any]], form: str) -> None:
    with copy_of(root) as home, tempfile.TemporaryDirectory() as folder:
        for number, (told, tracks) in enumerate(snapshots):
            files = {"Playlist1": playlists(*told), "YourLibrary": library(tracks)}
            bring(home, now=NOW + timedelta(days=number, microseconds=number), **files)
        take_out(home, form, Path(folder))
        before = kept(home)
        if not any(before.values()):
            return
        receipt = bring_back(home, Path(folder), listener="new")
        assert receipt.failed_files == ()
        assert receipt.saved == {table: len(before[table]) for table in TABLES}
        assert kept(home, "new") == before
        for listener in ("me", "new"):
            assert set(bring_back(home, Path(folder), listener=listener).saved.values()) == {0}
        with open_snapshot(home.lake) as snapshot:
            assert check(snapshot) == []


@settings(max_examples=4, deadline=None, derandomize=True)
@given(drawn_snapshots, st.sampled_from(FORMATS))
def test_snapshots_come_back(empty_lake: Path, snapshots: list[tuple[Any, Any]], form: str) -> None:
    hold_when_brought_back(empty_lake, snapshots, form)


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(drawn_snapshots, st.sampled_from(FORMATS))
def test_snapshots_come_back_at_length(empty_lake: Path, snapshots: list[tuple[Any, Any]], form: str) -> None:
    hold_when_brought_back(empty_lake, snapshots, form)


@pytest.mark.parametrize("form", FORMATS)
def test_plays_and_snapshots_come_back_in_one_call(home: Home, tmp_path: Path, form: str) -> None:
    write_export(tmp_path / "in", [[extended("2021-03-04 10:00:00")]])
    (tmp_path / "in" / "Playlist1.json").write_bytes(playlists(playlist("Mix", track(1), track(2)), playlist("Empty")))
    (tmp_path / "in" / "YourLibrary.json").write_bytes(library([saved(number) for number in range(20)]))
    import_exports(home, [tmp_path / "in"], listener="me", now=NOW)
    take_out(home, form, tmp_path / "out")
    receipt = bring_back(home, tmp_path / "out", listener="new")
    assert (receipt.stored, receipt.saved) == (1, {"playlists": 2, "playlist_tracks": 2, "saved_tracks": 20})
    assert {Path(file.file).name: (file.source, file.playlist_tracks) for file in receipt.files} == {
        f"playlists.{form}": ("groovelog_export", 2),
        f"saved_tracks.{form}": ("groovelog_export", 0),
        f"source_plays.{form}": ("groovelog_export", 0),
    }
    assert {Path(note.file).name: note.reason for note in receipt.ignored_files}[f"playlist_tracks.{form}"] == (
        "of a Groovelog export: read with the playlists beside it"
    )
    assert kept(home, "new") == kept(home)


def exported(home: Home, folder: Path) -> Path:
    """An export as CSV: a playlist of two entries, captured at NOW, and a library of one track."""
    bring(home, Playlist1=playlists(playlist("Mix", track(1), track(2))), YourLibrary=library([saved(1)]))
    take_out(home, "csv", folder)
    return folder


def changed(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "failed", "reason"),
    [
        (("playlists", "spotify_playlists", "spotify"), "playlists",
         'source in row 1 is none that Groovelog knows: "spotify"'),
        (("playlists", "2026-11-22T12:00:00", "noon"), "playlists", 'captured_at in row 1 is not a time: "noon.000000Z"'),
        (("playlists", "2026-11-22T12:00:00.000000Z", ""), "playlists", "captured_at in row 1 is not a time: nothing"),
        (("playlists", "2021-03-04,2", "soon,2"), "playlists", 'modified_on in row 1 is no date: "soon"'),
        (("playlists", "2021-03-04,2", "2021-03-04,3"), "playlists",
         "the playlist in row 1 has 3 entries, and playlist_tracks beside it has 2 of them"),
        (("playlists", "2021-03-04,2", "2021-03-04,"), "playlists",
         "the playlist in row 1 has no entries, and playlist_tracks beside it has 2 of them"),
        (("playlists", "description", "about"), "playlists",
         "without the column description, which `groovelog export` writes"),
        (("playlist_tracks", ",1,track", ",1,song"), "playlists", 'playlist_tracks beside it: kind in row 1 is none: "song"'),
        (("playlist_tracks", ",1,track", ",-1,track"), "playlists",
         'playlist_tracks beside it: position in row 1 is none: "-1"'),
        (("playlist_tracks", ",2,track", ",9,track"), "playlists",
         "cut or changed: nothing stands at position 2 of a snapshot"),
        (("playlist_tracks", "2020-02-29T00", "2021-02-29T00"), "playlists",
         'playlist_tracks beside it: added_at in row 1 is not a time: "2021-02-29T00:00:00.000000Z"'),
        (("playlist_tracks", "track_name", "title"), "playlists",
         "playlist_tracks beside it: without the column track_name, which `groovelog export` writes"),
        (("saved_tracks", ",1,spotify", ",0,spotify"), "saved_tracks", 'position in row 1 is none: "0"'),
        (("saved_tracks", "spotify_library", ""), "saved_tracks", "source in row 1 is none that Groovelog knows: nothing"),
    ],
)  # fmt: skip
def test_nonsense_costs_its_file_and_says_its_row(
    home: Home, tmp_path: Path, change: tuple[str, str, str], failed: str, reason: str
) -> None:
    folder = exported(home, tmp_path / "out")
    changed(folder, *change)
    receipt = bring_back(home, folder, listener="new")
    assert [(note.file, note.reason) for note in receipt.failed_files] == [(str(folder / f"{failed}.csv"), reason)]
    rest = {"playlists": 1, "playlist_tracks": 2, "saved_tracks": 1}
    gone = {"playlists", "playlist_tracks"} if failed == "playlists" else {"saved_tracks"}
    assert receipt.saved == {what: 0 if what in gone else count for what, count in rest.items()}


def test_playlists_without_their_entries_are_not_read(home: Home, tmp_path: Path) -> None:
    folder = exported(home, tmp_path / "out")
    path = folder / "playlist_tracks.csv"
    path.write_bytes(b"\n".join(path.read_bytes().splitlines()[:2]) + b"\n")
    (note,) = bring_back(home, folder, listener="new").failed_files
    assert note.reason == "the playlist in row 1 has 2 entries, and playlist_tracks beside it has 1 of them"
    path.unlink()
    (note,) = bring_back(home, folder, listener="new").failed_files
    assert note.reason == "the playlist in row 1 has 2 entries, and there is no playlist_tracks beside it"


def test_entries_of_no_playlist_are_said(home: Home, tmp_path: Path) -> None:
    folder = exported(home, tmp_path / "out")
    path = folder / "playlists.csv"
    path.write_bytes(path.read_bytes().splitlines()[0] + b"\n")
    (note,) = bring_back(home, folder, listener="new").failed_files
    assert note.reason == "playlist_tracks beside it has entries of 1 playlists that are not here"


def test_two_exports_in_one_call_do_not_mix(home: Home, tmp_path: Path) -> None:
    one = exported(home, tmp_path / "one")
    bring(home, now=LATER, listener="other", Playlist1=playlists(playlist("Mix", track(3))))
    take_out(home, "csv", tmp_path / "two", listener="other")
    receipt = bring_back(home, one, tmp_path / "two", listener="new")
    assert receipt.failed_files == ()
    assert receipt.saved == {"playlists": 2, "playlist_tracks": 3, "saved_tracks": 1}
    captured = {row["captured_at"] for row in kept(home, "new")["playlists"]}
    assert len(captured) == 2


def test_numbers_as_other_programs_save_them(home: Home, tmp_path: Path) -> None:
    folder = exported(home, tmp_path / "out")
    changed(folder, "playlists", "2021-03-04,2", "2021-03-04,2.0")
    changed(folder, "playlist_tracks", ",1,track", ",1.0,track")
    changed(folder, "playlist_tracks", "2020-02-29T00:00:00.000000Z", "2020-02-29 01:00:00+01:00")
    assert bring_back(home, folder, listener="new").saved["playlist_tracks"] == 2
    assert kept(home, "new") == kept(home)


def test_one_row_a_file_of_jsonl_is_known(home: Home, tmp_path: Path) -> None:
    exported(home, tmp_path / "out")
    take_out(home, "jsonl", tmp_path / "lines")
    row = json.loads((tmp_path / "lines" / "saved_tracks.jsonl").read_text(encoding="utf-8"))
    assert row["captured_at"] == f"{NOW.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000000Z"
    assert bring_back(home, tmp_path / "lines" / "saved_tracks.jsonl", listener="new").saved["saved_tracks"] == 1
