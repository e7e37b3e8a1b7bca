"""References in the lake: they count whole or not at all, belong to nobody, and `lake check` sees damage to them."""

from pathlib import Path
from typing import Any

import pytest
from export_rows import extended
from kept import NOW, bring, everything, sound
from stopping import Killed

from groovelog.lake.check import check
from groovelog.lake.delta import Slice
from groovelog.lake.export import export_listener
from groovelog.lake.home import Home
from groovelog.lake.run import writing
from groovelog.lake.snapshot import connect, open_snapshot
from groovelog.pipeline import compact_lake, forget
from groovelog.pipeline.references import add_reference, references
from groovelog.tables import REFERENCE_RECEIPTS, REFERENCES, Table


def songs(folder: Path, *ids: str) -> Path:
    path = folder / "songs.csv"
    path.write_text("id,energy\n" + "".join(f"{one},0.5\n" for one in ids), encoding="utf-8")
    return path


def ids(home: Home) -> list[str]:
    return [row["ref_id"] for row in everything(home)["references"]]


# Settling touches every table but commits; then the rows, the receipt and the run are written and committed.
STEPS = 6


@pytest.mark.parametrize("left", range(STEPS))
def test_a_killed_one_leaves_what_was(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies_after: Any, left: int
) -> None:
    add_reference(home, songs(tmp_path, "a", "b"), now=NOW)
    others = len(everything(home)) - 1
    path = songs(tmp_path, "c")
    dies_after(others + left)
    with pytest.raises(Killed):
        add_reference(home, path, now=NOW)
    monkeypatch.undo()
    assert ids(home) == ["a", "b"]
    assert sound(home)
    assert add_reference(home, path, now=NOW).outcome == "replaced"
    assert ids(home) == ["c"]
    assert sound(home)


def test_nobody_owns_them(home: Home, tmp_path: Path) -> None:
    add_reference(home, songs(tmp_path, "a"), now=NOW)
    bring(home, extended("2021-03-04 10:00:00"))
    with open_snapshot(home.lake) as snapshot:
        (person,) = snapshot.listeners()
        written = {table.table for table in export_listener(snapshot, person, "csv", tmp_path / "out")}
    assert not written & {"references", "reference_receipts"}
    forget(home, "me", now=NOW)
    compact_lake(home, now=NOW)
    assert ids(home) == ["a"]
    assert [one.name for one in references(home)] == ["songs"]
    assert sound(home)


@pytest.mark.parametrize(
    ("table", "change", "gate"),
    [
        (REFERENCES, 'SELECT * FROM "references" UNION ALL SELECT * FROM "references"', "keys"),
        (REFERENCES, "SELECT * FROM \"references\" WHERE ref_id = 'a'", "references"),
        (REFERENCES, 'SELECT * FROM "references" WHERE false', "references"),
        (REFERENCE_RECEIPTS, "SELECT * REPLACE (rows + 1 AS rows) FROM reference_receipts", "references"),
        (REFERENCE_RECEIPTS, "SELECT * FROM reference_receipts WHERE false", "references"),
        (REFERENCE_RECEIPTS, "SELECT * FROM reference_receipts UNION ALL SELECT * FROM reference_receipts", "keys"),
    ],
)
def test_damage_is_found(home: Home, tmp_path: Path, table: Table, change: str, gate: str) -> None:
    add_reference(home, songs(tmp_path, "a", "b"), now=NOW)
    with connect() as connection, writing(home, connection, NOW) as run:
        connection.execute(f"CREATE TABLE planted AS {change}")
        slices = [Slice({"reference": "songs"})] if table.partition_by else None
        run.write(table, "SELECT * FROM planted", slices, removed=run.snapshot.files(table))
        run.publish("damage")
    with open_snapshot(home.lake) as snapshot:
        assert gate in {found.check for found in check(snapshot) if found.problem}
