"""Collect: write what waits in the inbox into the lake."""

import time
from contextlib import closing
from datetime import datetime, timedelta
from itertools import product

import duckdb

from groovelog.lake import inbox
from groovelog.lake.disk import disk_faults
from groovelog.lake.home import Home
from groovelog.lake.run import LONGEST_WAIT_S, begins_again, writing
from groovelog.lake.snapshot import connect, open_snapshot
from groovelog.model import FileReceipt, Receipt
from groovelog.pipeline.matching import match_new
from groovelog.pipeline.storing import name_files, store
from groovelog.sources.staging import create_staged, stage


def take_inbox(
    home: Home, *, now: datetime, least_age: timedelta = timedelta(0), wait_s: float = LONGEST_WAIT_S
) -> list[Receipt]:
    """Write what waits in the inbox into the lake, one run for each listener; batches that are `least_age` old, or long.

    Rows of a listener who is not in the lake are put aside, and of one who was erased, thrown away.
    Raises LakeBusyError after `wait_s` seconds of waiting for another process; what was not taken goes on waiting.
    """
    if not inbox.due(home, now, least_age):
        return []
    with disk_faults(home.root), inbox.taking(home, now, least_age, wait_s) as waiting:
        taken: list[Receipt | None] = []
        failures: list[duckdb.Error] = []
        for listener_id, batches in waiting.items():
            try:
                taken.append(_take(home, listener_id, batches, now, wait_s))
            except duckdb.Error as error:  # rows that cannot be written hold up their own listener alone
                failures.append(error)
        if failures:
            raise failures[0]
    kept = [receipt for receipt in taken if receipt is not None]
    if kept:
        with open_snapshot(home.lake) as snapshot:
            match_new(home, snapshot, now)
    return kept


@begins_again
def _take(home: Home, listener_id: str, batches: list[inbox.Batch], now: datetime, wait_s: float) -> Receipt | None:
    began = time.monotonic()
    batches = [batch for batch in batches if batch.path.exists()]  # a try before this one may have put some aside
    with (
        home.scratch_folder() as scratch,
        closing(connect(spill=scratch)) as connection,
        writing(home, connection, now, wait_s) as run,
    ):
        person = next((known for known in run.snapshot.listeners() if known.listener_id == listener_id), None)
        if person is None:
            inbox.refuse(home, run.snapshot, batches)
            return None
        create_staged(connection)
        readable = [batch.readable(no) for no, batch in enumerate(inbox.unpublished(run.snapshot, batches), 1)]
        whole, _, damaged = stage(connection, readable, scratch, now, lambda _: None)
        for batch, note in product(batches, damaged):
            if batch.label == note.file:
                inbox.put_aside(home, batch, note.reason)
        name_files(connection, whole, str)
        files: list[FileReceipt] = []
        if connection.execute("SELECT 1 FROM staged LIMIT 1").fetchall():
            files, by_kind = store(run, person, {}, [], [])
            run.publish("collect")
    inbox.remove(batches)
    if not files:
        return None
    return Receipt(
        run_id=run.run_id,
        listener=person.name,
        timezone=person.timezone,
        imported_at=now,
        files=tuple(files),
        failed_files=(),
        ignored_files=(),
        by_kind=by_kind,
        seconds=round(time.monotonic() - began, 3),
    )
