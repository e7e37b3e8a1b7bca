"""Read histories into one DuckDB table, by columns: `staged`, one row per row of every file, readable or not.

A row that cannot be used keeps its place with a `fault`; a file that cannot be read to its end leaves no row.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from groovelog.model import FileNote
from groovelog.sources.found import Found, Unusable
from groovelog.sources.source import DAYS_AHEAD, EARLIEST, LONGEST_MS, Source
from groovelog.tables import SAID

# So much unpacked JSON lies on disk at a time while the next batch is being unpacked.
BATCH_BYTES = 192 * 1024**2
# DuckDB's own limit is 16 MiB, and it takes a buffer of twice that per thread.
LONGEST_ROW = 32 * 1024**2

_CHUNK = 1024 * 1024
_UTF8 = ("utf-8", "utf-8-sig")
# A cast alone would take any word after a time for a zone, and pass over it.
_TIME = (
    r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?"
    r"\s*([Zz]|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?\s*"
)
# A backslash pair is consumed first, so that the text \\ud800 is not taken for an escape.
_ESCAPES = re.compile(
    rb"\\\\|(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


@dataclass(frozen=True)
class Readable:
    """A file recognised as a history; `file_no` counts the files of the run. A list without rows has no source."""

    file_no: int
    source: Source | None
    found: Found


def create_staged(connection: duckdb.DuckDBPyConnection) -> None:
    """The empty table `staged`; its rowid is the order of reading, without holes inside a file."""
    said = ", ".join(f"{column.name} {_naive(column.type)}" for column in SAID)
    connection.execute(f"CREATE TABLE staged (file_no INTEGER, source VARCHAR, fault VARCHAR, {said}, row_key BIGINT)")


def stage(
    connection: duckdb.DuckDBPyConnection,
    files: list[Readable],
    scratch: Path,
    now: datetime,
    read: Callable[[int], None],
) -> tuple[list[Readable], list[FileNote]]:
    """Read the files into `staged`; returns those read to their end and those that could not be, with reasons.

    `read` is told the number of files done after each batch. Unpacking runs one batch ahead of reading. `now` (UTC)
    bounds plausible times: a day ahead of it, for devices run fast and zones are mistaken.
    """
    latest = (now.astimezone(UTC) + timedelta(days=DAYS_AHEAD)).replace(tzinfo=None)
    whole: list[Readable] = []
    failed: list[FileNote] = []
    done = 0
    with ThreadPoolExecutor(1) as unpacker:
        batches = _batches(files)
        ahead = unpacker.submit(_unpack, next(batches, []), scratch)
        while batch := ahead.result():
            ahead = unpacker.submit(_unpack, next(batches, []), scratch)
            for readable, damage in _read_batch(connection, batch, latest):
                if damage:
                    failed.append(FileNote(readable.found.label, damage.reason, damage.row))
                else:
                    whole.append(readable)
            done += len(batch)
            read(done)
    return whole, failed


@dataclass(frozen=True)
class _Unpacked:
    readable: Readable
    path: Path
    damage: Unusable | None


def _batches(files: list[Readable]) -> Iterator[list[Readable]]:
    """Consecutive files of one source, up to BATCH_BYTES together."""
    batch: list[Readable] = []
    size = 0
    for readable in files:
        size += readable.found.size
        if batch and (readable.source is not batch[0].source or size > BATCH_BYTES):
            yield batch
            batch, size = [], readable.found.size
        batch.append(readable)
    if batch:
        yield batch


def _unpack(batch: list[Readable], scratch: Path) -> list[_Unpacked]:
    return [_unpack_one(readable, scratch / f"{readable.file_no}.json") for readable in batch]


def _unpack_one(readable: Readable, path: Path) -> _Unpacked:
    try:
        with path.open("wb") as target:
            target.writelines(readable.found.chunks())
        _to_utf8(path)
        _check_ends(path)
    except Unusable as error:
        return _Unpacked(readable, path, error)
    return _Unpacked(readable, path, None)


def _to_utf8(path: Path) -> None:
    with path.open("rb") as stream:
        encoding = json.detect_encoding(stream.read(4))
    if encoding in _UTF8:
        return
    plain = path.with_suffix(".utf8")
    try:
        with (
            path.open(encoding=encoding, newline="") as source,
            plain.open("w", encoding="utf-8", newline="") as target,
        ):
            while chunk := source.read(_CHUNK):
                target.write(chunk)
    except UnicodeError as error:
        raise Unusable(f"not text in {encoding}: {error}") from error
    plain.replace(path)


def _check_ends(path: Path) -> None:
    """DuckDB takes a list that stops after a comma for a whole one; so look at both ends."""
    with path.open("rb") as stream:
        head = stream.read(_CHUNK).removeprefix(codecs.BOM_UTF8).lstrip()
        stream.seek(max(0, path.stat().st_size - _CHUNK))
        tail = stream.read().rstrip()
    if not head.startswith(b"["):
        raise Unusable("not a JSON list")
    if not tail.endswith(b"]"):
        raise Unusable("cut short: the list of plays has no end")


def _read_batch(
    connection: duckdb.DuckDBPyConnection, batch: list[_Unpacked], latest: datetime
) -> Iterator[tuple[Readable, Unusable | None]]:
    sound = [unpacked for unpacked in batch if unpacked.damage is None]
    try:
        if sound and sound[0].readable.source:
            _insert(connection, sound[0].readable.source, sound, latest)
        damages = {}
    except duckdb.InvalidInputException:
        # Somebody in the batch is damaged. One by one, so that each pays for itself alone.
        damages = {unpacked.readable.file_no: _read_alone(connection, unpacked, latest) for unpacked in sound}
    for unpacked in batch:
        unpacked.path.unlink(missing_ok=True)
        yield unpacked.readable, unpacked.damage or damages.get(unpacked.readable.file_no)


def _read_alone(connection: duckdb.DuckDBPyConnection, unpacked: _Unpacked, latest: datetime) -> Unusable | None:
    source = unpacked.readable.source
    assert source is not None, "a list without rows is not read"  # noqa: S101
    for mend in (False, True):
        if mend:
            _mend_surrogates(unpacked.path)
        try:
            _insert(connection, source, [unpacked], latest)
            return None
        except duckdb.InvalidInputException as error:
            damage = _damage(error)
    return damage


def _mend_surrogates(path: Path) -> None:
    """Half a surrogate pair is no character; the reader would refuse the file for it. U+FFFD takes its place."""
    text = path.read_bytes()
    path.write_bytes(_ESCAPES.sub(lambda match: rb"\ufffd" if match[2] else match[0], text))


def _damage(error: duckdb.Error) -> Unusable:
    """DuckDB's "Malformed JSON in file "…", at byte 63 in record/value 3: unexpected character", which counts rows from 2."""
    text = str(error).splitlines()[0]
    if "maximum_object_size" in text:
        return Unusable(f"a row is longer than {LONGEST_ROW // 1024**2} MB")
    what = text.rpartition(": ")[2].rstrip(". ")
    place = re.search(r"record/value (\d+)", text)
    row = max(1, int(place[1]) - 1) if place else None
    return Unusable(f"damaged JSON{f' in row {row}' if row else ''}: {what}", row)


def _insert(connection: duckdb.DuckDBPyConnection, source: Source, batch: list[_Unpacked], latest: datetime) -> None:
    paths = [str(unpacked.path) for unpacked in batch]
    connection.execute(_insert_sql(source), {"paths": paths, "source": source.name, "latest": latest})


def _insert_sql(source: Source) -> str:
    keys = source.json_keys
    shape = json.dumps(dict.fromkeys(keys, "VARCHAR"))
    said = {column.name: _said(column.name, source) for column in SAID}
    columns = ", ".join(f"{expression} AS {name}" for name, expression in said.items())
    # Only what this source can tell: a column that the lake gains later must not change the identity of old rows.
    told = ("ms_played", *source.texts, *source.flags, *source.instants_ms)
    identity = ", ".join(["epoch_us(stopped_at)", *(f"coalesce({name}::VARCHAR, '')" for name in told)])
    clocks = "".join(f', try_cast(said."{key}" AS BIGINT) AS {column}' for column, key in source.instants_ms.items())
    return f"""
        INSERT INTO staged BY NAME
        SELECT file_no, $source AS source, fault, {", ".join(said)},
            (md5_number_lower(concat_ws(chr(31), $source, {identity})) >> 1)::BIGINT AS row_key
        FROM (
            SELECT file_no, {_fault(source)} AS fault, {columns}
            FROM (
                SELECT *, {_instant(f'said."{source.time_key}"')} AS stop,
                    {_whole_number(f'said."{source.length_key}"')} AS length{clocks}
                FROM (
                    SELECT parse_filename(filename, true)::INTEGER AS file_no, json,
                        json_transform(json, '{shape}') AS said
                    FROM read_json_objects(
                        $paths, format = 'array', filename = true, maximum_object_size = {LONGEST_ROW})
                )
            )
        )
    """


def _naive(type_: str) -> str:
    # Staging works on instants without a zone, which are cheaper; they are UTC and become TIMESTAMPTZ in the lake.
    return "TIMESTAMP" if type_ == "TIMESTAMPTZ" else type_


def _said(column: str, source: Source) -> str:
    if column == "kind":
        return _kind(source)
    if column == "stopped_at":
        return "stop"
    if column == "started_at":
        return f"CASE WHEN length BETWEEN 0 AND {LONGEST_MS} THEN stop - to_milliseconds(length) END"
    if column == "ms_played":
        return "length"
    if column in source.texts:
        return f"nullif(said.\"{source.texts[column]}\", '')"
    if column in source.flags:
        value = f'said."{source.flags[column]}"'
        return f"CASE {value} WHEN 'true' THEN true WHEN 'false' THEN false WHEN '1' THEN true WHEN '0' THEN false END"
    if column in source.instants_ms:
        return _device_clock(column)
    return "NULL"


def _kind(source: Source) -> str:
    """audiobook, then episode, then track: a row of an audiobook may carry a track URI as well (facts of 2024 exports)."""

    def any_of(*columns: str) -> str:
        told = [f"nullif(said.\"{source.texts[column]}\", '')" for column in columns if column in source.texts]
        return f"coalesce({', '.join(told)}) IS NOT NULL" if told else "false"

    return f"""CASE
        WHEN {any_of("audiobook_title", "audiobook_uri", "chapter_title", "chapter_uri")} THEN 'audiobook'
        WHEN {any_of("episode_name", "episode_uri", "show_name")} THEN 'episode'
        WHEN {any_of("track_uri", "track_name", "artist_name", "album_name")} THEN 'track'
        ELSE 'unknown' END"""


def _instant(text: str) -> str:
    """UTC; an offset is converted, none means UTC. A bare date is no instant, and the zone of a name is not known."""
    # The forms that Spotify writes come first: to tell them costs a tenth of the regular expression.
    return f"""CASE
        WHEN {text} LIKE '____-__-__T__:__:__Z' AND NOT contains({text}, ' ') THEN try_cast({text} AS TIMESTAMP)
        WHEN NOT regexp_full_match({text}, '{_TIME}') THEN NULL
        WHEN contains({text}[17:], '+') OR contains({text}[17:], '-')
            THEN try_cast(regexp_replace(upper({text}), '\\s+([+-])', '\\1') AS TIMESTAMPTZ)::TIMESTAMP
        ELSE try_cast(upper({text}) AS TIMESTAMP) END"""


def _whole_number(text: str) -> str:
    # A cast alone would round 1.5 to 2 and read 1_000 and 0x10.
    return f"CASE WHEN regexp_full_match({text}, '\\s*-?[0-9]+(\\.0+)?\\s*') THEN try_cast({text} AS BIGINT) END"


def _device_clock(number: str) -> str:
    """Milliseconds in rows of 2017 to 2022, seconds from 2023, 0 or null where unknown (facts: > 1e11 means ms)."""
    return f"""CASE WHEN {number} BETWEEN 1 AND 100000000000 THEN make_timestamp({number} * 1000000)
        WHEN {number} BETWEEN 100000000001 AND 9999999999999 THEN make_timestamp({number} * 1000) END"""


def _fault(source: Source) -> str:
    time, length = f'said."{source.time_key}"', f'said."{source.length_key}"'

    def shown(text: str) -> str:
        # Control characters would act on the terminal that shows the reason.
        return f"coalesce('\"' || regexp_replace(left({text}, 40), '\\p{{C}}', '�', 'g') || '\"', 'nothing')"

    # The type of a value costs a second parse, so it is asked only where the text looks like a list or an object.
    looks_odd = " OR ".join(
        f"""starts_with(said."{key}", '[') OR starts_with(said."{key}", '{{')""" for key in source.texts.values()
    )
    not_text = "\n".join(
        f"WHEN json_type(json, '$.{key}') IN ('OBJECT', 'ARRAY') THEN '{key} is not text'"
        for key in source.texts.values()
    )
    return f"""CASE
        WHEN stop IS NULL THEN CASE WHEN json_type(json) IS DISTINCT FROM 'OBJECT' THEN 'not a JSON object'
            ELSE '{source.time_key} is not a time: ' || {shown(time)} END
        WHEN stop < TIMESTAMP '{EARLIEST}' THEN '{source.time_key} is before {EARLIEST}: ' || {shown(time)}
        WHEN stop > $latest THEN '{source.time_key} is in the future: ' || {shown(time)}
        WHEN length IS NULL THEN '{source.length_key} is not a whole number of ms: ' || {shown(length)}
        WHEN length < 0 THEN '{source.length_key} is negative: ' || {shown(length)}
        WHEN length > {LONGEST_MS} THEN '{source.length_key} is longer than 7 days: ' || {shown(length)}
        WHEN {looks_odd} THEN CASE {not_text} END
        END"""
