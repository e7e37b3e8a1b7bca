"""state.db: private, whole, and no more than an inconvenience where it is lost."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from groovelog.errors import StateError
from groovelog.state import leases, polls, sealing, sign_ins
from groovelog.state.database import State, instant, open_state, stored
from groovelog.state.pending import LONGEST, Pending, begin, take
from groovelog.state.schema import MIGRATIONS

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with open_state(tmp_path / "home") as state:
        yield state


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    with open_state(tmp_path / "home") as state:
        assert sign_ins.all_of(state) == []
    assert not (tmp_path / "home").exists()


def test_every_file_is_the_owners_alone(state: State) -> None:
    polls.set_value(state, "ann-id", "cursor", "1", at=NOW)
    sealing.seal(state, "secret")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in state.root.iterdir()}
    assert modes == dict.fromkeys(["state.db", "state.db-wal", "state.db-shm", "secret.key"], 0o600)


def test_a_file_that_others_could_read_is_closed_to_them(state: State) -> None:
    state.root.mkdir()
    state.path.touch(0o644)
    assert sign_ins.all_of(state) == []
    assert stat.S_IMODE(state.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4_000])
def test_a_damaged_file_is_said_and_the_way_out_works(state: State, damage: bytes) -> None:
    state.root.mkdir()
    state.path.write_bytes(damage)
    with pytest.raises(StateError, match=r"plays are safe.*Delete it, and sign in again"):
        sign_ins.all_of(state)
    state.path.unlink()
    assert sign_ins.all_of(state) == []


def test_one_that_is_deleted_while_a_server_runs_begins_anew(state: State) -> None:
    polls.set_value(state, "ann-id", "cursor", "1", at=NOW)
    for path in state.root.glob("state.db*"):
        path.unlink()
    polls.set_value(state, "ann-id", "cursor", "2", at=NOW)
    with open_state(state.root) as other:
        assert polls.value(other, "ann-id", "cursor") == "2"


def test_many_in_one_process_do_not_break_each_other(state: State) -> None:
    polls.set_value(state, "ann-id", "cursor", "1", at=NOW)
    write = (
        "import sys, datetime, pathlib\nfrom groovelog.state import polls\nfrom groovelog.state.database import open_state\n"
        "with open_state(pathlib.Path(sys.argv[1])) as state:\n"
        "    polls.set_value(state, 'ann-id', 'cursor', sys.argv[2], at=datetime.datetime.now(datetime.UTC))\n"
    )
    for value in ("2", "3", "4"):
        with open_state(state.root) as another:
            assert polls.value(another, "ann-id", "cursor") is not None
        subprocess.run([sys.executable, "-c", write, str(state.root), value], check=True)
        assert polls.value(state, "ann-id", "cursor") == value


def test_a_file_of_a_newer_groovelog_is_left_alone(state: State) -> None:
    polls.forget(state, "ann-id")
    with sqlite3.connect(state.path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with open_state(state.root) as later, pytest.raises(StateError, match="newer Groovelog"):
        sign_ins.all_of(later)


def test_instants_sort_as_text_and_come_back_whole() -> None:
    moments = [NOW + timedelta(microseconds=step) for step in (0, 1, 999_999, 1_000_000)]
    assert [instant(stored(moment)) for moment in moments] == moments
    assert sorted(map(stored, moments)) == list(map(stored, moments))


@pytest.mark.parametrize("wrong", ["short", "A" * 44, "ä" * 43, ""])
def test_a_key_of_a_wrong_form_is_refused(tmp_path: Path, wrong: str) -> None:
    with open_state(tmp_path, wrong) as state, pytest.raises(StateError, match="urlsafe-base64"):
        sealing.seal(state, "secret")


def test_a_damaged_key_file_is_said_and_the_way_out_works(state: State) -> None:
    state.root.mkdir()
    (state.root / "secret.key").write_text("nonsense")
    with pytest.raises(StateError, match="Delete it, and sign in again"):
        sealing.seal(state, "secret")
    (state.root / "secret.key").unlink()
    assert sealing.unseal(state, sealing.seal(state, "secret")) == "secret"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-05-28", "2026-11-28"),
        ("2026-08-31", "2027-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2026-12-31", "2027-06-30"),
    ],
)
def test_consent_lasts_six_months_of_the_calendar(start: str, end: str) -> None:
    begun = datetime.fromisoformat(f"{start}T12:00:00+00:00")
    assert sign_ins.months_later(begun, 6).isoformat() == f"{end}T12:00:00+00:00"


class TestPending:
    BEGUN = Pending(
        "word", "Ann", "client", "http://127.0.0.1:8888/callback", frozenset({"a"}), "verifier", "UTC", "page", NOW
    )

    def test_it_is_taken_once(self, state: State) -> None:
        begin(state, self.BEGUN)
        assert take(state, "another", NOW) is None
        assert take(state, "word", NOW) == self.BEGUN
        assert take(state, "word", NOW) is None

    def test_it_is_good_for_ten_minutes(self, state: State) -> None:
        begin(state, self.BEGUN)
        assert take(state, "word", NOW + LONGEST) is None
        assert take(state, "word", NOW + LONGEST - timedelta(seconds=1)) == self.BEGUN


class TestLeases:
    def test_one_has_it_at_a_time(self, state: State) -> None:
        def held() -> AbstractContextManager[bool]:
            return leases.held(state, "collect", now=lambda: NOW, for_s=60)

        with held() as first, held() as second:
            assert (first, second) == (True, False)
        with held() as third:
            assert third

    def test_a_killed_holder_is_taken_over_at_once(self, state: State) -> None:
        hold = (
            "import sys, time, datetime, pathlib\n"
            "from groovelog.state import leases\nfrom groovelog.state.database import open_state\n"
            "now = lambda: datetime.datetime.fromisoformat(sys.argv[2])\n"
            "with open_state(pathlib.Path(sys.argv[1])) as state, leases.held(state, 'collect', now=now, for_s=600):\n"
            "    print('held', flush=True)\n    time.sleep(60)\n"
        )
        command = [sys.executable, "-c", hold, str(state.root), NOW.isoformat()]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            with leases.held(state, "collect", now=lambda: NOW, for_s=600) as got:
                assert not got
            os.kill(holder.pid, signal.SIGKILL)
            holder.wait()
            with leases.held(state, "collect", now=lambda: NOW, for_s=600) as got:
                assert got

    def test_one_of_another_machine_lasts_until_it_runs_out(self, state: State) -> None:
        with state.writing() as connection:
            row = ("collect", "x", "elsewhere|boot|1|1", stored(NOW + timedelta(seconds=60)))
            connection.execute("INSERT INTO leases VALUES (?, ?, ?, ?)", row)
        for moment, expected in ((NOW, False), (NOW + timedelta(seconds=60), True)):
            with leases.held(state, "collect", now=lambda at=moment: at, for_s=60) as got:
                assert got is expected
