"""Which plays Spotify lists, and when."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from groovelog.demo.standin.accounts import Listed

LAST = 50  # plays; no older ones exist for the API
RECORDED_MS = 30_000
NEARLY_WHOLE = 0.9

Rule = Callable[[Listed], bool]


def half_a_minute(play: Listed) -> bool:
    """Spotify's old documentation: a play is recorded after 30 s."""
    return play.ms_played >= RECORDED_MS


def nearly_whole(play: Listed) -> bool:
    """What observers say in 2026: only tracks heard (nearly) to their end appear."""
    return play.ms_played >= NEARLY_WHOLE * play.track.length_ms


class History:
    """The plays of one account that a rule lets onto the list, found by time."""

    def __init__(self, plays: Iterable[Listed], rule: Rule) -> None:
        self._plays = sorted(filter(rule, plays), key=lambda play: play.stopped_at)
        self._stops = [play.stopped_at for play in self._plays]

    def window(self, now: datetime) -> list[Listed]:
        """What the API lists at a time: the last 50 plays it was told of, newest first."""
        seen: list[Listed] = []
        for place in range(bisect_right(self._stops, now) - 1, -1, -1):
            if self._plays[place].told_at <= now:
                seen.append(self._plays[place])
                if len(seen) == LAST:
                    break
        return seen

    def ever_listed(self, until: datetime) -> list[Listed]:
        """The plays that were on the list at some moment up to a time, in the order of their end: the truth for a collector.

        A play told late is on the list only if fewer than 50 later ones were told before it or with it.
        """
        arrivals = sorted((play.told_at, place) for place, play in enumerate(self._plays) if play.told_at <= until)
        window: list[int] = []
        ever: set[int] = set()
        for _, together in groupby(arrivals, key=itemgetter(0)):
            window = sorted([*window, *(place for _, place in together)])[-LAST:]
            ever.update(window)
        return [self._plays[place] for place in sorted(ever)]

    def during(self, span: timedelta, now: datetime) -> list[Listed]:
        """The plays that ended in the span before a time and are told by then, in the order of their end."""
        begins = bisect_right(self._stops, now - span)
        return [play for play in self._plays[begins : bisect_right(self._stops, now)] if play.told_at <= now]
