"""The inbox: what is acknowledged is on disk, and is told once, whatever dies."""

import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept import NOW, everything, plays, plays_anew, sound, source_plays
from stopping import Killed

from groovelog.errors import LakeBusyError, LakeError, UsageError
from groovelog.lake import inbox
from groovelog.lake import receipts as lake_receipts
from groovelog.lake.home import Home
from groovelog.lake.run import writing
from groovelog.lake.snapshot import connect, open_snapshot
from groovelog.model import Receipt
from groovelog.pipeline import add_listener, import_exports, receipt_rows, remove_listeners, take_inbox
from groovelog.sources.listenbrainz import LISTENBRAINZ
from groovelog.sources.source import Row
from groovelog.tables import ERASURES

MIDNIGHT = 1_614_816_000  # 2021-03-04 00:00:00 UTC
SOURCE = "listenbrainz"


def listen(number: int, **told: Any) -> dict[str, Any]:
    """A listen as the API takes it; one every five minutes."""
    return {
        "listened_at": MIDNIGHT + 300 * number,
        "user_name": "somebody",
        "track_metadata": {
            "track_name": f"Song {number}",
            "artist_name": "Ayọ",
            "additional_info": {"duration_ms": 200_000, "ip": "203.0.113.9"},
        },
        **told,
    }


def flat(*listens: dict[str, Any]) -> list[Row]:
    """The rows of these listens as the source's reader gives them."""
    assert LISTENBRAINZ.rows is not None
    return list(LISTENBRAINZ.rows(io.BytesIO(json.dumps(listens).encode())))


def rows(*numbers: int) -> list[Row]:
    return flat(*(listen(number) for number in numbers))


def put(home: Home, listener_id: str, *numbers: int, now: datetime = NOW) -> None:
    inbox.append(home, listener_id, SOURCE, rows(*numbers), now=now)


def waiting(home: Home) -> list[Path]:
    return sorted(home.inbox.rglob("*.jsonl"))


def titles(home: Home) -> list[str]:
    return sorted(play["track_name"] for play in plays(home))


def songs(*numbers: int) -> list[str]:
    return sorted(f"Song {number}" for number in numbers)


def kept_receipts(home: Home) -> list[Receipt]:
    with open_snapshot(home.lake) as snapshot:
        return lake_receipts.read_receipts(snapshot)


@pytest.fixture
def me(home: Home) -> str:
    """The id of a listener of the home."""
    add_listener(home, "me", "Europe/Berlin", now=NOW)
    with open_snapshot(home.lake) as snapshot:
        return snapshot.listeners()[0].listener_id


def test_rows_are_stored_as_if_read_from_a_file(home: Home, me: str, tmp_path: Path) -> None:
    # Half a surrogate pair and a row without a time go the way of a file's rows too.
    listens = [listen(1), listen(2, listened_at=None), listen(3), listen(4)]
    listens[2]["track_metadata"]["track_name"] = "half \ud83d"
    export = tmp_path / "somebody_lb-2021-03-05.json"
    export.write_text(json.dumps(listens))
    other = Home(tmp_path / "other")
    import_exports(other, [export], listener="me", timezone="Europe/Berlin", now=NOW)

    inbox.append(home, me, SOURCE, flat(*listens), now=NOW)
    (receipt,) = take_inbox(home, now=NOW)

    assert (receipt.listener, receipt.rows, receipt.stored, receipt.duplicates, receipt.unreadable) == (
        "me",
        4,
        3,
        0,
        1,
    )
    assert receipt.by_kind == {"track": 3, "episode": 0, "audiobook": 0, "unknown": 0}
    assert plays(home) == plays(other)
    assert [row.reason for row in receipt_rows(home, receipt.run_id)] == ["listened_at is not a time: nothing"]
    assert waiting(home) == []
    assert sound(home)
    again = import_exports(home, [export], listener="me", now=NOW)
    assert (again.stored, again.duplicates, again.unreadable) == (0, 3, 1)


def test_the_batches_of_a_listener_are_one_run_and_a_file_each(home: Home, me: str) -> None:
    put(home, me, 1, 2)
    inbox.append(
        home,
        me,
        "spotify_api",
        [{"played_at": "2021-03-04T09:00:00Z", "track.name": "Far", "track.artists": "Off"}],
        now=NOW,
    )
    put(home, me, 3)
    (receipt,) = take_inbox(home, now=NOW)
    assert [(file.source, file.rows) for file in receipt.files] == [("listenbrainz", 3), ("spotify_api", 1)]
    assert titles(home) == ["Far", *songs(1, 2, 3)]
    with open_snapshot(home.lake) as snapshot:
        assert snapshot.connection.execute("SELECT verb FROM commits ORDER BY number DESC LIMIT 1").fetchall() == [
            ("collect",)
        ]


def test_appending_needs_no_lake_and_keeps_nothing_but_what_the_source_reads(new_home: Home) -> None:
    row = {**rows(1)[0], "user_name": "somebody", "ip": "203.0.113.9"}
    inbox.append(new_home, "0123456789abcdef", SOURCE, [row], now=NOW)
    assert not (new_home.root / "lake").exists()
    (batch,) = waiting(new_home)
    assert batch.stat().st_mode & 0o777 == 0o600
    assert {path.stat().st_mode & 0o777 for path in (batch.parent, new_home.inbox)} == {0o700}
    assert json.loads(batch.read_bytes()) == rows(1)[0]


def test_what_waits_is_told_sealed_or_not_and_of_its_own_source_alone(new_home: Home) -> None:
    put(new_home, "aa", 1)
    inbox.append(new_home, "aa", "spotify_api", [{"played_at": "2021-03-04T09:00:00Z"}], now=NOW)
    with inbox.taking(new_home, NOW, timedelta(0), 1):
        put(new_home, "aa", 2)
        put(new_home, "bb", 3)
        assert inbox.waiting(new_home, "aa", SOURCE) == rows(2, 1)
    assert inbox.waiting(new_home, "cc", SOURCE) == []
    with next(new_home.inbox.glob("bb/*.jsonl")).open("ab") as torn:
        torn.write(b'[1]\n{"track_name": "never ackn')
    assert inbox.waiting(new_home, "bb", SOURCE) == rows(3)


def test_the_backlog_is_what_lies_there(new_home: Home) -> None:
    assert inbox.backlog(new_home) == inbox.Backlog(0, 0, None, 0)
    put(new_home, "aa", 1, now=NOW)
    put(new_home, "bb", 2, now=NOW - timedelta(minutes=5))
    size = sum(path.stat().st_size for path in waiting(new_home))
    assert inbox.backlog(new_home) == inbox.Backlog(2, size, NOW - timedelta(minutes=5), 0)
    with inbox.taking(new_home, NOW, timedelta(0), 1) as batches:
        inbox.put_aside(new_home, batches["aa"][0], "for a reason")
    assert inbox.backlog(new_home).batches == 1
    assert inbox.backlog(new_home).aside == 1


def test_no_rows_leave_nothing(new_home: Home) -> None:
    inbox.append(new_home, "0123456789abcdef", SOURCE, [], now=NOW)
    assert not new_home.inbox.exists()
    assert take_inbox(new_home, now=NOW) == []
    assert not (new_home.root / "lake").exists()


def test_what_json_cannot_say_is_refused_whole(new_home: Home) -> None:
    with pytest.raises(UsageError, match="Row 2 cannot be written as JSON"):
        inbox.append(new_home, "0123456789abcdef", SOURCE, [*rows(1), {"duration": float("nan")}], now=NOW)
    assert waiting(new_home) == []


def test_a_full_disk_leaves_what_was_there(new_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    put(new_home, "0123456789abcdef", 1)
    (batch,) = waiting(new_home)
    before = batch.read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[: len(data) // 2]))
    with pytest.raises(LakeError, match="No space left on device"):
        put(new_home, "0123456789abcdef", 2)
    assert batch.read_bytes() == before


@pytest.mark.parametrize("more", [(), (3,)])
def test_a_line_torn_by_a_crash_is_dropped(home: Home, me: str, more: tuple[int, ...]) -> None:
    put(home, me, 1, 2)
    (batch,) = waiting(home)
    with batch.open("ab") as file:
        file.write(batch.read_bytes()[:70])
    if more:
        put(home, me, *more)
    (receipt,) = take_inbox(home, now=NOW)
    assert (receipt.stored, receipt.unreadable) == (2 + len(more), 0)
    assert titles(home) == songs(1, 2, *more)


def test_a_damaged_line_costs_itself_alone(home: Home, me: str) -> None:
    put(home, me, 1)
    (batch,) = waiting(home)
    with batch.open("ab") as file:
        file.write(b"\x00\x00\n[1]\n")
    put(home, me, 2)
    (receipt,) = take_inbox(home, now=NOW)
    assert (receipt.stored, receipt.unreadable) == (2, 2)
    assert [(row.row, row.reason) for row in receipt_rows(home, receipt.run_id)] == [
        (2, "damaged in the inbox"),
        (3, "damaged in the inbox"),
    ]


def test_a_batch_of_nothing_but_a_torn_line_goes_without_a_run(home: Home, me: str) -> None:
    put(home, me, 1)
    (batch,) = waiting(home)
    batch.write_bytes(batch.read_bytes()[:-1])
    before = everything(home)
    assert take_inbox(home, now=NOW) == []
    assert waiting(home) == []
    assert everything(home) == before


@given(
    st.lists(
        st.tuples(st.lists(st.text(max_size=5), min_size=1, max_size=3), st.none() | st.floats(0, 1, exclude_max=True))
    )
)
def test_whatever_is_torn_the_acknowledged_rows_are_there(said: list[tuple[list[str], float | None]]) -> None:
    """Each append may be followed by one that died after some share of its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        for names, torn in said:
            inbox.append(home, "aa", SOURCE, [{"track_name": name} for name in names], now=NOW)
            if torn is not None:
                (batch,) = waiting(home)
                dying = b'{"track_name": "never acknowledged"}\n'
                with batch.open("ab") as file:
                    file.write(dying[: int(torn * len(dying))])
        (home.inbox).mkdir(exist_ok=True)
        told: list[str] = []
        with inbox.taking(home, NOW, timedelta(0), 1) as batches:
            for batch in batches.get("aa", []):
                source = batch.readable(1).source
                assert source is not None
                assert source.rows is not None
                with batch.path.open("rb") as stream:
                    told += [row["track_name"] for row in source.rows(stream)]
        assert told == [name for names, _ in said for name in names]


@pytest.mark.parametrize(
    ("age_s", "count", "due"),
    [(0, 1, False), (49, 999, False), (0, 1_000, True), (50, 1, True), (-5, 1, True)],
)
def test_when_a_batch_is_due(new_home: Home, age_s: int, count: int, due: bool) -> None:
    inbox.append(new_home, "aa", SOURCE, [{"track_name": "a"}] * count, now=NOW - timedelta(seconds=age_s))
    assert inbox.due(new_home, NOW, inbox.LONGEST_WAIT) is due
    with inbox.taking(new_home, NOW, inbox.LONGEST_WAIT, 1) as batches:
        assert bool(batches) is due


def test_what_is_not_due_goes_on_growing(home: Home, me: str) -> None:
    put(home, me, 1)
    assert take_inbox(home, now=NOW, least_age=inbox.LONGEST_WAIT) == []
    put(home, me, 2, now=NOW + timedelta(seconds=40))
    (receipt,) = take_inbox(home, now=NOW + timedelta(seconds=50), least_age=inbox.LONGEST_WAIT)
    assert receipt.stored == 2


@pytest.mark.parametrize("stride", [3, pytest.param(1, marks=pytest.mark.long)])
def test_a_taking_can_die_at_any_step(
    home: Home, me: str, monkeypatch: pytest.MonkeyPatch, dies_after, stride: int
) -> None:
    put(home, me, 1, 2)
    take_inbox(home, now=NOW)
    put(home, me, 2, 3)
    before = everything(home)
    steps = 0
    while True:
        dies_after(steps)
        try:
            (receipt,) = take_inbox(home, now=NOW)
        except Killed:
            monkeypatch.undo()
            assert everything(home) == before
            assert len(waiting(home)) == 1
            steps += stride
        else:
            monkeypatch.undo()
            break
    assert steps > 12
    assert (receipt.stored, receipt.duplicates) == (1, 1)
    assert titles(home) == songs(1, 2, 3)
    assert plays_anew(home) == plays(home)
    assert waiting(home) == []
    assert sound(home)


def test_death_between_publishing_and_removing_doubles_nothing(
    home: Home, me: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(home, me, 1)
    with monkeypatch.context() as patched:
        patched.setattr(inbox, "remove", dies)
        with pytest.raises(Killed):
            take_inbox(home, now=NOW)
    published = everything(home)
    assert len(waiting(home)) == 1
    # What comes in meanwhile is of another batch, also within the same second.
    put(home, me, 2)
    (receipt,) = take_inbox(home, now=NOW)
    assert (receipt.rows, receipt.stored, receipt.duplicates) == (1, 1, 0)
    assert [row for row in everything(home)["receipts"] if row in published["receipts"]] == published["receipts"]
    assert len(kept_receipts(home)) == 2
    assert titles(home) == songs(1, 2)
    assert waiting(home) == []


def dies(*_: object) -> None:
    raise Killed


@pytest.mark.parametrize("removed", [False, True])
def test_rows_of_nobody_are_put_aside(home: Home, me: str, caplog: pytest.LogCaptureFixture, removed: bool) -> None:
    gone = me if removed else "feedfeedfeedfeed"
    put(home, gone, 1)
    said = waiting(home)[0].read_bytes()
    if removed:
        remove_listeners(home, ["me"], now=NOW)
    before = everything(home)
    assert take_inbox(home, now=NOW) == []
    assert everything(home) == before
    (kept,) = waiting(home)
    assert kept.parent == home.inbox / "aside" / gone
    assert kept.read_bytes() == said
    assert kept.with_suffix(".reason").read_text() == "there is no such listener in the lake\n"
    assert "there is no such listener" in caplog.text
    assert "Song" not in caplog.text
    assert take_inbox(home, now=NOW) == []
    inbox.erase(home, gone)
    assert waiting(home) == []


def test_rows_of_somebody_erased_are_gone(home: Home, me: str) -> None:
    remove_listeners(home, ["me"], now=NOW)
    with connect() as connection, writing(home, connection, NOW) as run:
        run.write(
            ERASURES,
            f"SELECT '{me}' AS listener_id, '{run.run_id}' AS run_id, now() AS erased_at, 'everything' AS scope",
        )
        run.publish("forget")
    put(home, me, 1)
    assert take_inbox(home, now=NOW) == []
    assert waiting(home) == []


def test_a_batch_that_cannot_be_read_is_put_aside_and_others_are_stored(home: Home, me: str) -> None:
    put(home, me, 1)
    (batch,) = waiting(home)
    # Longer than a row may be: the inbox would not have taken it.
    batch.write_bytes(batch.read_bytes() + b'{"track_name": "' + b"a" * (70 * 1024**2) + b'"}\n')
    inbox.append(home, me, "spotify_api", [{"played_at": "2021-03-04T09:00:00Z", "track.name": "Far"}], now=NOW)
    (receipt,) = take_inbox(home, now=NOW)
    assert [file.source for file in receipt.files] == ["spotify_api"]
    assert titles(home) == ["Far"]
    (kept,) = waiting(home)
    assert kept.parent.parent.name == "aside"
    assert "longer than 32 MB" in kept.with_suffix(".reason").read_text()


def test_a_taker_gives_way_to_a_writer_that_holds_the_lake(home: Home, me: str) -> None:
    put(home, me, 1)
    with connect() as connection, writing(home, connection, NOW), pytest.raises(LakeBusyError):
        take_inbox(home, now=NOW, wait_s=0.1)
    take_inbox(home, now=NOW)
    assert titles(home) == songs(1)


def append_alone(root: Path, listener_id: str, first: int, count: int) -> None:
    for number in range(first, first + count):
        put(Home(root), listener_id, number)
        time.sleep(0.02)


def test_two_processes_append_while_another_takes(home: Home, me: str) -> None:
    spawned = multiprocessing.get_context("spawn")
    appenders = [spawned.Process(target=append_alone, args=(home.root, me, first, 40)) for first in (0, 40)]
    for process in appenders:
        process.start()
    receipts: list[Receipt] = []
    while any(process.is_alive() for process in appenders):
        receipts += take_inbox(home, now=NOW)
    for process in appenders:
        process.join()
    assert [process.exitcode for process in appenders] == [0, 0]
    receipts += take_inbox(home, now=NOW)
    assert sum(receipt.stored for receipt in receipts) == sum(receipt.rows for receipt in receipts) == 80
    assert titles(home) == songs(*range(80))
    assert len(source_plays(home)) == 80
    assert waiting(home) == []


def test_sigkill_loses_nothing_acknowledged(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from groovelog.lake.home import Home; from groovelog.lake import inbox\n"
        "for number in range(100_000):\n"
        "    inbox.append(Home(Path(sys.argv[1])), 'aa', 'listenbrainz', [{'track_name': str(number)}], now=datetime.now(UTC))\n"
        "    print(number, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        acknowledged = [process.stdout.readline() for _ in range(20)]
        os.kill(process.pid, signal.SIGKILL)
        acknowledged += process.stdout.readlines()
    (batch,) = waiting(Home(tmp_path))
    told = [
        json.loads(line)["track_name"] for line in batch.read_bytes().splitlines(keepends=True) if line.endswith(b"\n")
    ]
    assert told[: len(acknowledged)] == [line.strip() for line in acknowledged]
    assert len(told) <= len(acknowledged) + 1
