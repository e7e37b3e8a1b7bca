"""Which home the dashboard of this process shows, and its lake as it was last published."""

from groovelog.lake import published
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot

_homes: list[Home] = []
_for_group: list[bool] = []


def publish(home: Home, *, for_group: bool = False) -> None:
    """Show this home, to whoever comes or, `for_group`, to who signs in; set once by the server, read by every page."""
    _homes[:], _for_group[:] = [home], [for_group]


def home() -> Home:
    return _homes[0]


def for_group() -> bool:
    """Whether members sign in, and each sees their own listener."""
    return _for_group[0]


def snapshot() -> Snapshot:
    """The lake's last published state, opened once for all visits. Raises LakeError as `published.newest` does."""
    return published.newest(home().lake)
