"""The page of the group in Chromium: its numbers are those of the reports, and who did not agree is not on it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import listening
import pytest
from playwright.sync_api import expect

from conftest import NOW, Visit, serving, settled
from groovelog import pipeline
from groovelog.dashboard.texts.wording import counted, duration
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question, run

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]


def told(home: Home, name: str, **asked: Any) -> list[dict[str, Any]]:
    with open_snapshot(home.lake) as snapshot:
        rows: list[dict[str, Any]] = run(snapshot, name, Question(listener="Mara", **asked)).as_json()["rows"]
        return rows


@pytest.fixture
def three(tmp_path: Path, export: Path) -> Home:
    """Ida shows all, Wen nothing, Mara has not said."""
    home = Home(tmp_path / "home")
    for name in ("Ida", "Mara", "Wen"):
        pipeline.import_exports(home, [export], listener=name, timezone=listening.ZONE, now=NOW)
    pipeline.share(home, "Ida", "all", now=NOW)
    return home


@pytest.fixture
def three_address(three: Home) -> Iterator[str]:
    with serving(three.root) as url:
        yield url


def test_numbers_are_those_of_the_reports(demo_address: str, demo_home: Home, opened: Opened) -> None:
    page = opened(f"{demo_address}/group?listener=Mara&board=Time").page
    settled(page)
    pairs = told(demo_home, "compatibility")
    cells = page.locator(".st-key-triangle .annotation-text")
    expect(cells).to_have_count(len(pairs))
    assert sorted(cells.all_text_contents()) == sorted(str(pair["compatibility"]) for pair in pairs)
    sleeves = page.locator(".pair")
    for place, pair in enumerate(pairs[:3]):
        expect(sleeves.nth(place)).to_contain_text(f"{pair['listener']} and {pair['other']}")
        expect(sleeves.nth(place).locator(".score")).to_have_text(str(pair["compatibility"]))
    board = page.locator(".st-key-card-board .ranking li")
    for place, row in enumerate(told(demo_home, "leaderboard", by="time")):
        expect(board.nth(place)).to_contain_text(row["listener"])
        expect(board.nth(place)).to_contain_text(duration(row["ms_played"]))
        expect(board.nth(place)).to_contain_text(counted(row["plays"], "play", "plays"))
    first = told(demo_home, "who-heard-first", what="artist", top=1)[0]
    expect(page.locator(".firsts li").first).to_contain_text(first["name"])


def test_who_did_not_agree_is_named_as_not_in_and_told_of_nowhere(three_address: str, opened: Opened) -> None:
    page = opened(f"{three_address}/group?listener=Mara", 390).page
    settled(page)
    told_of = page.locator("[data-testid=stMainBlockContainer]").inner_text()
    assert "Ida" in told_of
    assert "Not in, and told of nowhere: Wen." in told_of
    assert told_of.count("Wen") == 1
    expect(page.locator(".sharing li")).to_have_count(1)
    expect(page.locator(".st-key-card-sharing")).to_contain_text("You see them, and show them nothing.")
    page.get_by_role("link", name="Change what you show").click()
    expect(page).to_have_url(re.compile(r"/settings"))


def test_where_nobody_shares_the_page_says_how_to(address: str, opened: Opened) -> None:
    page = opened(f"{address}/group").page
    expect(page.locator("h1")).to_have_text("Nobody shares with Mara yet.")
    expect(page.locator(".st-key-card-how")).to_contain_text("groovelog listeners share NAME all")
