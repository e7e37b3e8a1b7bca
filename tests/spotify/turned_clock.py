"""A clock that a test turns."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@dataclass
class Clock:
    """Stands still until it is turned; `slept` keeps what was waited for, and nothing waits."""

    now: datetime = NOW
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)
