"""What polls brought: when they were, what came of them, and which play is the newest that is known."""

from datetime import UTC, datetime, timedelta

from groovelog.lake.delta import Slice
from groovelog.lake.run import Run
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Poll
from groovelog.tables import COLLECTIONS, SOURCE_PLAYS

READ = "read"
API = "spotify_api"
# What Spotify itself says of plays. Scrobblers see some of them alone.
SPOTIFYS = (API, "spotify_extended", "spotify_account")
_AHEAD = timedelta(days=1)


def keep(run: Run, listener_id: str, poll: Poll) -> None:
    """Add the poll."""
    told = (run.run_id, poll.asked_at, poll.calls, poll.stored, poll.duplicates, poll.unreadable, poll.outcome)
    run.connection.execute("CREATE OR REPLACE TABLE new_poll AS SELECT * FROM collections LIMIT 0")
    run.connection.execute("INSERT INTO new_poll VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (listener_id, *told))
    run.write(COLLECTIONS, "SELECT * FROM new_poll", [Slice({"listener_id": listener_id})])


def since_read(snapshot: Snapshot, listener_id: str) -> list[Poll]:
    """The last poll that was read, and the failures after it, in order."""
    own = snapshot.cut(COLLECTIONS, listener_id)
    last = f"(SELECT max(run_id) FROM {own} WHERE outcome = '{READ}')"
    rows = snapshot.connection.execute(f"""
        SELECT asked_at::TIMESTAMP, outcome, calls, stored, duplicates, unreadable FROM {own}
        WHERE run_id >= coalesce({last}, '') ORDER BY run_id
    """).fetchall()
    return [Poll(asked_at.replace(tzinfo=UTC), *told) for asked_at, *told in rows]


def cursor(snapshot: Snapshot, listener_id: str, now: datetime) -> datetime | None:
    """The newest play that the Web API told; None where it told none.

    One that a day from now lies before does not count: it would hide all others. Too old a cursor costs nothing.
    """
    return _newest(snapshot, listener_id, (API,), now + _AHEAD)


def newest_known(snapshot: Snapshot, listener_id: str, up_to: datetime) -> datetime | None:
    """The newest play up to an instant that Spotify told, here or in an export."""
    return _newest(snapshot, listener_id, SPOTIFYS, up_to)


def _newest(snapshot: Snapshot, listener_id: str, sources: tuple[str, ...], up_to: datetime) -> datetime | None:
    ((newest,),) = snapshot.connection.execute(
        f"""
        SELECT max(stopped_at)::TIMESTAMP FROM {snapshot.cut(SOURCE_PLAYS, listener_id)}
        WHERE list_contains($sources, source) AND stopped_at <= $up_to
        """,
        {"sources": list(sources), "up_to": up_to.astimezone(UTC)},
    ).fetchall()
    return None if newest is None else newest.replace(tzinfo=UTC)
