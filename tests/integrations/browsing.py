"""A Chromium for what is served here, and what tells that a page of ours is drawn."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WAIT_MS = 90_000


@contextmanager
def opened() -> Iterator[Page]:
    """An empty page, in light colours, that takes certificates of our own."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium.new_context(ignore_https_errors=True, color_scheme="light").new_page()
        chromium.close()


def is_drawn(page: Page) -> None:
    """The script has run, and what it says has come by the websocket."""
    expect(page.locator("[data-testid=stApp][data-groovelog-scheme]")).to_have_count(1, timeout=WAIT_MS)
