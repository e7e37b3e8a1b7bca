"""From the years to one play: presses lead where they say, the address keeps it, numbers are those of the reports."""

import re
from collections.abc import Callable

import listening
import pytest
from playwright.sync_api import Page, expect

from conftest import Visit, settled
from groovelog.dashboard.texts.wording import NB, counted, duration
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question, run

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]
DESKTOP = 1440


def report(home: Home, name: str, **asked: object) -> list[dict[str, object]]:
    with open_snapshot(home.lake) as snapshot:
        rows: list[dict[str, object]] = run(snapshot, name, Question(listener="Mara", **asked)).as_json()["rows"]
        return rows


def session(page: Page) -> str:
    return page.locator(".st-key-card-session h3").inner_text()


def test_a_week_then_a_session_is_opened_and_stays_in_the_address(address: str, home: Home, opened: Opened) -> None:
    visit = opened(f"{address}/timeline", DESKTOP)
    page = visit.page
    settled(page)
    # So short a record is drawn by days, from 1 January on.
    page.locator(".st-key-years .bars .point").nth(14).click(force=True)
    expect(page).to_have_url(re.compile(r"at=2024-01-15"))
    expect(page.locator(".st-key-card-sessions .sub")).to_contain_text(f"15 to 28{NB}January{NB}2024")
    settled(page)
    told = report(
        home,
        "sessions",
        from_date=listening.MONDAY.date().replace(day=15),
        to_date=listening.MONDAY.date().replace(day=28),
    )
    blocks = page.locator(".st-key-blocks .bars .point")
    expect(blocks).to_have_count(len(told))
    before = session(page)
    for place in range(len(told)):
        blocks.nth(place).click(force=True)
        page.wait_for_timeout(500)
        settled(page)
        if session(page) != before:
            break
    assert session(page) != before
    expect(page).to_have_url(re.compile(r"session=[0-9a-f]{16}"))
    chosen = re.search(r"session=([0-9a-f]{16})", page.url)
    assert chosen is not None
    (row,) = [row for row in told if row["session_id"] == chosen[1]]
    expect(page.locator(".st-key-card-session .sub")).to_contain_text(
        counted(row["plays"], "counted play", "counted plays")
    )
    expect(page.locator(".st-key-card-session .sub")).to_contain_text(duration(row["ms_played"]))
    kept = session(page)
    page.reload()
    expect(page.locator(".st-key-card-session h3")).to_have_text(kept)
    assert visit.wrong == []


def test_the_keyboard_goes_where_the_pointer_goes(address: str, opened: Opened) -> None:
    page = opened(f"{address}/timeline?at=2024-01-15").page
    settled(page)
    page.get_by_role("button", name="Two weeks earlier").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"at=2024-01-01"))
    expect(page.locator(".st-key-card-sessions .sub")).to_contain_text(f"1 to 14{NB}January{NB}2024")


def test_from_home_to_what_is_behind_a_play_and_its_artist(address: str, home: Home, opened: Opened) -> None:
    visit = opened(address, DESKTOP)
    page = visit.page
    row = page.locator(".st-key-card-latest").locator('[class*="st-key-play-latest"]').first
    row.get_by_role("link", name="Electric Weather by Pollen Index").click()
    (totals,) = report(home, "overview", track="Electric Weather", artist="Pollen Index")
    expect(page.locator("h1")).to_have_text(
        f"Electric Weather: {counted(totals['counted_plays'], 'play', 'plays')}, {duration(totals['ms_played'])}."
    )
    expect(page).to_have_url(re.compile(r"/track\?.*id=Electric\+Weather"))
    page.get_by_role("link", name="Pollen Index").first.click()
    (totals,) = report(home, "overview", artist="Pollen Index")
    expect(page.locator("h1")).to_have_text(
        f"Pollen Index: {counted(totals['counted_plays'], 'play', 'plays')}, {duration(totals['ms_played'])}."
    )
    (track,) = report(home, "top-tracks", artist="Pollen Index")
    expect(page.locator(".st-key-card-tracks-of-one .ranking")).to_contain_text(
        counted(track["plays"], "play", "plays")
    )
    page.reload()
    expect(page.locator("h1")).to_contain_text("Pollen Index: ")
    settled(page)
    assert visit.wrong == []


def test_an_artist_whom_nobody_played_is_no_fault(address: str, opened: Opened) -> None:
    visit = opened(f"{address}/artist?name=%3Cb%3ENobody")
    expect(visit.page.locator("h1")).to_have_text("<b>Nobody: nothing that counts here.")
    assert visit.wrong == []


def test_a_story_opens_what_it_tells_of(address: str, opened: Opened) -> None:
    page = opened(address).page
    page.locator(".st-key-story-marigold-week").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/timeline\?.*at=2024-02-09"))
    expect(page.locator(".st-key-card-sessions .sub")).to_contain_text(f"29{NB}January to 9{NB}February{NB}2024")
