"""Rhythm and tops as a person meets them: their numbers are the reports', and what is pressed is told and kept."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from conftest import Visit, settled
from groovelog.dashboard.texts.wording import NB, count, counted, duration
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question, run

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]


def report(home: Home, name: str, **asked: Any) -> list[dict[str, Any]]:
    with open_snapshot(home.lake) as snapshot:
        rows: list[dict[str, Any]] = run(snapshot, name, Question(listener="Mara", **asked)).as_json()["rows"]
        return rows


def card(page: Page, name: str) -> Any:
    return page.locator(f".st-key-card-{name}")


def test_rhythm_tells_the_numbers_of_the_reports(address: str, home: Home, opened: Opened) -> None:
    page = opened(f"{address}/rhythm").page
    settled(page)
    (often,) = report(home, "frequency")
    workdays, weekend = report(home, "weekparts")
    (longest, *_) = report(home, "streaks", top=5)
    facts = card(page, "facts")
    expect(facts).to_contain_text("Fri 23:00")
    expect(facts).to_contain_text(
        duration(workdays["ms_played"] / (workdays["calendar_days"] + weekend["calendar_days"]))
    )
    expect(facts).to_contain_text(f"of {count(often['calendar_days'])}")
    expect(card(page, "streaks").locator(".bars li").first).to_contain_text(counted(longest["days"], "day", "days"))
    expect(card(page, "weekparts").locator("h3")).to_contain_text(duration(weekend["ms_per_day"]))
    expect(card(page, "calendar").locator(".figure-foot")).to_contain_text(f"36{NB}counted plays")


def test_an_hour_and_a_day_that_are_pressed_are_told_and_kept(address: str, opened: Opened) -> None:
    page = opened(f"{address}/rhythm").page
    settled(page)
    page.locator(".st-key-week .scatterlayer .point").nth(4 * 24 + 23).click(force=True)
    told = card(page, "week").locator(".pressed")
    expect(told).to_contain_text("Friday, 23:00 to 24:00")
    expect(told).to_contain_text(f"24{NB}plays in all. Number 1 of the 168 hours")
    expect(page).to_have_url(re.compile(r"cell=5-23"))
    page.goto(f"{address}/rhythm?cell=5-23&day=2024-01-01")
    expect(card(page, "calendar").locator(".pressed")).to_have_text(
        f"Monday, 1{NB}January{NB}2024: 6{NB}min in 2{NB}plays of 1{NB}track by 1{NB}artist."
    )
    expect(told).to_contain_text("Friday, 23:00 to 24:00")


def test_tops_rank_as_the_reports_do_by_kind_and_measure(address: str, home: Home, opened: Opened) -> None:
    page = opened(f"{address}/tops").page
    settled(page)
    rows = card(page, "ranking").locator(".ranking li")
    artists = report(home, "top-artists")
    expect(rows).to_have_count(len(artists))
    for place, artist in enumerate(artists):
        expect(rows.nth(place)).to_contain_text(artist["artist_name"])
        expect(rows.nth(place)).to_contain_text(counted(artist["plays"], "play", "plays"))
    page.get_by_role("radio", name="Tracks").click()
    page.get_by_role("radio", name="Days").click()
    tracks = report(home, "top-tracks", by="days")
    expect(rows.first).to_contain_text(tracks[0]["track_name"])
    expect(rows.first).to_contain_text(counted(tracks[0]["days"], "day", "days"))
    expect(page).to_have_url(re.compile(r"kind=Tracks"))
    expect(page).to_have_url(re.compile(r"by=Days"))
    page.reload()
    expect(rows.first).to_contain_text(tracks[0]["track_name"])


def test_a_month_is_held_against_the_one_before(address: str, home: Home, opened: Opened) -> None:
    page = opened(f"{address}/tops?period=Month&at=2024-02", 390).page
    settled(page)
    assert report(home, "top-artists")[0]["artist_name"] == "Pollen Index"
    expect(card(page, "ranking").locator(".moved").first).to_have_text("as before")
    expect(card(page, "ranking").locator(".sub")).to_contain_text(f"January{NB}2024")
    (february, january, _) = report(home, "compare", from_date=date(2024, 2, 1), to_date=date(2024, 2, 9))
    expect(card(page, "against")).to_contain_text(count(february["counted_plays"]))
    expect(card(page, "against")).to_contain_text(f"{count(january['counted_plays'])} before")
