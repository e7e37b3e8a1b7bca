"""The script as Streamlit runs it, without a browser: figures wait for one, words and controls do not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import listening
import pytest
from streamlit.testing.v1 import AppTest

from conftest import NOW
from groovelog import pipeline
from groovelog.dashboard import served
from groovelog.dashboard.texts.wording import NB
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import playing_now
from groovelog.pipeline.playing_now import PlayingNow

SCRIPT = Path(served.__file__).with_name("app.py")


def visited(home: Home, **address: str) -> AppTest:
    served.publish(home)
    app = AppTest.from_file(str(SCRIPT), default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def test_the_first_page_counts_as_the_reports_do(home: Home) -> None:
    shown = words(visited(home))
    assert f"<b>1{NB}h{NB}48{NB}min</b>" in shown
    assert f"<b>{listening.COUNTED}</b><span>of {listening.PLAYS} kept</span>" in shown


def test_what_plays_now_is_told_in_its_own_listeners_view_until_it_is_over(home: Home) -> None:
    with open_snapshot(home.lake) as snapshot:
        (mara,) = [person for person in snapshot.listeners() if person.name == "Mara"]
    now = datetime.now(UTC)
    for listener_id, title in ((mara.listener_id, "<i>Now</i>"), ("somebody else", "Theirs")):
        playing_now.tell(listener_id, PlayingNow(title, "Artist", None, now, now + timedelta(minutes=10)))
    shown = words(visited(home))
    assert "Playing now" in shown
    assert "&lt;i&gt;Now&lt;/i&gt;" in shown
    assert "Theirs" not in shown
    playing_now.tell(mara.listener_id, PlayingNow("Over", "Artist", None, now, now))
    assert "Playing now" not in words(visited(home))


def test_another_rule_counts_more(home: Home) -> None:
    app = visited(home)
    app.radio(key="count").set_value("all").run()
    assert f"<b>{listening.PLAYS}</b><span>of {listening.PLAYS} kept</span>" in words(app)


def test_another_zone_moves_the_hours(home: Home) -> None:
    app = visited(home)
    app.selectbox(key="zone").set_value("Asia/Tokyo").run()
    shown = words(app)
    assert "<b>08:12</b>" in shown
    assert "<b>23:12</b>" not in shown
    assert "Asia/Tokyo" in shown


def test_the_address_opens_the_period_it_names(home: Home) -> None:
    shown = words(visited(home, period="Month", at="2024-01"))
    assert f"January{NB}2024 in numbers" in shown
    assert f"<b>1{NB}h{NB}18{NB}min</b>" in shown


@pytest.mark.parametrize("address", [{"period": "Century"}, {"period": "Year", "at": "1066"}, {"count": "twice"}])
def test_an_address_that_names_nothing_shows_the_usual(home: Home, address: dict[str, str]) -> None:
    assert "of music" in words(visited(home, **address))


def test_a_home_without_plays_says_what_to_do(tmp_path: Path) -> None:
    app = visited(Home(tmp_path))
    assert "Own your listening history." in words(app)
    assert app.button(key="bring").disabled


def test_a_lake_that_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, export: Path) -> None:
    home = Home(tmp_path)
    pipeline.import_exports(home, [export], listener="Mara", timezone=listening.ZONE, now=NOW)
    for file in (home.root / "lake" / "commits").rglob("*.parquet"):
        file.write_bytes(b"no parquet")
    shown = words(visited(home))
    assert "This page could not be shown" in shown
    assert "cannot be read" in shown


def test_an_open_page_counts_what_was_imported_since(tmp_path: Path, export: Path) -> None:
    home = Home(tmp_path / "home")
    pipeline.import_exports(home, [export], listener="Mara", timezone=listening.ZONE, now=NOW)
    app = visited(home)
    more = tmp_path / "Streaming_History_Audio_2024_1.json"
    more.write_text('[{"ts": "2024-02-29T10:00:00Z", "ms_played": 60000, "spotify_track_uri": "spotify:track:new"}]')
    pipeline.import_exports(home, [more], listener="Mara", now=NOW)
    app.run()
    assert f"<b>{listening.COUNTED + 1}</b><span>of {listening.PLAYS + 1} kept</span>" in words(app)
