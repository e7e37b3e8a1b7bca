"""The main job on the invented listeners: what the lake and the reports say equals what was written into the exports."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from groovelog.demo.export import Invented, write_exports
from groovelog.lake.check import check
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.model import Receipt
from groovelog.pipeline import import_exports, remove_listeners
from groovelog.reports import Question, run

END = date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> list[Invented]:
    return write_exports(tmp_path_factory.mktemp("exports"), end=END)


@pytest.fixture(scope="module")
def imported(invented: list[Invented], tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[str, Receipt]]:
    home = Home(tmp_path_factory.mktemp("home"))
    return home, {person.name: bring(home, person) for person in invented}


def bring(home: Home, person: Invented) -> Receipt:
    return import_exports(
        home, list(person.paths), listener=person.name, timezone=person.timezone, now=NOW, invented=True,
        labels={path: path.name for path in person.paths},
    )  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(imported: tuple[Home, dict[str, Receipt]]) -> Snapshot:
    return open_snapshot(imported[0].lake)


def test_receipts_equal_the_truth_file_by_file(
    invented: list[Invented], imported: tuple[Home, dict[str, Receipt]]
) -> None:
    for person in invented:
        receipt = imported[1][person.name]
        of_plays = [f for f in receipt.files if f.source not in ("spotify_playlists", "spotify_library")]
        told = {f.file: (f.source, f.rows, f.stored, f.duplicates, f.unreadable) for f in of_plays}
        assert told == {f.file: (f.source, f.rows, f.stored, f.duplicates, f.unreadable) for f in person.truth.files}
        assert receipt.by_kind == person.truth.by_kind
        assert receipt.failed_files == ()
        # 60 + 60 + 30 + 60 + 30 entries
        assert receipt.saved == {"playlists": 5, "playlist_tracks": 240, "saved_tracks": 150}


def test_extended_and_account_rows_of_one_play_are_one_play(invented: list[Invented], snapshot: Snapshot) -> None:
    for person in invented:
        (found,) = snapshot.connection.execute(
            """
            SELECT count(*), count(*) FILTER (sources = 'spotify_extended+spotify_account'),
                count(*) FILTER (sources = 'spotify_account'), sum(ms_played)
            FROM plays JOIN listeners USING (listener_id) WHERE name = ?
            """,
            [person.name],
        ).fetchall()
        truth = person.truth
        assert found == (truth.plays, truth.joined, truth.account_only, truth.ms_played), person.name


def test_rankings_equal_the_truth(invented: list[Invented], snapshot: Snapshot) -> None:
    for person in invented:
        truth = person.truth
        tracks = run(snapshot, "top-tracks", Question(listener=person.name, top=len(truth.top_tracks))).as_json()[
            "rows"
        ]
        assert [(r["track_name"], r["artist_name"], r["plays"], r["ms_played"]) for r in tracks] == [
            (t.track_name, t.artist_name, t.plays, t.ms_played) for t in truth.top_tracks
        ]
        artists = run(snapshot, "top-artists", Question(listener=person.name, top=len(truth.top_artists))).as_json()[
            "rows"
        ]
        assert [(r["artist_name"], r["plays"], r["ms_played"]) for r in artists] == [
            (t.artist_name, t.plays, t.ms_played) for t in truth.top_artists
        ]


def test_months_and_hours_equal_the_truth_over_summer_time(invented: list[Invented], snapshot: Snapshot) -> None:
    for person in invented:
        months = run(snapshot, "listening-by-month", Question(listener=person.name)).as_json()["rows"]
        assert {r["month"][:7]: r["plays"] for r in months if r["plays"]} == person.truth.plays_by_month
        cells = Counter()
        for row in run(snapshot, "heatmap", Question(listener=person.name)).as_json()["rows"]:
            cells[row["weekday"] - 1, row["hour"]] = row["plays"]
        assert [[cells[day, hour] for hour in range(24)] for day in range(7)] == [
            list(hours) for hours in person.truth.plays_by_weekday_and_hour
        ]


def test_the_lake_is_sound(snapshot: Snapshot) -> None:
    assert [finding.text for finding in check(snapshot) if finding.problem] == []


def test_the_demo_again_adds_nothing_and_its_removal_takes_the_invented_only(
    invented: list[Invented], tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    own = tmp_path / "Streaming_History_Audio_2025_0.json"
    own.write_text('[{"ts": "2025-01-01T10:00:00Z", "ms_played": 60000, "spotify_track_uri": "spotify:track:x"}]')
    import_exports(home, [own], listener="me", timezone="UTC", now=NOW)
    person = min(invented, key=lambda one: one.truth.rows)
    first, again = bring(home, person), bring(home, person)
    assert (again.stored, again.duplicates) == (0, first.stored + first.duplicates)
    remove_listeners(home, [person.name], now=NOW)
    with open_snapshot(home.lake) as snapshot:
        assert [(left.name, left.plays) for left in snapshot.listeners()] == [("me", 1)]
        assert snapshot.connection.execute("SELECT count(*) FROM tracks").fetchall() == [(0,)]
        assert [finding.text for finding in check(snapshot) if finding.problem] == []
