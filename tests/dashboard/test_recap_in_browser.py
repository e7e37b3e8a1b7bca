"""The recap in the browser: card by card, by keys and by address, and saved."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import Visit, settled
from groovelog import reports
from groovelog.dashboard.texts.wording import duration
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]


def card(page: Page, *, says: str) -> None:
    expect(page.locator(".recap-card img")).to_have_attribute("alt", re.compile(re.escape(says)))


def listening_to_keys(page: Page) -> None:
    """Streamlit hears of a key a moment after it has drawn the button, and no sign of the page tells when."""
    expect(page.get_by_role("button", name="Next")).to_be_enabled()
    settled(page)
    page.wait_for_timeout(1000)


def test_the_keys_go_from_card_to_card_and_the_address_keeps_the_place(
    address: str, home: Home, opened: Opened
) -> None:
    page = opened(address + "/recap").page
    (row,) = (
        row
        for row in reports.run(open_snapshot(home.lake), "recap", Question(listener="Mara")).as_json()["rows"]
        if row["fact"] == "time-listened"
    )
    card(page, says=duration(row["ms_played"]))
    expect(page.locator(".position")).to_have_text("1 of 6")
    listening_to_keys(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".position")).to_have_text("2 of 6")
    card(page, says="Pollen Index")
    expect(page).to_have_url(re.compile(r"card=2"))
    page.reload()
    card(page, says="Pollen Index")
    listening_to_keys(page)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".position")).to_have_text("1 of 6")
    around = page.locator(".recap-card img").bounding_box()
    assert around is not None
    page.mouse.click(around["x"] + 0.7 * around["width"], around["y"] + 100)
    expect(page.locator(".position")).to_have_text("2 of 6")


def test_a_card_without_names_is_saved_as_a_picture_and_what_is_behind_it_can_be_read(
    address: str, opened: Opened, tmp_path: Path
) -> None:
    visit = opened(address + "/recap?card=2&names=false&recap-of=All+time", 390)
    page = visit.page
    card(page, says="You came back to One artist")
    settled(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save this card as PNG").click()
    assert saved.value.suggested_filename == "groovelog-recap-all-time-2.png"
    saved.value.save_as(tmp_path / "card.png")
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")
    page.get_by_text("What is behind it").click()
    rows = page.locator(".st-key-recap-behind tbody tr")
    expect(rows).to_have_count(24)
    expect(rows.first).to_contain_text("Electric Weather")
    assert visit.wrong == []
