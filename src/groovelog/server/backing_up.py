"""Back up while the server runs, where GROOVELOG_BACKUP_TO says where: a first one, then whenever the last is old enough."""

import asyncio
import contextlib
import logging
from datetime import UTC, datetime, timedelta

from groovelog.config import Settings
from groovelog.errors import GroovelogError
from groovelog.lake import delta
from groovelog.lake.home import Home
from groovelog.pipeline.backup import records
from groovelog.tables import COMMITS

# How often it is looked whether one is due, and how soon after one that failed it is tried again.
LOOK_S, TRY_AGAIN_S = 60, 3600

log = logging.getLogger(__name__)


async def keep_backing_up(home: Home, preparing: asyncio.Task[None], stopping: asyncio.Event) -> None:
    """Make a backup when one is due, in a thread, so that no page waits; once the first page is prepared."""
    await asyncio.wait([preparing])
    while not stopping.is_set():
        done = await asyncio.to_thread(look, home, datetime.now(UTC))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), LOOK_S if done else TRY_AGAIN_S)


def look(home: Home, now: datetime) -> bool:
    """Make a backup where one is due; whether nothing went wrong. What does is logged and stops nothing."""
    try:
        settings = Settings()
        if settings.backup_to is not None:
            _back_up_if_due(home, settings, settings.backup_to, now)
    except GroovelogError as error:
        log.warning("No backup was made just now, and it is tried again: %s", error.message)
    except BaseException as error:  # the outermost handler; panics of the Delta library are BaseExceptions
        log.warning("No backup was made just now, and it is tried again: %s", type(error).__name__)
        log.debug("The backup failed", exc_info=True)
    else:
        return True
    return False


def due(home: Home, to: str, every_hours: float, now: datetime) -> bool:
    """Whether the last backup into the place is so old; one of the future was made by a clock set back since."""
    made = [record.made_at for record in records.all_of(home) if record.to == to]
    if any(now - timedelta(hours=every_hours) < at <= now for at in made):
        return False
    return delta.version(home.lake, COMMITS) is not None


def _back_up_if_due(home: Home, settings: Settings, to: str, now: datetime) -> None:
    from groovelog.pipeline.backup.making import back_up  # noqa: PLC0415 (what a server without backups does without)
    from groovelog.pipeline.backup.rotating import Keep  # noqa: PLC0415

    store = settings.store_of(home)(to)
    if due(home, store.title, settings.backup_every_hours, now):
        keep = Keep(settings.backup_keep, settings.backup_keep_weeks)
        made = back_up(home, store, now=now, keep=keep, tell=log.info)
        log.info("Backed up: %s, %d new files", made.manifest.backup_id, made.copied)
