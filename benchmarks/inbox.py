"""One scrobble more: how long until it is safe on disk, and until a report shows its play.

    python -m benchmarks.inbox HOME

HOME has listeners and plays already; scrobbles of an invented artist are added to its first listener. The floor of an append
is a new file of the same bytes, synced.
"""

import argparse
import os
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from groovelog.lake import inbox
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import take_inbox
from groovelog.reports import Question, run
from groovelog.server.taking import LOOK_S

APPENDS = 400
ARTIST = "The Inbox Benchmark"
SOURCE = "listenbrainz"
SLOWEST_MS, A_MINUTE_S = 50, 60


def scrobble(number: int) -> dict[str, object]:
    """A flat row, minutes after the last of its kind."""
    at = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) + 240 * number
    return {"listened_at": at, "artist_name": ARTIST, "track_name": f"Song {number}"}


def synced(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def appending(home: Home, listener_id: str) -> list[dict[str, object]]:
    """Appends and floors in turn, in ms."""
    now = datetime.now(UTC)
    content = repr(scrobble(0)).encode()
    took: dict[str, list[float]] = {"floor": [], "append": []}
    with tempfile.TemporaryDirectory(dir=home.root) as name:
        for number in range(1, APPENDS + 1):
            began = time.perf_counter()
            synced(Path(name, str(number)), content)
            halfway = time.perf_counter()
            inbox.append(home, listener_id, SOURCE, [scrobble(number)], now=now)
            took["floor"].append(1000 * (halfway - began))
            took["append"].append(1000 * (time.perf_counter() - halfway))
    floor, append = (np.percentile(took[what], (50, 95)).tolist() for what in ("floor", "append"))
    return [
        {
            "what": f"append of one scrobble, {APPENDS} times", "p50_ms": round(append[0], 2), "p95_ms": round(append[1], 2),
            "ratio": round(append[0] / floor[0], 2), "target": f"≤ {SLOWEST_MS} ms",
        },
        {"what": "floor: a small file, synced", "p50_ms": round(floor[0], 2), "p95_ms": round(floor[1], 2), "ratio": 1.0},
    ]  # fmt: skip


def shown(home: Home, listener: str) -> bool:
    """Whether the scrobbles' artist stands in a report of their days."""
    with open_snapshot(home.lake) as snapshot:
        question = Question(listener=listener, from_date=date(2026, 1, 1), to_date=date(2026, 1, 31), top=5)
        return ARTIST in run(snapshot, "top-artists", question).rows.column("artist_name").to_pylist()


def visible(home: Home, listener: str, what: str) -> dict[str, object]:
    """From the moment a taker begins until a report has shown what it took. A batch waits `inbox.LONGEST_WAIT` before, and
    the server looks every `LOOK_S` seconds."""
    began, cpu = time.perf_counter(), time.process_time()
    take_inbox(home, now=datetime.now(UTC))
    taken = time.perf_counter() - began
    if not shown(home, listener):
        raise AssertionError(f"{what}: not in the report")
    wall = time.perf_counter() - began
    waited = inbox.LONGEST_WAIT.total_seconds() + LOOK_S
    return {
        "what": f"{what}: written, and shown by a report", "take_s": round(taken, 2), "wall_s": round(wall, 2),
        "cpu_s": round(time.process_time() - cpu, 2), "with_the_wait_s": round(wall + waited, 2),
        "target": f"≤ {A_MINUTE_S} s with the wait",
    }  # fmt: skip


def measured(root: Path, name: str) -> list[dict[str, object]]:
    home = Home(root)
    with open_snapshot(home.lake) as snapshot:
        person = snapshot.listeners()[0]
    inbox.append(home, person.listener_id, SOURCE, [scrobble(0)], now=datetime.now(UTC))
    one = visible(home, person.name, f"one scrobble into {name}")
    appends = appending(home, person.listener_id)
    return [*appends, one, visible(home, person.name, f"{APPENDS} scrobbles into {name}")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    for line in measured(parser.parse_args().home, "this home"):
        print(line)
