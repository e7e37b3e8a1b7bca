"""The SQL that reads rows into `staged`: each value as its column takes it, or the fault that makes a row unreadable."""

import json

from groovelog.sources.source import FAULT, LONGEST_MS, Source
from groovelog.tables import SAID

# DuckDB's own limit is 16 MiB, and it takes a buffer of twice that per thread.
LONGEST_ROW = 32 * 1024**2

# A cast alone would take any word after a time for a zone, and pass over it.
_TIME = (
    r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?"
    r"\s*([Zz]|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?\s*"
)


def insert_sql(source: Source) -> str:
    """Read the JSON lists `$paths`, each named by its file's number."""
    faults = () if source.rows is None else (FAULT,)
    shape = json.dumps(dict.fromkeys((*source.keys, *faults), "VARCHAR"))
    flat = f"""
        SELECT parse_filename(filename, true)::INTEGER AS file_no, $source AS source, json,
            json_transform(json, '{shape}') AS said
        FROM read_json_objects($paths, format = 'array', filename = true, maximum_object_size = {LONGEST_ROW})
    """
    return f"INSERT INTO staged BY NAME {staged_sql(source, flat, faulty=source.rows is not None)}"


def staged_sql(source: Source, flat: str, *, faulty: bool, carried: tuple[str, ...] = ()) -> str:
    """The rows to stage, of the flat rows that a query gives: file_no, source, json (the row as it stands), said (a struct
    of texts, by key), and columns that are carried along. `faulty` says that the struct has the key FAULT.
    """
    expressions = _told(source)
    said = {column.name: expressions.get(column.name, "NULL") for column in SAID}
    columns = ", ".join(f"{expression} AS {name}" for name, expression in said.items())
    # Only what this source can tell: a column that the lake gains later must not change the identity of old rows.
    identity = ", ".join(["epoch_us(moment)", *(f"coalesce({name}::VARCHAR, '')" for name in source.told)])
    instant = (_epoch if source.epoch else instant_sql)(_key(source.time_key))
    length = whole_number_sql(_key(source.length_key)) if source.length_key else "NULL"
    clocks = "".join(f", try_cast({_key(key)} AS BIGINT) AS {column}" for column, key in source.instants_ms.items())
    passed = ", ".join(("file_no", "source", *carried))
    return f"""
        SELECT {passed}, fault, {", ".join(said)},
            (md5_number_lower(concat_ws(chr(31), source, {identity})) >> 1)::BIGINT AS row_key
        FROM (
            SELECT {passed}, {_fault(source, faulty)} AS fault, moment, {columns}
            FROM (SELECT *, {instant} AS moment, {length} AS length{clocks} FROM ({flat}))
        )
    """


def _key(key: str) -> str:
    return f'said."{key}"'


def naive(type_: str) -> str:
    # Staging works on instants without a zone, which are cheaper; they are UTC and become TIMESTAMPTZ in the lake.
    return "TIMESTAMP" if type_ == "TIMESTAMPTZ" else type_


def _told(source: Source) -> dict[str, str]:
    """By column, the expression for what the source tells of it."""
    flag = "CASE {0} WHEN 'true' THEN true WHEN 'false' THEN false WHEN '1' THEN true WHEN '0' THEN false END"
    numbers = {column: _between(whole_number_sql(_key(key)), 1) for column, key in source.numbers.items()}
    told = {
        "kind": _kind(source),
        # Of a length that may be missing, 0 and nonsense tell as little as nothing.
        "ms_played": "length" if source.length_needed else _between("length", 1),
        **numbers,
        **{column: f"nullif({_key(key)}, '')" for column, key in source.texts.items()},
        **{column: flag.format(_key(key)) for column, key in source.flags.items()},
        **{column: _device_clock(column) for column in source.instants_ms},
    }
    return told | _instants(source.tells, _between("length", 0), numbers.get("length_ms", "NULL"))


def _instants(tells: str, ms_played: str, length_ms: str) -> dict[str, str]:
    """Start and stop, from the instant that the source tells and the lengths."""
    match tells:
        case "stop":
            return {"stopped_at": "moment", "started_at": f"moment - to_milliseconds({ms_played})"}
        case "start":
            return {"started_at": "moment", "stopped_at": f"moment + to_milliseconds({_between(ms_played, 1)})"}
    return {
        "played_at": "moment",
        "stopped_at": "moment",
        "started_at": f"moment - to_milliseconds(coalesce({length_ms}, 0))",
    }


def _between(number: str, least: int) -> str:
    return f"CASE WHEN {number} BETWEEN {least} AND {LONGEST_MS} THEN {number} END"


def _kind(source: Source) -> str:
    """audiobook, then episode, then track: a row of an audiobook may carry a track URI as well (facts of 2024 exports)."""

    def any_of(*columns: str) -> str:
        told = [f"nullif({_key(source.texts[column])}, '')" for column in columns if column in source.texts]
        return f"coalesce({', '.join(told)}) IS NOT NULL" if told else "false"

    return f"""CASE
        WHEN {any_of("audiobook_title", "audiobook_uri", "chapter_title", "chapter_uri")} THEN 'audiobook'
        WHEN {any_of("episode_name", "episode_uri", "show_name")} THEN 'episode'
        WHEN {any_of("track_uri", "track_name", "artist_name", "album_name")} THEN 'track'
        ELSE 'unknown' END"""


def instant_sql(text: str) -> str:
    """UTC; an offset is converted, none means UTC. A bare date is no instant, and the zone of a name is not known."""
    # The forms that Spotify writes come first: to tell them costs a tenth of the regular expression.
    return f"""CASE
        WHEN {text} LIKE '____-__-__T__:__:__Z' AND NOT contains({text}, ' ') THEN try_cast({text} AS TIMESTAMP)
        WHEN NOT regexp_full_match({text}, '{_TIME}') THEN NULL
        WHEN contains({text}[17:], '+') OR contains({text}[17:], '-')
            THEN try_cast(regexp_replace(upper({text}), '\\s+([+-])', '\\1') AS TIMESTAMPTZ)::TIMESTAMP
        ELSE try_cast(upper({text}) AS TIMESTAMP) END"""


def _epoch(text: str) -> str:
    """Seconds since 1970, which may have a fraction, or milliseconds from 100,000,000,000 on (1973 in those)."""
    whole = f"regexp_full_match({text}, '\\s*[0-9]{{1,17}}(\\.[0-9]*)?\\s*')"
    number = f"CASE WHEN {whole} THEN try_cast({text} AS DECIMAL(27, 6)) END"
    return f"""CASE WHEN {number} < 100000000000 THEN make_timestamp(({number} * 1000000)::BIGINT)
        WHEN {number} < 100000000000000 THEN make_timestamp(({number} * 1000)::BIGINT) END"""


def whole_number_sql(text: str) -> str:
    # A cast alone would round 1.5 to 2 and read 1_000 and 0x10.
    return f"CASE WHEN regexp_full_match({text}, '\\s*-?[0-9]+(\\.0+)?\\s*') THEN try_cast({text} AS BIGINT) END"


def _device_clock(number: str) -> str:
    """Milliseconds in rows of 2017 to 2022, seconds from 2023, 0 or null where unknown (facts: > 1e11 means ms)."""
    return f"""CASE WHEN {number} BETWEEN 1 AND 100000000000 THEN make_timestamp({number} * 1000000)
        WHEN {number} BETWEEN 100000000001 AND 9999999999999 THEN make_timestamp({number} * 1000) END"""


def shown_sql(text: str) -> str:
    """A value in a reason. Control characters would act on the terminal that shows it."""
    return f"coalesce('\"' || regexp_replace(left({text}, 40), '\\p{{C}}', '�', 'g') || '\"', 'nothing')"


def _fault(source: Source, faulty: bool) -> str:
    time = _key(source.time_key)
    # The type of a value costs a second parse, so it is asked only where the text looks like a list or an object.
    looks_odd = " OR ".join(
        f"""starts_with({_key(key)}, '[') OR starts_with({_key(key)}, '{{')""" for key in source.texts.values()
    )
    not_text = "\n".join(
        f"""WHEN json_type(json, '$."{key}"') IN ('OBJECT', 'ARRAY') THEN '{key} is not text'"""
        for key in source.texts.values()
    )
    length = _key(source.length_key) if source.length_key else ""
    of_length = f"""
        WHEN length IS NULL THEN '{source.length_key} is not a whole number of ms: ' || {shown_sql(length)}
        WHEN length < 0 THEN '{source.length_key} is negative: ' || {shown_sql(length)}
        WHEN length > {LONGEST_MS} THEN '{source.length_key} is longer than 7 days: ' || {shown_sql(length)}
    """
    return f"""CASE
        {f"WHEN {_key(FAULT)} IS NOT NULL THEN {_key(FAULT)}" if faulty else ""}
        WHEN moment IS NULL THEN CASE WHEN json_type(json) IS DISTINCT FROM 'OBJECT' THEN 'not a JSON object'
            ELSE '{source.time_key} is not a time: ' || {shown_sql(time)} END
        WHEN moment < TIMESTAMP '{source.earliest}' THEN '{source.time_key} is before {source.earliest}: ' || {shown_sql(time)}
        WHEN moment > $latest THEN '{source.time_key} is in the future: ' || {shown_sql(time)}
        {of_length if source.length_needed else ""}
        WHEN {looks_odd} THEN CASE {not_text} END
        END"""
