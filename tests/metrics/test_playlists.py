"""Playlists beside what was played, by hand."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from histories import ME, LakeDouble, Row, match, play, track

from groovelog.reports import Question, run
from groovelog.tables import PLAYLIST_TRACKS, PLAYLISTS, REFERENCES, SAVED_TRACKS, TRACK_MATCHES

# 1 and 2 are the single and the album version of one recording.
CATALOGUE = [
    track(number, f"Song {number}", artist) | {"recording_id": f"spotify:track:{recording}"}
    for number, artist, recording in ((1, "X", 1), (2, "X", 1), (3, "Y", 3), (4, "Z", 4), (5, "Z", 5))
]


def state(
    name: str, *numbers: int, modified: date | None = date(2024, 6, 1), added: date | None = date(2024, 6, 1)
) -> Any:
    """A playlist of that name and id with those tracks, seen on 10 June 2024."""
    key = {"listener_id": ME.listener_id, "playlist_id": name, "snapshot_id": "s"}
    seen = {"playlist_name": name, "captured_at": datetime(2024, 6, 10, tzinfo=UTC), "modified_on": modified}
    at = added and datetime(added.year, added.month, added.day, tzinfo=UTC)
    artists = {row["track_id"]: row["artist_name"] for row in CATALOGUE}
    entries = [
        key | {
            "position": place, "kind": "track", "track_uri": f"spotify:track:{number}", "added_at": at,
            "artist_name": artists.get(f"spotify:track:{number}"),
        }
        for place, number in enumerate(numbers, 1)
    ]  # fmt: skip
    return key | seen | {"entries": len(entries)}, entries


def of(number: int, started: str = "2024-06-09T10:00", **told: Any) -> Row:
    return play(started, track_uri=f"spotify:track:{number}", track_name=f"Song {number}", **told)


def lake(plays: list[Row], *states: Any, saved: tuple[int, ...] = ()) -> LakeDouble:
    double = LakeDouble([{"play_id": number, **row} for number, row in enumerate(plays)], CATALOGUE)
    double.fill(PLAYLISTS, [row for row, _ in states])
    double.fill(PLAYLIST_TRACKS, [entry for _, entries in states for entry in entries])
    library = {"listener_id": ME.listener_id, "snapshot_id": "l", "captured_at": datetime(2024, 6, 1, tzinfo=UTC)}
    double.fill(SAVED_TRACKS, [library | {"position": n, "track_uri": f"spotify:track:{n}"} for n in saved])
    return double


def rows(double: LakeDouble, name: str, **asked: Any) -> list[Row]:
    answer: list[Row] = run(double, name, Question(**asked)).rows.to_pylist()
    return answer


def test_health_of_a_playlist() -> None:
    double = lake(
        [of(2), of(2, "2024-06-08T10:00"), of(4), of(1, "2024-06-09T12:00", ms_played=1_000)], state("Mix", 1, 2, 3)
    )
    assert rows(double, "playlist-health") == [
        {
            "playlist_name": "Mix", "entries": 3, "tracks": 2, "duplicates": 1, "artists": 2, "first_added": date(2024, 6, 1),
            "last_added": date(2024, 6, 1), "modified_on": date(2024, 6, 1), "age_days": 9, "days_since_change": 9,
            "last_played": date(2024, 6, 9), "plays": 2, "never_played": 1, "never_played_share": 0.5,
            "silent_year": 1,
            # Two entries of X and one of Y: 2 ** (2/3 log2(3/2) + 1/3 log2 3) = 1.889882.
            "effective_artists": pytest.approx(1.889882), "fresh_share": 1.0, "stale": False, "playlist_id": "Mix",
        }
    ]  # fmt: skip
    # By every play, also the one of a second, there are three.
    assert rows(double, "playlist-health", count="all")[0]["plays"] == 3


def test_the_record_may_end_after_the_playlists_came_in() -> None:
    (row,) = rows(lake([of(1, "2024-06-20T10:00")], state("Mix", 1)), "playlist-health")
    assert (row["days_since_change"], row["last_played"]) == (19, date(2024, 6, 20))
    spoken = {"track_uri": None, "kind": "episode", "episode_uri": "spotify:episode:1"}
    (row,) = rows(lake([play("2024-07-01T10:00", **spoken)], state("Mix", 1)), "playlist-health")
    assert (row["days_since_change"], row["last_played"], row["plays"]) == (30, None, 0)


def test_an_episode_of_the_same_names_is_no_play_of_the_track() -> None:
    spoken = dict.fromkeys(("track_uri", "track_name", "artist_name", "album_name"))
    talk = play("2024-06-09T10:00", **spoken, kind="episode", episode_name="Song 1", show_name="X")
    assert rows(lake([talk], state("Mix", 1)), "playlist-health")[0]["plays"] == 0


def test_an_empty_playlist_has_nothing_to_measure() -> None:
    (row,) = rows(lake([], state("Mix", added=None, modified=None)), "playlist-health")
    counts = [row[name] for name in ("entries", "tracks", "duplicates", "artists", "plays", "never_played")]
    assert counts == [0] * 6
    rest = (
        "first_added",
        "age_days",
        "days_since_change",
        "never_played_share",
        "effective_artists",
        "fresh_share",
        "stale",
    )
    assert [row[name] for name in rest] == [None] * 7


@pytest.mark.parametrize(
    ("modified", "added", "played", "stale"),
    [
        # 10 June 2024 less 180 days is 13 December 2023.
        (date(2023, 12, 13), None, "2023-12-13T10:00", True),
        (date(2023, 12, 13), None, None, True),
        (date(2023, 12, 14), None, None, False),
        (date(2023, 12, 13), None, "2023-12-14T10:00", False),
        (date(2020, 1, 1), date(2024, 1, 1), None, False),
        (None, date(2023, 12, 13), None, True),
        (None, None, None, None),
        (None, None, "2024-06-09T10:00", False),
    ],
)
def test_stale_is_what_nobody_changes_and_nobody_hears(
    modified: date | None, added: date | None, played: str | None, stale: bool | None
) -> None:
    double = lake([of(1, played)] if played else [], state("Mix", 1, modified=modified, added=added))
    (row,) = rows(double, "playlist-health")
    assert row["stale"] is stale
    assert len(rows(double, "stale-playlists")) == (stale is True)


def test_the_longest_silent_comes_first() -> None:
    old = {"added": None}
    lists = [state("A", 1, modified=date(2023, 1, 1), **old), state("B", 3, modified=date(2020, 1, 1), **old)]
    double = lake([of(3, "2023-06-10T10:00")], *lists)
    # A was changed on 1 January 2023; B was heard on 10 June 2023, 366 days before.
    assert [(row["playlist_name"], row["days_silent"]) for row in rows(double, "stale-playlists")] == [
        ("A", 526),
        ("B", 366),
    ]
    assert [row["playlist_name"] for row in rows(double, "stale-playlists", top=1)] == ["A"]


def test_fresh_are_the_entries_of_the_last_ninety_days() -> None:
    # 10 June 2024 less 89 days is 13 March.
    lists = [state("A", 1, added=date(2024, 3, 13)), state("B", 1, added=date(2024, 3, 12)), state("C", 1, added=None)]
    assert [row["fresh_share"] for row in rows(lake([], *lists), "playlist-health")] == [1.0, 0.0, None]


def test_silent_for_a_year_is_what_was_not_heard_in_365_days() -> None:
    # 10 June 2024 less 365 days is 11 June 2023; 2 is the recording of 1.
    plays = [of(2, "2023-06-12T10:00"), of(3, "2023-06-11T10:00")]
    (row,) = rows(lake(plays, state("Mix", 1, 3, 4)), "playlist-health")
    assert (row["tracks"], row["never_played"], row["silent_year"]) == (3, 1, 2)


def test_the_curve_has_the_features_of_each_entry_in_order() -> None:
    double = lake([], state("B", 3), state("A", 4, 1, 5))
    double.fill(TRACK_MATCHES, [match(1, "r1"), match(4, "r4")])
    features = {1: {"energy": 0.5, "valence": 0.25, "tempo": 0.0}, 4: {"energy": 0.75, "tempo": 120.0}}
    double.fill(REFERENCES, [{"reference": "songs", "ref_id": f"r{number}", **row} for number, row in features.items()])
    names = ("playlist_name", "position", "energy", "valence", "tempo")
    # A tempo of 0 was not found; of 5 and 3 nothing is known.
    assert [tuple(row[name] for name in names) for row in rows(double, "playlist-curve")] == [
        ("A", 1, 0.75, None, 120.0),
        ("A", 2, 0.5, 0.25, None),
        ("A", 3, None, None, None),
        ("B", 1, None, None, None),
    ]


def test_pairs_with_tracks_in_common() -> None:
    lists = [state("B", 2, 3, 4), state("A", 1, 3), state("C", 5), state("D", 2, 1, 3)]
    told = [tuple(row.values()) for row in rows(lake([], *lists), "playlist-overlap")]
    assert told == [
        ("A", "D", 2, 2, 2, 1.0, 1.0, True, False, "A", "D"),
        ("A", "B", 2, 3, 2, 2 / 3, 1.0, False, True, "A", "B"),
        ("B", "D", 3, 2, 2, 2 / 3, 1.0, False, True, "B", "D"),
    ]
    assert len(rows(lake([], *lists), "playlist-overlap", top=1)) == 1


def test_plays_of_what_is_in_playlists() -> None:
    web = {"sources": "spotify_api"}
    plays = [
        of(1, context_uri="spotify:playlist:A", **web),
        of(2, context_uri="spotify:user:me:collection", **web),
        of(3),
        of(5, context_uri="spotify:user:me:playlist:gone", **web),
    ]
    told = [
        tuple(row.values())
        for row in rows(lake(plays, state("A", 1), state("export:B", 1, 3), saved=(3, 4)), "playlist-plays")
    ]
    assert told == [
        ("any playlist", None, 2, 3, 0.75, 540_000, 2, None),
        ("no playlist", None, 1, 1, 0.25, 180_000, None, None),
        ("saved tracks", None, 2, 1, 0.25, 180_000, 1, None),
        ("playlist", "export:B", 2, 3, 0.75, 540_000, None, "export:B"),
        ("playlist", "A", 1, 2, 0.5, 360_000, 1, "A"),
    ]


def test_without_playlists_there_is_nothing_of_them() -> None:
    double = lake([of(1)])
    for name in ("playlist-health", "stale-playlists", "playlist-overlap"):
        assert rows(double, name) == []
    assert [(row["part"], row["plays"]) for row in rows(double, "playlist-plays")] == [
        ("any playlist", 0), ("no playlist", 1), ("saved tracks", 0)
    ]  # fmt: skip


class TestToldTwice:
    """A playlist that an export told (10 June, its last change 1 June) and the Web API, too."""

    @staticmethod
    def told(playlist_id: str, *numbers: int, seen: int = 10, **columns: Any) -> Any:
        row, entries = state(playlist_id, *numbers)
        row |= {"playlist_name": "Mix", "captured_at": datetime(2024, 6, seen, tzinfo=UTC), **columns}
        return row, entries

    def listed(self, *states: Any) -> list[str]:
        return sorted(row["playlist_id"] for row in rows(lake([], *states), "playlist-list"))

    @pytest.mark.parametrize(
        ("exported", "asked", "ids"),
        [
            ((1, 3, 4), (1, 3, 4), ["Mix0"]),
            # Two of the smaller's three, and one of its three.
            ((1, 3, 4), (3, 4, 5, 2), ["Mix0"]),
            ((1, 3, 4), (4, 5, 2), ["Mix0", "export:a"]),
            # A track twice is one.
            ((1, 3, 3, 3), (3, 4), ["Mix0"]),
            ((), (1, 3), ["Mix0"]),
            # The Web API does not show what is in it.
            ((1, 3), (), ["Mix0", "export:a"]),
            ((), (), ["Mix0", "export:a"]),
        ],
    )
    def test_it_is_the_same_when_half_of_the_smaller_is_in_the_other(
        self, exported: tuple[int, ...], asked: tuple[int, ...], ids: list[str]
    ) -> None:
        asked_for = self.told("Mix0", *asked, modified_on=None)
        assert self.listed(self.told("export:a", *exported), asked_for) == ids

    def test_other_names_are_other_playlists(self) -> None:
        asked_for = self.told("Mix0", 1, 3, modified_on=None, playlist_name="mix")
        assert self.listed(self.told("export:a", 1, 3), asked_for) == ["Mix0", "export:a"]

    @pytest.mark.parametrize(
        ("seen", "changed", "stands"),
        [
            (2, date(2024, 6, 1), "Mix0"),
            (2, date(2024, 6, 2), "Mix0"),
            (2, date(2024, 6, 3), "export:a"),
            (2, None, "Mix0"),
        ],
    )
    def test_what_was_told_later_stands(self, seen: int, changed: date | None, stands: str) -> None:
        exported = self.told("export:a", 1, 3, modified_on=changed)
        assert self.listed(exported, self.told("Mix0", 1, 3, seen=seen, modified_on=None)) == [stands]

    def test_every_report_has_it_once(self) -> None:
        twice = [self.told("export:a", 1, 3), self.told("Mix0", 1, 3, modified_on=None), state("Other", 4)]
        double = lake([of(1)], *twice)
        assert {row["playlist_id"] for row in rows(double, "playlist-health")} == {"Mix0", "Other"}
        assert {row["playlist_id"] for row in rows(double, "playlist-tracks")} == {"Mix0", "Other"}
        assert {row["playlist_id"] for row in rows(double, "playlist-curve")} == {"Mix0", "Other"}
        assert rows(double, "playlist-overlap") == []
        assert [row["playlist_id"] for row in rows(double, "playlist-plays") if row["part"] == "playlist"] == [
            "Mix0",
            "Other",
        ]
