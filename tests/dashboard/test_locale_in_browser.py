"""A browser of another region is told its numbers and dates."""

from collections.abc import Callable

import listening
import pytest
from playwright.sync_api import BrowserContext, expect

from conftest import Visit
from groovelog import pipeline
from groovelog.dashboard.texts import locale
from groovelog.dashboard.texts.wording import day
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question, run

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("tag", "separator"), [("de-DE", "."), ("en-US", ",")])
def test_home_is_written_for_the_region_of_the_browser(
    demo_address: str, demo_home: Home, context: BrowserContext, tag: str, separator: str
) -> None:
    with open_snapshot(demo_home.lake) as snapshot:
        overview = run(snapshot, "overview", Question(listener="Mara"))
        (row,) = overview.rows.to_pylist()
    assert overview.to_date is not None
    plays = row["counted_plays"]
    assert plays >= 1_000
    assert context.browser is not None
    abroad = context.browser.new_context(timezone_id=listening.ZONE, locale=tag)
    try:
        page = abroad.new_page()
        page.goto(f"{demo_address}/?listener=Mara")
        expect(page.locator(".facts")).to_contain_text(f"{plays // 1_000}{separator}{plays % 1_000:03}")
        with locale.written_in(locale.english(tag)):
            expect(page.locator(".figure-foot").last).to_contain_text(day(overview.to_date))
    finally:
        abroad.close()


def test_a_receipt_is_asked_by_its_number_which_is_alike_everywhere(
    demo_address: str, demo_home: Home, opened: Callable[..., Visit]
) -> None:
    first, *_, last = (receipt.run_id for receipt in pipeline.receipts(demo_home))
    assert first != last
    for number in (first, last):
        expect(opened(f"{demo_address}/data?receipt={number}").page.locator(".paper")).to_contain_text(number)
