"""Groovelog's own export: source_plays.parquet, .csv or .jsonl, as `groovelog export` writes them.

Its rows are of many sources. Each is read by the rules of its own source, with the columns as keys: what Groovelog works
out of a row (kind, start or stop, identity) is worked out anew, whatever the file says of it.
"""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePath

import duckdb

from groovelog.sources.exported_file import load
from groovelog.sources.found import Found, Unusable
from groovelog.sources.look import LINES, OBJECT, Look
from groovelog.sources.row_sql import instant_sql, shown_sql, staged_sql, whole_number_sql
from groovelog.sources.source import FAULT, LONGEST_MS, Source
from groovelog.tables import BY_NAME, SAID

MARKS = ("source", "row_key", "shown_together")
NEEDED = ("source", "shown_together", *(column.name for column in SAID))

# Each from a local date on, the first from the beginning.
Zones = tuple[tuple[date | None, str], ...]

_MOMENT = {"stop": "stopped_at", "start": "started_at", "played_at": "played_at"}
_FILES = (".parquet", ".csv", ".jsonl")
_WORKED_OUT = "of a Groovelog export: worked out anew from its source_plays"
_ACCOUNT = "of a Groovelog export: the account of earlier imports, not read again"
BESIDE = {
    "plays": _WORKED_OUT,
    "tracks": _WORKED_OUT,
    "receipts": _ACCOUNT,
    "receipt_rows": _ACCOUNT,
    "collections": _ACCOUNT,
    "gaps": _ACCOUNT,
    "erasures": _ACCOUNT,
    "listener_zones": "of a Groovelog export: where a new listener lives",
    "consents": "of a Groovelog export: whoever shares says so in each Groovelog",
    "shared_totals": "of a Groovelog export: counts that its plays give",
    "feedback": "of a Groovelog export: what was said of suggestions, not read again",
    "top_items": "of a Groovelog export: lists of the Web API, asked for anew",
    "playlist_tracks": "of a Groovelog export: read with the playlists beside it",
}


def shows(look: Look, *columns: str) -> bool:
    """Whether the rows have these columns, in whichever of the three formats."""
    return look.has_columns(*columns) or (look.form in (LINES, OBJECT) and look.shows(*columns))


def seen(look: Look) -> bool:
    return shows(look, *MARKS)


def reason_beside(look: Look) -> str | None:
    """Why a file that `groovelog export` writes beside source_plays is left alone; None of any other file."""
    path = PurePath(look.name)
    reason = BESIDE.get(path.stem) if path.suffix in _FILES else None
    return (
        reason if reason and shows(look, *(name for name in BY_NAME[path.stem].key if name != "listener_id")) else None
    )


def tells_zones(found: Found) -> bool:
    """Whether the file is named like the zones of an export."""
    path = PurePath(found.label)
    return path.stem == "listener_zones" and path.suffix in _FILES


def read_zones(connection: duckdb.DuckDBPyConnection, found: Found, scratch: Path) -> Zones:
    """The zones of the listener whose export it is. Raises Unusable."""
    path = scratch / "zones"
    with path.open("wb") as target:
        target.writelines(found.chunks())
    load(connection, path, ("run_id", "from_date", "timezone"))
    rows = connection.execute("""
        SELECT try_cast(from_date AS DATE) AS since, arg_max(timezone, run_id), bool_or(since IS NULL AND from_date IS NOT NULL)
        FROM exported GROUP BY since ORDER BY since NULLS FIRST
    """).fetchall()
    connection.execute("DROP TABLE exported")
    if any(zone is None or strange for _, zone, strange in rows):
        raise Unusable("a row without a zone, or of a first date that is none")
    return tuple((since if number else None, zone) for number, (since, zone, _) in enumerate(rows))


def export_of(sources: tuple[Source, ...]) -> Source:
    """The reader of exports whose rows are of these sources."""
    return Source(
        name="groovelog_export",
        title="Groovelog export",
        trust=0,
        tells="stop",
        seen=seen,
        insert=partial(_insert, sources),
        time_key="stopped_at",
        texts={},
    )


def _insert(
    sources: tuple[Source, ...], connection: duckdb.DuckDBPyConnection, path: Path, file_no: int, latest: datetime
) -> None:
    """Stage the file's rows in their order. Raises Unusable."""
    load(connection, path, NEEDED)
    present = {name for (name,) in connection.execute("SELECT DISTINCT source FROM exported").fetchall()}
    read = [_rows(source, file_no) for source in sources if source.name in present]
    strange = f"""
        SELECT {file_no} AS file_no, rowid AS row_no, CASE WHEN json_type(json) IS DISTINCT FROM 'OBJECT'
            THEN 'not a JSON object' ELSE 'source is none that Groovelog knows: ' || {shown_sql("source")} END AS fault
        FROM exported WHERE coalesce(source, '') NOT IN ({", ".join(f"'{source.name}'" for source in sources)})
    """
    connection.execute(
        f"""
        INSERT INTO staged BY NAME
        SELECT * EXCLUDE (row_no) FROM ({" UNION ALL BY NAME ".join([*read, strange])}) ORDER BY row_no
        """,
        {"latest": latest} if read else {},
    )
    connection.execute("DROP TABLE exported")


def as_exported(source: Source) -> Source:
    """The source as its rows stand in an export: each column under its own name, instants in ISO 8601."""
    return replace(
        source,
        epoch=False,
        time_key=_MOMENT[source.tells],
        length_key=source.length_key and "ms_played",
        texts={column: column for column in source.texts},
        flags={column: column for column in source.flags},
        numbers={column: column for column in source.numbers},
        instants_ms={column: column for column in source.instants_ms},
    )


def _rows(source: Source, file_no: int) -> str:
    exported = as_exported(source)
    values = {key: key for key in exported.keys}
    values |= {key: f"lower({key})" for key in exported.flags}
    values |= {key: _device_clock(key) for key in exported.instants_ms}
    values[exported.time_key] = f"replace({exported.time_key}, '.000000Z', 'Z')"  # the form that is read fastest
    values[FAULT] = _fault(exported)
    said = ", ".join(f"{key} := {value}" for key, value in values.items())
    flat = f"""
        SELECT {file_no} AS file_no, source, json, struct_pack({said}) AS said, rowid AS row_no,
            try_cast(shown_together AS BOOLEAN) AS together
        FROM exported WHERE source = '{source.name}'
    """
    return staged_sql(exported, flat, faulty=True, carried=("row_no", "together"))


def _device_clock(column: str) -> str:
    """Seconds since 1970 where they are whole, else milliseconds: so both are read as what they are."""
    micros = f"epoch_us({instant_sql(column)})"
    return f"(CASE WHEN {micros} % 1000000 = 0 THEN {micros} // 1000000 ELSE {micros} // 1000 END)::VARCHAR"


def _fault(exported: Source) -> str:
    """What no row has that was exported: one changed since then would become another play, or lose what it told."""
    numbers = [*exported.numbers, *(["ms_played"] if exported.length_key and not exported.length_needed else [])]
    worked_out = {"kind", *_MOMENT.values()} - ({"played_at"} if exported.tells != "played_at" else set())
    untold = [column.name for column in SAID if column.name not in {*exported.told, *worked_out}]
    checks = [("shown_together", "coalesce(lower({0}), '') NOT IN ('true', 'false')", "is not true or false")]
    checks += [(flag, "lower({0}) NOT IN ('true', 'false')", "is not true or false") for flag in exported.flags]
    checks += [
        (number, f"coalesce({whole_number_sql('{0}')}, 0) NOT BETWEEN 1 AND {LONGEST_MS}", "is not a length in ms")
        for number in numbers
    ]
    checks += [(clock, f"{instant_sql('{0}')} IS NULL", "is not a time") for clock in exported.instants_ms]
    checks += [(column, "true", f"is nothing that {exported.name} tells") for column in untold]
    cases = "\n".join(
        f"WHEN {'' if column == 'shown_together' else f'{column} IS NOT NULL AND '}{wrong.replace('{0}', column)} "
        f"THEN '{column} {what}: ' || {shown_sql(column)}"
        for column, wrong, what in checks
    )
    return f"CASE {cases} END"
