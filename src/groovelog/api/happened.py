"""What happened to a listener, worked out of what is kept: runs, gaps, sign-ins, the report obsessions.

Each event belongs to a run of the lake, and runs are counted as they are published: whoever has seen all up to one run
misses nothing that comes later. Times would not do, for a long import is published after a short one that began later.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from groovelog import reports
from groovelog.errors import NothingToTell
from groovelog.lake import gaps
from groovelog.lake.snapshot import Snapshot
from groovelog.metrics.rules import LEAST_BURST
from groovelog.model import Gap, Listener
from groovelog.reports import Question
from groovelog.spotify.quota import iso
from groovelog.state import sign_ins
from groovelog.state.database import State
from groovelog.state.sign_ins import MONTH
from groovelog.tables import COLLECTIONS, GAPS, RECEIPTS, SOURCE_PLAYS

Event = dict[str, Any]
REMEMBERED = 100


@dataclass(frozen=True)
class Run:
    """A published run of the lake."""

    number: int
    run_id: str
    verb: str
    at: datetime


def happened(snapshot: Snapshot, state: State, person: Listener) -> list[Event]:
    """Every event of a listener, in no order."""
    key = (str(snapshot.lake), snapshot.run_id, person)
    kept = _of_lake.get(key)
    if kept is None:
        runs = _runs(snapshot)
        kept = [event for of in (_imports, _gaps, _obsessions, _ended_consents) for event in of(snapshot, person, runs)]
        if len(_of_lake) >= REMEMBERED:
            _of_lake.clear()
        _of_lake[key] = kept
    return [*kept, *_ending_consents(snapshot, state, person)]


_of_lake: dict[tuple[str, str | None, Listener], list[Event]] = {}


def _event(kind: str, run: Run, person: Listener, key: str, about: dict[str, Any]) -> Event:
    tail = hashlib.sha256(f"{kind} {person.listener_id} {key}".encode()).hexdigest()[:12]
    return {
        "id": f"{run.number:08}-{tail}",
        "kind": kind,
        "at": run.at,
        "run": run.run_id,
        "listener": person.name,
        "about": about,
    }


def _runs(snapshot: Snapshot) -> dict[str, Run]:
    """Every run by its id, in order."""
    rows = snapshot.once("SELECT number, run_id, verb, committed_at::TIMESTAMP FROM commits ORDER BY number")
    return {run_id: Run(number, run_id, verb, at.replace(tzinfo=UTC)) for number, run_id, verb, at in rows}


def _imports(snapshot: Snapshot, person: Listener, runs: dict[str, Run]) -> Iterator[Event]:
    own = snapshot.cut(RECEIPTS, person.listener_id)
    sums = "sum(rows)::BIGINT, sum(stored)::BIGINT"
    for run_id, rows, stored in snapshot.once(f'SELECT run_id, {sums} FROM "{own}" GROUP BY run_id'):
        run = runs[run_id]
        if run.verb == "import":
            yield _event("import_done", run, person, run_id, {"run": run_id, "rows": rows, "stored": stored})


def _gaps(snapshot: Snapshot, person: Listener, runs: dict[str, Run]) -> Iterator[Event]:
    own = snapshot.cut(GAPS, person.listener_id)
    found = {
        began.replace(tzinfo=UTC): run_id
        for began, run_id in snapshot.once(f'SELECT began_at::TIMESTAMP, run_id FROM "{own}"')
    }
    if not found:
        return
    by_time = {run.at: run for run in runs.values()}
    for gap in gaps.gaps(snapshot, max(by_time), ()):
        if gap.listener_id != person.listener_id:
            continue
        key = iso(gap.began_at)
        yield _event("gap_opened", runs[found[gap.began_at]], person, key, _of_gap(gap))
        if gap.closed_at is not None:
            yield _event("gap_closed", by_time[gap.closed_at], person, key, _of_gap(gap))


def _of_gap(gap: Gap) -> dict[str, Any]:
    ended = gap.ended_at and iso(gap.ended_at)
    return {"from": iso(gap.began_at), "to": ended, "cause": gap.cause, "expected_plays": gap.expected_plays}


def _obsessions(snapshot: Snapshot, person: Listener, runs: dict[str, Run]) -> Iterator[Event]:
    try:
        bursts = reports.run(snapshot, "obsessions", Question(person.name)).as_json()["rows"]
    except NothingToTell:
        return
    for burst, run_id in zip(bursts, _brought_by(snapshot, person, bursts), strict=True):
        if run_id is not None:
            name, artist, first = burst["name"], burst["artist_name"], burst["from_date"]
            about = {
                "track_name": name,
                "artist_name": artist,
                "from": first,
                "to": burst["to_date"],
                "plays": burst["plays"],
            }
            yield _event("obsession", runs[run_id], person, f"{name}\n{artist}\n{first}", about)


def _brought_by(snapshot: Snapshot, person: Listener, bursts: list[dict[str, Any]]) -> list[str | None]:
    """The run that each was known from: the first by which one source had told enough of its plays, else the last of any.

    None where no row has its names: a recording may be told by those of another entry.
    """
    if not bursts:
        return []
    rows = snapshot.connection.execute(
        f"""
        WITH burst AS (SELECT unnest($places) AS place, unnest($names) AS name, unnest($artists) AS artist,
            unnest($firsts)::TIMESTAMPTZ - INTERVAL 1 DAY AS first, unnest($lasts)::TIMESTAMPTZ + INTERVAL 2 DAY AS last),
        told AS (
            SELECT place, source, list_sort(list(run_id)) AS runs
            FROM burst JOIN "{snapshot.cut(SOURCE_PLAYS, person.listener_id)}" AS play
                ON track_name = name AND artist_name = artist AND started_at BETWEEN first AND last
            WHERE counted GROUP BY place, source
        )
        SELECT place, coalesce(min(runs[{LEAST_BURST}]), max(runs[-1])) FROM told GROUP BY place
        """,
        {
            "places": list(range(len(bursts))),
            "names": [burst["name"] for burst in bursts],
            "artists": [burst["artist_name"] for burst in bursts],
            "firsts": [date.fromisoformat(burst["from_date"]) for burst in bursts],
            "lasts": [date.fromisoformat(burst["to_date"]) for burst in bursts],
        },
    ).fetchall()
    found = dict(rows)
    return [found.get(place) for place in range(len(bursts))]


def _ended_consents(snapshot: Snapshot, person: Listener, runs: dict[str, Run]) -> Iterator[Event]:
    own = snapshot.cut(COLLECTIONS, person.listener_id)
    for (run_id,) in snapshot.once(f"SELECT run_id FROM \"{own}\" WHERE outcome = 'reauth_required'"):
        yield _event("consent_due", runs[run_id], person, run_id, {"ends": None})


def _ending_consents(snapshot: Snapshot, state: State, person: Listener) -> Iterator[Event]:
    """A month before Spotify's consent ends; with the first run after that: polls are runs."""
    sign_in = sign_ins.of(state, person.listener_id)
    if sign_in is None:
        return
    ends = sign_in.consent_expires_at
    run = next((run for run in _runs(snapshot).values() if run.at >= ends - MONTH), None)
    if run is not None:
        yield _event("consent_due", run, person, iso(ends), {"ends": iso(ends)})
