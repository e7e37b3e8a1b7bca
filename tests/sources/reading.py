"""Reading files with the real readers, without a lake."""

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from groovelog.lake.snapshot import connect
from groovelog.model import FileNote
from groovelog.sources.archives import Archives
from groovelog.sources.find import find
from groovelog.sources.recognise import recognise
from groovelog.sources.staging import create_staged, stage
from groovelog.sources.unpack import Readable

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    """An instant as staged: UTC without saying so."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


@dataclass(frozen=True)
class Reading:
    """The rows of all files as dicts of the columns staged, and the files that could not be read."""

    rows: list[dict[str, Any]]
    failed: list[FileNote]


def read(*paths: Path, scratch: Path) -> Reading:
    """What the files say; each has to be recognised as a history."""
    scratch.mkdir(exist_ok=True)
    with closing(connect()) as connection, Archives() as archives:
        found, unusable = find(list(paths), scratch, archives)
        histories = [Readable(number, recognise(file).source, file) for number, file in enumerate(found, 1)]
        create_staged(connection)
        _, _, failed = stage(connection, histories, scratch, NOW, lambda _: None)
        rows = connection.execute("SELECT * FROM staged ORDER BY rowid")
        names = [column[0] for column in rows.description]
        return Reading([dict(zip(names, row, strict=True)) for row in rows.fetchall()], unusable + failed)


def read_bytes(content: bytes, folder: Path) -> Reading:
    """What one file of this content says."""
    path = folder / "history.json"
    path.write_bytes(content)
    return read(path, scratch=folder / "scratch")
