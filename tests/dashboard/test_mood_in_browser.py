"""The page of mood in Chromium: its numbers are those of the reports, and what is pressed opens."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from conftest import Visit, settled
from groovelog.dashboard.texts.mood import CORNERS
from groovelog.dashboard.texts.sound import CONTEXTS
from groovelog.dashboard.texts.wording import count, percent
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Answer, Question, run

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]


def told(home: Home, name: str, **asked: Any) -> Answer:
    with open_snapshot(home.lake) as snapshot:
        return run(snapshot, name, Question(listener="Mara", **asked))


def test_numbers_are_those_of_the_reports_and_a_week_pressed_is_opened(
    demo_address: str, demo_home: Home, opened: Opened
) -> None:
    page = opened(f"{demo_address}/mood?listener=Mara&contexts=Over+time").page
    settled(page)
    answer = told(demo_home, "overview")
    known = round((answer.coverage or 0) * answer.basis.counted_plays)
    expect(page.locator(".coverage b")).to_have_text(
        f"{percent(known, answer.basis.counted_plays)} of counted plays have audio features"
    )
    expect(page.locator(".coverage p").first).to_contain_text(
        f"({count(known)} of {count(answer.basis.counted_plays)})"
    )
    quadrants = page.locator(".quadrants li")
    for row in told(demo_home, "mood-quadrants").as_json()["rows"][:4]:
        cell = quadrants.filter(has_text=CORNERS[row["quadrant"]])
        expect(cell).to_contain_text(percent(row["share"], 1))
        expect(cell).to_contain_text(count(row["plays"]))
    contexts = page.locator(".contexts li")
    for row in told(demo_home, "contexts").as_json()["rows"][:5]:
        line = contexts.filter(has_text=CONTEXTS[row["context"]]).filter(has_text=row["rule"])
        expect(line).to_contain_text(percent(row["share"], 1))
        expect(line).to_contain_text(count(row["plays"]))
    # What was chosen is in the address, and so restored.
    expect(page.locator(".st-key-ridges-year")).to_be_visible()
    page.locator(".st-key-moodweeks .scatterlayer .trace").nth(3).locator(".point").last.click(force=True)
    expect(page).to_have_url(re.compile(r"period=Week"))
    expect(page).to_have_url(re.compile(r"at=\d{4}-W\d\d"))


def test_without_audio_features_the_page_says_what_brings_them(address: str, opened: Opened) -> None:
    page = opened(f"{address}/mood", 390, "dark").page
    settled(page)
    expect(page.locator("h1")).to_have_text("No audio features yet.")
    expect(page.locator(".st-key-card-bring-features")).to_contain_text("groovelog reference add FILE")
    assert page.locator("[data-testid=stPlotlyChart]").count() == 0
