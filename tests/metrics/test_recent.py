"""Single plays, and what they were started from, by hand."""

from datetime import UTC, date, datetime
from typing import Any

from histories import ME, LakeDouble, Row, play, track

from groovelog.reports import Question, run
from groovelog.tables import PLAYLISTS

LIST, ALBUM = "spotify:playlist:37i9", "spotify:album:4aaw"
SPOKEN = {"track_uri": None, "track_name": None, "artist_name": None, "album_name": None, "kind": "episode"}


def lake(*plays: Row) -> LakeDouble:
    double = LakeDouble(
        [{"play_id": number, **row} for number, row in enumerate(plays)], [track(2, "Known", "Band 2", "Album 2")]
    )
    seen = {"listener_id": ME.listener_id, "playlist_id": "37i9", "entries": 0}
    states = [("Old name", "s1", 1), ("Morning", "s2", 2)]
    double.fill(
        PLAYLISTS,
        [seen | {"playlist_name": name, "snapshot_id": state, "captured_at": datetime(2024, 6, day, tzinfo=UTC)}
         for name, state, day in states],
    )  # fmt: skip
    return double


def rows(double: LakeDouble, name: str, **asked: Any) -> list[Row]:
    answer: list[Row] = run(double, name, Question(**asked)).rows.to_pylist()
    return answer


def test_a_play_with_all_that_is_told_of_it() -> None:
    told = play(
        "2024-06-01T09:05", play_id=0xAB, context_uri=LIST, skipped=False, incognito=True, sources="spotify_api"
    )
    assert rows(lake(told), "recent-plays") == [
        {
            "play_id": "00000000000000ab", "started_at": datetime(2024, 6, 1, 8, 5, tzinfo=UTC),
            "stopped_at": datetime(2024, 6, 1, 8, 8, tzinfo=UTC), "local_date": date(2024, 6, 1), "local_time": "09:05",
            "kind": "track", "track_name": "Song", "artist_name": "Band", "album_name": "Album", "ms_played": 180_000,
            "counted": True, "skipped": False, "context": "playlist", "context_name": "Morning", "sources": "spotify_api",
            "incognito": True,
        }
    ]  # fmt: skip


def test_the_largest_id_has_sixteen_digits() -> None:
    (row,) = rows(lake(play("2024-06-01T09:05", play_id=2**63 - 1)), "recent-plays")
    assert row["play_id"] == "7fffffffffffffff"


def test_newest_first_and_equal_instants_by_id() -> None:
    double = lake(*(play(f"2024-06-0{day}T10:00") for day in (1, 3, 2, 3)))
    assert [int(row["play_id"], 16) for row in rows(double, "recent-plays")] == [3, 1, 2, 0]
    assert [int(row["play_id"], 16) for row in rows(double, "recent-plays", top=1)] == [3]
    assert [int(row["play_id"], 16) for row in rows(double, "recent-plays", to_date=date(2024, 6, 2))] == [2, 0]


def test_fifty_unless_asked() -> None:
    double = lake(*(play("2024-06-01T10:00") for _ in range(51)))
    assert (len(rows(double, "recent-plays")), len(rows(double, "recent-plays", top=60))) == (50, 51)


def test_plays_that_do_not_count_are_there_and_told_apart() -> None:
    double = lake(play("2024-06-01T10:00", 0.1), play("2024-06-01T09:00"), play("2024-06-01T08:00", None))
    assert [row["counted"] for row in rows(double, "recent-plays", count="30s")] == [False, True, True]
    assert [row["counted"] for row in rows(double, "recent-plays", count="finished")] == [None, None, None]
    assert {row["counted"] for row in rows(double, "recent-plays")} == {True}


def test_local_time_is_of_the_zone_kept_or_asked_for() -> None:
    # The clock of Lisbon shows 01:30 twice that night; Kathmandu is 5:45 ahead of UTC.
    double = lake(play("2024-10-27T01:30"), play("2024-06-01T23:59"))
    told = [(row["local_date"].day, row["local_time"]) for row in rows(double, "recent-plays")]
    assert told == [(27, "01:30"), (1, "23:59")]
    told = [
        (row["local_date"].day, row["local_time"]) for row in rows(double, "recent-plays", timezone="Asia/Kathmandu")
    ]
    assert told == [(27, "06:15"), (2, "04:44")]


def test_names_come_from_the_catalogue_where_the_play_has_none() -> None:
    nameless = {"track_uri": "spotify:track:2", "track_name": None, "artist_name": None, "album_name": None}
    talk = {**SPOKEN, "episode_name": "Pilot", "show_name": "Talk", "context_uri": "spotify:show:9"}
    double = lake(play("2024-06-01T10:00", context_uri=ALBUM, **nameless), play("2024-06-01T09:00", **talk))
    names = ("track_name", "artist_name", "album_name", "context", "context_name")
    assert [tuple(row[name] for name in names) for row in rows(double, "recent-plays")] == [
        ("Known", "Band 2", "Album 2", "album", "Album 2"),
        ("Pilot", "Talk", "Talk", "show", "Talk"),
    ]
    assert len(rows(double, "recent-plays", kind="episode")) == 1


def test_pages_in_all_their_spellings() -> None:
    spelt = {
        "spotify:user:me:playlist:37i9": ("playlist", "Morning"),
        "spotify:playlist:unknown": ("playlist", None),
        "spotify:artist:1": ("artist", None),
        "spotify:collection": ("collection", None),
        "spotify:user:me:collection": ("collection", None),
        "spotify:collection:artist:1": ("collection", None),
        "spotify:search:album": ("other", None),
        None: (None, None),
    }
    double = lake(*(play(f"2024-06-01T{20 - hour}:00", context_uri=uri) for hour, uri in enumerate(spelt)))
    assert [(row["context"], row["context_name"]) for row in rows(double, "recent-plays")] == list(spelt.values())


def test_counted_plays_by_what_they_were_started_from() -> None:
    uris = (LIST, "spotify:user:me:playlist:37i9", ALBUM, "spotify:artist:1", None, None)
    skips = (True, False, None, None, None, None)
    double = lake(
        *(play("2024-06-01T10:00", context_uri=uri, skipped=skip) for uri, skip in zip(uris, skips, strict=True)),
        play("2024-06-01T10:00", 0.1, context_uri=LIST),
    )
    told = [tuple(row.values()) for row in rows(double, "plays-by-context")]
    assert told == [
        (None, None, 2, 2 / 6, 360_000, None, None),
        ("playlist", "Morning", 2, 2 / 6, 360_000, 0.5, LIST),
        ("album", "Album", 1, 1 / 6, 180_000, None, ALBUM),
        ("artist", None, 1, 1 / 6, 180_000, None, "spotify:artist:1"),
    ]
    assert len(rows(double, "plays-by-context", top=2)) == 2


def test_nothing_counted_is_no_row() -> None:
    assert rows(lake(play("2024-06-01T10:00", 0.1)), "plays-by-context") == []
