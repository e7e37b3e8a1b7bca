"""Listens per second that the server acknowledges, each on the disk by then: one by one, from several senders, in batches.

    python -m benchmarks.scrobbles

A server process of a new home, and HTTP senders beside it on the same machine. At the end each is counted once.
"""

import json
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import requests

from benchmarks.measure import RESULTS, groovelog, machine
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import add_listener
from groovelog.state import api_keys
from groovelog.state.database import open_state

FIRST = 1_600_000_000
ONE_BY_ONE, SENDERS, BATCHES, BATCH = 300, 8, 20, 1_000
LEAST_ONE_BY_ONE, LEAST_IN_BATCHES = 50, 200


def listen(number: int) -> dict[str, object]:
    return {
        "listened_at": FIRST + 240 * number,
        "track_metadata": {
            "track_name": f"Song {number}", "artist_name": "The Scrobble Benchmark", "release_name": "Album",
            "additional_info": {"duration_ms": 200_000, "media_player": "benchmark"},
        },
    }  # fmt: skip


class Sender:
    """One connection that is kept, as scrobbling programs do."""

    def __init__(self, address: str, key: str) -> None:
        self._address = address
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Token {key}"

    def send(self, *numbers: int) -> None:
        kind = "single" if len(numbers) == 1 else "import"
        body = {"listen_type": kind, "payload": [listen(number) for number in numbers]}
        self._session.post(f"{self._address}/1/submit-listens", data=json.dumps(body), timeout=60).raise_for_status()

    def count(self) -> int:
        answer = self._session.get(f"{self._address}/1/user/me/listen-count", timeout=60)
        answer.raise_for_status()
        return int(answer.json()["payload"]["count"])


def rate(what: str, listens: int, send: Callable[[], object], least: int | None = None) -> dict[str, object]:
    began = time.perf_counter()
    send()
    line: dict[str, object] = {"what": what, "listens_per_s": round(listens / (time.perf_counter() - began))}
    return line if least is None else {**line, "target": f"≥ {least}"}


def measured(address: str, key: str) -> list[dict[str, object]]:
    one = Sender(address, key)
    one.send(0)
    numbers = iter(range(1, 1_000_000))

    def singly() -> None:
        for _ in range(ONE_BY_ONE):
            one.send(next(numbers))

    def at_once() -> None:
        senders = [Sender(address, key) for _ in range(SENDERS)]
        share = [[next(numbers) for _ in range(ONE_BY_ONE // SENDERS)] for _ in senders]
        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(lambda sender, own: [sender.send(number) for number in own], senders, share))

    def in_batches() -> None:
        for _ in range(BATCHES):
            one.send(*(next(numbers) for _ in range(BATCH)))

    together = ONE_BY_ONE // SENDERS * SENDERS
    lines = [
        rate("one by one, one sender", ONE_BY_ONE, singly, LEAST_ONE_BY_ONE),
        rate(f"one by one, {SENDERS} senders", together, at_once),
        rate(f"in batches of {BATCH}", BATCHES * BATCH, in_batches, LEAST_IN_BATCHES),
    ]
    assert one.count() == 1 + ONE_BY_ONE + together + BATCHES * BATCH, "a listen is lost, or counted twice"
    return lines


def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        home = Home(Path(folder))
        add_listener(home, "me", "UTC", now=datetime.now(UTC))
        with open_snapshot(home.lake) as snapshot, open_state(home.root) as state:
            key, _ = api_keys.create(state, snapshot.listeners()[0].listener_id, "submit", datetime.now(UTC))
        command = groovelog(home.root, "serve", "--port", "0")
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            assert server.stderr is not None
            found = re.search(r"http://\S+", server.stderr.readline())
            assert found is not None
            try:
                lines = measured(found[0], key)
            finally:
                server.terminate()
    for line in lines:
        print(line)
    result = {"machine": machine(), "lines": lines}
    (RESULTS / "scrobbles.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
