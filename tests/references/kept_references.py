"""What a file tells, and what is kept of it in a lake."""

import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from groovelog.lake.check import check
from groovelog.lake.home import Home
from groovelog.lake.snapshot import connect, open_snapshot
from groovelog.matching.files import open_table
from groovelog.matching.references.fields import columns_of
from groovelog.matching.references.merge import merge
from groovelog.matching.references.read import read


def read_rows(path: Path, *chosen: tuple[str, str]) -> list[dict[str, Any]]:
    """What a file tells, merged, with no lake behind it; by the order of the file."""
    with tempfile.TemporaryDirectory() as scratch, closing(connect(Path(scratch))) as connection:
        opened = open_table(connection, path, Path(scratch))
        read(connection, opened, columns_of(tuple(opened.headings), chosen, str(path)), Path(scratch))
        result = connection.execute(merge(connection).select)
        names = [name for name, *_ in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def kept(home: Path, order: str = "reference, ref_id") -> list[dict[str, Any]]:
    with open_snapshot(Home(home).lake) as snapshot:
        result = snapshot.connection.execute(f'SELECT * FROM "references" ORDER BY {order}')
        names = [name for name, *_ in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def commits(home: Path) -> int:
    with open_snapshot(Home(home).lake) as snapshot:
        return snapshot.number


def problems(home: Path) -> list[str]:
    with open_snapshot(Home(home).lake) as snapshot:
        return [found.text for found in check(snapshot) if found.problem]
