"""The doctor finds nothing wrong with a good installation, and what is wrong with a broken one, and how to mend it."""

import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from backed_up import backup, listener_id, sign_in
from in_buckets import Store
from kept import NOW

from groovelog.lake import inbox
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.backup.restoring import SCRATCH
from groovelog.pipeline.doctor import CHECKS, look_over
from groovelog.pipeline.doctor.finding import Finding, Installation
from groovelog.pipeline.doctor.machine import PINS
from groovelog.pipeline.locks import serving
from groovelog.spotify.apps import App, Setup
from groovelog.state import ledger, polls, sign_ins
from groovelog.state.database import open_state
from groovelog.tables import PLAYS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VERSIONS = {
    "duckdb": "2.0.3", "ibis-framework": "12.0.0", "sqlglot": "30.16.1", "deltalake": "1.6.6", "streamlit": "1.99.0",
}  # fmt: skip


@pytest.fixture
def good(lived_in: Home, tmp_path: Path) -> Installation:
    """Two listeners, one of them signed in, a backup of an hour ago."""
    home = lived_in
    home.root.chmod(0o700)
    backup(home, tmp_path / "backups", at=NOW - HOUR)
    setup = Setup(apps=(App("client", "secret"),))
    return Installation(home, NOW, setup, (3, 12), VERSIONS, NOW - 30 * DAY)


def wrong(this: Installation) -> list[Finding]:
    return [finding for finding in look_over(this) if finding.verdict != "ok"]


def only(this: Installation) -> tuple[str, str, str, str]:
    """The one thing that is wrong: check, verdict, sentence, how to mend it."""
    (finding,) = wrong(this)
    assert finding.mend
    return finding.check, finding.verdict, finding.text, finding.mend


def test_nothing_is_wrong_with_a_good_one(good: Installation) -> None:
    found = look_over(good)
    assert [finding for finding in found if finding.verdict != "ok"] == []
    told = {finding.check: finding.text for finding in found}
    # No restore was cut short, and no lake is in a bucket, so nothing is said of these.
    assert told.keys() == CHECKS.keys() - {"restore", "bucket"}
    assert "3 plays in " in told["lake"]
    assert told["keys"] == "The key of the tokens opens all 1 Spotify sign-ins."
    assert told["consent"] == "Wren: consent until 2027-05-22."
    assert told["quota"] == "The API app client sent 0 calls in 24 hours, and may send 480 more."
    assert told["secrets"] == "state.db, secret.key: for their owner alone."
    assert "made at 2026-11-22 11:00 UTC" in told["backup"]


def test_where_nothing_is_yet_it_is_said_and_nothing_is_made(good: Installation, tmp_path: Path) -> None:
    this = replace(good, home=Home(tmp_path / "none"))
    assert [(one.check, one.verdict) for one in wrong(this)] == [("home", "warning"), ("lake", "warning")]
    assert not this.home.root.exists()


def test_python_and_libraries(good: Installation) -> None:
    assert only(replace(good, python=(3, 10)))[:3] == (
        "python",
        "problem",
        "Python is 3.10, and Groovelog needs 3.11 or newer.",
    )
    (check, verdict, text, _) = only(replace(good, versions=VERSIONS | {"sqlglot": "30.17.0"}))
    assert (check, verdict) == ("libraries", "problem")
    assert text == "sqlglot is 30.17.0, and Groovelog works with versions from 30 to before 30.17."
    without = {name: found for name, found in VERSIONS.items() if name != "duckdb"}
    assert "duckdb is not installed" in only(replace(good, versions=without))[2]


def test_the_versions_are_those_of_the_project() -> None:
    root = Path(__file__).parent.parent.parent
    wanted = tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]
    told = {
        "duckdb": "duckdb==2.0.*", "ibis-framework": "ibis-framework[duckdb]==12.0.*", "sqlglot": "sqlglot>=30,<30.17",
        "deltalake": "deltalake>=1.6,<2", "streamlit": "streamlit>=1.67,<2",
    }  # fmt: skip
    assert told.keys() == PINS.keys()
    assert set(told.values()) <= set(wanted)


def test_files_that_others_can_read(good: Installation) -> None:
    (good.home.root / "secret.key").chmod(0o644)
    (good.home.root / ".env").write_text("")
    (good.home.root / ".env").chmod(0o640)
    found = wrong(good)
    assert [(one.check, one.verdict, one.mend) for one in found] == [
        ("secrets", "problem", f"chmod 600 {good.home.root}/secret.key"),
        ("secrets", "problem", f"chmod 600 {good.home.root}/.env"),
    ]
    (good.home.root / "secret.key").chmod(0o600)
    (good.home.root / ".env").chmod(0o600)
    good.home.root.chmod(0o755)
    assert only(good)[:2] == ("home", "warning")


def test_a_lost_key(good: Installation) -> None:
    (good.home.root / "secret.key").unlink()
    found = {one.check: one for one in wrong(good)}
    assert found.keys() == {"keys", "consent"}
    assert found["keys"].text == "The key of the tokens opens 0 of 1 Spotify sign-ins."
    assert found["keys"].mend.startswith(f"Put the secret.key that they were sealed with into {good.home.root}")
    assert found["consent"].text == "Wren is not connected any more: the key of the tokens is lost or another."


def test_a_clock_that_is_set_back(good: Installation) -> None:
    with open_snapshot(good.home.lake) as snapshot:
        ((last,),) = snapshot.connection.execute("SELECT max(committed_at)::VARCHAR FROM commits").fetchall()
    assert last.startswith("2026-11-22 12:00:00")
    this = replace(good, now=NOW - 2 * DAY)
    found = {one.check: one for one in wrong(this)}
    assert found["clock"].text == (
        "The last run was at 2026-11-22 12:00 UTC by the clock, which now says 2026-11-20 12:00."
    )
    found = {one.check: one for one in wrong(replace(good, now=datetime(1970, 1, 1, tzinfo=UTC)))}
    assert found["clock"].text == "The clock says 1970-01-01 00:00 UTC, before this Groovelog was installed."


def test_a_data_file_that_is_cut_off_or_another(good: Installation) -> None:
    with open_snapshot(good.home.lake) as snapshot:
        file, *_ = sorted(snapshot.files(PLAYS), key=lambda file: file.path)
    path = good.home.root / "lake" / "plays" / file.path
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    check, verdict, text, mend = only(good)
    assert (check, verdict) == ("lake", "problem")
    assert path.name in text
    assert mend.startswith("Put a backup back (groovelog lake restore)")
    # DuckDB finds the end of it in its place.
    path.write_bytes(whole[:4] + b"x" * 7 + whole[4:])
    check, verdict, text, _ = only(good)
    assert (check, verdict) == ("lake", "problem")
    assert text.endswith(f"are missing or not of their size, first plays/{file.path}.")


def test_a_damaged_lake_and_a_damaged_state_are_told_once(good: Installation) -> None:
    good.home.root.joinpath("state.db").write_bytes(b"no database" * 1000)
    (finding,) = wrong(good)
    assert "state.db is damaged" in finding.text
    shutil.rmtree(good.home.root / "lake" / "commits")
    found = wrong(good)
    assert [one.verdict for one in found] == ["problem", "problem"]
    assert "but no commits, the table that says what counts" in found[0].text


@pytest.fixture
def writing(good: Installation) -> Iterator[subprocess.Popen[str]]:
    code = (
        "import sys, time; from filelock import FileLock\n"
        "with FileLock(sys.argv[1]): print('locked', flush=True); time.sleep(600)"
    )
    lock = str(good.home.root / "lake" / ".writer.lock")
    with subprocess.Popen([sys.executable, "-c", code, lock], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_somebody_who_writes_and_somebody_who_stopped_over_it(
    good: Installation, writing: subprocess.Popen[str]
) -> None:
    check, verdict, text, _ = only(good)
    assert (check, verdict) == ("writer", "warning")
    assert text == f"Process {writing.pid} is writing to the lake just now; others wait for it."
    os.kill(writing.pid, signal.SIGSTOP)
    while Path(f"/proc/{writing.pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        time.sleep(0.01)
    assert only(good)[1:] == (
        "problem",
        f"Process {writing.pid} holds the lake for writing, and is stopped: nothing can be written.",
        f"Let it go on: kill -CONT {writing.pid}",
    )


def test_a_server_is_told(good: Installation) -> None:
    with serving(good.home):
        (told,) = [one for one in look_over(good) if one.check == "server"]
    assert told.text == f"A server has this home: process {os.getpid()}."


def test_plays_that_wait_or_were_put_aside(good: Installation) -> None:
    assert only(replace(good, now=NOW + HOUR))[0] == "inbox"
    with inbox.taking(good.home, NOW, timedelta(0), 1) as batches:
        (batch,) = batches[listener_id(good.home, "Wren")]
        inbox.put_aside(good.home, batch, "no reason")
    check, verdict, text, _ = only(good)
    assert (check, verdict, text) == (
        "inbox",
        "warning",
        "1 batch(es) of plays could not be written, and were put aside.",
    )


@pytest.mark.parametrize(("free", "verdict"), [(100_000_000, "problem"), (1_500_000_000, "warning")])
def test_a_disk_without_room(good: Installation, monkeypatch: pytest.MonkeyPatch, free: int, verdict: str) -> None:
    usage = shutil.disk_usage(good.home.root)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert only(good)[:2] == ("disk", verdict)
    assert f"has {free / 1e9:.1f} GB left" in only(good)[2]


def test_an_app_whose_address_nobody_answers(good: Installation) -> None:
    setup = Setup(apps=(App("client", "secret", "https://music.example.org/"),))
    check, verdict, text, mend = only(replace(good, setup=setup))
    assert (check, verdict) == ("apps", "warning")
    assert text.endswith("https://music.example.org/, which does not end in /callback: nobody answers there.")
    assert mend.startswith("Set it to http://127.0.0.1:8888/callback, or ")


def test_a_quota_that_is_used_up(good: Installation) -> None:
    with open_state(good.home.root) as state:
        ledger.block(state, ledger.Block("account", "client", NOW, NOW + 3 * HOUR, "quota_exceeded"))
    found = {one.check: one for one in wrong(good)}
    assert found["quota"].verdict == "warning"
    assert found["quota"].text == (
        "The API app client may send nothing before 2026-11-22T15:00:00Z; it sent 0 calls in 24 hours."
    )


def test_a_consent_that_ends(good: Installation) -> None:
    # Signed in on 22 November: six months later is 22 May.
    with open_state(good.home.root) as state:
        polls.set_next_poll_at(state, listener_id(good.home, "Wren"), None)
    inbox.erase(good.home, listener_id(good.home, "Wren"))
    backup(good.home, good.home.root.parent / "backups", at=datetime(2027, 5, 1, tzinfo=UTC))
    check, verdict, text, mend = only(replace(good, now=datetime(2027, 5, 1, 12, tzinfo=UTC)))
    assert (check, verdict) == ("consent", "warning")
    assert text.startswith("Wren: Spotify's consent ends within a month, on 2027-05-22.")
    with open_state(good.home.root) as state:
        (signed,) = sign_ins.all_of(state)
        sign_ins.need_reauth(state, signed, "consent_ended")
    check, verdict, text, mend = only(replace(good, now=datetime(2027, 5, 1, 12, tzinfo=UTC)))
    assert (check, verdict, mend) == ("consent", "problem", "Sign in again: groovelog login --listener 'Wren'")


@pytest.mark.parametrize(("late", "verdict"), [(7 * HOUR, "warning"), (2 * DAY, "problem")])
def test_nobody_asks_for_plays(good: Installation, late: timedelta, verdict: str) -> None:
    with open_state(good.home.root) as state:
        polls.set_next_poll_at(state, listener_id(good.home, "Wren"), NOW - late)
    check, found, text, mend = only(good)
    assert (check, found) == ("polls", verdict)
    assert text.startswith(f"Wren was to be asked for plays at 2026-11-{(NOW - late):%dT%H}:00:00Z, and was not")
    assert "groovelog serve" in mend


def test_how_old_the_last_backup_is(good: Installation) -> None:
    def told(this: Installation) -> Finding:
        return next(one for one in look_over(this) if one.check == "backup")

    assert told(replace(good, now=NOW + 7 * DAY)).verdict == "ok"
    assert told(replace(good, now=NOW + 9 * DAY)).verdict == "warning"
    assert told(replace(good, now=NOW + 9 * DAY)).text.endswith(", 9 days ago.")
    assert told(replace(good, now=NOW + 31 * DAY)).verdict == "problem"
    daily = replace(good, backup_to="/backups", backup_every_hours=24)
    assert told(replace(daily, now=NOW + 2 * DAY)).text.endswith(", 2 days ago.")
    assert told(replace(daily, now=NOW + 46 * HOUR)).verdict == "ok"
    (good.home.root / "backups.json").unlink()
    assert only(good)[:3] == ("backup", "warning", "No backup was made of this home.")


def test_a_restore_that_was_cut_short(good: Installation) -> None:
    (good.home.root / SCRATCH).mkdir()
    assert only(good)[:3] == ("restore", "problem", "A restore into this home was cut short.")


def test_settings_that_cannot_be_used(good: Installation) -> None:
    this = replace(good, faults=("config.toml cannot be read.",))
    assert only(this)[:3] == ("settings", "problem", "config.toml cannot be read.")


def test_a_bucket_that_answers_and_one_that_does_not(good: Installation, bucket_home: Home, store: Store) -> None:
    this = replace(good, home=Home(good.home.root, bucket_home.bucket))
    told = {finding.check: finding for finding in look_over(this)}
    assert told["bucket"].text == f"The bucket of the lake answers: {bucket_home.lake}."
    assert told["lake"].verdict == "ok"
    with store.failing({"status": 403, "code": "AccessDenied"}):
        (found,) = wrong(this)
    assert (found.check, found.verdict) == ("bucket", "problem")
    assert "does not let these keys read in the bucket" in found.text


def test_a_sign_in_of_somebody_else_is_nobodys(good: Installation) -> None:
    sign_in(good.home, "Tamsin")
    assert wrong(good) == []
