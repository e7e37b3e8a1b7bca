"""A week over HTTP, at the pace that collecting keeps, beside what the simulated month promises of such a listener."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from benchmarks.measure import RESULTS
from benchmarks.polling import HABITS, START, Habit, life
from households import Household, free_callback

from groovelog.demo.catalogue import invent
from groovelog.demo.standin import Account, App, Clock, Listed, Standin, served
from groovelog.lake.home import Home
from groovelog.state.database import open_state

MONDAY, WEEK = datetime.fromtimestamp(START, UTC), timedelta(days=7)
TRACKS = invent(7, count=12).tracks
EVENING, SKIPPER = (
    next(habit for habit in HABITS if habit.name == name) for name in ("evening listener", "heavy skipper")
)


def plays(habit: Habit) -> list[Listed]:
    """A life of the simulation, play by play."""
    instants = life(habit, random.Random("a week over HTTP")).listed  # noqa: S311 (an invented life)
    told = []
    for number, (told_at, played) in enumerate(instants):
        stopped = datetime.fromtimestamp(round(played, 3), UTC)
        heard = datetime.fromtimestamp(max(told_at, played), UTC)
        told.append(Listed(TRACKS[number % len(TRACKS)], stopped - timedelta(seconds=1), stopped, heard))
    return told


@pytest.mark.long
@pytest.mark.parametrize(
    ("habit", "least_seen", "most_calls"),
    [pytest.param(EVENING, 0.999, 45, id="evening"), pytest.param(SKIPPER, 0.97, 90, id="skipper")],
)
def test_a_week_costs_and_sees_what_the_simulation_says(
    tmp_path: Path, habit: Habit, least_seen: float, most_calls: int
) -> None:
    app = App("client", "secret", (free_callback(),))
    standin = Standin(Clock(MONDAY), [Account("ann", "Ann", tuple(plays(habit)))], [app], rule=lambda _: True)
    home = Home(tmp_path / "home")
    with served(standin) as address, open_state(home.root) as state:
        ann = Household(home, state, standin, address, app)
        assert ann.login("Ann", "ann").code == 0
        assert ann.told("collect")["listeners"][0]["error"] is None
        ann.live_on(MONDAY + WEEK)
        listed = {play.stopped_at for play in standin.histories["ann"].ever_listed(MONDAY + WEEK)}
        seen = set(ann.played_at())
        calls = ann.api_calls() / 7
    (promised,) = (told for told in _promises() if told["who"] == habit.name)
    share = len(seen & listed) / len(listed)
    assert seen <= listed
    assert share >= least_seen
    assert calls <= most_calls
    # A week of one life beside months of five: calls within a sixth.
    assert calls == pytest.approx(promised["calls_a_day"], rel=1 / 6)


def _promises() -> list[dict[str, float]]:
    told: list[dict[str, float]] = json.loads((RESULTS / "polling.json").read_text(encoding="utf-8"))["habits"]
    return told
