"""Empty the inbox while the server runs: what came in is written when it is due."""

import asyncio
import contextlib
import logging
from datetime import UTC, datetime, timedelta

from groovelog import pipeline
from groovelog.errors import GroovelogError, LakeBusyError
from groovelog.lake.home import Home
from groovelog.lake.inbox import LONGEST_WAIT

# How often the inbox is looked at; how soon after a failure again; how long to wait for another writer.
LOOK_S, TRY_AGAIN_S, LOCK_S = 1, 30, 5

log = logging.getLogger(__name__)


async def keep_taking(home: Home, stopping: asyncio.Event) -> None:
    """Write what waits in the inbox when it is due, and all of it at the end; in a thread, so that no page waits."""
    while not stopping.is_set():
        taken = await asyncio.to_thread(_take, home, LONGEST_WAIT)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), LOOK_S if taken else TRY_AGAIN_S)
    await asyncio.to_thread(_take, home, timedelta(0))


def _take(home: Home, least_age: timedelta) -> bool:
    """Whether nothing went wrong. What was not written goes on waiting, on disk."""
    try:
        pipeline.take_inbox(home, now=datetime.now(UTC), least_age=least_age, wait_s=LOCK_S)
    except LakeBusyError:
        return True  # a large import, as a rule
    except GroovelogError as error:
        log.warning("What came in waits and is tried again: %s", error.message)
    except BaseException as error:  # the outermost handler; panics of the Delta library are BaseExceptions
        # Only its kind: DuckDB quotes rows in what it says.
        log.warning("What came in waits and is tried again: %s", type(error).__name__)
        log.debug("The inbox was not taken", exc_info=True)
    else:
        return True
    return False
