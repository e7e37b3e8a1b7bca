"""What this machine knows of a bucket's lake from the last time: which files the tables have, so that they need not be asked.

A published version never changes, so what is known of it holds for good, as long as it is the same lake: the run that was
last seen has to be among its commits.
"""

import json
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from groovelog.errors import LakeError
from groovelog.lake.delta import DataFile
from groovelog.lake.place import Place

if TYPE_CHECKING:
    from groovelog.lake.snapshot import Snapshot


@dataclass(frozen=True)
class Known:
    """The state after run `number`, and the data files of its tables."""

    number: int
    run_id: str
    versions: dict[str, int]
    files: dict[str, list[DataFile]]


def known_of(snapshot: "Snapshot") -> Known | None:
    """What is known, if anything. Raises LakeError where the bucket has no lake any more, or another one than was seen last."""
    known = _read(snapshot.lake.note)
    if known is not None:
        _check_same_lake(known, snapshot)
    return known


def remember(lake: Place, state: Known) -> None:
    """Keep it for the next time. Not to be able to is no fault: it costs time."""
    files = {table: [astuple(file) for file in of_table] for table, of_table in state.files.items()}
    told = {"number": state.number, "run_id": state.run_id, "versions": state.versions, "files": files}
    with suppress(OSError):
        lake.note_down(json.dumps(told).encode())


def _read(note: Path | None) -> Known | None:
    """None where nothing is known, or where it was written by another version of Groovelog."""
    if note is None:
        return None
    try:
        told = json.loads(note.read_bytes())
        files = {table: [DataFile(*file) for file in rows] for table, rows in told["files"].items()}
        return Known(told["number"], told["run_id"], told["versions"], files)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _check_same_lake(known: Known, snapshot: "Snapshot") -> None:
    lake, note = snapshot.lake, snapshot.lake.note
    if not snapshot.number:
        raise LakeError(
            f"{lake} is empty, and held a lake when this machine last saw it (run {known.run_id}): somebody has emptied the "
            f"bucket, or it is another one. Bring the lake back from a backup; to begin anew, remove {note}."
        )
    found = snapshot.connection.execute(
        "SELECT 1 FROM commits WHERE number = ? AND run_id = ?", (known.number, known.run_id)
    ).fetchall()
    if not found:
        raise LakeError(
            f"{lake} holds another lake than when this machine last saw it: run {known.run_id} is not in it. "
            f"Look whether GROOVELOG_LAKE is right, or bring the lake back from a backup; to go on with this one, remove {note}."
        )
