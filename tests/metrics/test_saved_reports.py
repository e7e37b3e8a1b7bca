"""Playlists and the library, by hand."""

from datetime import UTC, date, datetime
from typing import Any

from histories import ME, LakeDouble, Row

from groovelog.reports import Question, run
from groovelog.tables import PLAYLIST_TRACKS, PLAYLISTS, SAVED_TRACKS


def at(day: int) -> datetime:
    return datetime(2024, 6, day, tzinfo=UTC)


def state(playlist: str, snapshot: str, modified: int | None, captured: int, **columns: Any) -> Row:
    """A state of a playlist of ME, changed and captured on days of June 2024."""
    return {
        "listener_id": ME.listener_id,
        "playlist_id": playlist,
        "snapshot_id": snapshot,
        "captured_at": at(captured),
        "playlist_name": f"List {playlist}",
        "modified_on": modified and date(2024, 6, modified),
        "entries": 2,
        **columns,
    }


def entry(playlist: str, snapshot: str, position: int, added: int | None, **columns: Any) -> Row:
    place = {"listener_id": ME.listener_id, "playlist_id": playlist, "snapshot_id": snapshot, "position": position}
    return {**place, "kind": "track", "track_name": f"Song {position}", "added_at": added and at(added), **columns}


def saved(snapshot: str, captured: int, position: int, **columns: Any) -> Row:
    place = {"listener_id": ME.listener_id, "snapshot_id": snapshot, "captured_at": at(captured), "position": position}
    return {**place, "track_name": f"Saved {position}", **columns}


def lake() -> LakeDouble:
    """Playlist B in three states, the second of which is the latest though the third came in after it; A in one."""
    double = LakeDouble()
    double.fill(
        PLAYLISTS,
        [
            state("b", "b1", 1, 10, entries=1),
            state("b", "b2", 5, 11),
            state("b", "b3", 3, 12, playlist_name="Old name"),
            state("a", "a1", None, 10),
            state("c", "c1", 1, 10, listener_id="b2"),
        ],
    )
    double.fill(
        PLAYLIST_TRACKS,
        [
            entry("b", "b1", 1, 1),
            entry("b", "b2", 2, 4, kind="episode", artist_name="Show"),
            entry("b", "b2", 1, 2, track_uri="spotify:track:1"),
            entry("b", "b3", 1, 3),
            entry("a", "a1", 1, None, kind="unknown", track_name=None),
            entry("c", "c1", 1, 1, listener_id="b2"),
        ],
    )
    double.fill(
        SAVED_TRACKS,
        [
            saved("s1", 10, 1),
            saved("s2", 11, 2, added_at=at(9)),
            saved("s2", 11, 1),
            saved("s3", 12, 1, listener_id="b2"),
        ],
    )
    return double


def rows(name: str, **asked: Any) -> list[Row]:
    return run(lake(), name, Question(**asked)).rows.to_pylist()


def test_playlists_by_name_as_changed_last() -> None:
    assert rows("playlist-list") == [
        {
            "playlist_name": "List a", "entries": 2, "first_added": None, "last_added": None, "modified_on": None,
            "captured_at": at(10), "states": 1, "playlist_id": "a",
        },
        {
            "playlist_name": "List b", "entries": 2, "first_added": date(2024, 6, 2), "last_added": date(2024, 6, 4),
            "modified_on": date(2024, 6, 5), "captured_at": at(11), "states": 3, "playlist_id": "b",
        },
    ]  # fmt: skip
    assert len(rows("playlist-list", top=1)) == 1


def test_entries_in_the_order_of_their_playlists() -> None:
    told = [
        (row["playlist_name"], row["position"], row["track_name"], row["artist_name"], row["added_on"], row["kind"])
        for row in rows("playlist-tracks")
    ]
    assert told == [
        ("List a", 1, None, None, None, "unknown"),
        ("List b", 1, "Song 1", None, date(2024, 6, 2), "track"),
        ("List b", 2, "Song 2", "Show", date(2024, 6, 4), "episode"),
    ]
    assert rows("playlist-tracks")[1]["track_uri"] == "spotify:track:1"


def test_the_library_that_came_in_last() -> None:
    told = [(row["position"], row["track_name"], row["added_on"], row["captured_at"]) for row in rows("library")]
    assert told == [(1, "Saved 1", None, at(11)), (2, "Saved 2", date(2024, 6, 9), at(11))]
    assert [row["position"] for row in rows("library", top=1)] == [1]


def test_the_basis_is_what_is_kept() -> None:
    kept = [run(lake(), name, Question()).stands_on for name in ("playlist-list", "playlist-tracks", "library")]
    assert [held.rows for held in kept] == [4, 5, 3]  # type: ignore[union-attr]
