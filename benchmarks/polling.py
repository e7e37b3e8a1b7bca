"""A month of polls by cadence, without a network: what they cost, what they see, and whether the gaps told are real.

    python -m benchmarks.polling [--save]

Lives are invented: who listens when, how fast, with nights out of rhythm. The API lists the last 50 plays; phones that
were offline upload theirs up to 40 minutes late. The same functions that collect decide when to ask and what is a gap.
"""

import argparse
import json
import random
import statistics
from bisect import bisect_right, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.measure import RESULTS, machine
from groovelog.lake.gaps import FULL, Window, cause, known_before, missed
from groovelog.lake.habit import HOUR
from groovelog.model import Poll
from groovelog.pipeline.cadence import PACES_OF, Rhythm, rhythm, wait

DAY = 24 * HOUR
DAYS = 30
START = datetime(2026, 9, 7, tzinfo=UTC).timestamp()
SEEDS = range(5)
LATE_S, LATE_SHARE = 40 * 60, 0.02
# What is asked once a day beside plays: six top lists, a page of playlists, the head of the saved tracks, a changed playlist.
DAILY = 6 + 1 + 1 + 1
BLOCK_H = 20


@dataclass(frozen=True)
class Habit:
    """Sessions of a day (weekday, chance -> begin hour, length in hours, ...), and seconds between plays."""

    name: str
    sessions: Callable[[int, random.Random], list[tuple[float, float]]]
    seconds: Callable[[random.Random], float]
    heavy: bool = False
    length_s: float = 215


def _songs(chance: random.Random) -> float:
    """About 17 an hour, with a skip now and then: up to 20."""
    return chance.uniform(30, 60) if chance.random() < 0.15 else chance.gauss(215, 40)


def _skips(chance: random.Random) -> float:
    """2.5 a minute."""
    return max(5.0, chance.gauss(24, 8))


def _evening(weekday: int, chance: random.Random) -> list[tuple[float, float]]:
    return [(chance.gauss(19.5, 0.7), max(0.5, chance.gauss(2.5, 1)))] if chance.random() < 0.9 else []


def _office(weekday: int, chance: random.Random) -> list[tuple[float, float]]:
    if weekday > 4:
        return [(chance.uniform(10, 20), 1.0)] if chance.random() < 0.4 else []
    return [(chance.gauss(9, 0.3), 3.0), (chance.gauss(13.2, 0.3), 4.0)]


def _owl(weekday: int, chance: random.Random) -> list[tuple[float, float]]:
    return [(chance.gauss(22.5, 1), max(1.0, chance.gauss(5, 1)))]


def _binger(weekday: int, chance: random.Random) -> list[tuple[float, float]]:
    return [(chance.gauss(11, 1), max(2.0, chance.gauss(10, 2)))] if weekday > 4 else []


def _background(weekday: int, chance: random.Random) -> list[tuple[float, float]]:
    return [(chance.gauss(7, 0.3), 16.0)]


def _skipper(weekday: int, chance: random.Random) -> list[tuple[float, float]]:
    return [(chance.gauss(16, 2), max(1.0, chance.gauss(3, 1)))]


def _short(weekday: int, chance: random.Random) -> list[tuple[float, float]]:
    return [(chance.gauss(14, 1), max(0.5, chance.gauss(3, 1)))]


HABITS = (
    Habit("evening listener", _evening, _songs),
    Habit("office-day listener", _office, _songs),
    Habit("night owl", _owl, _songs),
    Habit("weekend binger", _binger, _songs),
    Habit("all-day listener", _background, _songs),
    Habit("heavy skipper", _skipper, _skips, heavy=True),
    Habit("31-second tracks", _short, lambda chance: chance.gauss(31, 0.5), heavy=True, length_s=31),
)
NORMAL = tuple(habit for habit in HABITS if not habit.heavy)
SKIPPER = HABITS[5]


@dataclass
class Life:
    """What somebody plays, in order, as (when it is listed, when it was played); and what polls saw of it."""

    habit: Habit
    listed: list[tuple[float, float]]
    window: list[float] = field(default_factory=list)
    ever: set[float] = field(default_factory=set)
    seen: list[float] = field(default_factory=list)
    known: set[float] = field(default_factory=set)
    polls: int = 0
    last_polls: list[Poll] = field(default_factory=list)
    gaps: list[tuple[float, float, str]] = field(default_factory=list)
    unavoidable: set[float] = field(default_factory=set)
    _next: int = 0
    _rhythm: tuple[int, Rhythm] = (-1, rhythm(()))

    def advance(self, now: float) -> None:
        """The window as it is listed now: the last 50 by when they were played."""
        while self._next < len(self.listed) and self.listed[self._next][0] <= now:
            played = self.listed[self._next][1]
            insort(self.window, played)
            del self.window[:-FULL]
            if played in self.window:
                self.ever.add(played)
            self._next += 1

    def poll(self, now: float) -> None:
        """Ask, keep, and look for a gap as collecting does."""
        self.advance(now)
        self.polls += 1
        asked_at = datetime.fromtimestamp(now, UTC)
        if self.window:
            before = bisect_right(self.seen, self.window[-1])
            newest = datetime.fromtimestamp(self.seen[before - 1], UTC) if before else None
            instants = tuple(datetime.fromtimestamp(played, UTC) for played in self.window)
            shown = Window(len(instants), instants, timedelta(seconds=self.habit.length_s))
            found = missed(shown, known_before(newest, self.last_polls))
            if found:
                self.gaps.append((found[0].timestamp(), found[1].timestamp(), cause(self.last_polls, asked_at)))
        for played in self.window:
            if played not in self.known:
                self.known.add(played)
                insort(self.seen, played)
        self.last_polls = [Poll(asked_at, "read")]

    def wait(self, now: float, chance: random.Random) -> float:
        """By the rhythm as it was at the last midnight: to work it out at every poll is most of what this would take."""
        if self._rhythm[0] != now // DAY:
            self._rhythm = int(now // DAY), rhythm(self.seen[bisect_right(self.seen, now - PACES_OF) :])
        return wait(self._rhythm[1], self.seen[-FULL:], now, chance.random())


def life(habit: Habit, chance: random.Random) -> Life:
    plays: list[float] = []
    for day in range(DAYS):
        for begin, hours in habit.sessions(day % 7, chance):
            at = max(START + day * DAY + begin * HOUR, plays[-1] + 60 if plays else 0.0)
            end = START + day * DAY + (begin + hours) * HOUR
            while at < end:
                plays.append(at)
                at += max(1.0, habit.seconds(chance))
    late = [at + chance.uniform(0, LATE_S) if chance.random() < LATE_SHARE else at for at in plays]
    return Life(habit, sorted(zip(late, plays, strict=True)))


def month(habit: Habit, seed: int, *, down: tuple[float, float, str] | None = None) -> Life:
    """A month of polls; `down` is a stretch without any: from, to (seconds after the start), outcome."""
    chance = random.Random(f"{habit.name} {seed}")  # noqa: S311 (an invented life)
    one = life(habit, chance)
    now, end = START + chance.uniform(0, HOUR), START + DAYS * DAY
    while now < end:
        if down and START + down[0] <= now < START + down[1]:
            if down[2] != "stopped_host":
                one.last_polls.append(Poll(datetime.fromtimestamp(now, UTC), down[2]))
            now = START + down[1]
            one.advance(now)
            one.unavoidable = one.ever - one.known - set(one.window)
            continue
        one.poll(now)
        now += one.wait(now, chance)
    one.poll(end + 2 * HOUR)
    return one


def _lost(one: Life) -> list[bool]:
    """Of each play in order, whether it was listed and not seen."""
    return [
        played in one.ever and played not in one.known for _, played in sorted(one.listed, key=lambda each: each[1])
    ]


def row(what: str, lives: list[Life]) -> dict[str, object]:
    """A gap told is false where no lost play is in it. A lost play is untold where it is in no gap, which happens to those
    that are uploaded late alone: they enter the middle of a window that overlaps with the one before."""
    calls = [one.polls / DAYS + DAILY for one in lives]
    listed = sum(len(one.ever) for one in lives)
    seen = sum(len(one.known) for one in lives)
    avoidable = listed - sum(len(one.unavoidable) for one in lives)
    lost = [sorted(one.ever - one.known) for one in lives]
    inside = [
        [any(began < at < ended for at in each) for began, ended, _ in one.gaps]
        for one, each in zip(lives, lost, strict=True)
    ]
    outside = [
        at for one, each in zip(lives, lost, strict=True) for at in each if not any(b < at < e for b, e, _ in one.gaps)
    ]
    late = {played for one in lives for at, played in one.listed if at > played}
    return {
        "who": what,
        "plays_a_day": round(sum(len(one.listed) for one in lives) / len(lives) / DAYS, 1),
        "calls_a_day": round(statistics.mean(calls), 1),
        "calls_a_day_at_most": round(max(calls), 1),
        "seen_of_listed": round(seen / listed, 5),
        "seen_of_avoidable": round(seen / avoidable, 5),
        "gaps_told": sum(map(len, inside)),
        "gaps_false": sum(not real for each in inside for real in each),
        "lost": sum(map(len, lost)),
        "lost_untold": len(outside),
        "of_them_late": sum(at in late for at in outside),
        "causes": ", ".join(sorted({why for one in lives for _, _, why in one.gaps})),
    }


def rows() -> Iterator[dict[str, object]]:
    for habit in HABITS:
        yield row(habit.name, [month(habit, seed) for seed in SEEDS])
    block = (12 * DAY + 15 * HOUR, 12 * DAY + (15 + BLOCK_H) * HOUR, "blocked")
    stopped = (12 * DAY, 15 * DAY, "stopped_host")
    for habit in (HABITS[2], SKIPPER):
        yield row(f"{habit.name}, blocked for 20 hours", [month(habit, seed, down=block) for seed in SEEDS])
        yield row(f"{habit.name}, host stopped for 3 days", [month(habit, seed, down=stopped) for seed in SEEDS])


def accounts() -> Iterator[dict[str, object]]:
    """Calls a day of one developer account, by who shares it."""
    for what, habits in {
        "1 listener": [SKIPPER],
        "5 listeners": [*NORMAL[:4], SKIPPER],
        "5 heavy skippers": [SKIPPER] * 5,
        "25 listeners in 5 accounts": [*NORMAL[:4], SKIPPER] * 5,
    }.items():
        calls = [month(habit, 100 + place).polls / DAYS + DAILY for place, habit in enumerate(habits)]
        of_one = sum(calls) / max(1, len(habits) // 5)
        yield {"who": what, "calls_a_day": round(sum(calls), 1), "calls_a_day_of_an_account": round(of_one, 1)}


def main(*, save: bool = True) -> None:
    """Print the table, and keep it in benchmarks/results."""
    result: dict[str, Any] = {
        "machine": machine(),
        "days": DAYS,
        "seeds": len(SEEDS),
        "habits": list(rows()),
        "accounts": list(accounts()),
    }
    for line in (*result["habits"], *result["accounts"]):
        print("  ".join(f"{key} {value}" for key, value in line.items()))
    if save:
        (RESULTS / "polling.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    main(save=parser.parse_args().save)
