"""The playlist lab in Chromium: a press changes the order, nothing is written, and files are what the page shows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from conftest import Visit, settled
from groovelog.dashboard.texts import lab as texts

pytestmark = pytest.mark.browser

Opened = Callable[..., Visit]


def test_an_arc_is_tried_out_and_taken_along(demo_address: str, opened: Opened, tmp_path: Path) -> None:
    visit = opened(f"{demo_address}/playlist-lab?listener=Juno")
    page = visit.page
    settled(page)
    expect(page.locator("h1")).to_contain_text("in steps of")
    rows = page.locator(".st-key-card-lab-order tbody tr")
    flat = rows.first.inner_text()
    page.get_by_role("radio", name="Cool-down").click()
    expect(page.locator(".st-key-card-lab-curves h3")).to_contain_text("Cool-down")
    settled(page)
    assert rows.first.inner_text() != flat
    energies = [float(cell) for cell in rows.locator("td:nth-child(4)").all_inner_texts() if cell]
    assert sum(energies[:5]) > sum(energies[-5:])
    with page.expect_download() as download:
        page.locator(".st-key-m3u-lab button").click()
    download.value.save_as(tmp_path / "list.m3u8")
    lines = (tmp_path / "list.m3u8").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#EXTM3U"
    first = lines[2].removeprefix("#EXTINF:-1,")
    artist, name = first.split(" - ", 1)
    expect(rows.first).to_contain_text(f"{name} by {artist}")
    expect(page.locator(".st-key-card-lab-write")).to_contain_text(texts.NOT_CONNECTED.format(name="Juno"))
    assert visit.wrong == []


def test_without_playlists_the_lab_says_where_they_come_from(address: str, opened: Opened) -> None:
    page = opened(f"{address}/playlist-lab").page
    expect(page.locator("h1")).to_have_text("No playlists yet.")
