"""Every page in Chromium, on the invented listeners of the demo and on a home with little or nothing in it."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from conftest import Visit, opening, settled, until
from groovelog.dashboard.pages import PAGES

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]
GROUND = {"light": "rgb(241, 240, 249)", "dark": "rgb(20, 18, 43)"}


def path(view: str) -> str:
    return next(f"/{page.address}" for page in PAGES if page.view == view)


def opens(visit: Visit, address: str, width: int, scheme: str) -> None:
    """It is drawn without a fault in the page or the console, from this host alone, in its theme, as wide as the window."""
    settled(visit.page)
    assert visit.page.locator(".failure").all_inner_texts() == []
    assert visit.wrong == []
    assert visit.hosts == {urlsplit(address).netloc}
    assert visit.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == GROUND[scheme]
    needed = (
        "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    assert visit.page.evaluate(needed) == width
    assert visit.page.locator("h1").count() == 1


@pytest.mark.parametrize("view", [page.view for page in PAGES])
def test_a_page_opens_on_the_demo(demo_address: str, opened: Opened, view: str) -> None:
    visit = opened(demo_address + path(view), 1440, "light")
    opens(visit, demo_address, 1440, "light")
    # The same on a phone at night; a visit of its own would ask every report again.
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.page.emulate_media(color_scheme="dark")
    expect(visit.page.locator("[data-testid=stApp][data-groovelog-scheme=dark]")).to_have_count(1)
    opens(visit, demo_address, 390, "dark")


class Tour:
    """One visit that goes from page to page, as Back and Forward do: the application is loaded once."""

    def __init__(self, visit: Visit, address: str, width: int, scheme: str) -> None:
        self.visit, self.address, self.width, self.scheme = visit, address, width, scheme
        settled(visit.page)

    def goes_to(self, view: str) -> None:
        self.visit.page.evaluate(GO, path(view))
        until(self.visit.page, "window.asked")
        opens(self.visit, self.address, self.width, self.scheme)


# In `asked` is whether the new page was asked for: until then the one before looks settled.
GO = """path => {
    const app = document.querySelector('[data-testid=stApp]');
    window.asked = false;
    new MutationObserver((_, observer) => { window.asked = true; observer.disconnect(); })
        .observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
    history.pushState({}, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
}"""


@pytest.fixture(scope="module")
def few_plays(address: str, context: BrowserContext) -> Iterator[Tour]:
    with opening(context) as opened:
        yield Tour(opened(address + path("questions"), 390, "light"), address, 390, "light")


@pytest.fixture(scope="module")
def no_plays(bare_address: str, context: BrowserContext) -> Iterator[Tour]:
    with opening(context) as opened:
        yield Tour(opened(bare_address + path("questions"), 1440, "dark"), bare_address, 1440, "dark")


@pytest.mark.parametrize("view", [page.view for page in PAGES])
def test_a_page_opens_on_a_few_plays_without_audio_features(few_plays: Tour, view: str) -> None:
    few_plays.goes_to(view)


@pytest.mark.parametrize("view", [page.view for page in PAGES])
def test_a_page_opens_on_an_empty_home(no_plays: Tour, view: str) -> None:
    no_plays.goes_to(view)
