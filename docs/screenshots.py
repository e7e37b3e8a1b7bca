"""Write the pictures of the documents: python docs/screenshots.py [PATTERN]. Needs Chromium.

The demo's listeners, every page, wide and narrow, light and dark, into docs/pictures/.
"""

import socket
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from groovelog.dashboard.pages import PAGES
from groovelog.demo.catalogue import invent
from groovelog.demo.export import SEED, write_exports
from groovelog.demo.reference import LICENCE, write_reference
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import import_exports, share
from groovelog.pipeline.references import add_reference
from groovelog.reports import Question, run
from groovelog.server import asgi_app

PICTURES = Path(__file__).parent / "pictures"
WIDTHS = {1440: 900, 390: 844}
SCHEMES = ("light", "dark")
SETTLE_MS = 800


def lake(home: Home) -> None:
    """The demo's listeners, with audio features, who show each other everything."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        people = write_exports(Path(folder), end=now.date())
        for person in people:
            import_exports(
                home, list(person.paths), listener=person.name, timezone=person.timezone, now=now, invented=True,
                labels={path: path.name for path in person.paths},
            )  # fmt: skip
        path, _ = write_reference(Path(folder), invent(SEED), SEED)
        add_reference(home, path, licence=LICENCE, now=now)
    for person in people:
        share(home, person.name, "all", now=now)


def serve(home: Home) -> str:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(asgi_app(home, port), log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    return f"http://127.0.0.1:{port}"


def addresses(home: Home) -> dict[str, str]:
    """Where each page has something to show: artist and track are those played most by whom a first visit shows."""
    with open_snapshot(home.lake) as snapshot:
        first = min(snapshot.listeners(), key=lambda person: person.name).name
        (track,) = run(snapshot, "top-tracks", Question(listener=first, top=1)).rows.to_pylist()
    artist = track["artist_name"]
    return {entry.view: f"/{entry.address}" for entry in PAGES} | {
        "tops": "/tops?period=Year",
        "questions": "/questions?report=top-artists",
        "artist": f"/artist?{urlencode({'name': artist})}",
        "track": f"/track?{urlencode({'id': track['track_name'], 'artist': artist})}",
    }


def take(browser: Browser, address: str, paths: dict[str, str], wanted: str) -> None:
    for scheme in SCHEMES:
        for width, height in WIDTHS.items():
            context = browser.new_context(
                bypass_csp=True,  # `wait_for_function` evaluates text in the page
                viewport={"width": width, "height": height}, color_scheme=scheme, timezone_id="Europe/Lisbon",
                locale="en-GB",
            )  # fmt: skip
            page = context.new_page()
            for name, path in paths.items():
                target = PICTURES / f"{name}-{width}-{scheme}.png"
                if wanted in target.name:
                    page.set_viewport_size({"width": width, "height": height})
                    page.goto(address + path)
                    settle(page)
                    whole(page)
                    page.screenshot(path=target)
                    print(target)  # noqa: T201 (a script)
            context.close()


def settle(page: Page) -> None:
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
    # Plotly arrives as 4.7 MB of script with the first chart.
    page.wait_for_function(
        "document.querySelectorAll('[data-testid=stPlotlyChart]').length"
        " === document.querySelectorAll('.js-plotly-plot .main-svg:first-of-type').length"
    )
    page.wait_for_timeout(SETTLE_MS)


def whole(page: Page) -> None:
    """Streamlit scrolls inside the page: make the window as high as what it holds."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height + 80})
    page.wait_for_timeout(SETTLE_MS)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Home(Path(folder))
        lake(home)
        address = serve(home)
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        take(chromium, address, addresses(home), sys.argv[1] if len(sys.argv) > 1 else "")
        chromium.close()
