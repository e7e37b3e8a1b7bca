"""The time that the stand-in goes by: it stands still or runs, and can be turned."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Stands at `at` (an aware time) until it is turned; with `runs` it goes on from there like any clock."""

    def __init__(self, at: datetime, *, runs: bool = False) -> None:
        self._runs = runs
        self.set(at)

    def now(self) -> datetime:
        """In UTC."""
        return self._at + timedelta(seconds=time.monotonic() - self._set_at if self._runs else 0)

    def set(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)
        self._set_at = time.monotonic()

    def advance(self, step: timedelta) -> datetime:
        """The time after the step, which may go back too."""
        self.set(self.now() + step)
        return self.now()


def months_after(moment: datetime, months: int) -> datetime:
    """The same day and time so many calendar months later; the last day of a month that is too short.

    >>> months_after(datetime(2026, 8, 31, 12, tzinfo=UTC), 6).isoformat()
    '2027-02-28T12:00:00+00:00'
    """
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    first_of_next = datetime(year + (month == 11), (month + 1) % 12 + 1, 1, tzinfo=UTC)
    last = (first_of_next - timedelta(days=1)).day
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))
