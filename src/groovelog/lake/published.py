"""The lake as it was last published, opened once for everybody in this process: pages, the API."""

import threading
import time
from collections import deque

from groovelog.errors import LakeError
from groovelog.lake import delta
from groovelog.lake.place import Place
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.tables import COMMITS

_open: dict[tuple[str, int | None], Snapshot] = {}
_opening = threading.Lock()
# When it was said last that the files of the open one are read still; so often it is said.
_said: deque[float] = deque(maxlen=1)
STILL_READ_S = 900


def newest(lake: Place) -> Snapshot:
    """The lake's last published state, on a connection of the caller's own; another lake takes the place of the one before.

    Raises LakeError as `open_snapshot` does, and where a lake that was there is gone.
    """
    with _opening:
        state = str(lake), delta.version(lake, COMMITS)
        if state not in _open:
            before = next(iter(_open), None)
            gone = state[1] is None and before is not None and before[0] == str(lake) and before[1] is not None
            if gone and not lake.shared:  # of a bucket, open_snapshot tells more
                raise LakeError(
                    f"The lake is not at {lake} any more. Move it back, or start Groovelog with --home where it is now."
                )
            # Whoever still reads the one before keeps it alive.
            _open.clear()
            _open[state] = open_snapshot(lake)
            _said.append(time.monotonic())
        elif lake.shared and time.monotonic() - _said[-1] > STILL_READ_S:
            _open[state].stay_near()
            _said.append(time.monotonic())
        return _open[state].again()
