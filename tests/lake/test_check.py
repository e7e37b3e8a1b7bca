"""`lake check` sees each kind of damage; every gate is seen failing once."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from deltalake import DeltaTable, Field
from export_rows import account, extended
from kept import NOW, bring

from groovelog.errors import LakeError
from groovelog.lake import delta, sweep
from groovelog.lake.check import Finding, check
from groovelog.lake.home import Home
from groovelog.lake.run import writing
from groovelog.lake.snapshot import connect, open_snapshot
from groovelog.pipeline.references import add_reference
from groovelog.tables import (
    BY_NAME,
    PLAYS,
    RECEIPT_ROWS,
    RECEIPTS,
    RECORDINGS,
    SOURCE_PLAYS,
    TRACK_MATCHES,
    TRACKS,
    Table,
)


@pytest.fixture(scope="module")
def sound_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    home = Home(folder / "home")
    bring(home, extended("2021-03-04 10:00:00"), extended("2020-03-04 10:00:00"), account("2021-03-04 10:00"))
    bring(home, extended("2021-03-04 10:00:00"))
    songs = folder / "songs.csv"
    songs.write_text(f"id,energy\n{'a' * 22},0.5\n", encoding="utf-8")
    add_reference(home, songs, now=NOW)
    return home.root


@pytest.fixture
def lake(sound_lake: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(sound_lake, tmp_path / "home")))


def findings(home: Home) -> list[Finding]:
    with open_snapshot(home.lake) as snapshot:
        return check(snapshot)


def plant(home: Home, table: Table, change: str) -> None:
    """Publish a run in which `change` of the table stands in place of it."""
    with connect() as connection, writing(home, connection, datetime(2026, 11, 23, tzinfo=UTC)) as run:
        connection.execute(f"CREATE TABLE planted AS {change}")
        slices = [delta.UNCUT]
        if "year" in table.partition_by:
            (person,) = run.snapshot.listeners()
            slices = delta.by_year(person.listener_id, [2020, 2021])
        elif table.partition_by:
            (person,) = run.snapshot.listeners()
            slices = [delta.Slice({"listener_id": person.listener_id})]
        run.write(table, "SELECT * FROM planted", slices, removed=run.snapshot.files(table))
        run.publish("damage")


def test_a_sound_lake_has_no_findings(lake: Home) -> None:
    assert findings(lake) == []


def test_a_lake_not_made_yet_is_no_problem(new_home: Home) -> None:
    assert [(found.check, found.problem) for found in findings(new_home)] == [("lake", False)]


@pytest.mark.parametrize(
    ("table", "change", "gate"),
    [
        (TRACKS, "SELECT * FROM tracks UNION ALL SELECT * FROM tracks", "keys"),
        (SOURCE_PLAYS, "SELECT * FROM source_plays UNION ALL SELECT * FROM source_plays WHERE row_no = 1", "keys"),
        (PLAYS, "SELECT * FROM plays UNION ALL SELECT * FROM plays", "keys"),
        (PLAYS, "SELECT * REPLACE (ms_played + 1 AS ms_played) FROM plays", "plays"),
        (PLAYS, "SELECT * REPLACE (play_id AS session_id, 1 AS local_hour) FROM plays", "plays"),
        (PLAYS, "SELECT * FROM plays WHERE year = 2021", "plays"),
        (SOURCE_PLAYS, "SELECT * FROM source_plays WHERE year = 2021", "plays"),
        (SOURCE_PLAYS, "SELECT * FROM source_plays WHERE year = 2021", "receipts"),
        (RECEIPTS, "SELECT * REPLACE (rows + 1 AS rows) FROM receipts", "receipts"),
        (TRACKS, "SELECT * REPLACE ('Other' AS track_name) FROM tracks", "catalogue"),
        (TRACKS, "SELECT * REPLACE (1 AS length_ms) FROM tracks", "catalogue"),
        (TRACKS, "SELECT * FROM tracks WHERE starts_with(track_id, 'track:')", "catalogue"),
        (RECORDINGS, "SELECT * REPLACE (tracks + 1 AS tracks) FROM recordings", "catalogue"),
        (RECORDINGS, "SELECT * FROM recordings WHERE false", "catalogue"),
        (
            TRACK_MATCHES,
            "SELECT * FROM track_matches UNION ALL SELECT * REPLACE ('other' AS reference) FROM track_matches",
            "matches",
        ),
        (TRACK_MATCHES, "SELECT * REPLACE (NULL::VARCHAR AS ref_id) FROM track_matches", "matches"),
        (TRACK_MATCHES, "SELECT * REPLACE ('r9' AS ref_id) FROM track_matches", "matches"),
        (RECEIPT_ROWS, "SELECT * FROM receipt_rows WHERE outcome <> 'duplicate'", "receipts"),
    ],
)
def test_wrong_rows_are_found(lake: Home, table: Table, change: str, gate: str) -> None:
    plant(lake, table, change)
    assert gate in {found.check for found in findings(lake) if found.problem}


def test_a_column_too_many_is_found(lake: Home) -> None:
    DeltaTable(lake.root / "lake" / "tracks").alter.add_columns(Field("new_column", "long"))
    assert ("schema", True) in {(found.check, found.problem) for found in findings(lake)}


def data_file(home: Home, table: Table) -> Path:
    with open_snapshot(home.lake) as snapshot:
        return home.root / "lake" / table.name / snapshot.files(table)[0].path


def test_a_file_gone_while_reading_is_found(lake: Home) -> None:
    with open_snapshot(lake.lake) as snapshot:
        data_file(lake, PLAYS).unlink()
        assert ("schema", True) in {(found.check, found.problem) for found in check(snapshot)}


def test_rotten_bytes_are_found(lake: Home) -> None:
    path = data_file(lake, PLAYS)
    sound = path.read_bytes()
    path.write_bytes(sound[:8] + b"rot" * 100 + sound[308:])
    assert "data" in {found.check for found in findings(lake) if found.problem}


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(path.read_bytes()[:100]),
        lambda path: path.write_bytes(b""),
    ],
)
@pytest.mark.parametrize("name", ["plays", "commits"])
def test_a_lake_without_its_files_is_told_in_words(lake: Home, name: str, damage: Callable[[Path], object]) -> None:
    damage(
        data_file(lake, BY_NAME[name]) if name == "plays" else next((lake.root / "lake" / "commits").glob("*.parquet"))
    )
    with pytest.raises(LakeError, match="cannot be read"):
        open_snapshot(lake.lake)


def test_a_cut_log_is_told_in_words_to_readers_and_writers(lake: Home) -> None:
    last = max((lake.root / "lake" / "plays" / "_delta_log").glob("*.json"))
    last.write_bytes(last.read_bytes()[:50])
    with pytest.raises(LakeError, match="The table plays of the lake"):
        open_snapshot(lake.lake)
    with pytest.raises(LakeError, match="The table plays of the lake"):
        bring(lake, extended("2021-03-05 10:00:00"))


def test_an_erasing_that_is_due_is_a_note_and_the_next_write_does_it(lake: Home) -> None:
    sweep.demand(lake.lake, 1)
    assert [(found.check, found.problem) for found in findings(lake)] == [("erasing", False)]
    bring(lake, extended("2021-03-06 10:00:00"))
    assert findings(lake) == []


def test_what_a_dead_run_left_is_a_note_and_not_a_problem(lake: Home) -> None:
    with connect() as connection, writing(lake, connection, NOW) as run:
        run.drop(PLAYS, run.snapshot.files(PLAYS))
    assert [(found.check, found.problem) for found in findings(lake)] == [("commits", False)]
    bring(lake, extended("2021-03-06 10:00:00"))
    assert findings(lake) == []
