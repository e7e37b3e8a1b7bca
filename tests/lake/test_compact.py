"""Small files become one and old versions go; no row changes, and no reader is disturbed."""

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
import time_machine
from export_rows import account, extended
from hypothesis import given
from hypothesis import strategies as st
from kept import NOW, Kept, bring, data_files, everything, plays, plays_anew
from stopping import Killed

from groovelog.lake import compact as lake_compact
from groovelog.lake import delta, delta_log
from groovelog.lake import sweep as lake_sweep
from groovelog.lake.check import check
from groovelog.lake.compact import GROWTH, MANY_FILES
from groovelog.lake.delta import DataFile
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import add_listener, compact_lake, remove_listeners
from groovelog.tables import COMMITS, PLAYS, SOURCE_PLAYS, TABLES, TRACKS, Table

HOURS = [13, 4, 10, 7, 16]  # not in order: a compacted file is sorted, what it was made of was not


@pytest.fixture(scope="module")
def history(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five imports of Ada, apart in time, so that each adds a file to one partition; and one of Bea."""
    home = Home(Path(shutil.copytree(empty_lake, tmp_path_factory.mktemp("history") / "home")))
    for hour in HOURS:
        bring(home, extended(f"2021-03-04 {hour:02}:00:00"), account(f"2021-03-04 {hour:02}:10", "b"), listener="Ada")
    bring(home, extended("2021-03-04 10:00:00", "c"), listener="Bea")
    return home.root


@pytest.fixture
def lake(history: Path, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(history, tmp_path / "home")))


@pytest.fixture
def no_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake_compact, "KEPT_FOR_READERS", timedelta(0))


def rows(home: Home) -> dict[str, Kept]:
    """Everything but the runs."""
    return {name: kept for name, kept in everything(home).items() if name != "commits"}


def sound(home: Home) -> bool:
    with open_snapshot(home.lake) as snapshot:
        return check(snapshot) == []


def fullest(home: Home, table: Table) -> int:
    """Files of the partition that has most."""
    return max(Counter(path.rpartition("/")[0] for path in data_files(home, table)).values())


def on_disk(home: Home, table: Table) -> set[str]:
    folder = home.root / "lake" / table.name
    return {str(path.relative_to(folder)) for path in folder.rglob("*.parquet") if "_delta_log" not in str(path)}


def test_each_partition_becomes_one_sorted_file(lake: Home) -> None:
    before, published = rows(lake), len(everything(lake)["commits"])
    assert fullest(lake, PLAYS) == fullest(lake, SOURCE_PLAYS) == len(HOURS)
    compacted = compact_lake(lake, now=NOW)
    assert rows(lake) == before
    runs = everything(lake)["commits"]
    assert [run["number"] for run in runs] == list(range(1, published + 2))
    assert runs[-1]["verb"] == "compact"
    for table in TABLES:
        assert not data_files(lake, table) or fullest(lake, table) == 1
    for path in data_files(lake, PLAYS):
        starts = duckdb.sql(f"SELECT epoch_us(started_at) FROM '{lake.lake}/plays/{path}'").fetchall()
        assert starts == sorted(starts)
    assert sound(lake)
    assert plays_anew(lake, "Ada") == plays(lake, "Ada")
    assert compacted.after["plays"].files == compacted.before["plays"].files + 1 + 1  # Ada's file, and a version


def test_who_opened_before_reads_on_for_an_hour(lake: Home) -> None:
    old = {table.name: data_files(lake, table) for table in TABLES}
    with open_snapshot(lake.lake) as reader:
        counted = reader.connection.execute("SELECT count(*), sum(ms_played) FROM plays").fetchall()
        compact_lake(lake, now=NOW)
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=58), tick=True):
            waiting = compact_lake(lake, now=NOW).waiting
        assert waiting.files > len(HOURS) * 2
        assert reader.connection.execute("SELECT count(*), sum(ms_played) FROM plays").fetchall() == counted
        assert reader.connection.execute("SELECT count(*) FROM commits").fetchall() == [(reader.number,)]
    assert all(old[table.name] <= on_disk(lake, table) for table in TABLES)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=62), tick=True):
        waiting = compact_lake(lake, now=NOW).waiting
    assert waiting.files == 0
    assert on_disk(lake, PLAYS) == data_files(lake, PLAYS)
    assert [path.suffix for _, path in delta_log.files(lake.lake, PLAYS)] == [".parquet", ".json"]
    assert sound(lake)


@pytest.mark.usefixtures("no_readers")
def test_only_what_is_needed_is_left_and_work_goes_on(lake: Home) -> None:
    dead = lake.root / "lake" / "plays" / "listener_id=x" / "year=2020" / "part-1.parquet"
    dead.parent.mkdir(parents=True)
    dead.write_bytes(b"PAR1")
    theirs = lake.root / "lake" / "plays" / "notes.txt"
    theirs.write_text("theirs")
    before = rows(lake)
    compacted = compact_lake(lake, now=NOW)
    assert compacted.waiting.files == 0
    for table in TABLES:
        assert on_disk(lake, table) == data_files(lake, table)
    assert not (lake.root / "lake" / "plays" / "listener_id=x").exists()
    assert theirs.exists()
    assert compacted.after["plays"].bytes < compacted.before["plays"].bytes
    assert rows(lake) == before
    assert bring(lake, extended("2021-03-04 10:30:00"), listener="Ada").by_kind["track"] == 1
    assert len(plays(lake, "Ada")) == 2 * len(HOURS) + 1
    assert sound(lake)
    remove_listeners(lake, ["Ada"], now=NOW)
    compact_lake(lake, now=NOW)
    assert len(on_disk(lake, PLAYS)) == 1
    assert sound(lake)


def test_a_lake_not_made_yet_is_not_made(new_home: Home) -> None:
    assert compact_lake(new_home, now=NOW).after == {}
    assert not (new_home.root / "lake").exists()


@pytest.mark.long
def test_an_import_compacts_what_it_made_crowded(home: Home, monkeypatch: pytest.MonkeyPatch, no_readers: None) -> None:
    monkeypatch.setattr(lake_compact, "MANY_FILES", 3)
    began = datetime(2021, 5, 1, tzinfo=UTC)
    brought = 6_000
    bring(home, *(extended(began + timedelta(minutes=n), ms=n * n % 59_999) for n in range(brought)))
    (large,) = data_files(home, PLAYS)
    for hour in range(8):
        bring(home, extended(f"2021-03-04 {2 * hour:02}:00:00"))
        brought += 1
        kept = plays(home)
        assert len(kept) == brought
        assert fullest(home, PLAYS) <= 3
        assert fullest(home, SOURCE_PLAYS) <= 3
        assert len(data_files(home, COMMITS)) <= 4
    assert large in data_files(home, PLAYS)
    assert "compact" in {run["verb"] for run in everything(home)["commits"]}
    assert plays_anew(home) == kept
    assert sound(home)


@pytest.mark.long
def test_a_long_log_is_cut(home: Home, monkeypatch: pytest.MonkeyPatch, no_readers: None) -> None:
    monkeypatch.setattr(lake_compact, "MANY_VERSIONS", 4)
    for day in range(1, 8):
        bring(home, extended(f"2021-03-{day:02} 12:00:00", offline_timestamp=day))
        for table in (COMMITS, PLAYS, TRACKS):
            assert len(delta_log.files(home.lake, table)) <= 4 + 1
    assert len(plays(home)) == 7
    assert sound(home)


def test_versions_that_are_kept_do_not_slow_who_opens_the_newest(lake: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake_sweep, "LONG_READ", 3)
    before = rows(lake)
    compact_lake(lake, now=NOW)
    log = delta_log.files(lake.lake, PLAYS)
    assert [number for number, _ in log] == [*range(8), 7]
    with open_snapshot(lake.lake) as snapshot:
        assert snapshot.versions["plays"] == 7
    assert [len(delta.files(lake.lake, PLAYS, at)) for at in range(8)] == [0, 1, 2, 3, 4, 5, 6, 2]
    assert rows(lake) == before


@pytest.mark.long
def test_no_checkpoint_is_made_beside_ours(home: Home) -> None:
    # By itself delta-rs makes one at the hundredth version, and takes old logs away, published or not.
    with open_snapshot(home.lake) as snapshot:
        version = snapshot.versions[TRACKS.name]
        for _ in range(102):
            file = DataFile("nowhere.parquet", 1, 1, {})
            version = delta.commit(snapshot.lake, TRACKS, version, [file], [])
    assert version > 101
    assert not list((home.root / "lake" / "tracks" / "_delta_log").glob("*checkpoint*"))
    bring(home, extended("2021-03-04 10:00:00"))
    assert sound(home)


def test_an_import_is_stored_though_it_cannot_be_tidied(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(lake_compact, "MANY_FILES", 0)
    monkeypatch.setattr(lake_compact, "view", full)
    for hour in (10, 20):
        assert bring(home, extended(f"2021-03-04 {hour}:00:00")).by_kind["track"] == 1
    assert "No space left" in caplog.text
    monkeypatch.undo()
    bring(home, extended("2021-03-04 15:00:00"))
    assert len(plays(home)) == 3
    assert sound(home)


def survive(lake: Home, folder: Path, dies_after: Callable[[int], None], patch: pytest.MonkeyPatch, stride: int) -> int:
    """Die at each `stride`th step of compacting; returns how often."""
    before, steps = rows(lake), 0
    while True:
        copy = Home(Path(shutil.copytree(lake.root, folder / str(steps))))
        patch.setattr(lake_compact, "KEPT_FOR_READERS", timedelta(0))
        dies_after(steps)
        try:
            compact_lake(copy, now=NOW)
        except Killed:
            patch.undo()
            assert rows(copy) == before
            add_listener(copy, "Linnet", "UTC", now=NOW)
            compact_lake(copy, now=NOW)
            after = rows(copy)
            for name in ("plays", "source_plays", "tracks", "receipts"):
                assert after[name] == before[name]
            assert sound(copy)
            steps += stride
        else:
            return steps // stride


def test_compacting_can_die(
    lake: Home, tmp_path: Path, dies_after: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert survive(lake, tmp_path, dies_after, monkeypatch, stride=41) >= 2


@pytest.mark.long
def test_compacting_can_die_at_any_step(
    lake: Home, tmp_path: Path, dies_after: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert survive(lake, tmp_path, dies_after, monkeypatch, stride=3) > 30


@given(st.lists(st.integers(600, 40_000_000), max_size=60))
def test_of_many_files_the_small_ones_are_chosen(sizes: list[int]) -> None:
    files = [DataFile(f"part-{number}", size, 1, {}) for number, size in enumerate(sizes)]
    chosen = lake_compact._small_of_many(files)
    if len(files) <= MANY_FILES:
        assert chosen == []
        return
    left = sorted(file.size for file in files if file not in chosen)
    assert len(chosen) > 1
    # The merged file and those left: each more than twice all before it, so that they are few.
    so_far = sum(file.size for file in chosen)
    for size in left:
        assert size > GROWTH * so_far
        so_far += size
    assert 1 + len(left) <= 11  # 600 bytes, tripled ten times, is more than 35 MB
