"""Names that hold HTML and Markdown, on every page in Chromium: none of it runs, is fetched, or becomes an element."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import planted
import pytest
from playwright.sync_api import Page

from conftest import Visit, serving, settled
from groovelog.dashboard.pages import PAGES
from groovelog.lake.home import Home

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]
# What a name would have become. Names stand in figures as text, which Plotly makes bold where it takes them for HTML.
MADE = f"""() => [...document.querySelectorAll(
  "img[src='x'], img[src*='{planted.HOST}'], a[href^='//'], b.planted, .katex, [onerror]"
)].map(element => element.outerHTML.slice(0, 200))"""


def unharmed(page: Page, view: str) -> None:
    assert page.evaluate("window.planted") is None, view
    assert page.evaluate(MADE) == [], view


def test_a_name_stays_a_name_on_every_page(demo_home: Home, tmp_path: Path, opened: Opened) -> None:
    home = planted.fill(tmp_path / "home", demo_home, tmp_path)
    name = planted.LISTENERS[0]
    with serving(home.root) as address:
        # What artists and tracks are called is shown on pages of their own, too.
        asked = {"artist": {"name": planted.MARKUP}, "track": {"id": planted.MARKUP, "artist": planted.MARKUP}}
        visit = opened(f"{address}/?{urlencode({'listener': name})}", 1440, "light")
        for page in PAGES:
            query = urlencode({"listener": name, "person": name, **asked.get(page.view, {})})
            visit.page.goto(f"{address}/{page.address}?{query}")
            visit.page.wait_for_selector("h1")
            settled(visit.page)
            assert visit.page.locator(".failure").all_inner_texts() == []
            unharmed(visit.page, page.view)
            for figure in visit.page.locator(".js-plotly-plot .nsewdrag").all():
                figure.hover()
                unharmed(visit.page, f"{page.view}, a figure that is pointed at")
        assert visit.hosts == {urlsplit(address).netloc}
