"""The dashboard as a person meets it: served for real, opened in Chromium."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import listening
import pytest
from playwright.sync_api import Page, expect

from conftest import Visit, settled, until
from groovelog.dashboard.texts.wording import NB, count, duration
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question, run
from groovelog.reports.registry import BY_NAME

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]
PHONE, DESKTOP = 390, 1440


def report(home: Home, name: str, **asked: object) -> list[dict[str, object]]:
    with open_snapshot(home.lake) as snapshot:
        rows: list[dict[str, object]] = run(snapshot, name, Question(listener="Mara", **asked)).as_json()["rows"]
        return rows


def drawn(page: Page) -> None:
    """Wait for the figures of Timeline."""
    expect(page.locator(".js-plotly-plot")).to_have_count(3, timeout=20_000)


def width_needed(page: Page) -> int:
    needed: int = page.evaluate(
        "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    return needed


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [
        ("/questions?report=recap", PHONE, "light"),
        ("/questions?report=top-artists", DESKTOP, "dark"),
    ],
)
def test_a_question_opens_clean_from_this_host_alone_and_without_sideways_scroll(
    address: str, opened: Opened, path: str, width: int, scheme: str
) -> None:
    visit = opened(address + path, width, scheme)
    expect(visit.page.locator(".st-key-card-question table")).to_be_visible()
    assert visit.wrong == []
    assert visit.hosts == {urlsplit(address).netloc}
    assert width_needed(visit.page) == width
    ground = {"light": "rgb(241, 240, 249)", "dark": "rgb(20, 18, 43)"}[scheme]
    assert visit.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == ground
    assert visit.page.evaluate("document.fonts.load('16px \"Bricolage Grotesque\"').then(faces => faces.length)")


def test_numbers_are_those_of_the_reports(address: str, home: Home, opened: Opened) -> None:
    page = opened(address).page
    (totals,) = report(home, "overview")
    plays = report(home, "recent-plays", top=7, kind="track", count="30s")
    assert totals["counted_plays"] == listening.COUNTED
    facts = page.locator(".facts")
    expect(facts).to_contain_text(duration(totals["ms_played"]))
    expect(facts).to_contain_text(count(totals["counted_plays"]))
    expect(facts).to_contain_text(f"of {count(totals['plays'])} kept")
    expect(facts).to_contain_text(count(totals["days_with_plays"]))
    rows = page.locator(".st-key-card-latest .play")
    expect(rows).to_have_count(len(plays))
    for place, play in enumerate(plays):
        expect(rows.nth(place)).to_contain_text(play["track_name"])
        expect(rows.nth(place)).to_contain_text(play["local_time"])


def test_a_question_is_answered_as_the_report_answers_it(address: str, home: Home, opened: Opened) -> None:
    page = opened(address + "/questions?report=top-tracks&period=Month&at=2024-01").page
    rows = page.locator(".st-key-card-question tbody tr")
    told = report(home, "top-tracks", from_date=listening.JANUARY[0], to_date=listening.JANUARY[1])
    expect(rows).to_have_count(len(told))
    for place, track in enumerate(told):
        expect(rows.nth(place)).to_contain_text(track["track_name"])
        expect(rows.nth(place)).to_contain_text(str(track["plays"]))
    expect(page.locator(".st-key-card-question .sub")).to_have_text(BY_NAME["top-tracks"].definition)


def test_a_question_that_nothing_can_answer_is_told_so(address: str, opened: Opened) -> None:
    page = opened(address + "/questions?report=leaderboard").page
    expect(page.locator(".failure")).to_contain_text("Nobody else shows Mara counts and times.")


@pytest.mark.parametrize("path", ["/", "/timeline"])
def test_every_figure_tells_how_it_is_counted(address: str, opened: Opened, path: str) -> None:
    page = opened(address + path).page
    if path == "/timeline":
        drawn(page)
    for card in page.locator('[class*="st-key-card-"], [class*="st-key-story-"]').all():
        card.locator(".explain").click()
        told = card.locator(".explanation")
        expect(told).to_be_visible()
        for line in ("Period", "Counts", "Zone", "Europe/Lisbon", "kept plays"):
            expect(told).to_contain_text(line)
        page.keyboard.press("Escape")
        expect(told).to_be_hidden()
    whole = page.locator(".st-key-card-facts, .st-key-card-years").locator(".explanation")
    expect(whole).to_contain_text(f"{listening.COUNTED} of {listening.PLAYS}")


def test_a_month_pressed_is_opened_and_stays_in_the_address(address: str, home: Home, opened: Opened) -> None:
    page = opened(address + "/timeline").page
    drawn(page)
    bars = page.locator(".st-key-months .bars .point")
    bars.first.click(force=True)
    (january,) = report(home, "overview", from_date=listening.JANUARY[0], to_date=listening.JANUARY[1])
    expect(page.locator("h1")).to_contain_text(duration(january["ms_played"]), timeout=10_000)
    expect(page).to_have_url(re.compile(r"period=Month"))
    expect(page).to_have_url(re.compile(r"at=2024-01"))
    page.reload()
    expect(page.locator("h1")).to_contain_text(duration(january["ms_played"]), timeout=10_000)
    drawn(page)
    page.get_by_role("button", name="After").click()
    expect(page.locator("h1")).to_contain_text(f"February{NB}2024", timeout=10_000)


def test_figures_follow_the_theme_while_the_page_is_open(address: str, opened: Opened) -> None:
    page = opened(address + "/timeline").page
    drawn(page)
    tick = page.locator(".st-key-months .ytick text").first
    expect(tick).to_have_css("fill", "rgb(76, 72, 112)")
    page.emulate_media(color_scheme="dark")
    expect(tick).to_have_css("fill", "rgb(189, 184, 219)")


def test_an_upload_ends_with_its_receipt_and_then_the_first_page(
    empty_address: str, opened: Opened, tmp_path: Path
) -> None:
    told = listening.rows()
    told[3]["ms_played"] = -1
    upload = listening.write_export(tmp_path / "Mara's history.zip", [*told, told[0]])
    visit = opened(empty_address, PHONE)
    page = visit.page
    expect(page.locator("h1")).to_have_text("Own your listening history.")
    page.locator("input[type=file]").set_input_files(upload)
    page.get_by_role("button", name="Bring it in").click()
    paper = page.locator(".paper")
    expect(paper).to_contain_text("The sum is right: 41 + 1 + 1 = 43", timeout=30_000)
    expect(paper).to_contain_text("Mara's history.zip")
    expect(paper).to_contain_text(", for me")
    expect(page.locator(".st-key-card-not-used")).to_contain_text("ms_played")
    expect(page.locator(".st-key-card-not-used")).to_contain_text("Streaming_History_Audio_2024_0.json, row 4")
    expect(page.locator(".st-key-card-ignored-files")).to_contain_text("ReadMeFirst_ExtendedStreamingHistory.pdf")
    expect(page.locator("h1")).to_have_text(f"41{NB}plays kept. Every row is accounted for.")
    page.get_by_role("button", name="See what it tells").click()
    expect(page.locator("h1")).to_contain_text("of music")
    assert visit.wrong == []
    assert width_needed(page) == PHONE


def test_a_path_that_is_no_export_is_refused_in_a_sentence(empty_address: str, opened: Opened, tmp_path: Path) -> None:
    page = opened(f"{empty_address}/data").page
    page.get_by_text("Or name a file or folder on this machine").click()
    page.get_by_label("Path").fill(str(tmp_path / "nowhere.zip"))
    page.get_by_label("Path").press("Enter")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("alert")).to_contain_text("there is no such file")
    expect(page.locator(".paper")).to_have_count(0)


def test_what_takes_longer_than_half_a_second_says_so(address: str, opened: Opened) -> None:
    page = opened(address).page
    settled(page)
    light = """() => { const light = getComputedStyle(document.querySelector(".stApp"), "::before");
        return [light.content, light.animationName, light.animationDelay, light.opacity]; }"""
    assert page.evaluate(light)[0] == "none"
    page.evaluate("document.querySelector('.stApp').dataset.testScriptState = 'running'")
    assert page.evaluate(light) == ['""', "under-way", "0.5s", "0"]
    until(page, f"({light})()[3] === '1'")
