"""Who looked at what others share: kept for the one looked at, once a day for each looker and each thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from groovelog.state.database import State, instant, stored

NOTED = timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """That a viewer used what is shared; `what` is the page "group", or the name of a report. `at` is the latest time."""

    viewer_id: str
    what: str
    at: datetime


def note(state: State, viewer_id: str, listener_ids: Iterable[str], what: str, now: datetime) -> None:
    """Keep that the viewer looked, of each of these whom they have not looked at since yesterday. To ask does not write."""
    with state.reading() as connection:
        query = "SELECT listener_id FROM looks WHERE viewer_id = ? AND what = ? AND at > ?"
        known = {one for (one,) in connection.execute(query, (viewer_id, what, stored(now - NOTED)))}
    rows = [(viewer_id, one, what, stored(now)) for one in listener_ids if one not in known and one != viewer_id]
    if rows:
        with state.writing() as connection:
            connection.executemany(
                "INSERT INTO looks (viewer_id, listener_id, what, at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET at = excluded.at",
                rows,
            )


def at(state: State, listener_id: str) -> list[Look]:
    """Who looked at this listener, the latest first."""
    with state.reading() as connection:
        query = "SELECT viewer_id, what, at FROM looks WHERE listener_id = ? ORDER BY at DESC, viewer_id, what"
        rows = connection.execute(query, (listener_id,)).fetchall()
    return [Look(viewer_id, what, instant(when)) for viewer_id, what, when in rows]
