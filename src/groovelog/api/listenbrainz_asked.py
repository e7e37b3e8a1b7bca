"""Which listens a request asks for, by the parameters that ListenBrainz has."""

from collections.abc import Mapping

from groovelog.errors import UsageError
from groovelog.lake.listens import Span

MOST, USUAL = 1_000, 25
# The last second of the year 9999, the last that a date can tell.
LAST = 253_402_300_799


def span(asked: Mapping[str, str]) -> Span:
    """max_ts or min_ts (seconds since 1970, not included), count. Raises UsageError."""
    before, after = _whole(asked, "max_ts"), _whole(asked, "min_ts")
    if before is not None and after is not None:
        raise UsageError("You may give max_ts or min_ts, not both.")
    count = _whole(asked, "count")
    if count == 0:
        raise UsageError("The count must be 1 or more.")
    # As ListenBrainz does: after min_ts come the listens that follow it, not the newest of all.
    return Span(min(USUAL if count is None else count, MOST), after, before, oldest_first=after is not None)


def _whole(asked: Mapping[str, str], name: str) -> int | None:
    text = asked.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise UsageError(f"The {name} must be a whole number, 0 or more.")
    return min(int(text), LAST)
