"""Taste, discovery and playlists in Chromium: the numbers are those of the reports, presses go where they say."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from conftest import Visit, settled
from groovelog.dashboard.texts.wording import count, counted, percent
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question, run

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]
YEAR = date(2024, 1, 1), date(2024, 12, 31)


def report(home: Home, name: str, **asked: object) -> list[dict[str, object]]:
    with open_snapshot(home.lake) as snapshot:
        rows: list[dict[str, object]] = run(snapshot, name, Question(listener="Juno", **asked)).as_json()["rows"]
        return rows


def test_playlists_are_those_of_the_report_and_a_press_looks_inside(
    demo_address: str, demo_home: Home, opened: Opened
) -> None:
    page = opened(f"{demo_address}/playlists?listener=Juno").page
    settled(page)
    told = report(demo_home, "playlist-health")
    (share,) = [row["share"] for row in report(demo_home, "playlist-plays") if row["part"] == "any playlist"]
    expect(page.locator("h1")).to_contain_text(
        f"{counted(len(told), 'playlist holds', 'playlists hold')} {percent(share, 1)}"
    )
    rows = page.locator(".st-key-playlists .health")
    expect(rows).to_have_count(len(told))
    for place, row in enumerate(told):
        expect(rows.nth(place)).to_contain_text(counted(row["plays"], "play", "plays"))
    last = told[-1]
    page.locator(".st-key-playlists").get_by_role("link", name=last["playlist_name"]).click()
    expect(page.locator(".st-key-card-curve h3")).to_contain_text(last["playlist_name"])
    expect(page).to_have_url(re.compile("playlist=export"))
    settled(page)
    inside = [row for row in report(demo_home, "playlist-curve") if row["playlist_id"] == last["playlist_id"]]
    page.locator(".st-key-card-curve summary").click()
    expect(page.locator(".st-key-card-curve tbody tr")).to_have_count(len(inside))
    again = opened(page.url).page
    settled(again)
    expect(again.locator(".st-key-card-curve h3")).to_contain_text(last["playlist_name"])


def test_without_playlists_the_page_says_where_they_come_from(address: str, opened: Opened) -> None:
    page = opened(f"{address}/playlists").page
    expect(page.locator("h1")).to_have_text("No playlists yet.")
    page.get_by_role("link", name="Bring playlists in").click()
    expect(page).to_have_url(re.compile("/data"))


def test_taste_tells_what_the_reports_tell(demo_address: str, demo_home: Home, opened: Opened) -> None:
    page = opened(f"{demo_address}/taste?listener=Juno").page
    settled(page)
    leaders = [row["name"] for row in report(demo_home, "rank-movement", per="quarter", top=1)]
    for name in (leaders[0], leaders[-1]):
        expect(page.locator("h1")).to_contain_text(name)
    strongest = report(demo_home, "obsessions")[0]
    expect(page.locator(".burst h3")).to_contain_text(strongest["name"])
    expect(page.locator(".burst .amount b")).to_have_text(count(strongest["plays"]))
    back = report(demo_home, "comebacks", what="artist")
    page.locator(".st-key-card-comebacks summary").click()
    expect(page.locator(".st-key-card-comebacks tbody tr")).to_have_count(len(back))


def test_discovery_counts_as_the_report_does_and_keeps_what_was_asked_for_in_the_address(
    demo_address: str, demo_home: Home, opened: Opened
) -> None:
    page = opened(f"{demo_address}/discovery?listener=Juno&period=Year&at=2024&fate=Faded").page
    settled(page)
    told = Counter(row["fate"] for row in report(demo_home, "first-plays", from_date=YEAR[0], to_date=YEAR[1]))
    expect(page.locator("h1")).to_contain_text(counted(sum(told.values()), "new artist", "new artists"))
    expect(page.locator("h1")).to_contain_text(f"{count(told['stayed'])} stayed")
    rows = page.locator(".st-key-card-fates .named li")
    expect(rows).to_have_count(min(told["faded"], 24))
    page.get_by_role("radio", name="Stayed").or_(page.get_by_role("button", name="Stayed")).first.click()
    expect(rows).to_have_count(min(told["stayed"], 24))
    expect(page).not_to_have_url(re.compile("fate="))
