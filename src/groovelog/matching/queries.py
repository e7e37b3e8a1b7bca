"""The list of songs that somebody wants matched: a CSV of the documented columns, no row of which is lost."""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from groovelog.errors import UsageError
from groovelog.matching.files import check_file, is_parquet, plain_text, separator_of
from groovelog.matching.reference import isrc, spotify_id

COLUMNS = ("query_id", "track_name", "artist_name", "album_name", "duration_ms", "spotify_track_id", "isrc")


def load_queries(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Fill `qry`, in the order of the file; a short row has nulls. Returns the number of rows.

    Raises `UsageError` for a file without `query_id`, or with nothing to match by.
    """
    check_file(path)
    if is_parquet(path):
        raise UsageError(f"{path} is Parquet. Queries are a CSV of: {', '.join(COLUMNS)}.", file=str(path))
    rows = _rows(plain_text(path))
    headings = [heading.strip().lower() for heading in rows[0]] if rows else []
    missing = [] if "query_id" in headings else ["query_id"]
    if "track_name" not in headings and "spotify_track_id" not in headings and "isrc" not in headings:
        missing.append("track_name (or spotify_track_id, isrc)")
    if missing:
        raise UsageError(
            f"{path} has no column {' and no column '.join(missing)}. Queries have: {', '.join(COLUMNS)} (the first "
            f"three are enough). It has: {', '.join(headings) or 'nothing'}.",
            file=str(path),
        )
    _fill(connection, {name: _column(rows, headings.index(name)) for name in COLUMNS if name in headings})
    return len(rows) - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A song to look for; what is not known is None. `track_id` is a Spotify id, URI or address, `artist` any text of artists."""

    query_id: str
    title: str | None
    artist: str | None
    album: str | None = None
    duration_ms: int | None = None
    track_id: str | None = None
    isrc: str | None = None


def ask(connection: duckdb.DuckDBPyConnection, songs: Sequence[Asked]) -> None:
    """Fill `qry` in this order."""
    fields = ("query_id", "title", "artist", "album", "duration_ms", "track_id", "isrc")
    told = {
        name: np.array([str(value or "") for value in (getattr(song, field) for song in songs)], object)
        for name, field in zip(COLUMNS, fields, strict=True)
    }
    _fill(connection, told)


def _fill(connection: duckdb.DuckDBPyConnection, told: dict[str, npt.NDArray[np.object_]]) -> None:
    connection.register("_told", {"q": np.arange(len(told["query_id"])), **told})
    # A column of no texts has no type.
    texts = ", ".join(f"{name}::VARCHAR AS {name}" if name in told else f"'' AS {name}" for name in COLUMNS)
    connection.execute(f"""
        CREATE OR REPLACE TABLE qry AS
        SELECT q, query_id, {spotify_id("spotify_track_id")} AS track_id,
            {isrc("isrc")} AS isrc, trim(track_name) AS title, trim(artist_name) AS artist,
            nullif(album_name, '') AS album,
            CASE WHEN TRY_CAST(duration_ms AS DOUBLE) BETWEEN 1 AND 1e9 THEN round(duration_ms::DOUBLE)::BIGINT END
                AS duration_ms
        FROM (SELECT q, {texts} FROM _told)""")
    connection.unregister("_told")


def _rows(text: str) -> list[list[str]]:
    csv.field_size_limit(sys.maxsize)
    separator = separator_of(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        rows = list(_apart(list(io.StringIO(text, newline="")), separator))
    return [row for row in rows if row]


def _apart(lines: list[str], separator: str) -> Iterator[list[str]]:
    """Each row's fields where quotes do not match: there a line is a row; a quote left open takes no other row with it."""
    at = 0
    while at < len(lines):
        reader = csv.reader((lines[number] for number in range(at, len(lines))), delimiter=separator, strict=True)
        read = 0
        try:
            for row in reader:
                yield row
                read = reader.line_num
            return
        except csv.Error:
            line = lines[at + read]
            open_quote = line.count('"') % 2
            yield from csv.reader(
                [line], delimiter=separator, quoting=csv.QUOTE_NONE if open_quote else csv.QUOTE_MINIMAL
            )
            at += read + 1


def _column(rows: list[list[str]], at: int) -> npt.NDArray[np.object_]:
    """Texts, "" where a row does not tell."""
    return np.array([row[at] if at < len(row) else "" for row in rows[1:]], object)
