"""Poll: ask for what a listener played last, keep it as one run, and see whether something was missed before it.

The cursor is the newest play kept, so it cannot move before the plays are on disk. A poll asks from two hours before it:
phones that were offline tell of their plays late.
"""

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from groovelog.errors import NotFoundError, SpotifyDown
from groovelog.lake import collections, compact, gaps
from groovelog.lake.home import Home
from groovelog.lake.run import Run, begins_again
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import FileReceipt, Gap, Listener, Poll
from groovelog.pipeline.matching import match_new
from groovelog.pipeline.running import running
from groovelog.pipeline.storing import decided, name_files, written
from groovelog.sources.found import Found, Unusable
from groovelog.sources.spotify_api import ASKED, LATEST, heard, items_of
from groovelog.sources.staging import create_staged, stage
from groovelog.sources.unpack import Readable
from groovelog.spotify.client import Client

OVERLAP = timedelta(hours=2)
# What receipts call it.
LABEL = "Web API/recently-played"

Page = dict[str, Any]


def poll(home: Home, listener_id: str, client: Client, now: datetime) -> tuple[Poll, Gap | None]:
    """Ask, and keep what came. Raises SpotifyError where nothing could be read, LakeError, NotFoundError."""
    with open_snapshot(home.lake) as snapshot:
        cursor = collections.cursor(snapshot, listener_id, now)
    sent = client.calls
    page = client.recently_played(after_ms=None if cursor is None else _ms(cursor - OVERLAP))
    return keep_page(home, listener_id, page, calls=client.calls - sent, now=now)


@begins_again
def keep_page(home: Home, listener_id: str, page: Page, *, calls: int, now: datetime) -> tuple[Poll, Gap | None]:
    """Keep a page of recently played tracks, as the Web API sends it, and the gap before it, if any.

    Raises SpotifyDown for an answer that is no such page, NotFoundError for a listener who is gone meanwhile.
    """
    try:
        items = items_of(page)
    except Unusable as error:
        raise SpotifyDown(f"Spotify answered, but not with plays: {error.reason}.") from error
    with running(home, now) as run, home.scratch_folder() as scratch:
        person = _still_here(run, listener_id)
        polls = collections.since_read(run.snapshot, listener_id)
        stretch = _missed(run, listener_id, items, polls)
        counts = _store(run, person, items, scratch) if items else None
        told = (counts.stored, counts.duplicates, counts.unreadable) if counts else (0, 0, 0)
        made = Poll(now, collections.READ, calls, *told)
        collections.keep(run, listener_id, made)
        gap = gaps.keep(run, listener_id, stretch, polls) if stretch else None
        run.publish("collect")
        compact.tidy(home, run)
    if made.stored:
        match_new(home, run.snapshot, now)
    return made, gap


@begins_again
def keep_failure(home: Home, listener_id: str, outcome: str, *, calls: int, now: datetime) -> None:
    """Keep that nothing could be read, and why; unless it is so since the last poll."""
    with open_snapshot(home.lake) as snapshot:
        before = collections.since_read(snapshot, listener_id)
    if before and before[-1].outcome == outcome:
        return
    with running(home, now) as run:
        _still_here(run, listener_id)
        collections.keep(run, listener_id, Poll(now, outcome, calls))
        run.publish("collect")


def _still_here(run: Run, listener_id: str) -> Listener:
    for person in run.snapshot.listeners():
        if person.listener_id == listener_id:
            return person
    raise NotFoundError("The listener was removed meanwhile.")


def _missed(run: Run, listener_id: str, items: list[Any], polls: list[Poll]) -> tuple[datetime, datetime] | None:
    plays = heard(items)
    if not plays:
        return None
    (_, first_length), (newest, _) = plays[0], plays[-1]
    known = collections.newest_known(run.snapshot, listener_id, up_to=newest)
    window = gaps.Window(len(items), tuple(played_at for played_at, _ in plays), first_length)
    return gaps.missed(window, gaps.known_before(known, polls))


def _store(run: Run, person: Listener, items: list[Any], scratch: Path) -> FileReceipt:
    """Keep the plays. Where all are known and sound nothing is written, and there is no receipt."""
    content = "[{}]".format(",".join(map(_json, items))).encode()
    found = Found(LABEL, LABEL, len(content), lambda: io.BytesIO(content))
    create_staged(run.connection)
    whole, _, damaged = stage(run.connection, [Readable(1, ASKED, found)], scratch, LATEST, lambda _: None)
    if damaged:
        raise SpotifyDown(f"Spotify answered, but not with plays: {damaged[0].reason}.")
    name_files(run.connection, whole, str)
    (counts,) = decided(run, person, {})
    if counts.unreadable or run.connection.execute("SELECT 1 FROM kept LIMIT 1").fetchall():
        written(run, person, [], [])
    return counts


def _json(item: Any) -> str:
    """NaN and infinity, which Python reads, are no JSON; such an item is a damaged one."""
    try:
        return json.dumps(item, allow_nan=False)
    except ValueError:
        return "null"


def _ms(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)
