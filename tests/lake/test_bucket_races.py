"""Machines that share a bucket, and no lock: whoever publishes first counts, the other begins again, and nothing is lost."""

import subprocess
from pathlib import Path

import pytest
from export_rows import extended, write_export
from in_buckets import Store
from kept import NOW, bring, plays, plays_anew, sound
from stopping import Killed

from calling import ended, started
from groovelog.errors import LakeBusyError, Overtaken
from groovelog.lake import people
from groovelog.lake import run as lake_run
from groovelog.lake.delta import DataFile
from groovelog.lake.home import Home
from groovelog.lake.run import Run, writing
from groovelog.lake.snapshot import connect, open_snapshot
from groovelog.pipeline import add_listener, forget
from groovelog.tables import LISTENERS, PLAYS


@pytest.fixture
def other_home(store: Store, prefix: str, tmp_path: Path) -> Home:
    """Another machine's."""
    return store.home(tmp_path / "other", prefix)


def names(home: Home) -> list[str]:
    with open_snapshot(home.lake) as snapshot:
        return [person.name for person in snapshot.listeners()]


def interrupted(home: Home, monkeypatch: pytest.MonkeyPatch, at: str, between) -> None:
    """Call `between` once, when a run of this process is about to take a step (a function of lake/run.py's `delta`)."""
    step = getattr(lake_run.delta, at)
    left = [True]

    def first_the_other(*args, **kwargs):
        if left[0]:
            left[0] = False
            between()
        return step(*args, **kwargs)

    monkeypatch.setattr(lake_run.delta, at, first_the_other)
    monkeypatch.setattr(lake_run, "PAUSES_S", (0.01,))


def test_who_publishes_second_begins_again(
    bucket_home: Home, other_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(
        bucket_home, monkeypatch, "commit", lambda: bring(other_home, extended("2021-03-04 10:00:00"), listener="Bea")
    )
    bring(bucket_home, extended("2021-03-04 11:00:00"), listener="Ada")
    assert (len(plays(bucket_home, "Ada")), len(plays(bucket_home, "Bea"))) == (1, 1)
    assert plays_anew(bucket_home, "Ada") == plays(bucket_home, "Ada")
    assert sound(other_home)


@pytest.mark.parametrize("first", ["the one that was rolled back", "the one that rolled back"])
def test_a_second_writer_that_rolls_back_a_living_first_one_loses_nothing(
    bucket_home: Home, other_home: Home, first: str
) -> None:
    bring(bucket_home, extended("2021-03-04 09:00:00"), listener="me")

    def meet() -> None:
        with connect() as own, connect() as theirs, writing(bucket_home, own, NOW) as run:
            _add(run, "Ada")  # committed to `listeners`, not published
            with writing(other_home, theirs, NOW) as second:  # rolls `listeners` back
                _add(second, "Bea")
                for one in (second, run) if first == "the one that rolled back" else (run, second):
                    one.publish("add listener")

    with pytest.raises(Overtaken):
        meet()
    assert names(bucket_home) == (["Bea", "me"] if first == "the one that rolled back" else ["Ada", "me"])
    assert len(plays(bucket_home)) == 1
    add_listener(other_home, "Cleo", "UTC", now=NOW)
    assert len(names(bucket_home)) == 3
    assert sound(bucket_home)


def _add(run: Run, name: str) -> None:
    people.add(run, name, "UTC", invented=False)


def test_who_is_overtaken_takes_back_what_it_wrote(
    store: Store, prefix: str, bucket_home: Home, other_home: Home
) -> None:

    def come_too_late() -> None:
        with connect() as own, writing(bucket_home, own, NOW) as run:
            _add(run, "Ada")
            add_listener(other_home, "Bea", "UTC", now=NOW)
            run.publish("add listener")

    with pytest.raises(Overtaken):
        come_too_late()
    with open_snapshot(other_home.lake) as snapshot:
        needed = {f"{LISTENERS.name}/{file.path}" for file in snapshot.files(LISTENERS)}
    assert {name for name in store.names(prefix) if name.startswith("listeners/part-")} == needed


def test_after_enough_tries_it_is_said(bucket_home: Home, other_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake_run, "PAUSES_S", (0.01, 0.01))
    commit = lake_run.delta.commit
    count = iter(range(100))

    def always_later(lake, *args, **kwargs):
        if lake is bucket_home.lake or lake == bucket_home.lake:
            add_listener(other_home, f"Bea {next(count)}", "UTC", now=NOW)
        return commit(lake, *args, **kwargs)

    monkeypatch.setattr(lake_run.delta, "commit", always_later)
    with pytest.raises(LakeBusyError, match="Each of 3 tries came too late: try again later") as told:
        add_listener(bucket_home, "Ada", "UTC", now=NOW)
    assert not isinstance(told.value, Overtaken)
    monkeypatch.undo()
    assert names(bucket_home) == ["Bea 0", "Bea 1", "Bea 2"]


def test_a_sweep_leaves_what_another_machine_is_about_to_commit(
    store: Store, prefix: str, bucket_home: Home, other_home: Home
) -> None:
    bring(other_home, extended("2021-03-04 10:00:00"), listener="Bea")
    with connect() as own, writing(bucket_home, own, NOW) as run:
        run.connection.execute("CREATE TABLE new_row AS SELECT * FROM plays LIMIT 0")
        coming = DataFile("listener_id=x/year=2021/part-1.parquet", 4, 1, {"listener_id": "x", "year": "2021"})
        target = bucket_home.lake.draft(PLAYS.name / Path(coming.path))
        target.write_bytes(b"PAR1")
        bucket_home.lake.keep(PLAYS.name / Path(coming.path))
        forget(other_home, "Bea", now=NOW)
        assert f"plays/{coming.path}" in store.names(prefix)
        assert ".sweep-due" in store.names(prefix)  # to be completed when the hour is over


def test_two_processes_that_write_into_one_bucket_lose_nothing(store: Store, prefix: str, tmp_path: Path) -> None:
    told = [("Ada", 10), ("Ada", 11), ("Bea", 10)]
    processes: list[subprocess.Popen[str]] = []
    with pytest.MonkeyPatch.context() as patch:
        for name, value in store.environment(prefix).items():
            patch.setenv(name, value)
        for number, (listener, hour) in enumerate(told):
            rows = [extended(f"2021-03-04 {hour:02}:{minute:02}:00", ms=1_000) for minute in range(10)]
            (path,) = write_export(tmp_path / f"export-{number}", [rows])
            words = ("import", path, "--listener", listener, "--timezone", "UTC")
            processes.append(started(tmp_path / f"home-{number}", *words))
        answers = [ended(process) for process in processes]
    assert [answer.code for answer in answers] == [0] * len(told), answers
    home = store.home(tmp_path / "reader", prefix)
    assert (len(plays(home, "Ada")), len(plays(home, "Bea"))) == (20, 10)
    assert plays_anew(home, "Ada") == plays(home, "Ada")
    assert sound(home)
    with open_snapshot(home.lake) as snapshot:
        assert snapshot.number == 1 + 3


@pytest.mark.parametrize("stride", [7, pytest.param(1, marks=pytest.mark.long)])
def test_an_import_can_die_at_any_step(
    bucket_home: Home, other_home: Home, monkeypatch, dies_after, stride: int
) -> None:
    bring(bucket_home, extended("2020-12-31 23:50:00"))
    before = plays(bucket_home)
    steps = 0
    while True:
        dies_after(steps)
        try:
            bring(bucket_home, extended("2021-01-01 00:10:00"))
        except Killed:
            monkeypatch.undo()
            assert plays(other_home) == before
            steps += stride
        else:
            monkeypatch.undo()
            break
    assert steps > 20
    assert len(plays(other_home)) == 2
    assert plays_anew(other_home) == plays(other_home)
    assert sound(other_home)
