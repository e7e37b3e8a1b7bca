"""What a home remembers of its backups: the file backups.json beside the lake, one row for each place."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from groovelog.lake.home import Home

FILE = "backups.json"


@dataclass(frozen=True)
class Record:
    """The last backup made into a place, which `held` so many then."""

    to: str
    backup_id: str
    made_at: datetime
    plays: int
    bytes: int
    held: int


def all_of(home: Home) -> list[Record]:
    """One for each place, the newest first; none where the file is not there, or cannot be read."""
    try:
        rows = json.loads(_path(home).read_text(encoding="utf-8"))
        found = [Record(**row | {"made_at": datetime.fromisoformat(row["made_at"])}) for row in rows]
    except (OSError, ValueError, TypeError, KeyError):
        return []
    return sorted(found, key=lambda record: record.made_at, reverse=True)


def remember(home: Home, record: Record) -> None:
    """In the stead of what was remembered of the place."""
    rows = [record, *(other for other in all_of(home) if other.to != record.to)]
    draft = _path(home).with_suffix(".new")
    draft.write_text(
        json.dumps([asdict(row) | {"made_at": row.made_at.isoformat()} for row in rows], indent=1), encoding="utf-8"
    )
    draft.chmod(0o600)
    os.replace(draft, _path(home))


def _path(home: Home) -> Path:
    return home.root.absolute() / FILE
