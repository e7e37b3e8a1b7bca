"""Every page in Chromium, on the invented listeners of the demo and on a home with little or nothing in it."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from conftest import Visit, settled
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
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_a_page_opens_on_the_demo(demo_address: str, opened: Opened, view: str, width: int, scheme: str) -> None:
    opens(opened(demo_address + path(view), width, scheme), demo_address, width, scheme)


@pytest.mark.parametrize("view", [page.view for page in PAGES])
def test_a_page_opens_on_a_few_plays_without_audio_features(address: str, opened: Opened, view: str) -> None:
    opens(opened(address + path(view), 390, "light"), address, 390, "light")


@pytest.mark.parametrize("view", [page.view for page in PAGES])
def test_a_page_opens_on_an_empty_home(bare_address: str, opened: Opened, view: str) -> None:
    opens(opened(bare_address + path(view), 1440, "dark"), bare_address, 1440, "dark")
