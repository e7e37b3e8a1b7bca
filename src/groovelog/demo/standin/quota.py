"""How many calls a developer's account may make: a rate over 30 s and a quota over 24 h, both rolling."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from groovelog.demo.standin.refusals import quota_exceeded, rate_limited

RATE_SPAN = timedelta(seconds=30)
QUOTA_SPAN = timedelta(hours=24)


@dataclass(frozen=True)
class Limits:
    """Spotify publishes no numbers; people saw the quota end after about 500 calls a day."""

    per_30_s: int = 100
    per_24_h: int = 500


class Quota:
    """The calls of every developer's account within the last day. A call that was refused for it is not counted."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._calls: dict[str, deque[datetime]] = defaultdict(deque)

    def charge(self, developer: str, now: datetime) -> None:
        """Count a call. Raises Refused with the seconds until the window has room again."""
        calls = self._calls[developer]
        while calls and calls[0] <= now - QUOTA_SPAN:
            calls.popleft()
        if len(calls) >= self.limits.per_24_h:
            raise quota_exceeded(seconds_until(calls[-self.limits.per_24_h] + QUOTA_SPAN, now))
        lately = [call for call in calls if call > now - RATE_SPAN]
        if len(lately) >= self.limits.per_30_s:
            raise rate_limited(seconds_until(lately[-self.limits.per_30_s] + RATE_SPAN, now))
        calls.append(now)

    def used(self, developer: str, now: datetime) -> int:
        """Calls that count towards the quota at a time."""
        return sum(call > now - QUOTA_SPAN for call in self._calls[developer])


def seconds_until(moment: datetime, now: datetime) -> int:
    return max(1, math.ceil((moment - now).total_seconds()))
