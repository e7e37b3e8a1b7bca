"""Changes that the page of settings makes, each on a lake of the test's own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from groovelog import pipeline
from groovelog.dashboard import changes
from groovelog.dashboard.texts import settings as texts
from groovelog.dashboard.texts.wording import NB
from groovelog.lake.home import Home
from groovelog.lake.people import consents, consents_since
from groovelog.lake.snapshot import open_snapshot

NOW = datetime(2024, 3, 1, tzinfo=UTC)
SCRIPT = """
import sys
from pathlib import Path
import streamlit as st
from groovelog.access import PERSONAL
from groovelog.dashboard import served
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.views import settings
from groovelog.lake.home import Home
served.publish(Home(Path({root!r})))
snapshot = served.snapshot()
class Still(Scene):
    def link(self, view, label, **more):
        pass
settings.show(Still(snapshot, PERSONAL, {{}}))
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    for name in ("Ida", "Mara"):
        pipeline.add_listener(made, name, "Europe/Lisbon", now=NOW)
    return made


def kept(home: Home) -> dict[str, tuple[str, str]]:
    """By name: the latest zone, and what is shown to others."""
    with open_snapshot(home.lake) as snapshot:
        said = consents(snapshot)
        return {
            person.name: (person.timezone, said.get(person.listener_id, "nothing")) for person in snapshot.listeners()
        }


def test_a_change_is_kept_and_told(home: Home) -> None:
    told = changes.move(home, "Mara", "Asia/Tokyo", date(2024, 5, 1))
    assert told.done
    assert told.words.startswith(f"Saved. Mara lives in Tokyo time from 1{NB}May{NB}2024 on")
    assert changes.share(home, "Mara", "all").words == (
        "Saved. From now on Mara shows the others tracks, artists, counts and times."
    )
    assert changes.add(home, "Wen", "UTC").done
    assert kept(home) == {
        "Ida": ("Europe/Lisbon", "nothing"), "Mara": ("Asia/Tokyo", "all"), "Wen": ("UTC", "nothing"),
    }  # fmt: skip


def test_what_cannot_be_is_told_and_changes_nothing(home: Home) -> None:
    before = kept(home)
    assert changes.add(home, "Mara", "UTC") == changes.Outcome(False, "There is a listener named Mara already.")
    assert not changes.share(home, "Nobody", "all").done
    assert kept(home) == before


def test_while_another_writes_the_page_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "WAIT_S", 0.1)
    with FileLock(home.root / "lake" / ".writer.lock"):
        assert changes.share(home, "Mara", "all") == changes.Outcome(False, texts.BUSY)
    assert kept(home)["Mara"] == ("Europe/Lisbon", "nothing")


def test_two_visits_that_write_at_once_both_come_through(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "WAIT_S", 60)
    with ThreadPoolExecutor(4) as visits:
        told = [
            visits.submit(changes.share, home, "Mara", "all"), visits.submit(changes.share, home, "Ida", "totals"),
            visits.submit(changes.move, home, "Ida", "Asia/Tokyo", None), visits.submit(changes.add, home, "Wen", "UTC"),
        ]  # fmt: skip
        assert all(outcome.result().done for outcome in told)
    assert kept(home) == {
        "Ida": ("Asia/Tokyo", "totals"), "Mara": ("Europe/Lisbon", "all"), "Wen": ("UTC", "nothing"),
    }  # fmt: skip


def test_since_when_somebody_shares_is_the_day_they_first_said_so(home: Home) -> None:
    for number, word in enumerate(("all", "totals", "all", "all")):
        pipeline.share(home, "Mara", word, now=NOW.replace(day=number + 1))
    with open_snapshot(home.lake) as snapshot:
        (mara,) = (person for person in snapshot.listeners() if person.name == "Mara")
        assert consents_since(snapshot) == {mara.listener_id: ("all", datetime(2024, 3, 3))}  # noqa: DTZ001


def test_what_is_chosen_on_the_page_holds_at_once_and_is_kept(home: Home) -> None:
    page = AppTest.from_string(SCRIPT.format(root=str(home.root)), default_timeout=60).run()
    assert not page.exception
    page.selectbox(key="person").select("Mara").run()
    (radio,) = (radio for radio in page.radio if radio.label == "Shows the others")
    assert radio.value == "nothing"
    radio.set_value("totals").run()
    assert not page.exception
    assert kept(home)["Mara"] == ("Europe/Lisbon", "totals")
    assert any("Mara shows the others counts and times" in html.body for html in page.get("html"))
    (zone,) = (box for box in page.selectbox if box.label == "Time zone")
    zone.select("Asia/Tokyo").run()
    page.button(key="save-zone").click().run()
    assert not page.exception
    assert kept(home)["Mara"] == ("Asia/Tokyo", "totals")
    assert any("Mara lives in Tokyo time" in html.body for html in page.get("html"))


def test_a_choice_that_did_not_come_through_falls_back_to_what_is_kept(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "WAIT_S", 0.1)
    page = AppTest.from_string(SCRIPT.format(root=str(home.root)), default_timeout=60).run()
    with FileLock(home.root / "lake" / ".writer.lock"):
        (radio,) = (radio for radio in page.radio if radio.label == "Shows the others")
        radio.set_value("all").run()
    (radio,) = (radio for radio in page.radio if radio.label == "Shows the others")
    assert radio.value == "nothing"
    assert any(texts.BUSY in html.body for html in page.get("html"))


def test_what_the_page_says() -> None:
    assert texts.rule_effect("Mara", 3, 4) == f"3 of 4{NB}plays of Mara count, 75{NB}%"
    assert texts.rule_effect("Mara", 0, 0) == "Mara has no plays yet"
    assert texts.zones([(None, "Europe/Lisbon"), (date(2024, 5, 1), "Asia/Tokyo")]) == (
        f"Europe/Lisbon, from 1{NB}May{NB}2024 Asia/Tokyo"
    )
