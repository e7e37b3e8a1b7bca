"""The most played, by hand."""

from collections.abc import Callable
from typing import Any

import ibis
from histories import LakeDouble, Row, marked, play, track

from groovelog.metrics.rankings import top_albums, top_artists, top_tracks

HOUR = 60


def ranked(
    metric: Callable[..., ibis.Table],
    plays: list[Row],
    tracks: list[Row] = (),
    kind: str = "track",
    top: int | None = None,
) -> list[tuple[Any, ...]]:
    table, catalogue = marked(kind=kind)
    return [tuple(row.values()) for row in LakeDouble(plays, tracks).ask(metric(table, catalogue, top))]


def song(number: int, title: str | None, artist: str | None, minutes: float = 3) -> Row:
    return play("2024-06-01T10:00", minutes, track_uri=f"spotify:track:{number}", track_name=title, artist_name=artist)


def untied(title: str | None, artist: str | None, **columns: Any) -> Row:
    return play("2024-06-01T10:00", track_uri=None, track_name=title, artist_name=artist, **columns)


def test_plays_come_before_time_and_time_before_names() -> None:
    plays = [
        song(1, "Long", "X", HOUR),
        song(2, "Twice", "X"),
        song(2, "Twice", "X"),
        song(3, "b", "X"),
        song(4, "a", "X"),
    ]
    assert ranked(top_tracks, plays) == [
        (1, "Twice", "X", 2, 360_000),
        (2, "Long", "X", 1, 3_600_000),
        (3, "a", "X", 1, 180_000),
        (4, "b", "X", 1, 180_000),
    ]


def test_plays_that_do_not_count_are_no_plays() -> None:
    assert ranked(top_tracks, [song(1, "Skipped", "X", 0.4)]) == []


def test_top_takes_the_first_rows() -> None:
    plays = [song(1, "a", "X"), song(2, "b", "X"), song(3, "c", "X")]
    assert [row[1] for row in ranked(top_tracks, plays, top=2)] == ["a", "b"]


def test_single_and_album_version_of_equal_names_stay_two_entries() -> None:
    assert [row[0:4] for row in ranked(top_tracks, [song(1, "Song", "X"), song(2, "Song", "X")])] == [
        (1, "Song", "X", 1),
        (2, "Song", "X", 1),
    ]


def test_a_play_without_uri_joins_the_smallest_entry_of_its_exact_names() -> None:
    plays = [song(2, "Song", "X"), untied("Song", "X"), untied("song", "X")]
    tracks = [track(3, "Song", "X"), track(2, "Song", "X"), track(1, "Song", "Y")]
    assert ranked(top_tracks, plays, tracks) == [(1, "Song", "X", 2, 360_000), (2, "song", "X", 1, 180_000)]


def test_a_play_without_names_is_named_by_the_catalogue() -> None:
    assert ranked(top_tracks, [song(1, None, None)], [track(1, "Song", "X")]) == [(1, "Song", "X", 1, 180_000)]


def test_the_catalogue_names_an_entry_that_was_renamed() -> None:
    plays = [song(1, "Old", "X"), song(1, "New", "X")]
    assert ranked(top_tracks, plays, [track(1, "New", "X")]) == [(1, "New", "X", 2, 360_000)]


def test_an_entry_that_nobody_names_keeps_its_rank() -> None:
    assert ranked(top_tracks, [song(1, None, None), song(1, None, None), song(2, "Song", "X")]) == [
        (1, None, None, 2, 360_000),
        (2, "Song", "X", 1, 180_000),
    ]


def test_unknown_duration_adds_no_time() -> None:
    assert ranked(top_artists, [song(1, "Song", "X", None), song(1, "Song", "X")]) == [(1, "X", 2, 180_000)]


def test_artists_as_spelt_else_by_the_catalogue_else_left_out() -> None:
    plays = [song(1, "a", "X"), song(2, "b", "x"), song(3, None, None), song(4, None, None), untied("c", None)]
    assert ranked(top_artists, plays, [track(3, "d", "X")]) == [(1, "X", 2, 360_000), (2, "x", 1, 180_000)]


def test_albums_of_equal_title_by_different_artists_stay_apart() -> None:
    plays = [
        play("2024-06-01T10:00", artist_name="Y", album_name="Greatest Hits"),
        play("2024-06-01T11:00", artist_name="X", album_name="Greatest Hits"),
        play("2024-06-01T12:00", artist_name="X", album_name=None, track_uri=None),
    ]
    assert ranked(top_albums, plays) == [
        (1, "Greatest Hits", "X", 1, 180_000),
        (2, "Greatest Hits", "Y", 1, 180_000),
    ]


def test_a_play_without_album_gets_it_from_the_entry_of_its_names() -> None:
    plays = [untied("Song", "X", album_name=None), song(1, None, None)]
    plays[1]["album_name"] = None
    assert ranked(top_albums, plays, [track(1, "Song", "X", "Album")]) == [(1, "Album", "X", 2, 360_000)]


def test_episodes_rank_by_title_and_show() -> None:
    names = {"track_uri": None, "track_name": None, "artist_name": None, "album_name": None, "kind": "episode"}
    plays = [
        play("2024-06-01T10:00", **names, episode_uri="spotify:episode:1", episode_name="Pilot", show_name="Talk"),
        play("2024-06-01T11:00", **names, episode_uri="spotify:episode:2", episode_name="Finale", show_name="Talk"),
    ]
    assert [row[1:3] for row in ranked(top_tracks, plays, kind="episode")] == [("Finale", "Talk"), ("Pilot", "Talk")]
    assert ranked(top_artists, plays, kind="episode") == [(1, "Talk", 2, 360_000)]
    assert ranked(top_albums, plays, kind="episode") == [(1, "Talk", "Talk", 2, 360_000)]
    assert ranked(top_tracks, plays) == []


def test_an_audiobook_without_chapter_ranks_by_its_own_title() -> None:
    names = {"track_uri": None, "track_name": None, "artist_name": None, "album_name": None, "kind": "audiobook"}
    plays = [
        play(
            "2024-06-01T10:00", **names, audiobook_title="Novel", chapter_uri="spotify:episode:9", chapter_title="One"
        ),
        play("2024-06-01T11:00", **names, audiobook_title="Novel"),
    ]
    assert [row[1:3] for row in ranked(top_tracks, plays, kind="audiobook")] == [("Novel", "Novel"), ("One", "Novel")]
    assert ranked(top_artists, plays, kind="audiobook") == [(1, "Novel", 2, 360_000)]
