"""Recordings, credits, shows, movement, shares and half-lives, by hand."""

from datetime import date, timedelta
from typing import Any

from answers import answer
from histories import LakeDouble, Row, marked, match, play, track

from groovelog.metrics import audio
from groovelog.metrics.half_lives import half_lives
from groovelog.metrics.movement import artist_share, rank_movement
from groovelog.metrics.rankings import top_artists, top_credited_artists, top_recordings, top_shows, top_tracks
from groovelog.metrics.unbound import unbound
from groovelog.reports import Question, run
from groovelog.tables import REFERENCES, TRACK_MATCHES

SINGLE = track(1, "Song", "X") | {"recording_id": "spotify:track:1"}
ALBUM_VERSION = track(2, "Song", "X") | {"recording_id": "spotify:track:1"}


def by(day: str, artist: str | None, minutes: float = 3, **columns: Any) -> Row:
    return play(f"{day}T10:00", minutes, artist_name=artist, **columns)


def of(day: str, number: int) -> Row:
    return play(f"{day}T10:00", track_uri=f"spotify:track:{number}", track_name="Song", artist_name="X")


def tuples(rows: list[Row]) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in rows]


def moved(
    plays: list[Row], top: int = 10, first: date | None = None, last: date | None = None
) -> list[tuple[Any, ...]]:
    table, tracks = marked()
    metric = rank_movement(table, tracks, what="artist", per="month", top=top, first=first, last=last)
    rows = answer("rank-movement", metric, plays)
    return [
        (row["starts_on"].month, row["rank"], row["name"], row["rank_before"], row["movement"], row["is_new"])
        for row in rows
    ]


def test_by_days_comes_before_plays_and_is_told_then() -> None:
    table, tracks = marked()
    plays = [by("2024-06-01", "often"), by("2024-06-01", "often"), by("2024-06-01", "often"), by("2024-06-01", "daily"),
             by("2024-06-02", "daily")]  # fmt: skip
    assert tuples(answer("top-artists", top_artists(table, tracks, None, "days"), plays)) == [
        (1, "daily", 2, 360_000, 2),
        (2, "often", 3, 540_000, 1),
    ]


def test_by_time_ties_go_by_name() -> None:
    table, tracks = marked()
    plays = [by("2024-06-01", "b", 4), by("2024-06-01", "a", 2), by("2024-06-01", "a", 2), by("2024-06-01", "c", 9)]
    rows = answer("top-artists", top_artists(table, tracks, None, "time"), plays)
    assert [row["artist_name"] for row in rows] == ["c", "a", "b"]
    assert "days" not in rows[0]


def test_a_track_by_days_joins_the_days_of_its_entry() -> None:
    table, tracks = marked()
    untied = of("2024-06-01", 1) | {"track_uri": None}
    rows = answer("top-tracks", top_tracks(table, tracks, None, "days"), [of("2024-06-01", 1), untied], [SINGLE])
    assert tuples(rows) == [(1, "Song", "X", 2, 360_000, 1)]


def test_entries_of_one_recording_count_together() -> None:
    table, tracks = marked()
    unknown = of("2024-06-01", 3) | {"track_uri": None, "track_name": "Else"}
    plays = [of("2024-06-01", 1), of("2024-06-01", 2), of("2024-06-01", 2), unknown]
    rows = answer("top-recordings", top_recordings(table, tracks, None, "plays"), plays, [SINGLE, ALBUM_VERSION])
    assert tuples(rows) == [
        (1, "spotify:track:1", "Song", "X", 2, 3, 540_000),
        (2, None, "Else", "X", 1, 1, 180_000),
    ]


def test_credits_of_the_play_then_of_the_reference_then_the_artist() -> None:
    plays = [
        of("2024-06-01", 1) | {"credited_artists": "X\nGuest\nGuest"},
        of("2024-06-01", 1),
        of("2024-06-01", 2),
        of("2024-06-01", 3) | {"track_uri": None, "track_name": None, "artist_name": None},
    ]
    lake = LakeDouble(plays, [SINGLE, ALBUM_VERSION])
    lake.fill(TRACK_MATCHES, [match(1, "r1")])
    lake.fill(REFERENCES, [{"reference": "songs", "ref_id": "r1", "credited_artists": "X\nProducer"}])
    credits = audio.of_entries(unbound(TRACK_MATCHES), unbound(REFERENCES))
    table, tracks = marked()
    rows = lake.ask(top_credited_artists(table, tracks, credits, None, "plays"))
    assert [(row["artist_name"], row["plays"]) for row in rows] == [("X", 3), ("Guest", 1), ("Producer", 1)]


def test_shows_and_their_episodes() -> None:
    names = {"kind": "episode", "track_uri": None, "track_name": None, "artist_name": None, "album_name": None}
    plays = [
        play("2024-06-01T10:00", **names, episode_uri="e1", episode_name="One", show_name="Talk"),
        play("2024-06-01T11:00", **names, episode_uri="e1", episode_name="One", show_name="Talk"),
        play("2024-06-01T12:00", **names, episode_name="Two", show_name="Talk"),
        play("2024-06-01T13:00", **names, episode_name="Lost", show_name=None),
    ]
    table, _ = marked(kind="episode")
    assert tuples(answer("top-shows", top_shows(table, None, "plays"), plays)) == [(1, "Talk", 2, 3, 540_000)]


def test_ranks_rise_fall_and_come_anew() -> None:
    plays = [
        *[by("2024-01-05", "a")] * 2, by("2024-01-05", "b"),
        *[by("2024-02-05", "b")] * 2, by("2024-02-05", "a"),
        by("2024-04-05", "a"), by("2024-04-05", "c"),
    ]  # fmt: skip
    assert moved(plays) == [
        (1, 1, "a", None, None, True),
        (1, 2, "b", None, None, True),
        (2, 1, "b", 2, 1, False),
        (2, 2, "a", 1, -1, False),
        (4, 1, "a", None, None, False),  # not played in March
        (4, 2, "c", None, None, True),
    ]


def test_the_rank_before_is_among_all_and_known_from_before_the_period() -> None:
    plays = [*[by("2024-01-05", "a")] * 2, by("2024-01-05", "b"), *[by("2024-02-05", "b")] * 2, by("2024-03-05", "a")]
    assert moved(plays, top=1, first=date(2024, 2, 10), last=date(2024, 2, 29)) == [(2, 1, "b", 2, 1, False)]


def test_shares_of_a_step_add_up_to_one() -> None:
    plays = [
        *[by("2024-01-05", "a")] * 3, by("2024-01-05", "b"), by("2024-01-05", None, 8, track_uri=None),
        by("2024-02-05", "a", 0.1),
        by("2024-03-05", "b"),
    ]  # fmt: skip
    table, tracks = marked()
    rows = answer("artist-share", artist_share(table, tracks, "month", 1), plays)
    january, february, march = (date(2024, month, 1) for month in (1, 2, 3))
    assert tuples(rows) == [
        (january, 1, "a", 3, 540_000, 0.6, 0.45),
        (january, None, "everyone else", 2, 660_000, 0.4, 0.55),
        (february, 1, "a", 0, 0, None, None),
        (february, None, "everyone else", 0, 0, None, None),
        (march, 1, "a", 0, 0, 0, 0),
        (march, None, "everyone else", 1, 180_000, 1, 1),
    ]


def test_half_of_an_odd_number_of_plays_is_rounded_up() -> None:
    # 21 plays: the eleventh falls on the third day after the first
    first = date(2024, 1, 1)
    plays = [of(str(first + timedelta(days=3 if number >= 10 else 0)), 1) for number in range(21)]
    plays.append(of("2024-04-01", 2))  # the record ends 91 days after the first play
    table, tracks = marked()
    rows = answer("half-lives", half_lives(table, tracks, "track", None, None), plays, [SINGLE, ALBUM_VERSION])
    assert tuples(rows) == [("Song", "X", 21, 3_780_000, 3, first, date(2024, 1, 4), 2)]
    # up to 30 March, 89 days after the first play, it cannot be told
    assert not answer("half-lives", half_lives(table, tracks, "track", None, date(2024, 3, 30)), plays, [SINGLE])
    assert answer("half-lives", half_lives(table, tracks, "track", None, date(2024, 3, 31)), plays, [SINGLE])


def test_half_lives_of_too_few_plays_are_not_told() -> None:
    plays = [*[of("2024-01-01", 1)] * 19, of("2024-12-01", 2)]
    table, tracks = marked()
    assert not answer("half-lives", half_lives(table, tracks, "track", None, None), plays, [SINGLE])
    together = half_lives(table, tracks, "recording", None, None)
    assert [row["plays"] for row in answer("half-lives", together, plays, [SINGLE, ALBUM_VERSION])] == [20]


def test_days_are_a_column_only_where_they_are_asked_for() -> None:
    lake = LakeDouble([of("2024-06-01", 1)], [SINGLE])
    assert [column.name for column in run(lake, "top-tracks", Question()).columns][-1] == "ms_played"
    assert [column.name for column in run(lake, "top-tracks", Question(by="days")).columns][-1] == "days"
