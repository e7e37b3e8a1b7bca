"""The main job on a bucket: every command does there what it does in a folder."""

import json
import os
import shutil
import signal
import time
from pathlib import Path

import duckdb
import pytest
from export_rows import account, extended, uri, write_export
from in_buckets import Store
from kept import NOW, bring, bring_exports, everything, plays, sound

from calling import Call, ended, started
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import forget, import_exports, remove_listeners
from groovelog.pipeline.polling import keep_page

ROWS = [
    [extended("2020-12-31 23:50:00"), extended("2021-06-05 12:00:00", "b"), extended("2021-06-05 12:10:00", "c")],
    [account("2021-06-05 12:00", "b")],
]


@pytest.fixture
def in_bucket(store: Store, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every call of this test has its lake in a bucket, under this prefix, where nothing is yet."""
    prefix = request.node.name.replace("[", "-").replace("]", "")
    for name, value in store.environment(prefix).items():
        monkeypatch.setenv(name, value)
    return prefix


def told(call: Call, home: Home, *words: str | Path) -> str:
    answer = call("--home", home.root, *words)
    assert (answer.code, answer.err) == (0, ""), answer
    return answer.out


REPORTS = ("top-tracks", "top-artists", "overview", "heatmap")


def test_commands_say_of_a_bucket_what_they_say_of_a_folder(
    call: Call, store: Store, in_bucket: str, tmp_path: Path
) -> None:
    new_home = Home(tmp_path / "own")
    paths = write_export(tmp_path / "export", ROWS)
    there = all_said(call, new_home, paths, tmp_path / "out-of-bucket")
    # Nothing of the lake was in the home but what may be deleted at any time.
    assert not (new_home.root / "lake").exists()
    assert "plays/_delta_log/00000000000000000000.json" in store.names(in_bucket)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GROOVELOG_LAKE")
        assert all_said(call, new_home, paths, tmp_path / "out-of-folder") == there
    assert (new_home.root / "lake").exists()
    outs = [sorted(path.name for path in (tmp_path / f"out-of-{of}").iterdir()) for of in ("bucket", "folder")]
    assert outs[0] == outs[1] != []


def all_said(call: Call, home: Home, paths: list[Path], out: Path) -> list[str]:
    """The main job; what was said that does not tell of a moment."""
    assert json.loads(told(call, home, "listeners", "list", "--json"))["listeners"] == []
    first, again = (
        json.loads(told(call, home, "import", *paths, "--listener", "Ada", "--timezone", "UTC", "--json")) for _ in "12"
    )
    assert (first["stored"], again["stored"], again["duplicates"]) == (4, 0, 4)
    said = [told(call, home, "report", name, "--listener", "Ada", "--format", "json") for name in REPORTS]
    said.append(told(call, home, "listeners", "list", "--json"))
    assert json.loads(told(call, home, "lake", "check", "--json"))["sound"]
    assert json.loads(told(call, home, "lake", "compact", "--json"))["files_before"] > 0
    told(call, home, "export", "--listener", "Ada", "--format", "csv", "--output", out)
    songs = paths[0].parent / "songs.csv"
    songs.write_text("track_id,track_name,artists,energy,tempo\nx,Boogie,B-52s,0.8,128\n", encoding="utf-8")
    assert call("--home", home.root, "reference", "add", songs).code == 0
    said.append(told(call, home, "match", "--json"))
    told(call, home, "status")
    assert len(json.loads(told(call, home, "receipts", "--json"))["receipts"]) == 2
    return said


def test_forgotten_is_gone_from_the_bucket_and_from_this_machine(store: Store, bucket_home: Home) -> None:
    prefix = bucket_home.bucket.prefix
    bring(bucket_home, extended("2021-03-04 10:00:00", "b"), listener="Ada")
    bring(bucket_home, extended("2021-03-04 10:00:00", "c"), listener="Bea")
    with open_snapshot(bucket_home.lake) as snapshot:
        listener_id = next(person.listener_id for person in snapshot.listeners() if person.name == "Ada")
    assert {"plays", "source_plays", "tracks", "listeners"} <= tables_of(
        store, prefix, bucket_home, "Boogie", "Ada", listener_id
    )
    forget(bucket_home, "Ada", now=NOW)
    assert tables_of(store, prefix, bucket_home, "Boogie", '"Ada"') == set()
    # An opaque id, and when: that they were erased has to be known to whoever merges.
    assert tables_of(store, prefix, bucket_home, listener_id) == {"erasures"}
    assert len(plays(bucket_home, "Bea")) == 1
    assert sound(bucket_home)


def tables_of(store: Store, prefix: str, home: Home, *needles: str) -> set[str]:
    """Tables, or places beside them, that tell one of the needles: in names or content, in the bucket or in the home."""
    content = store.content(prefix)
    texts = {name.partition(f"{prefix}/")[2]: _text(name, raw, home.root) for name, raw in content.items()}
    for path in home.root.rglob("*"):
        if path.is_file():
            name = str(path.relative_to(home.root)).partition("/data/")
            texts[name[2] or name[0]] = _text(str(path), path.read_bytes(), home.root)
    return {
        name.partition("/")[0]
        for name, text in texts.items()
        if any(needle in name or needle in text for needle in needles)
    }


def _text(name: str, raw: bytes, folder: Path) -> str:
    text = raw.decode("utf-8", "replace")
    if name.endswith(".parquet"):
        file = folder.parent / "looked-at.parquet"
        file.write_bytes(raw)
        rows = duckdb.execute(f"SELECT to_json(t)::VARCHAR FROM read_parquet('{file}', hive_partitioning = false) AS t")
        text += "\n".join(row for (row,) in rows.fetchall())
    return text


def test_a_home_that_lost_its_cache_finds_everything_in_the_bucket(bucket_home: Home) -> None:
    bring_exports(bucket_home, [ROWS])
    before = everything(bucket_home)
    shutil.rmtree(bucket_home.cache)
    assert everything(bucket_home) == before


@pytest.mark.parametrize("cache_gb", [0, 1e-6])
def test_without_room_for_data_files_they_are_read_in_the_bucket(
    store: Store, bucket_home: Home, tmp_path: Path, cache_gb: float
) -> None:
    bring_exports(bucket_home, [ROWS])
    small = store.home(tmp_path / "small", bucket_home.bucket.prefix, cache_gb)
    assert everything(small) == everything(bucket_home)
    kept = [path.stat().st_size for path in (small.cache / "buckets").rglob("*.parquet")]
    assert sum(kept) <= cache_gb * 1024**3
    assert sound(small)


def test_a_truncated_file_of_the_cache_is_noticed(bucket_home: Home) -> None:
    bring_exports(bucket_home, [ROWS])
    before = everything(bucket_home)
    for path in (bucket_home.cache / "buckets").rglob("part-*.parquet"):
        os.truncate(path, path.stat().st_size // 2)
    assert everything(bucket_home) == before


def test_what_is_near_is_read_without_asking_the_bucket_for_data(store: Store, bucket_home: Home) -> None:
    bring_exports(bucket_home, [ROWS])
    known = plays(bucket_home)
    # What says what counts is asked for; neither data files, nor the logs of other tables.
    with store.failing(
        {"path": r"/(?!commits)\w+/_delta_log/|part-.*\.parquet", "status": 403, "code": "AccessDenied"}
    ):
        assert plays(bucket_home) == known


def test_a_poll_is_kept_in_the_bucket_once(bucket_home: Home) -> None:
    bring(bucket_home, extended("2021-03-04 10:00:00"))
    with open_snapshot(bucket_home.lake) as snapshot:
        (person,) = snapshot.listeners()
    track = {
        "uri": uri("b"), "id": "b" * 22, "name": "Boogie", "artists": [{"name": "B-52s"}], "album": {"name": "Album"},
        "duration_ms": 60_000,
    }  # fmt: skip
    page = {"items": [{"played_at": "2021-03-04T11:00:00.123Z", "track": track}]}
    for stored in (1, 0):
        made, _ = keep_page(bucket_home, person.listener_id, page, calls=1, now=NOW)
        assert made.stored == stored
    assert len(plays(bucket_home)) == 2
    assert sound(bucket_home)


def test_removing_a_listener_leaves_the_others(bucket_home: Home) -> None:
    bring(bucket_home, extended("2021-03-04 10:00:00"), listener="Ada")
    bring(bucket_home, extended("2021-03-04 10:00:00"), listener="Bea")
    remove_listeners(bucket_home, ["Ada"], now=NOW)
    with open_snapshot(bucket_home.lake) as snapshot:
        assert [(person.name, person.plays) for person in snapshot.listeners()] == [("Bea", 1)]
    assert sound(bucket_home)


@pytest.mark.parametrize("times", [2, pytest.param(15, marks=pytest.mark.long)])
def test_sigkill_leaves_the_lake_sound(store: Store, prefix: str, tmp_path: Path, times: int) -> None:
    """At moments spread over the import's life: started, it reads for a second or two, and writes for as long."""
    home = store.home(tmp_path / "home", prefix)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in store.environment(prefix).items():
            patch.setenv(name, value)
        for number in range(times):
            rows = [extended(f"2022-01-{1 + number:02} 10:00:00", ms=ms) for ms in range(100)]
            paths = write_export(tmp_path / f"export-{number}", [rows])
            process = started(home.root, "import", *paths, "--listener", "me", "--timezone", "UTC")
            time.sleep(1.5 + 3 * number / times)
            process.send_signal(signal.SIGKILL)
            ended(process)
            assert len(plays(home)) in (number * 100, (number + 1) * 100)
            assert sound(home)
            import_exports(home, paths, listener="me", now=NOW)
            assert len(plays(home)) == (number + 1) * 100
    assert sound(home)
