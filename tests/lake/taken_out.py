"""A listener's export, and what is comparable of the rows kept from it."""

from pathlib import Path

from kept import NOW, Kept, source_plays

from groovelog.lake.export import ExportedTable, export_listener
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Receipt
from groovelog.pipeline import import_exports

FORMATS = ("parquet", "csv", "jsonl")
# Where a row came from, which an import of it cannot know.
CAME_FROM = ("run_id", "file_no", "row_no", "counted", "shown_together")


def take_out(home: Home, form: str, folder: Path, listener: str = "me") -> list[ExportedTable]:
    with open_snapshot(home.lake) as snapshot:
        (person,) = [person for person in snapshot.listeners() if person.name == listener]
        return export_listener(snapshot, person, form, folder)


def bring_back(home: Home, *paths: Path, listener: str, timezone: str | None = None) -> Receipt:
    return import_exports(home, list(paths), listener=listener, timezone=timezone, now=NOW)


def said(home: Home, listener: str) -> Kept:
    """What the sources said, each row once: one may stand there twice, the second time as shown with others."""
    rows = {row["row_key"]: row for row in source_plays(home, listener)}
    return [{name: value for name, value in row.items() if name not in CAME_FROM} for row in rows.values()]
