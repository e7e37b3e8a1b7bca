"""How long a person waits for a page: in Chromium, against the server as it is started from the shell.

    python -m benchmarks.pages [--home HOME] [--save NAME]

Without a home, that of `groovelog demo`. From a press on a page's link, or on a period, until the script has run and every
figure is drawn: the median of ten. Each page is opened once before; a period is looked at for the first time in the first of
ten, and from then on remembered, so that the slowest is told, too. `first view` is from the start of the server's process
until a browser without a cache shows the first page, and `open` is the same without the start.
"""

import argparse
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks.measure import groovelog, keep
from groovelog.dashboard.pages import PAGES, Entry
from groovelog.dashboard.periods import ALL_TIME, MONTH, YEAR

TIMES = 10
STARTED_MS = 4000  # by then a press has begun something
FIRST_S, PAGE_S, PERIOD_S, MEMORY_MB = 3.0, 1.0, 0.7, 1000
DRAWN = """
() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'
  && document.querySelectorAll('.skeleton, [data-stale=true]').length === 0
  && document.querySelectorAll('h1').length > 0
  && document.querySelectorAll('[data-testid=stPlotlyChart]').length
    === document.querySelectorAll('.js-plotly-plot .main-svg:first-of-type').length
"""
# A run may be over before it is seen: they are counted, of whatever element stands for the app at the time. One that begins
# and ends between two drawings of the browser changes no attribute, and is seen by the headline that it left.
BEGUN = "([runs, headline]) => window.groovelogRuns > runs || document.querySelector('h1')?.innerText !== headline"
COUNT = """
() => {
  window.groovelogRuns = 0;
  new MutationObserver((changes) => {
    if (changes.some((change) => change.target.dataset.testScriptState === 'running')) window.groovelogRuns += 1;
  }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-test-script-state'] });
}
"""


def took(page: Page, press: Callable[[], None]) -> float:
    """Seconds from a press until everything is drawn."""
    # Nobody presses within milliseconds of what they see; a link that is pressed while the page is put together is lost.
    page.wait_for_timeout(200)
    before = page.evaluate("[window.groovelogRuns, document.querySelector('h1')?.innerText]")
    began = time.perf_counter()
    press()
    page.wait_for_function(BEGUN, arg=before, polling=5, timeout=STARTED_MS)
    page.wait_for_function(DRAWN, polling=20)
    return time.perf_counter() - began


def to(page: Page, entry: Entry) -> float:
    """Go to a page by its link; the menu that holds it is opened first. A press that comes to nothing is told, and repeated."""
    try:
        return _pressed(page, entry)
    except PlaywrightTimeout:
        print(f"The link to {entry.title} was pressed twice.", flush=True)
        page.keyboard.press("Escape")
        return _pressed(page, entry)


def _pressed(page: Page, entry: Entry) -> float:
    link = page.get_by_test_id("stTopNavLink").filter(has_text=entry.title)
    if entry.section:
        page.get_by_test_id("stTopNavSection").filter(has_text=entry.section).click()
        link = page.get_by_test_id("stTopNavDropdownLink").filter(has_text=entry.title)
        link.wait_for()
    return took(page, link.first.click)


def changes(page: Page) -> list[float]:
    """A period after the other, of which the first has not been looked at."""
    control = page.get_by_test_id("stButtonGroup").first
    kinds = [YEAR, ALL_TIME, MONTH] * TIMES
    return [took(page, control.get_by_role("radio", name=kind, exact=True).click) for kind in kinds[:TIMES]]


def row(what: str, seconds: list[float], target: float) -> dict[str, Any]:
    return {
        "what": what, "median_s": round(statistics.median(seconds), 2), "slowest_s": round(max(seconds), 2), "target_s": target,
        "within": statistics.median(seconds) <= target,
    }  # fmt: skip


def pages(browser: Browser, address: str) -> list[dict[str, Any]]:
    page = browser.new_page(bypass_csp=True, viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_function(DRAWN)
    page.wait_for_timeout(1000)  # once the page has told its theme, the script runs again
    page.evaluate(COUNT)
    shown = [entry for entry in PAGES if not (entry.hidden or entry.owner)]
    rows = []
    for entry in shown:
        if entry is not PAGES[0]:
            to(page, entry)
    back = {entry.view: shown[place - 1] for place, entry in enumerate(shown)}
    for entry in shown:
        seconds = []
        # The one before was looked at last: a press on the link of the page one is on changes nothing.
        for time_no in range(TIMES):
            if time_no:
                to(page, back[entry.view])
            seconds.append(to(page, entry))
        rows.append(row(f"to {entry.title}", seconds, PAGE_S))
        print(rows[-1], flush=True)
        if page.locator(".st-key-periods").count():
            rows.append(row(f"period of {entry.title}", changes(page), PERIOD_S))
            print(rows[-1], flush=True)
            took(page, page.get_by_test_id("stButtonGroup").first.get_by_role("radio", name=ALL_TIME, exact=True).click)
    page.close()
    return rows


def first_views(home: Path, browser: Browser) -> tuple[list[dict[str, Any]], subprocess.Popen[bytes], str]:
    """The first view after each of three starts; the last server stays."""
    started, opened = [], []
    for number in range(3):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        began = time.perf_counter()
        server = subprocess.Popen(
            groovelog(home, "serve", "--port", str(port)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while not _answers(address):
            time.sleep(0.05)
        there = time.perf_counter()
        context = browser.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(address)
        page.wait_for_function(DRAWN, polling=20)
        started.append(time.perf_counter() - began)
        opened.append(time.perf_counter() - there)
        context.close()
        if number < 2:
            server.terminate()
            server.wait()
    return [row("first view after the start", started, FIRST_S), row("open", opened, FIRST_S)], server, address


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz"):  # noqa: S310 - our own server
            return True
    except URLError:
        return False


def memory_mb(process: int) -> float:
    """The peak of resident memory."""
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    (peak,) = (line for line in status if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def main(home: Path, save: str | None) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        rows, server, address = first_views(home, browser)
        for one in rows:
            print(one, flush=True)
        try:
            rows += pages(browser, address)
            peak = memory_mb(server.pid)
            rows.append(
                {
                    "what": "memory of the process",
                    "peak_mb": round(peak),
                    "target_mb": MEMORY_MB,
                    "within": peak <= MEMORY_MB,
                }
            )
            print(rows[-1])
        finally:
            server.terminate()
            browser.close()
    if save:
        keep("pages.json", save, rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a lake that is there")
    parser.add_argument("--save", help="keep the results under this name")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as folder:
        where = given.home or Path(folder)
        if given.home is None:
            subprocess.run(groovelog(where, "demo", "--no-serve"), check=True, stdout=subprocess.DEVNULL)
        main(where, given.save)
