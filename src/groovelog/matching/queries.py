"""The list of songs that somebody wants matched: a CSV of the documented columns, no row of which is lost."""

import csv
import io
import sys
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from groovelog.errors import UsageError
from groovelog.matching.reference import isrc, spotify_id

COLUMNS = ("query_id", "track_name", "artist_name", "album_name", "duration_ms", "spotify_track_id", "isrc")


def load_queries(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Fill `qry`, in the order of the file; a short row has nulls. Returns the number of rows.

    Raises `UsageError` for a file without `query_id`, or with nothing to match by.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", file=str(path))
    rows = _rows(path)
    headings = rows[0] if rows else []
    missing = [] if "query_id" in headings else ["query_id"]
    if "track_name" not in headings and "spotify_track_id" not in headings and "isrc" not in headings:
        missing.append("track_name (or spotify_track_id, isrc)")
    if missing:
        raise UsageError(
            f"{path} has no column {' and no column '.join(missing)}. Queries have: {', '.join(COLUMNS)} (the first "
            f"three are enough). It has: {', '.join(headings) or 'nothing'}.",
            file=str(path),
        )
    told = {name: _column(rows, headings.index(name) if name in headings else None) for name in COLUMNS}
    connection.register("_told", {"q": np.arange(len(rows) - 1), **told})
    connection.execute(f"""
        CREATE TABLE qry AS
        SELECT q, query_id, {spotify_id("spotify_track_id")} AS track_id,
            {isrc("isrc")} AS isrc, trim(track_name) AS title, trim(artist_name) AS artist,
            nullif(album_name, '') AS album,
            CASE WHEN TRY_CAST(duration_ms AS DOUBLE) BETWEEN 1 AND 1e9 THEN round(duration_ms::DOUBLE)::BIGINT END
                AS duration_ms
        FROM _told""")
    connection.unregister("_told")
    return len(rows) - 1


def _rows(path: Path) -> list[list[str]]:
    csv.field_size_limit(min(sys.maxsize, 1 << 31))
    data = path.read_bytes()
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        heading = text.partition("\n")[0]
        separator = max(",;\t", key=heading.count)
        lines = io.StringIO(text.replace("\0", ""), newline="")
        return [row for row in csv.reader(lines, delimiter=separator) if row]
    raise UsageError(f"{path} is no text that can be read.", file=str(path))


def _column(rows: list[list[str]], at: int | None) -> npt.NDArray[np.object_]:
    """Texts, "" where a row does not tell."""
    told = [""] * (len(rows) - 1) if at is None else [row[at] if at < len(row) else "" for row in rows[1:]]
    return np.array(told, object)
