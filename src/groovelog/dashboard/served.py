"""Which home the dashboard of this process shows, and its lake as it was last published."""

from groovelog.lake import published
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot

_homes: list[Home] = []


def publish(home: Home) -> None:
    """Show this home; set once by the server, read by every page."""
    _homes[:] = [home]


def home() -> Home:
    return _homes[0]


def snapshot() -> Snapshot:
    """The lake's last published state, opened once for all visits. Raises LakeError as `published.newest` does."""
    return published.newest(home().lake)
