"""A group's evening: many members ask over HTTP while others look at the dashboard.

    python -m benchmarks.group_load [--home HOME] [--seconds 120] [--save]

A home of 25 members with a million plays each is made (half an hour) unless one is given. The server runs in a process of its
own, the load generator in this one, on the same machine. Twenty members, each with a key of their own, ask one report every
three seconds, each time of another period, so that no cache answers: from a day to a day, drawn with a seed. Meanwhile five
browsers go from page to page every ten seconds. Told are the latencies of the reports, errors, and the server's memory and
processor time; and the latencies once more without the first half minute, in which each member is asked of for the first time,
and what pages ask is compiled where no process did it before.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from benchmarks.import_speed import export
from benchmarks.measure import RESULTS, groovelog, machine
from benchmarks.pages import DRAWN, memory_mb
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.state import api_keys
from groovelog.state.database import open_state

MEMBERS, PLAYS = 25, 1_000_000
ASKING, LOOKING = 20, 5
EVERY_S, PAGE_S = 3.0, 10.0
WARM_S = 30.0
P95_MS, MEMORY_MB = 300, 2000
REPORT = "top-artists"
VIEWS = ("", "timeline", "rhythm", "tops", "discovery")
PORT = 8899


@dataclass
class Told:
    """What the load has seen so far; threads add to it. `since` is when it began, on the clock of `time.monotonic`."""

    since: float
    latencies_ms: list[float] = field(default_factory=list)
    warm_ms: list[float] = field(default_factory=list)
    late: int = 0
    errors: list[str] = field(default_factory=list)
    pages: int = 0


def made(home: Path) -> None:
    """Import the same million plays for each member: what they hear does not matter here."""
    archive = export(home.parent, PLAYS, seed=1)
    for number in range(1, MEMBERS + 1):
        words = ("import", str(archive), "--listener", f"member {number}", "--timezone", "Europe/Lisbon")
        subprocess.run(groovelog(home, *words), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def keys(home: Home) -> list[str]:
    """A key of scope read for each member."""
    with open_snapshot(home.lake) as snapshot:
        people = [person for person in snapshot.listeners() if person.plays]
    with open_state(home.root) as state:
        return [api_keys.create(state, person.listener_id, "read", datetime.now(UTC))[0] for person in people]


def ask(key: str, number: int, until: float, told: Told) -> None:
    """One member: a report every three seconds, whenever the one before came."""
    drawn = random.Random(number)  # noqa: S311 - no secret
    due = time.monotonic() + drawn.random() * EVERY_S
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        told.late += time.monotonic() - due > EVERY_S
        first = date(2012, 1, 1) + timedelta(drawn.randrange(2_000))
        last = first + timedelta(30 + drawn.randrange(2_500))
        query = urlencode({"from": first.isoformat(), "to": last.isoformat(), "top": 50})
        request = urllib.request.Request(
            f"http://127.0.0.1:{PORT}/api/v1/reports/{REPORT}?{query}", headers={"Authorization": f"Bearer {key}"}
        )
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
                rows = json.load(answer)["rows"]
            took = 1000 * (time.perf_counter() - began)
            told.latencies_ms.append(took)
            if time.monotonic() - told.since > WARM_S:
                told.warm_ms.append(took)
            if not rows:
                told.errors.append("no rows")
        except (HTTPError, URLError, TimeoutError) as error:
            told.errors.append(str(error))
        due += EVERY_S


def look(until: float, told: Told) -> None:
    """Five browsers, from page to page; Playwright wants one thread for all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        pages = [
            browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True).new_page()
            for _ in range(LOOKING)
        ]
        turn = 0
        while time.monotonic() < until:
            for number, page in enumerate(pages):
                began = time.monotonic()
                page.goto(f"http://127.0.0.1:{PORT}/{VIEWS[(turn + number) % len(VIEWS)]}?listener=member+{number + 1}")
                page.wait_for_function(DRAWN, timeout=60_000)
                told.pages += 1
                time.sleep(max(0.0, PAGE_S / LOOKING - (time.monotonic() - began)))
            turn += 1
        browser.close()


def measured(home: Path, seconds: float) -> dict[str, Any]:
    """Run the load against a server of its own."""
    members = keys(Home(home))[:ASKING]
    server = subprocess.Popen(
        groovelog(home, "serve", "--port", str(PORT)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait()
        told, until = Told(time.monotonic()), time.monotonic() + seconds
        before_s = processor_s(server.pid)
        threads = [threading.Thread(target=ask, args=(key, number, until, told)) for number, key in enumerate(members)]
        for thread in threads:
            thread.start()
        look(until, told)
        for thread in threads:
            thread.join()
        peak, used_s = memory_mb(server.pid), processor_s(server.pid) - before_s
    finally:
        server.terminate()
        server.wait()
    cuts, warm = statistics.quantiles(told.latencies_ms, n=100), statistics.quantiles(told.warm_ms, n=100)
    return {
        "members": MEMBERS, "report": REPORT, "asking": len(members), "dashboards": LOOKING, "seconds": seconds,
        "reports": len(told.latencies_ms), "median_ms": round(cuts[49]), "p95_ms": round(cuts[94]), "p99_ms": round(cuts[98]),
        "warm_median_ms": round(warm[49]), "warm_p95_ms": round(warm[94]), "target_p95_ms": P95_MS,
        "late": told.late, "errors": len(told.errors), "first_errors": told.errors[:3],
        "pages": told.pages, "server_cpu_s": round(used_s, 1), "peak_mb": round(peak), "target_mb": MEMORY_MB,
    }  # fmt: skip


def processor_s(pid: int) -> float:
    """Seconds of processor time of a process so far, of all its threads (proc(5), fields 14 and 15 of stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait() -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz"):
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError("The server does not answer.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a home of 25 members that is there")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--save", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as folder:
        where = given.home or Path(folder, "home")
        if given.home is None:
            made(where)
        result = measured(where, given.seconds)
    print(json.dumps(result, indent=1))
    if given.save:
        saved = {"machine": machine(), "at": f"{datetime.now(UTC):%Y-%m-%d}", **result}
        (RESULTS / "group_load.json").write_text(json.dumps(saved, indent=1) + "\n")
