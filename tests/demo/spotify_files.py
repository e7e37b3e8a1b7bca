"""A reader of exports that knows nothing of Groovelog."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Files = dict[str, Any]
Row = dict[str, Any]
Rows = list[Row]


def members(data: bytes, place: str) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".zip"):
                yield from members(archive.read(name), f"{place}/{name}")
            else:
                yield f"{place}/{name}", archive.read(name)


def files_of(paths: tuple[Path, ...]) -> Files:
    """What stands in the zips: parsed where it is JSON, by ZIP/FOLDER/FILE."""
    return {
        name: json.loads(data) if name.endswith(".json") else data
        for path in paths
        for name, data in members(path.read_bytes(), path.name)
    }


def extended_rows(told: Files) -> Iterator[Row]:
    for name, rows in told.items():
        if "/Streaming_History_" in name or "/endsong_" in name or "/endvideo" in name:
            yield from rows


def account_rows(told: Files) -> Iterator[Row]:
    for name, rows in told.items():
        if "/StreamingHistory" in name:
            yield from rows


def is_readable(row: Row) -> bool:
    return bool(row["ms_played"] >= 0 and row["ts"] > "2000")
