"""What lies where in a place that holds backups.

groovelog-backups.json    which lake's they are, and the format of all this
erasures.json             who was erased since, by opaque id: no restore brings them back
backups/ID.json           a manifest: every file of one backup, with its sha256; written last
unfinished/ID             a backup that was begun; one whose manifest is missing was cut short
objects/SH/SHA256         the content of files, once, whatever backups have it
"""

import hashlib
import json
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from groovelog.errors import BackupError

# The format of what lies in the place.
FORMAT = 1

HEAD, ERASURES = "groovelog-backups.json", "erasures.json"
MANIFESTS, UNFINISHED, OBJECTS = "backups", "unfinished", "objects"

# What of a home is in a backup, in the order in which it is put back: the lake last, for with it the home counts.
CONFIG, STATE, INBOX, LAKE = "config.toml", "state.db", "inbox", "lake"
PARTS = (CONFIG, STATE, INBOX, LAKE)

_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{4}")
_SHA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Entry:
    """A file of the home: its path in it, with `/`, its bytes and their sha256."""

    path: str
    size: int
    sha256: str

    @property
    def object(self) -> str:
        return f"{OBJECTS}/{self.sha256[:2]}/{self.sha256}"


@dataclass(frozen=True)
class Manifest:
    """One backup. `run_id` and `number`: the last published run in it; `listeners`: every id that it tells of."""

    backup_id: str
    made_at: datetime
    groovelog: str
    lake_format: int
    state_version: int
    run_id: str
    number: int
    plays: int
    listeners: tuple[str, ...]
    files: tuple[Entry, ...]

    @property
    def name(self) -> str:
        return f"{MANIFESTS}/{self.backup_id}.json"

    @property
    def bytes(self) -> int:
        return sum(entry.size for entry in self.files)


def new_id(now: datetime) -> str:
    """Ids sort as the backups were made."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


def encode(manifest: Manifest) -> bytes:
    told = asdict(manifest) | {"made_at": manifest.made_at.isoformat()}
    return _dump({"format": FORMAT, "sha256": _seal(told), "backup": json.loads(_dump(told))})


def decode(content: bytes, title: str) -> Manifest:
    """Raises BackupError for one that is damaged, or that a newer Groovelog wrote; `title` is what the message calls it."""
    try:
        outer = json.loads(content)
        check_format(outer["format"], title)
        told = outer["backup"]
        if outer["sha256"] != _seal(told):
            raise ValueError("another checksum")
        files = tuple(_entry(row) for row in told["files"])
        made_at = datetime.fromisoformat(told["made_at"])
        return Manifest(**told | {"made_at": made_at, "listeners": tuple(told["listeners"]), "files": files})
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{title} is damaged: its list of files cannot be read.", file=title) from error


def check_format(found: int, title: str) -> None:
    """Raises BackupError where a newer Groovelog wrote what is in the place."""
    if found > FORMAT:
        raise BackupError(
            f"{title} is of format {found}, and this Groovelog knows formats up to {FORMAT}. Update Groovelog."
        )


def is_id(text: str) -> bool:
    return bool(_ID.fullmatch(text))


def _entry(row: dict[str, Any]) -> Entry:
    entry = Entry(**row)
    path = PurePosixPath(entry.path)
    # Nothing is put outside of the home, whatever a list says.
    if (
        path.is_absolute()
        or ".." in path.parts
        or path.parts[:1] not in [(part,) for part in PARTS]
        or not _SHA.fullmatch(entry.sha256)
    ):
        raise ValueError(f"a file that is no part of a home: {entry.path}")
    return entry


def _seal(told: dict[str, Any]) -> str:
    return hashlib.sha256(_dump(told)).hexdigest()


def _dump(told: dict[str, Any]) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
