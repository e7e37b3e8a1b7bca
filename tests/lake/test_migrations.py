"""A lake that an older Groovelog wrote is read as it is, and brought to the newest format by the next writer.

`formats/format-N.zip` was written by the Groovelog of that format: Wren (whose zone was changed once), Tamsin, and a
listener who was removed. `format-N-plays.json` holds the plays as that Groovelog gave them back.
"""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from export_rows import extended
from kept import NOW, Kept, bring, everything, plays, plays_anew
from stopping import Killed

from groovelog.errors import LakeError
from groovelog.lake import delta, migrations
from groovelog.lake.check import Finding, check
from groovelog.lake.formats import FORMAT
from groovelog.lake.home import Home
from groovelog.lake.run import writing
from groovelog.lake.snapshot import connect, open_snapshot
from groovelog.pipeline import add_listener, receipt_rows, receipts
from groovelog.tables import TABLES

FORMATS = Path(__file__).parent / "formats"
OLD = [1, 2, 3, 4, 5, 6]
PEOPLE = ("Wren", "Tamsin")
NEW_PLAY = extended("2023-05-06 10:00:00", "c")


def old_home(folder: Path, number: int) -> Home:
    home = Home(folder / "home")
    with zipfile.ZipFile(FORMATS / f"format-{number}.zip") as archive:
        archive.extractall(home.root)
    return home


@pytest.fixture(params=OLD)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Home, dict[str, Kept]]:
    """A lake of an older format, and its plays as the older Groovelog saw them."""
    return old_home(tmp_path, request.param), told_then(request.param)


def told_then(number: int) -> dict[str, Kept]:
    told: dict[str, Kept] = json.loads((FORMATS / f"format-{number}-plays.json").read_text(encoding="utf-8"))
    return told


def findings(home: Home) -> list[Finding]:
    with open_snapshot(home.lake) as snapshot:
        return check(snapshot)


def written(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def told_by(home: Home, name: str) -> Kept:
    """Instants and dates as text."""
    return [{column: written(value) for column, value in play.items()} for play in plays(home, name)]


def assert_plays_are(home: Home, told: dict[str, Kept]) -> None:
    """Equal in every column of then; null in every column that came later."""
    for name in PEOPLE:
        then = sorted(told[name], key=lambda play: play["play_id"])
        assert [{column: play[column] for column in then[0]} for play in told_by(home, name)] == then
        younger = told_by(home, name)[0].keys() - then[0].keys()
        assert {column: play[column] for play in told_by(home, name) for column in younger} == dict.fromkeys(younger)


def test_every_older_format_has_its_steps_and_its_lake() -> None:
    assert list(range(1, FORMAT)) == OLD == list(migrations.STEPS)
    assert {path.name for path in FORMATS.glob("*.zip")} == {f"format-{number}.zip" for number in OLD}


def test_an_old_lake_is_read_as_it_is(old: tuple[Home, dict[str, Kept]]) -> None:
    home, told = old
    before = {path: path.stat().st_mtime_ns for path in home.root.rglob("*") if path.is_file()}
    assert_plays_are(home, told)
    kept = everything(home)
    assert kept.keys() == {table.name for table in TABLES}
    assert kept["saved_tracks"] == []
    assert len(receipts(home)) == 3
    assert receipt_rows(home, receipts(home)[0].run_id) is not None
    with open_snapshot(home.lake) as snapshot:
        words = f"format {snapshot.format}"
    assert [(found.check, found.problem, words in found.text) for found in findings(home)] == [("format", False, True)]
    assert {path: path.stat().st_mtime_ns for path in home.root.rglob("*") if path.is_file()} == before


def test_the_next_writer_brings_it_to_the_newest_and_importing_goes_on(old: tuple[Home, dict[str, Kept]]) -> None:
    home, told = old
    with open_snapshot(home.lake) as snapshot:
        last = snapshot.number
    add_listener(home, "Linnet", "UTC", now=NOW)
    commits = everything(home)["commits"]
    assert [(run["number"], run["verb"], run["format"]) for run in commits if run["number"] > last] == [
        (last + 1, "migrate", FORMAT), (last + 2, "add listener", FORMAT),
    ]  # fmt: skip
    assert_plays_are(home, told)
    assert findings(home) == []
    for table in TABLES:
        assert delta.columns(home.lake, table) == {column.name: column.type for column in table.columns}
    assert bring(home, NEW_PLAY, listener="Wren").by_kind["track"] == 1
    assert bring(home, NEW_PLAY, listener="Wren").duplicates == 1
    assert len(plays(home, "Wren")) == len(told["Wren"]) + 1
    assert {play["timezone"] for play in plays(home, "Wren")} == {told["Wren"][0]["timezone"]}
    for name in PEOPLE:
        assert plays_anew(home, name) == plays(home, name)
    assert findings(home) == []


def test_plays_are_worked_out_anew_by_the_rules_of_now(tmp_path: Path) -> None:
    home, told = old_home(tmp_path, 1), told_then(1)
    (person,) = [person for person in open_snapshot(home.lake).listeners() if person.name == "Wren"]
    with connect() as connection:
        # Another rule of then: the plays of that lake stand an hour elsewhere.
        table = next(table for table in TABLES if table.name == "plays")
        with open_snapshot(home.lake) as snapshot:
            (file,) = [file for file in snapshot.files(table) if file.partition == part(person.listener_id, 2022)]
        path = home.root / "lake" / "plays" / file.path
        other = path.with_name("other.parquet")
        connection.execute(f"COPY (SELECT * REPLACE (5 AS local_hour) FROM '{path}') TO '{other}'")
        other.replace(path)
    assert 5 in {play["local_hour"] for play in plays(home, "Wren")}
    assert [found.problem for found in findings(home)] == [False]
    add_listener(home, "Linnet", "UTC", now=NOW)
    assert_plays_are(home, told)


def part(listener_id: str, year: int) -> delta.Partition:
    return {"listener_id": listener_id, "year": str(year)}


def die_and_complete(home: Home, told: dict[str, Kept], before: dict[str, Kept]) -> None:
    """Called where a process was to die; the state is that of before, or all of the newest format."""
    with open_snapshot(home.lake) as snapshot:
        migrated = snapshot.format == FORMAT
    if not migrated:
        assert everything(home) == before
    assert_plays_are(home, told)
    bring(home, NEW_PLAY, listener="Wren")
    assert len(plays(home, "Wren")) == len(told["Wren"]) + 1
    assert findings(home) == []
    assert migrations_of(everything(home)) == migrations_of(before) + 1


def migrations_of(kept: dict[str, Kept]) -> int:
    """A lake of the third format was once of the second."""
    return [run["verb"] for run in kept["commits"]].count("migrate")


# Missing tables are made, settled, given columns; plays of two people are written where rules of reconciling changed;
# tracks and recordings; the run itself, file and commit.
OTHERS = len(TABLES) - 1
MADE = {1: 15, 2: 11, 3: 9, 4: 6, 5: 4, 6: 2}
COLUMNS = OTHERS + len(TABLES)
REBUILT = {1: 2 * 2, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0}
NAMED = {1: 2 * 2, 2: 2 * 2, 3: 2 * 2, 4: 0, 5: 0, 6: 0}
PUBLISHED = {number: MADE[number] + OTHERS + COLUMNS + REBUILT[number] + NAMED[number] + 2 for number in OLD}


def steps_to_die_after(number: int) -> list[int]:
    """For the newest of the old all that differ; an older one dies where its own rules are at work."""
    settled, published = MADE[number] + OTHERS, PUBLISHED[number]
    if number < OLD[-1]:
        return [settled + COLUMNS + 1]
    return [2, settled + OTHERS + 3, settled + COLUMNS + 1, published - 1, published]


@pytest.mark.parametrize(
    ("number", "steps"), [(number, steps) for number in OLD for steps in steps_to_die_after(number)]
)
def test_it_can_die(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies_after: Any, number: int, steps: int) -> None:
    home, told = old_home(tmp_path, number), told_then(number)
    before = everything(home)
    dies_after(steps)
    with pytest.raises(Killed):
        add_listener(home, "Linnet", "UTC", now=NOW)
    monkeypatch.undo()
    die_and_complete(home, told, before)


@pytest.mark.long
@pytest.mark.parametrize("number", OLD)
def test_it_can_die_at_every_step(
    monkeypatch: pytest.MonkeyPatch, dies_after: Any, tmp_path: Path, number: int
) -> None:
    home, told = old_home(tmp_path, number), told_then(number)
    before = everything(home)
    steps = 0
    while True:
        copy = Home(Path(shutil.copytree(home.root, tmp_path / str(steps))))
        dies_after(steps)
        try:
            add_listener(copy, "Linnet", "UTC", now=NOW)
        except Killed:
            monkeypatch.undo()
            die_and_complete(copy, told, before)
            steps += 1
        else:
            break
    # Then settled again, and a listener added: two tables and the run.
    assert steps == PUBLISHED[number] + OTHERS + 3 * 2


def test_a_first_run_of_an_older_groovelog_that_died_is_taken_up(old: tuple[Home, dict[str, Kept]]) -> None:
    home, _ = old
    for table in TABLES:
        folder = home.root / "lake" / table.name
        for path in folder.rglob("*.parquet"):
            path.unlink()
        for path in sorted(folder.glob("_delta_log/*.json"))[1:]:
            path.unlink()
    with open_snapshot(home.lake) as snapshot:
        assert (snapshot.number, snapshot.format) == (0, FORMAT)
    bring(home, NEW_PLAY, listener="Wren")
    assert len(plays(home, "Wren")) == 1
    assert findings(home) == []


def test_a_lake_of_a_newer_format_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with connect() as connection, writing(home, connection, NOW) as run, monkeypatch.context() as future:
        future.setattr("groovelog.lake.run.FORMAT", FORMAT + 1)
        run.publish("from the future")
    before = sorted(path for path in home.root.rglob("*") if path.is_file())
    for use in (lambda: open_snapshot(home.lake), lambda: bring(home, NEW_PLAY)):
        with pytest.raises(LakeError, match=f"format {FORMAT + 1}.* Update Groovelog"):
            use()
    assert sorted(path for path in home.root.rglob("*") if path.is_file()) == before
