"""What Delta's log of a table tells, version by version."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from groovelog.tables import Table


@dataclass(frozen=True)
class Version:
    """What the log tells of one version: when it was committed, and the data files that came with it."""

    number: int
    committed_at: datetime
    added: frozenset[str]


CHECKPOINT = ".checkpoint.parquet"
_OF_A_VERSION = re.compile(r"([0-9]{20})\.")


def files(lake: Path, table: Table) -> list[tuple[int, Path]]:
    """The files of the table's log, with the version that each is of, oldest first."""
    found = [(_OF_A_VERSION.match(path.name), path) for path in (lake / table.name / "_delta_log").iterdir()]
    return sorted((int(version[1]), path) for version, path in found if version)


def versions(lake: Path, table: Table) -> list[Version]:
    """The versions that can still be opened and are told one by one, oldest first."""
    found = files(lake, table)
    # Old ones are taken away oldest first, so that without the first all up to a checkpoint may be broken.
    first = min((number for number, path in found if number == 0 or path.name.endswith(CHECKPOINT)), default=0)
    return [_told(number, path) for number, path in found if number >= first and path.suffix == ".json"]


def _told(number: int, path: Path) -> Version:
    actions = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    info: dict[str, int] = next((action["commitInfo"] for action in actions if "commitInfo" in action), {})
    committed_at = datetime.fromtimestamp(info.get("timestamp", 0) / 1000, UTC)
    return Version(number, committed_at, frozenset(unquote(a["add"]["path"]) for a in actions if "add" in a))
