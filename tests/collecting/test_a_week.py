"""A week of a demo listener's life: collected by cadence, and then imported from an export on top."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lives import Household, exported, free_callback

from groovelog.demo.people import JUNO
from groovelog.demo.standin import App, Clock, demo_standin, served
from groovelog.demo.standin.invented import CLIENT_ID, CLIENT_SECRET
from groovelog.lake.home import Home
from groovelog.state.database import open_state

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def juno(tmp_path: Path) -> Iterator[Household]:
    app = App(CLIENT_ID, CLIENT_SECRET, (free_callback(),))
    standin = demo_standin(Clock(MONDAY), people=[JUNO], apps=[app])
    home = Home(tmp_path / "home")
    with served(standin) as address, open_state(home.root) as state:
        yield Household(home, state, standin, address, app)


def test_a_week(juno: Household, tmp_path: Path) -> None:
    import time
    t=time.time()
    answer = juno.login("Juno", "juno")
    print(answer, time.time()-t)
    t=time.time()
    print(juno.told("collect"), time.time()-t)
    t=time.time()
    juno.live_on(MONDAY + 7 * DAY)
    print("week", time.time()-t, len(juno.standin.calls), juno.heard().total())
    print(juno.told("status"))
    truth = exported(JUNO, MONDAY - 7 * DAY, MONDAY + 7 * DAY, tmp_path / "Streaming_History_Audio_2026_0.json")
    print(juno.told("import", tmp_path / "Streaming_History_Audio_2026_0.json", "--listener", "Juno"))
    print(juno.told("status"))
    heard = juno.heard()
    print(truth.total(), heard.total(), len(truth-heard), len(heard-truth), heard - truth, truth-heard)
    assert 0
