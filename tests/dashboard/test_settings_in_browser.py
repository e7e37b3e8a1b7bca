"""The page of settings in Chromium, on a lake of the test's own."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import listening
import pytest
from filelock import FileLock
from playwright.sync_api import expect

from conftest import NOW, Visit, serving, settled, until
from groovelog import pipeline
from groovelog.dashboard.texts import settings as texts
from groovelog.lake.home import Home
from groovelog.lake.people import consents
from groovelog.lake.snapshot import open_snapshot

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]


@pytest.fixture
def own(tmp_path: Path, export: Path) -> Home:
    home = Home(tmp_path / "home")
    pipeline.import_exports(home, [export], listener="Mara", timezone=listening.ZONE, now=NOW)
    return home


@pytest.fixture
def own_address(own: Home) -> Iterator[str]:
    with serving(own.root) as url:
        yield url


def shown(home: Home) -> list[str]:
    with open_snapshot(home.lake) as snapshot:
        return list(consents(snapshot).values())


def test_what_is_said_holds_at_once_and_waits_for_nobody(own: Home, own_address: str, opened: Opened) -> None:
    visit = opened(f"{own_address}/settings", 390)
    page = visit.page
    settled(page)
    card = page.locator(".st-key-card-shares")
    expect(card.locator("h3")).to_have_text("Mara shows the others nothing")
    card.get_by_text("Counts and times", exact=True).click()
    expect(card.locator("h3")).to_have_text("Mara shows the others counts and times")
    assert shown(own) == ["totals"]
    with FileLock(own.root / "lake" / ".writer.lock"):
        card.get_by_text("Nothing", exact=True).click()
        expect(card.locator(".failure")).to_have_text(texts.BUSY)
    expect(card.locator("h3")).to_have_text("Mara shows the others counts and times")
    rule = page.locator(".st-key-card-rule")
    expect(rule.locator("h3")).to_contain_text(f"{listening.COUNTED} of {listening.PLAYS}")
    rule.get_by_text("every play", exact=True).click()
    expect(rule.locator("h3")).to_contain_text(f"{listening.PLAYS} of {listening.PLAYS}")
    expect(page).to_have_url(re.compile(r"count=every"))
    assert visit.wrong == []


def test_the_rule_chosen_here_counts_in_the_next_visit_unless_the_address_has_another(
    own_address: str, opened: Opened
) -> None:
    page = opened(f"{own_address}/settings?count=played+to+the+end", 1440).page
    settled(page)
    assert "groovelog" not in page.evaluate("document.cookie")  # an address alone keeps nothing
    page.locator(".st-key-card-rule").get_by_text("every play", exact=True).click()
    expect(page.locator(".st-key-card-rule h3")).to_contain_text(f"{listening.PLAYS} of {listening.PLAYS}")
    until(page, "document.cookie.includes('groovelog-count=all')")
    page.goto(own_address)
    settled(page)
    chip = page.locator(".st-key-chip button").first
    expect(chip).to_contain_text("every play")
    expect(page.locator(".st-key-card-facts")).to_contain_text(f"{listening.PLAYS}")
    page.goto(f"{own_address}/?count=half+the+track")
    settled(page)
    expect(chip).to_contain_text("half the track")


def test_the_theme_chosen_on_one_page_holds_on_all_in_the_next_visit(own_address: str, opened: Opened) -> None:
    page = opened(own_address, 1440).page
    settled(page)
    app = page.locator("[data-testid=stApp]")
    for theme, shown in (("Dark", "dark"), ("System", "light")):
        page.get_by_test_id("stMainMenu").get_by_role("button").click()
        page.get_by_test_id(f"stMainMenuItem-theme-{theme}").click()
        expect(app).to_have_attribute("data-groovelog-scheme", shown)
        page.wait_for_timeout(1000)
        for path in ("/settings", "/"):
            page.goto(own_address + path)
            settled(page)
            expect(app).to_have_attribute("data-groovelog-scheme", shown)
