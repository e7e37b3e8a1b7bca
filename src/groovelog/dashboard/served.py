"""Which home the dashboard of this process shows, and its lake as it was last published."""

import threading

from groovelog.dashboard.texts import wording
from groovelog.errors import LakeError
from groovelog.lake import delta
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.tables import COMMITS

_homes: list[Home] = []
_for_group: list[bool] = []
_open: dict[tuple[str, int | None], Snapshot] = {}
_opening = threading.Lock()


def publish(home: Home, *, for_group: bool = False) -> None:
    """Show this home, to whoever comes or, `for_group`, to who signs in; set once by the server, read by every page."""
    _homes[:], _for_group[:] = [home], [for_group]


def home() -> Home:
    return _homes[0]


def for_group() -> bool:
    """Whether members sign in, and each sees their own listener."""
    return _for_group[0]


def snapshot() -> Snapshot:
    """The lake's last published state, opened once for all visits, on a connection of the caller's own.

    Raises LakeError as `open_snapshot` does.
    """
    lake = home().lake
    with _opening:
        state = str(lake), delta.version(lake, COMMITS)
        if state not in _open:
            before = next(iter(_open), None)
            if state[1] is None and before is not None and before[0] == str(lake) and before[1] is not None:
                raise LakeError(wording.lake_gone(lake))
            # Whoever still reads the one before keeps it alive.
            _open.clear()
            _open[state] = open_snapshot(lake)
        return _open[state].again()
