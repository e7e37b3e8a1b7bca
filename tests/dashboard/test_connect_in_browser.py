"""The page Connect in Chromium, against a stand-in Spotify over HTTP: from nothing to plays, and back."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Visit, free_port, serving, settled
from groovelog.dashboard.texts import connect as texts
from groovelog.demo.catalogue import invent
from groovelog.demo.standin import Account, App, Clock, Listed, Standin, served
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.state import sign_ins
from groovelog.state.database import open_state

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]
PLAYS = 6
SONG = timedelta(minutes=3)
CATALOGUE = invent(7, count=12)


@dataclass
class Place:
    """A Groovelog with nothing in it, and the Spotify it speaks to."""

    home: Home
    address: str
    standin: Standin

    def plays(self) -> int:
        with open_snapshot(self.home.lake) as snapshot:
            return sum(person.plays for person in snapshot.listeners())

    def connected(self) -> list[str | None]:
        with open_state(self.home.root) as state:
            return [sign_in.display_name for sign_in in sign_ins.all_of(state)]


def songs(until: datetime) -> tuple[Listed, ...]:
    """A row of whole tracks, the last of which ended then."""
    ends = [until - number * SONG for number in range(PLAYS)]
    return tuple(
        Listed(CATALOGUE.tracks[number], end - SONG, end, end, None) for number, end in reversed(list(enumerate(ends)))
    )


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    port = free_port()
    callback = f"http://127.0.0.1:{port}/callback"
    now = datetime.now(UTC)
    apps = [App("client-a", "secret-a", (callback,))]
    ann = Account("ann", "Ann of Spotify", plays=songs(now - timedelta(minutes=5)))
    standin = Standin(Clock(now, runs=True), [ann], apps, items=CATALOGUE.items)
    with served(standin) as spotify:
        for name, value in {
            "SPOTIFY_CLIENT_ID": "client-a", "SPOTIFY_CLIENT_SECRET": "secret-a", "SPOTIFY_REDIRECT_URI": callback,
            "GROOVELOG_SPOTIFY_API_URL": f"{spotify}/v1", "GROOVELOG_SPOTIFY_ACCOUNTS_URL": spotify,
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        home = Home(tmp_path / "home")
        with serving(home.root, port) as address:
            yield Place(home, address, standin)


def wrong(visit: Visit) -> list[str]:
    """What went wrong, but for the icon that the stand-in's page of consent has not."""
    return [told for told in visit.wrong if not told.endswith("/favicon.ico")]


def photographed(page: Page, name: str) -> None:
    """For whoever wants to look: GROOVELOG_TEST_PICTURES names a folder."""
    if folder := os.environ.get("GROOVELOG_TEST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_from_the_welcome_to_plays_and_back(place: Place, opened: Opened) -> None:
    visit = opened(place.address)
    page = visit.page
    settled(page)
    page.get_by_role("link", name="Connect to Spotify").click()
    expect(page.locator("h1")).to_have_text("New plays can come by themselves.")
    settled(page)
    photographed(page, "not-connected")
    page.get_by_role("link", name=texts.CONNECT, exact=True).click()
    # Spotify's own page.
    page.get_by_role("button", name="Approve").click()
    page.wait_for_url(f"{place.address}/spotify?listener=me")
    expect(page.locator("h1")).to_have_text("me is connected.")
    settled(page)
    card = page.locator(".st-key-card-account")
    expect(card).to_contain_text("Ann of Spotify")
    expect(card).to_contain_text("of 480 in any 24 hours")
    expect(page.locator(".st-key-card-scopes h3")).to_have_text("Everything that Groovelog reads is allowed")
    page.get_by_role("button", name=texts.COLLECT).click()
    expect(page.locator(".done")).to_contain_text(f"{PLAYS}\u00a0new plays, 0 known already")
    assert place.plays() == PLAYS
    expect(card).to_contain_text(f"{PLAYS}\u00a0new plays")
    photographed(page, "connected")
    page.get_by_role("link", name="Home").first.click()
    # The first page of a home that had no plays until now compiles every question that it asks.
    expect(page.locator(".st-key-card-latest .play")).to_have_count(PLAYS, timeout=60_000)
    page.goto(f"{place.address}/spotify")
    settled(page)
    page.get_by_role("button", name=texts.DISCONNECT, exact=True).click()
    page.get_by_role("button", name=texts.KEEP).click()
    assert place.connected() == ["Ann of Spotify"]
    page.get_by_role("button", name=texts.DISCONNECT, exact=True).click()
    page.get_by_text(texts.ERASE, exact=True).click()
    page.get_by_role("button", name=texts.REALLY).click()
    expect(page.locator(".done")).to_contain_text("me is disconnected.")
    expect(page.locator("h1")).to_have_text("New plays can come by themselves.")
    assert (place.connected(), place.plays()) == ([], 0)
    assert wrong(visit) == []


def test_whose_consent_has_ended_is_told_and_signs_in_again(place: Place, opened: Opened) -> None:
    visit = opened(f"{place.address}/spotify?listener=Ann", 390, "dark")
    page = visit.page
    page.get_by_role("combobox", name=texts.WHOM).first.fill("Ann")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("New plays can come by themselves.")
    settled(page)
    page.get_by_role("link", name=texts.CONNECT, exact=True).click()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("h1")).to_have_text("Ann is connected.")
    settled(page)
    place.standin.oauth.withdraw("ann")
    page.get_by_role("button", name=texts.COLLECT).click()
    expect(page.locator("h1")).to_have_text("Ann has to sign in again.")
    expect(page.locator(".failure").first).to_contain_text("has ended this listener's consent")
    settled(page)
    photographed(page, "ended")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == 390
    page.get_by_role("link", name=texts.AGAIN).first.click()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("h1")).to_have_text("Ann is connected.")
    assert wrong(visit) == []
