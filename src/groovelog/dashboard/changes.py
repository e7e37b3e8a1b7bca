"""Changes that pages make to the lake: one at a time, under the writer's lock, as the commands make them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from groovelog import pipeline
from groovelog.dashboard.texts import foryou
from groovelog.dashboard.texts import settings as texts
from groovelog.errors import GroovelogError, LakeBusyError
from groovelog.lake.home import Home

WAIT_S = 2.0  # for another writer; whoever looks at a page is told then


@dataclass(frozen=True)
class Outcome:
    """What became of a change, in words."""

    done: bool
    words: str


def move(home: Home, name: str, timezone: str, since: date | None) -> Outcome:
    """Give a listener another zone."""
    return _tried(
        lambda: pipeline.change_zone(home, name, timezone, from_date=since, now=datetime.now(UTC), wait_s=WAIT_S),
        texts.moved(name, timezone, since),
    )


def share(home: Home, name: str, shares: str) -> Outcome:
    """Say what a listener shows to the others."""
    return _tried(
        lambda: pipeline.share(home, name, shares, now=datetime.now(UTC), wait_s=WAIT_S), texts.shared(name, shares)
    )


def add(home: Home, name: str, timezone: str) -> Outcome:
    """Add a listener without plays."""
    return _tried(
        lambda: pipeline.add_listener(home, name, timezone, now=datetime.now(UTC), wait_s=WAIT_S),
        texts.added(name, timezone),
    )


def say(home: Home, name: str, key: str, verdict: str, context: str | None) -> Outcome:
    """Keep what a listener says of a song."""
    return _tried(
        lambda: pipeline.give_feedback(
            home, name, key, verdict, context, source="dashboard", now=datetime.now(UTC), wait_s=WAIT_S
        ),
        foryou.SAID[verdict],
    )


def _tried(change: Callable[[], object], done: str) -> Outcome:
    try:
        change()
    except LakeBusyError:
        return Outcome(False, texts.BUSY)
    except GroovelogError as error:
        return Outcome(False, error.message)
    return Outcome(True, done)
