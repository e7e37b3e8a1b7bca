"""Numbers for Prometheus: what the server did since it started, and what is kept, worked out when somebody asks.

No label holds a name or an id of a listener.
"""

import logging
import math
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from groovelog.config import Settings
from groovelog.lake import inbox
from groovelog.lake.gaps import gaps
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot
from groovelog.pipeline.backup import records
from groovelog.state import sign_ins
from groovelog.state.database import State

# A gap may also end, or begin, without a run; so that is looked up again after a while.
LAKE_S = 300
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The numbers of one server; `handler` counts what is logged."""

    def __init__(self, home: Home, state: State, snapshot: Callable[[], Snapshot]) -> None:
        self._registry = CollectorRegistry()
        self._took = Histogram(
            "groovelog_http_request_duration_seconds", "Time until an answer was sent, by the route's template.",
            ("method", "route", "status"), registry=self._registry, buckets=BUCKETS,
        )  # fmt: skip
        self._errors = Counter(
            "groovelog_errors", "Warnings and errors logged.", ("level", "logger"), registry=self._registry
        )
        self.handler: logging.Handler = _Counting(self._errors)
        ProcessCollector(registry=self._registry)
        self._registry.register(Kept(home, state, snapshot))

    def seen(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._took.labels(method, route, str(status)).observe(seconds)

    def page(self) -> bytes:
        """All of it, in Prometheus' text format. Raises LakeError and StateError, as what it reads does."""
        return generate_latest(self._registry)


class Kept(Collector):
    """What the inbox, state.db and the lake say. The lake is asked anew when it has changed, or after LAKE_S seconds."""

    def __init__(self, home: Home, state: State, snapshot: Callable[[], Snapshot]) -> None:
        self._home, self._state, self._snapshot = home, state, snapshot
        self._asking = threading.Lock()
        self._of_lake: tuple[tuple[str | None, int], list[Metric]] | None = None

    def describe(self) -> list[Metric]:
        """Nothing: to be registered does not read the lake."""
        return []

    def collect(self) -> Iterator[Metric]:
        now = datetime.now(UTC)
        yield from _inbox(self._home, now)
        yield from _backups(self._home, now)
        yield from _spotify(self._home, self._state, now)
        yield from self._lake(now)

    def _lake(self, now: datetime) -> list[Metric]:
        with self._asking:
            snapshot = self._snapshot()
            at = snapshot.run_id, int(now.timestamp()) // LAKE_S
            if self._of_lake is None or self._of_lake[0] != at:
                self._of_lake = at, list(_of_lake(snapshot, self._state, now))
            return self._of_lake[1]


def _inbox(home: Home, now: datetime) -> Iterator[Metric]:
    waiting = inbox.backlog(home)
    yield GaugeMetricFamily("groovelog_inbox_batches", "Batches that wait in the inbox.", waiting.batches)
    yield GaugeMetricFamily("groovelog_inbox_bytes", "Bytes that wait in the inbox.", waiting.bytes)
    age = (now - waiting.since).total_seconds() if waiting.since else 0.0
    yield GaugeMetricFamily(
        "groovelog_inbox_oldest_seconds", "How long the oldest batch of the inbox waits.", max(0.0, age)
    )
    yield GaugeMetricFamily(
        "groovelog_inbox_aside_batches", "Batches put aside, for they cannot be written.", waiting.aside
    )


def _backups(home: Home, now: datetime) -> Iterator[Metric]:
    made = records.all_of(home)
    age = max(0.0, (now - made[0].made_at).total_seconds()) if made else math.inf
    yield GaugeMetricFamily(
        "groovelog_backup_age_seconds", "How old the last backup is; endless where there is none.", age
    )


def _spotify(home: Home, state: State, now: datetime) -> Iterator[Metric]:
    # 0.3 s that the start of a server can do without.
    from groovelog.reports.connections import app_uses  # noqa: PLC0415

    calls = GaugeMetricFamily("groovelog_spotify_calls_24h", "Calls of the Web API in 24 hours.", labels=["app"])
    left = GaugeMetricFamily(
        "groovelog_spotify_quota_left", "Calls that the app's developer account may still send.", labels=["app"]
    )
    blocked = GaugeMetricFamily("groovelog_spotify_blocked", "1 while an app may send nothing.", labels=["app"])
    for app in app_uses(state, Settings().spotify(home), now):
        calls.add_metric([app.client_id], app.calls_24h)
        left.add_metric([app.client_id], app.calls_left)
        blocked.add_metric([app.client_id], float(app.blocked_until is not None))
    yield from (calls, left, blocked)
    connected = GaugeMetricFamily(
        "groovelog_spotify_sign_ins", "Sign-ins to Spotify, by how they stand.", labels=["state"]
    )
    found = [sign_in.state for sign_in in sign_ins.all_of(state)]
    for name in ("ok", "reauth_required"):
        connected.add_metric([name], found.count(name))
    yield connected


def _of_lake(snapshot: Snapshot, state: State, now: datetime) -> Iterator[Metric]:
    people = snapshot.listeners()
    yield GaugeMetricFamily("groovelog_listeners", "Listeners in the lake.", len(people))
    yield GaugeMetricFamily("groovelog_plays", "Plays kept.", sum(person.plays for person in people))
    (imports,) = snapshot.connection.execute("SELECT count(*) FROM commits WHERE verb = 'import'").fetchall()
    yield CounterMetricFamily("groovelog_imports", "Imports published.", imports[0])
    polls = CounterMetricFamily("groovelog_polls", "Polls of the Web API, by what came of them.", labels=["outcome"])
    query = "SELECT outcome, count(*) FROM collections GROUP BY outcome ORDER BY outcome"
    for outcome, count in snapshot.connection.execute(query).fetchall():
        polls.add_metric([outcome], count)
    yield polls
    missed = gaps(snapshot, now, [sign_in.listener_id for sign_in in sign_ins.all_of(state)])
    open_gaps = sum(gap.closed_at is None for gap in missed)
    yield GaugeMetricFamily(
        "groovelog_gaps_open", "Stretches in which plays were likely missed, not closed yet.", open_gaps
    )


class _Counting(logging.Handler):
    """Counts warnings and errors, by the program's part that logs them."""

    def __init__(self, errors: Counter) -> None:
        super().__init__(logging.WARNING)
        self._errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        self._errors.labels(record.levelname.lower(), record.name.partition(".")[0]).inc()
