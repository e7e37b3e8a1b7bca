"""The people of a lake, and the zone each lives in; the latest row wins."""

import secrets
from datetime import date, datetime
from typing import TYPE_CHECKING
from unicodedata import normalize

import duckdb

from groovelog.errors import NotFoundError, UsageError
from groovelog.model import Listener
from groovelog.tables import CONSENTS, LISTENER_ZONES, LISTENERS, TABLES, Table

if TYPE_CHECKING:
    from groovelog.lake.run import Run
    from groovelog.lake.snapshot import Snapshot

_LATEST = """
    WITH latest AS (SELECT * FROM listeners QUALIFY row_number() OVER (PARTITION BY listener_id ORDER BY run_id DESC) = 1),
    zone AS (SELECT * FROM listener_zones
        QUALIFY row_number() OVER (PARTITION BY listener_id, from_date ORDER BY run_id DESC) = 1),
    zones AS (SELECT listener_id, list((from_date, timezone) ORDER BY from_date NULLS FIRST) AS zones FROM zone GROUP BY ALL),
    kept AS (SELECT listener_id, count(*) AS plays FROM plays GROUP BY ALL)
    SELECT listener_id, name, zones, invented, coalesce(plays, 0), origin
    FROM latest JOIN zones USING (listener_id) LEFT JOIN kept USING (listener_id)
    WHERE NOT removed ORDER BY name
"""

# DuckDB hands out an instant with the zone of its session; a local time without one needs no pytz.
_DECISIONS = "SELECT listener_id, shares, decided_at AT TIME ZONE 'UTC' FROM consents ORDER BY run_id"


def listeners(connection: duckdb.DuckDBPyConnection) -> list[Listener]:
    """Everybody, by name."""
    return [
        Listener(listener_id, name, tuple(zones), invented, plays, origin)
        for listener_id, name, zones, invented, plays, origin in connection.execute(_LATEST).fetchall()
    ]


def named(known: list[Listener], name: str) -> Listener:
    """The listener of that name. Raises NotFoundError, which lists who is known."""
    for person in known:
        if person.name == name:
            return person
    names = ", ".join(person.name for person in known) or "nobody yet"
    raise NotFoundError(f"There is no listener named {name}. Known: {names}.")


def own_named(known: list[Listener], name: str) -> Listener:
    """The listener of that name, who is one of this Groovelog. Raises NotFoundError as `named`, UsageError for a pulled one."""
    person = named(known, as_known(known, name))
    if person.origin is not None:
        raise UsageError(
            f"{person.name} came from the group's lake: "
            "only their own Groovelog changes what is kept of them, and learns from it."
        )
    return person


def as_known(known: list[Listener], name: str) -> str:
    """The name as the lake spells it, else composed (NFC): é may be one character or two, and looks the same."""
    composed = normalize("NFC", name)
    same = [person.name for person in known if normalize("NFC", person.name) == composed]
    return name if name in same else next(iter(same), composed)


def add(run: "Run", name: str, timezone: str, *, invented: bool) -> Listener:
    """A new listener under a random id, so that partitions and buckets show no names."""
    person = Listener(secrets.token_hex(8), name, ((None, timezone),), invented)
    state(run, person, removed=False)
    set_zone(run, person.listener_id, timezone)
    return person


def set_zone(run: "Run", listener_id: str, timezone: str, from_date: date | None = None) -> None:
    """The zone the listener lives in from a local date on; without one, from the beginning."""
    _row(run, LISTENER_ZONES, (listener_id, run.run_id, from_date, timezone))


def share(run: "Run", listener_id: str, shares: str, decided_at: datetime | None = None) -> None:
    """What the listener shows to others from now on, as they decided now unless told."""
    _row(run, CONSENTS, (listener_id, run.run_id, shares, decided_at or run.now))


def consents(snapshot: "Snapshot") -> dict[str, str]:
    """What each listener shows to others, by id; who never said is not in it."""
    return dict(snapshot.once("SELECT listener_id, arg_max(shares, run_id) FROM consents GROUP BY listener_id"))


def consents_since(snapshot: "Snapshot") -> dict[str, tuple[str, datetime | None]]:
    """What each listener shows to others, and since when they have said so without a break; by id, as in `consents`."""
    said: dict[str, tuple[str, datetime | None]] = {}
    for listener_id, shares, decided_at in snapshot.once(_DECISIONS):
        if listener_id not in said or said[listener_id][0] != shares:
            said[listener_id] = shares, decided_at
    return said


def remove(run: "Run", persons: list[Listener]) -> None:
    """Mark the listeners removed, and drop their partitions of every table."""
    for person in persons:
        state(run, person, removed=True)
    take_out(run, [person.listener_id for person in persons])


def take_out(run: "Run", listener_ids: list[str]) -> None:
    """Drop the listeners' partitions of every table."""
    for table in TABLES:
        if "listener_id" in table.partition_by:
            gone = [file for file in run.snapshot.files(table) if file.partition["listener_id"] in listener_ids]
            run.drop(table, gone)


def state(run: "Run", person: Listener, *, removed: bool) -> None:
    """What the listener is called, and whether they are here."""
    _row(run, LISTENERS, (person.listener_id, run.run_id, person.name, person.invented, removed, person.origin))


def _row(run: "Run", table: Table, values: tuple[object, ...]) -> None:
    run.connection.execute(f"CREATE OR REPLACE TABLE new_row AS SELECT * FROM {table.name} LIMIT 0")
    run.connection.execute(f"INSERT INTO new_row VALUES ({', '.join('?' * len(values))})", values)
    run.write(table, "SELECT * FROM new_row")
