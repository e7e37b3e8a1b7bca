"""References and queries as two DuckDB tables of one shape: `ref` and `qry`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from groovelog.errors import UsageError
from groovelog.matching.columns import looked_for, recognise
from groovelog.matching.credited import credited
from groovelog.matching.files import Opened, open_table, unreadable
from groovelog.matching.references.sets import known_set
from groovelog.matching.sql import literal

_ID = "[0-9A-Za-z]{22}"
# A song is longer than 5 s in ms and shorter than 3 h in s: what is below 10,000 is told in seconds.
_SECONDS_BELOW = 10_000


@dataclass(frozen=True)
class Loaded:
    """What was read of one reference: rows in the file, those that name a track, and lines that are no rows."""

    file: str
    rows: int
    kept: int
    unreadable: int


def load_references(
    connection: duckdb.DuckDBPyConnection, paths: Sequence[Path], chosen: Mapping[str, str], scratch: Path
) -> list[Loaded]:
    """Fill `ref`: one row per distinct row of the references that names a track; `scratch` is for copies made on the way.

    Raises `UsageError` for a file that is no table, or without usable columns (and says which were looked for).
    """
    connection.execute(
        "CREATE TABLE ref (ref_id VARCHAR, track_id VARCHAR, isrc VARCHAR, title VARCHAR, artist VARCHAR, "
        "album VARCHAR, duration_ms BIGINT, popularity DOUBLE)"
    )
    loaded = []
    for path in dict.fromkeys(paths):
        opened = open_table(connection, path, scratch)
        loaded.append(_load(connection, opened, _fields(opened, chosen)))
    return loaded


def _fields(opened: Opened, chosen: Mapping[str, str]) -> dict[str, str]:
    fields = recognise(tuple(opened.headings), chosen, opened.path.name)
    missing = [field for field in ("track_name", "artist_name") if field not in fields]
    if missing:
        raise UsageError(
            f"{opened.path} has no column for {' and '.join(missing)}. Looked for: {looked_for(*missing)}. "
            f"It has: {', '.join(opened.headings)}. --map {missing[0]}=COLUMN tells which it is.",
            file=str(opened.path),
        )
    return fields


def _load(connection: duckdb.DuckDBPyConnection, opened: Opened, fields: Mapping[str, str]) -> Loaded:
    texts = ", ".join(f"nullif(trim({opened.text(fields[field])}), '') AS {field}" for field in fields)
    try:
        connection.execute(f"CREATE OR REPLACE TABLE told AS SELECT {texts} FROM {opened.scan}")
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise UsageError(
            f"{opened.path} cannot be read to its end: {str(error).splitlines()[0]}", file=str(opened.path)
        ) from error
    no_rows = sum(why.rows for why in unreadable(connection, opened.path))
    ((rows,),) = connection.execute("SELECT count(*) FROM told").fetchall()
    if not rows:
        raise UsageError(f"{opened.path} has a heading and no row that can be read.", file=str(opened.path))

    def told(field: str) -> str:
        return f"told.{field}" if field in fields else "NULL"

    known = known_set(opened.headings)
    apart = credited(connection, "told", "artist_name", commas=known is not None and known.commas)
    own_id = f"{literal(opened.path.name + ':')} || (rowid + 1)"
    ((kept,),) = connection.execute(f"""
        INSERT INTO ref
        SELECT DISTINCT ref_id, {spotify_id("track_id")}, {isrc("isrc")}, title, artist, album, {milliseconds(fields)}, popularity
        FROM (SELECT coalesce({told("ref_id")}, {told("track_id")}, {own_id}) AS ref_id,
                {told("track_id")} AS track_id, {told("isrc")} AS isrc, track_name AS title,
                coalesce(array_to_string({apart}, ';'), artist_name) AS artist, {told("album_name")} AS album,
                {told("duration_ms")} AS duration_ms, {told("duration_s")} AS duration_s, {told("duration")} AS duration,
                TRY_CAST({told("popularity")} AS DOUBLE) AS popularity
            FROM told)
        WHERE title IS NOT NULL""").fetchall()
    connection.execute("DROP TABLE told")
    return Loaded(opened.path.name, rows + no_rows, kept, no_rows)


def spotify_id(column: str) -> str:
    """SQL: the 22 letters of a Spotify id, URI or address; null for any other id."""
    return (
        f"CASE WHEN regexp_matches({column}, '^(?:.*[:/])?{_ID}(?:[?].*)?$') "
        f"THEN regexp_extract({column}, '({_ID})(?:[?].*)?$', 1) END"
    )


def isrc(column: str) -> str:
    """SQL: an ISRC without its dashes; null for what is none."""
    bare = f"upper(regexp_replace({column}, '[-\\s]', '', 'g'))"
    return f"CASE WHEN regexp_matches({bare}, '^[A-Z]{{2}}[A-Z0-9]{{3}}[0-9]{{7}}$') THEN {bare} END"


def milliseconds(fields: Mapping[str, str]) -> str:
    """SQL: the length in ms from whichever column tells it: ms, s, or 3:45; null where it is 0 or no number."""
    number = "TRY_CAST(duration AS DOUBLE)"
    clock = (
        "CASE WHEN regexp_matches(duration, '^\\d+:\\d\\d$') "
        "THEN (split_part(duration, ':', 1)::BIGINT * 60 + split_part(duration, ':', 2)::BIGINT) * 1000 END"
    )
    if "duration_ms" in fields:
        told = "TRY_CAST(duration_ms AS DOUBLE)"
    elif "duration_s" in fields:
        told = "TRY_CAST(duration_s AS DOUBLE) * 1000"
    else:
        told = f"coalesce(CASE WHEN {number} < {_SECONDS_BELOW} THEN {number} * 1000 ELSE {number} END, {clock})"
    return f"CASE WHEN {told} > 0 AND {told} < 1e9 THEN round({told})::BIGINT END"
