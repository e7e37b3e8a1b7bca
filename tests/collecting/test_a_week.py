"""A week of an invented listener: signed in and collected by cadence, then imported from an export on top."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from households import Household, exported, free_callback

from groovelog.demo.habits import EVERY_DAY, Person, Routine
from groovelog.demo.people import JUNO
from groovelog.demo.standin import App, Clock, demo_standin, served
from groovelog.demo.standin.invented import CLIENT_ID, CLIENT_SECRET
from groovelog.lake.home import Home
from groovelog.state.database import open_state

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)
# Music all day, every day: more than the 50 plays that the Web API lists.
WORK = tuple(Routine(f"work at {hour}", EVERY_DAY, hour, 0.3, 1.0, 30, "desktop") for hour in (9.0, 13.0, 17.0, 21.0))
INES = replace(JUNO, name="Ines", routines=WORK, spells=())

Connected = Callable[[Person], Household]


@pytest.fixture
def connected(tmp_path: Path) -> Iterator[Connected]:
    """Called with a person: a home where they have signed in, on a Monday, by the command line alone."""
    with ExitStack() as stack:

        def made(person: Person) -> Household:
            app = App(CLIENT_ID, CLIENT_SECRET, (free_callback(),))
            standin = demo_standin(Clock(MONDAY), people=[person], apps=[app])
            home = Home(tmp_path / "home")
            state, address = stack.enter_context(open_state(home.root)), stack.enter_context(served(standin))
            household = Household(home, state, standin, address, app)
            answer = household.login(person.name, person.name.lower())
            assert answer.code == 0, answer.err
            assert f"{person.name} is connected to Spotify as {person.name}" in answer.err
            return household

        yield made


def file(folder: Path) -> Path:
    return folder / "Streaming_History_Audio_2026_0.json"


@pytest.mark.parametrize("days", [1, pytest.param(7, marks=pytest.mark.long)])
def test_an_export_on_top_of_what_was_collected_gives_every_play_once(
    connected: Connected, tmp_path: Path, days: int
) -> None:
    juno, end = connected(JUNO), MONDAY + days * DAY
    assert juno.told("collect")["stored"] == 50
    juno.live_on(end)
    listed = [play.stopped_at for play in juno.standin.histories["juno"].ever_listed(end)]
    collected = juno.played_at()
    assert collected == listed[-len(collected) :]  # nothing that was listed since then was missed
    told = juno.told("status")
    (listener,), (app,) = told["listeners"], told["apps"]
    assert (listener["name"], listener["state"]) == ("Juno", "ok")
    assert listener["consent_expires_at"] == "2027-05-09T00:00:00Z"
    wait = datetime.fromisoformat(listener["next_poll_at"]) - end
    assert timedelta(0) <= wait < timedelta(minutes=95)
    assert (app["client_id"], app["blocked_until"]) == (CLIENT_ID, None)
    # The first day asks for the whole library, too: 1 + 18 calls.
    assert 24 <= app["calls_24h"] <= (45 if days > 1 else 45 + 19)
    assert told["gaps"] == []
    truth = exported(JUNO, MONDAY - 7 * DAY, end, file(tmp_path))
    sent = len(juno.standin.calls)
    told = juno.told("import", file(tmp_path), "--listener", "Juno")
    assert (told["rows"], told["stored"]) == (truth.total(), truth.total())
    assert juno.heard() == truth
    assert juno.told("import", file(tmp_path), "--listener", "Juno")["stored"] == 0
    assert juno.heard() == truth
    assert len(juno.standin.calls) == sent


def test_two_days_without_a_host_are_a_gap_that_the_export_closes(connected: Connected, tmp_path: Path) -> None:
    ines, back = connected(INES), MONDAY + 2 * DAY
    habit = exported(INES, MONDAY - 28 * DAY, MONDAY, file(tmp_path))
    ines.told("import", file(tmp_path), "--listener", "Ines")
    assert ines.told("collect")["stored"] == 50
    assert ines.heard() == habit
    ines.standin.clock.set(back)
    (lasting,) = ines.told("status")["gaps"]
    assert (lasting["cause"], lasting["to"], lasting["closed_at"]) == ("stopped_host", None, None)
    (told,) = ines.told("collect")["listeners"]
    assert (told["stored"], told["gaps"]) == (50, 1)
    (gap,) = ines.told("status")["gaps"]
    assert (gap["listener"], gap["cause"], gap["closed_at"]) == ("Ines", "stopped_host", None)
    listed, seen = ines.standin.histories["ines"].ever_listed(back), set(ines.played_at())
    lost = [play.stopped_at for play in listed if play.stopped_at > MONDAY and play.stopped_at not in seen]
    began, ended = (datetime.fromisoformat(gap[end]) for end in ("from", "to"))
    assert len(lost) > 50
    assert all(began < stopped_at < ended for stopped_at in lost)
    assert 0.6 * len(lost) < gap["expected_plays"] < 1.6 * len(lost)
    truth = exported(INES, MONDAY - 28 * DAY, back, file(tmp_path))
    ines.told("import", file(tmp_path), "--listener", "Ines")
    assert ines.heard() == truth
    (closed,) = ines.told("status")["gaps"]
    assert closed["closed_at"] == "2026-11-11T00:00:00Z"
    assert "Likely missed" not in ines.run("status").out
