"""Data in the browser: its parts by address, taking everything along, being forgotten, and two tabs that import at once."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import listening
import pytest
from playwright.sync_api import expect

from conftest import Visit, serving, settled
from groovelog import pipeline, reports
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]


def test_the_parts_tell_what_their_reports_tell(address: str, home: Home, opened: Opened) -> None:
    visit = opened(address + "/data?part=Sources", 390)
    page = visit.page
    (source,) = reports.run(open_snapshot(home.lake), "sources", Question(listener="Mara")).as_json()["rows"]
    expect(page.locator(".st-key-card-sources h3")).to_contain_text("One source tells everything since 1")
    page.locator(".st-key-numbers-sources summary").click()
    expect(page.locator(".st-key-numbers-sources tbody")).to_contain_text(f"{source['rows']}")
    page.get_by_role("tab", name="Matches").click()
    expect(page.locator(".st-key-card-matches")).to_contain_text(
        "0 % of counted plays have audio features (0 of 36)".replace(" ", "\u00a0", 1)
    )
    expect(page.locator(".st-key-card-matches")).to_contain_text("groovelog reference download")
    expect(page).to_have_url(re.compile("part=Matches"))
    page.get_by_role("tab", name="Quality").click()
    expect(page.locator(".st-key-card-quality h3")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == 390
    assert visit.wrong == []


def test_a_listener_takes_everything_along_and_is_forgotten(home: Home, opened: Opened, tmp_path: Path) -> None:
    shutil.copytree(home.root, tmp_path / "home")
    with serving(tmp_path / "home") as address:
        page = opened(address + "/data?part=Export%2C+forget").page
        settled(page)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Make and save the zip of Mara").click()
        assert saved.value.suggested_filename == "groovelog-export-parquet.zip"
        erase = page.get_by_role("button", name="Erase for good")
        expect(erase).to_be_disabled()
        page.get_by_label("Type Mara to confirm").fill("Tom")
        page.get_by_label("Type Mara to confirm").press("Enter")
        expect(erase).to_be_disabled()
        page.get_by_label("Type Mara to confirm").fill("Mara")
        page.get_by_label("Type Mara to confirm").press("Enter")
        expect(erase).to_be_enabled()
        erase.click()
        expect(page.locator(".st-key-card-forgotten h3")).to_contain_text("Mara is erased")
        expect(page.locator("h1")).to_contain_text("Bring your history.")
        assert open_snapshot(Home(tmp_path / "home").lake).listeners() == []


def test_a_second_tab_is_told_that_another_import_is_under_way(
    empty_address: str, opened: Opened, tmp_path: Path
) -> None:
    # Long enough to be under way while the other tab is asked.
    told = [row | {"ts": f"20{year:02d}{row['ts'][4:]}"} for year in range(10, 24) for row in listening.rows()] * 200
    large = listening.write_export(tmp_path / "large.zip", told)
    small = listening.write_export(tmp_path / "small.zip", listening.rows())
    first, second = (opened(f"{empty_address}/data").page for _ in range(2))
    for page, export in ((first, large), (second, small)):
        page.locator("input[type=file]").set_input_files(export)
        expect(page.get_by_role("button", name="Bring it in")).to_be_enabled()
    first.get_by_role("button", name="Bring it in").click()
    expect(first.locator(".st-key-card-under-way")).to_be_visible()
    second.get_by_role("button", name="Bring it in").click()
    expect(second.get_by_role("alert")).to_contain_text("Another import is under way")
    expect(first.locator(".paper")).to_contain_text("The sum is right", timeout=60_000)
    expect(second.locator(".paper")).to_contain_text("The sum is right", timeout=60_000)
    assert len(pipeline.receipts(Home(tmp_path / "home"))) == 1
