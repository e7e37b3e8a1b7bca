"""What Delta's log of a table tells, version by version."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import unquote

from groovelog.lake.place import Place
from groovelog.tables import Table


@dataclass(frozen=True)
class Version:
    """What the log tells of one version: when it was committed, and the data files that came with it."""

    number: int
    committed_at: datetime
    added: frozenset[str]


CHECKPOINT = ".checkpoint.parquet"
_OF_A_VERSION = re.compile(r"([0-9]{20})\.")


def files(lake: Place, table: Table) -> list[tuple[int, PurePosixPath]]:
    """The files of the table's log, with the version that each is of, oldest first; none where there is no table."""
    found = [(_OF_A_VERSION.match(name), name) for name in lake.log(table.name)]
    folder = PurePosixPath(table.name, "_delta_log")
    return sorted((int(version[1]), folder / name) for version, name in found if version)


def versions(lake: Place, table: Table) -> list[Version]:
    """The versions that can still be opened and are told one by one, oldest first."""
    found = files(lake, table)
    # Old ones are taken away oldest first, so that without the first all up to a checkpoint may be broken.
    first = min((number for number, path in found if number == 0 or path.name.endswith(CHECKPOINT)), default=0)
    told = [(number, path) for number, path in found if number >= first and path.suffix == ".json"]
    # Machines that share a bucket have each a clock of their own; the bucket has one.
    seen = {one.path: one.modified_at for one in lake.objects(f"{table.name}/_delta_log")} if lake.shared else {}
    return [_told(number, lake.read(path), seen.get(path)) for number, path in told]


def _told(number: int, content: bytes, modified_at: datetime | None) -> Version:
    actions = [json.loads(line) for line in content.decode().splitlines()]
    info: dict[str, int] = next((action["commitInfo"] for action in actions if "commitInfo" in action), {})
    committed_at = modified_at or datetime.fromtimestamp(info.get("timestamp", 0) / 1000, UTC)
    return Version(number, committed_at, frozenset(unquote(a["add"]["path"]) for a in actions if "add" in a))
