"""A lake with a few plays, a server for it in a process of its own, and a browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.error import URLError

import listening
import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from two_members import Group

from calling import COMMAND
from groovelog import pipeline
from groovelog.dashboard import served, viewing
from groovelog.dashboard.pages import PAGES
from groovelog.lake.home import Home

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NOW = datetime(2024, 3, 1, tzinfo=UTC)
START_SECONDS = 30
REPORTS_MS = 90_000
DEMO_SECONDS = 180

# Before it finds where it is served from, Streamlit asks below the page's own path. Nothing else may be wrong.
KNOWN_404 = tuple(f"/{page.address}/_stcore/{asked}" for page in PAGES for asked in ("health", "host-config"))

SERVE = "import sys, pathlib; from groovelog.server import serve; from groovelog.lake.home import Home; "
SERVE += "serve(Home(pathlib.Path(sys.argv[1])), port=int(sys.argv[2]), dashboard_only='beside' in sys.argv)"


expect.set_options(timeout=20_000)  # a busy machine draws a page in more than Playwright's 5 s


@pytest.fixture(autouse=True)
def own_main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page runs as the main module. It must not stay that: processes that later tests spawn would run the page."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@dataclass
class Visit:
    """A page in the browser, with what went wrong in it and the hosts it asked."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def told(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.location["url"].endswith(KNOWN_404):
            self.wrong.append(f"{message.type}: {message.text} {message.location['url']}")

    def asked(self, request: Any) -> None:
        if request.url.startswith("http"):
            self.hosts.add(request.url.split("/")[2])


Opened = Callable[..., Visit]


def settled(page: Page) -> None:
    """Wait until the script has run, and every figure of the page is drawn."""
    # A page may ask a dozen reports, of which none is remembered yet. It runs again once it knows the theme.
    expect(page.locator("[data-testid=stApp][data-groovelog-scheme]")).to_have_count(1, timeout=REPORTS_MS)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=REPORTS_MS
    )
    expect(page.locator(".skeleton")).to_have_count(0)
    until(
        page,
        "document.querySelectorAll('[data-testid=stPlotlyChart]').length"
        " === document.querySelectorAll('.js-plotly-plot .main-svg:first-of-type').length",
    )


def until(page: Page, holds: str) -> None:
    """Wait for an expression to hold. Playwright's own way evaluates text inside the page, which our pages forbid."""
    given_up = time.monotonic() + REPORTS_MS / 1_000
    while not page.evaluate(holds):
        assert time.monotonic() < given_up, f"not so: {holds}"
        page.wait_for_timeout(20)


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return listening.write_export(tmp_path_factory.mktemp("export") / "my_spotify_data.zip", listening.rows())


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, export: Path) -> Home:
    """A home in which Mara's six weeks are kept."""
    filled = Home(tmp_path_factory.mktemp("home"))
    pipeline.import_exports(filled, [export], listener="Mara", timezone=listening.ZONE, now=NOW)
    return filled


@pytest.fixture(scope="session")
def address(home: Home) -> Iterator[str]:
    with serving(home.root) as url:
        yield url


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home that `groovelog demo` fills: three invented listeners, a reference, a group. Once for all workers."""
    root = tmp_path_factory.getbasetemp()
    shared = (root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root) / "demo"
    done = shared / "done"
    try:
        shared.mkdir()
    except FileExistsError:
        given_up = time.monotonic() + DEMO_SECONDS
        while not done.exists() and time.monotonic() < given_up:
            time.sleep(0.2)
    else:
        command = [*COMMAND, "--home", str(shared / "home"), "demo", "--no-serve"]
        subprocess.run(command, check=True, capture_output=True)
        done.touch()
    assert done.exists(), "the demo was not filled"
    return Home(shared / "home")


@pytest.fixture(scope="session")
def demo_address(demo_home: Home) -> Iterator[str]:
    with serving(demo_home.root, beside=True) as url:  # each worker has a server for the one home
        yield url


@pytest.fixture(scope="session")
def bare_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A home with nothing in it, for looking alone."""
    with serving(tmp_path_factory.mktemp("bare") / "home") as url:
        yield url


@pytest.fixture
def empty_address(tmp_path: Path) -> Iterator[str]:
    with serving(tmp_path / "home") as url:
        yield url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(root: Path, port: int | None = None, *, beside: bool = False) -> Iterator[str]:
    """A server of the home; `beside` others that have it."""
    port = port or free_port()
    words = [str(root), str(port), *(["beside"] if beside else [])]
    with subprocess.Popen([sys.executable, "-c", SERVE, *words], env=os.environ) as server:
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{url}/healthz")
            yield url
        finally:
            server.terminate()


def _wait_for(url: str) -> None:
    given_up = time.monotonic() + START_SECONDS
    while time.monotonic() < given_up:
        try:
            with urllib.request.urlopen(url):  # noqa: S310 - our own server
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {url}")


@pytest.fixture(scope="session")
def context() -> Iterator[BrowserContext]:
    """One for all tests: Plotly's 4.7 MB are fetched once."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as started, ExitStack() as stack:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        stack.callback(chromium.close)
        yield chromium.new_context(timezone_id=listening.ZONE, locale="en-GB")


@pytest.fixture
def opened(context: BrowserContext) -> Iterator[Opened]:
    with opening(context) as open_at:
        yield open_at


@contextmanager
def opening(context: BrowserContext) -> Iterator[Opened]:
    """Open an address at a width and in a theme, and wait for its headline."""
    context.clear_cookies()  # a rule that another test chose would count here
    with ExitStack() as stack:

        def open_at(url: str, width: int = 1440, scheme: Literal["light", "dark"] = "light") -> Visit:
            page = context.new_page()
            stack.callback(page.close)
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            visit = Visit(page)
            page.on("console", visit.told)
            page.on("pageerror", lambda error: visit.wrong.append(str(error)))
            page.on("request", visit.asked)
            page.goto(url)
            page.wait_for_selector("h1")
            return visit

        yield open_at


@pytest.fixture
def group(filled: Group, tmp_path: Path) -> Iterator[Group]:
    """A copy of the home for each test."""
    made = replace(filled, home=Home(tmp_path / "home"))
    shutil.copytree(filled.home.root, made.home.root)
    served.publish(made.home, for_group=True)
    yield made
    served.publish(made.home)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The cookies of the browser that the pages are shown in."""
    cookies: dict[str, str] = {}
    monkeypatch.setattr(viewing, "cookies", lambda: cookies)
    return cookies
