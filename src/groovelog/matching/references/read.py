"""Read a file of a reference into the view `told`: a row per row of the file, in the lake's columns and units.

The texts of the columns that are used, and then the values that they say, are kept as Parquet in the scratch folder, so
that memory does not grow with the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from groovelog.errors import UsageError
from groovelog.matching.credited import credited
from groovelog.matching.files import Opened, unreadable
from groovelog.matching.reference import isrc, milliseconds, spotify_id
from groovelog.matching.references import units
from groovelog.matching.references.fields import FEATURES, FRACTIONS, LENGTHS, TELLING, names_titles
from groovelog.matching.references.sets import Set, known_set
from groovelog.matching.sql import literal
from groovelog.model import RowsWhy, ValuesWhy

# So many rows at a time are grouped in memory.
AT_A_TIME = 500_000
# And so many are held back while they are sorted into pieces.
ROWS_HELD = 500_000

NAMELESS = "neither title nor artist: an entry that was withdrawn, or an empty row"
NO_IDENTITY = "no id, and not both title and artist"
NO_FEATURES = "no audio feature"
NOT_KNOWN = "the file says that it is not known"
NO_VALUE = "out of range, or no value at all"
NOT_DECIBELS = "not one below 0: not in dB"


@dataclass(frozen=True)
class Told:
    """What a file tells: `rows` in all, and those of them that could not be read, with the first line.

    `percent` are the fractions that it has in percent; `unknown` the values that it has and that are null in `told`.
    """

    rows: int
    unreadable: tuple[RowsWhy, ...]
    percent: tuple[str, ...]
    unknown: tuple[ValuesWhy, ...]


def read(connection: duckdb.DuckDBPyConnection, opened: Opened, fields: Mapping[str, str], scratch: Path) -> Told:
    """Make the view `told` from the file's columns `fields`. Raises `UsageError` where it cannot be read to its end."""
    path = opened.path
    known = known_set(opened.headings)
    raw = scratch / "rows.parquet"
    texts = ", ".join(f"nullif(trim({opened.text(column)}), '') AS {field}" for field, column in fields.items())
    try:
        connection.execute(f"COPY (SELECT {texts} FROM {opened.scan}) TO {literal(str(raw))} (FORMAT parquet)")
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise UsageError(f"{path} cannot be read to its end: {str(error).splitlines()[0]}", file=str(path)) from error
    no_rows = unreadable(connection, path)
    connection.execute(
        f"CREATE OR REPLACE VIEW texts AS SELECT *, file_row_number + 1 AS row_no "
        f"FROM read_parquet({literal(str(raw))}, file_row_number = true)"
    )
    ((rows,),) = connection.execute("SELECT count(*) FROM texts").fetchall()
    if not rows:
        raise UsageError(f"{path} has a heading and no row that can be read.", file=str(path))
    percent = _in_percent(connection, fields)
    soft = _not_decibels(connection, fields)
    features = [name for name in FEATURES if name in fields and not (soft and name == "loudness")]
    _split(connection, _values(connection, fields, features, percent, known), rows // AT_A_TIME + 1, scratch / "values")
    raw.unlink()
    unknown = _unknown(connection, fields, features)
    if soft:
        unknown = (*unknown, ValuesWhy("loudness", NOT_DECIBELS, soft))
    return Told(rows + sum(why.rows for why in no_rows), no_rows, percent, unknown)


def _split(connection: duckdb.DuckDBPyConnection, query: str, pieces: int, folder: Path) -> None:
    """Make `told` of files that have one `piece` each, so that a piece is read without the others; an id is in one piece."""
    connection.execute(f"SET partitioned_write_flush_threshold = {ROWS_HELD // pieces}")
    connection.execute(
        f"COPY (SELECT *, hash(ref_id) % {pieces} AS piece FROM ({query})) TO {literal(str(folder))} "
        "(FORMAT parquet, PARTITION_BY (piece))"
    )
    files = literal(f"{folder}/*/*.parquet")
    connection.execute(
        f"CREATE OR REPLACE VIEW told AS SELECT * FROM read_parquet({files}, hive_partitioning = true, "
        "hive_types = {piece: INTEGER})"
    )


def _unknown(
    connection: duckdb.DuckDBPyConnection, fields: Mapping[str, str], features: Sequence[str]
) -> tuple[ValuesWhy, ...]:
    looked = [name for name in features if name != "duration_ms"]
    looked += ["duration_ms"] if fields.keys() & set(LENGTHS) else []
    counts = ", ".join(f"count(*) FILTER (odd_{name} = {odd})" for name in looked for odd in (1, 2))
    ((found),) = connection.execute(f"SELECT {counts} FROM told").fetchall()
    whys = [(name, reason) for name in looked for reason in (NOT_KNOWN, NO_VALUE)]
    return tuple(ValuesWhy(name, reason, values) for (name, reason), values in zip(whys, found, strict=True) if values)


def _in_percent(connection: duckdb.DuckDBPyConnection, fields: Mapping[str, str]) -> tuple[str, ...]:
    """The fractions that the file has in percent: the heading says so, or most values above 0 are above 1.

    A column with nothing but 0 and 1 says neither; it is taken as most of the others are.
    """
    columns = [name for name in FRACTIONS if name in fields]
    says = {name for name in columns if any(sign in fields[name].lower() for sign in ("%", "percent", "pct"))}
    unsaid = [name for name in columns if name not in says]
    if not unsaid:
        return tuple(columns)
    counts = connection.execute(
        "SELECT "
        + ", ".join(
            f"count(*) FILTER (v{at} > 0), count(*) FILTER (v{at} > 1), count(*) FILTER (v{at} > 0 AND v{at} <> 1)"
            for at in range(len(unsaid))
        )
        + " FROM (SELECT "
        + ", ".join(f"{units.number(name)} AS v{at}" for at, name in enumerate(unsaid))
        + " FROM texts)"
    ).fetchall()[0]
    votes = {name: counts[3 * at : 3 * at + 3] for at, name in enumerate(unsaid)}
    says |= {name for name, (positive, above, _) in votes.items() if 2 * above > positive}
    undecided = {name for name, (_, _, telling) in votes.items() if not telling}
    decided = [name for name in columns if name not in undecided]
    if 2 * len(says) > len(decided):
        says |= undecided
    return tuple(name for name in columns if name in says)


def _not_decibels(connection: duckdb.DuckDBPyConnection, fields: Mapping[str, str]) -> int:
    """How many values are in no dB: all or none. Music is softer than full scale on average, and hardly any is not."""
    if "loudness" not in fields:
        return 0
    value = units.number("loudness")
    query = f"SELECT count({value}), count(*) FILTER ({value} < 0) FROM texts"
    ((told, below),) = connection.execute(query).fetchall()
    return int(told) if told > 1 and not below else 0


def _values(
    connection: duckdb.DuckDBPyConnection,
    fields: Mapping[str, str],
    features: Sequence[str],
    percent: Sequence[str],
    known: Set | None,
) -> str:
    def text(field: str) -> str:
        return field if field in fields else "NULL::VARCHAR"

    values = {name: f"NULL::{units.TYPES[name]}" for name in FEATURES}
    values |= {name: units.fraction(name, percent=name in percent) for name in FRACTIONS if name in features}
    simple = {"key": units.key, "mode": units.mode, "loudness": units.loudness, "tempo": units.tempo}
    simple["time_signature"] = units.time_signature
    values |= {name: unit(name) for name, unit in simple.items() if name in features}
    length = next((name for name in LENGTHS if name in fields), None)
    odd = {name: name for name in features if name != "duration_ms"}
    if length is not None:
        values["duration_ms"] = f"({_length(fields)})"
        odd["duration_ms"] = length
    apart = "NULL::VARCHAR[]"
    if "artist_name" in fields:
        apart = credited(connection, "texts", "artist_name", commas=known is not None and known.commas)
    unknown = ", ".join(
        f"CASE WHEN told_{name} IS NULL OR {name} IS NOT NULL THEN 0 "
        f"WHEN {units.says_nothing(name, f'told_{name}')} THEN 1 ELSE 2 END AS odd_{name}"
        for name in odd
    )
    told = ", ".join(f"{column} AS told_{name}" for name, column in odd.items())
    nothing = " AND ".join(f"{name} IS NULL" for name in TELLING)
    nameless = "track_name IS NULL AND artist_name IS NULL" if names_titles(fields) else "false"
    made = (
        "substr(md5(lower(track_name) || chr(31) || lower(artist_name) || chr(31) || coalesce(duration_ms::VARCHAR, '')), "
        "1, 16)"
    )
    raw_id = f"coalesce({text('ref_id')}, {spotify_id(text('track_id'))}, {text('track_id')}, {isrc(text('isrc'))})"
    popularity = units.number(text("popularity"))
    dropped = ", ".join(["credited", *(f"told_{name}" for name in odd)])
    return f"""
        SELECT * EXCLUDE ({dropped}),
            CASE WHEN {nameless} THEN '{NAMELESS}' WHEN ref_id IS NULL THEN '{NO_IDENTITY}'
                WHEN {nothing} THEN '{NO_FEATURES}' END AS fault,
            {unknown}
        FROM (
            SELECT * REPLACE (coalesce(ref_id, {made}) AS ref_id,
                CASE WHEN credited IS NULL THEN artist_name
                    ELSE nullif(array_to_string(credited, ', '), '') END AS artist_name),
                nullif(array_to_string(credited, chr(10)), '') AS credited_artists
            FROM (
                SELECT row_no, {raw_id} AS ref_id,
                    'spotify:track:' || {spotify_id(text("track_id"))} AS track_id, {isrc(text("isrc"))} AS isrc,
                    {text("track_name")} AS track_name, {text("artist_name")} AS artist_name, {apart} AS credited,
                    {text("album_name")} AS album_name,
                    list_concat({units.genres(text("genres"))}, {units.genres(text("subgenres"))}) AS genres,
                    CASE WHEN {popularity} BETWEEN 0 AND 100 THEN round({popularity})::INTEGER END AS popularity,
                    {", ".join(f"{value} AS {name}" for name, value in values.items())},
                    {told}
                FROM texts
            )
        )"""


def _length(fields: Mapping[str, str]) -> str:
    told = {name: "texts." + name if name in fields else "NULL" for name in LENGTHS}
    sources = ", ".join(f"{column} AS {name}" for name, column in told.items())
    return f"SELECT {milliseconds(fields)} FROM (SELECT {sources})"
