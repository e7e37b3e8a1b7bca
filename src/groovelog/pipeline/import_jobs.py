"""Imports that pages and programs begin: one after the other, each in a thread of its own, so that no answer waits for it."""

import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import cache
from pathlib import Path

from groovelog.access import Viewer
from groovelog.errors import GroovelogError, ImportFailed, LakeBusyError, LakeError
from groovelog.lake.home import Home
from groovelog.model import FileNote, Progress, Receipt
from groovelog.pipeline.importing import import_exports

BEFORE = Progress("find", 0, 0, 0)
# So many that are over are remembered; what they brought is in the receipts.
REMEMBERED = 200
STOPPED = "The import stopped at a fault in Groovelog. Its log says more, to whoever runs it."
DISK = "The import could not be written. The log of Groovelog says why, to whoever runs it."
BUSY = "Another program is writing into the lake."

log = logging.getLogger(__name__)


class Job:
    """An import that waits, is under way or done: how far it is, then its receipt or what went wrong.

    `listener_id` is that of the member who began it; None of who runs Groovelog for themselves. `title` names what is read.
    `shown` is whether a page shows what came of it.
    """

    def __init__(
        self, viewer: Viewer, listener: str | None, title: str, asked_at: datetime, *, shown: bool = False
    ) -> None:
        self.id = secrets.token_hex(8)
        self.listener_id = viewer.listener_id
        self.listener = listener
        self.title = title
        self.asked_at = asked_at
        self.shown = shown
        self.begun = False
        self.progress = BEFORE
        self.receipt: Receipt | None = None
        self.failure: str | None = None
        self.notes: tuple[FileNote, ...] = ()

    @property
    def running(self) -> bool:
        """Not over: waiting, too."""
        return self.receipt is None and self.failure is None

    @property
    def status(self) -> str:
        if self.receipt is not None:
            return "done"
        if self.failure is not None:
            return "failed"
        return "running" if self.begun else "waiting"

    def told(self, progress: Progress) -> None:
        self.progress = progress


class Jobs:
    """Those of this process for one home, the oldest first."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._jobs: list[Job] = []
        self._adding = threading.Lock()
        self._one = threading.Lock()

    def of(self, viewer: Viewer) -> list[Job]:
        """Those that the viewer may see: their own, and of the person this install is for everybody's."""
        return [job for job in self._jobs if viewer.listener_id in (None, job.listener_id)]

    def latest(self, viewer: Viewer) -> Job | None:
        """The last that the viewer began themselves, if it is under way or shown."""
        own = [job for job in self._jobs if job.listener_id == viewer.listener_id and (job.running or job.shown)]
        return own[-1] if own else None

    def add(self, job: Job) -> bool:
        """Take it in; False where one of the same listener has not ended."""
        with self._adding:
            if any(other.listener_id == job.listener_id and other.running for other in self._jobs):
                return False
            over = [other for other in self._jobs if not other.running]
            for old in over[: max(0, len(over) - REMEMBERED)]:
                self._jobs.remove(old)
            self._jobs.append(job)
        return True

    def drop(self, job: Job) -> None:
        """Forget one that was taken in and never came to be read."""
        with self._adding:
            self._jobs.remove(job)

    def start(
        self,
        job: Job,
        labels: Mapping[Path, str],
        timezone: str | None,
        folder: ExitStack,
        clock: Callable[[], datetime],
    ) -> None:
        """Read the files, each shown by its label, when it is their turn; `folder` is closed afterwards."""
        # A daemon: a process that ends leaves nothing half written.
        work = (job, labels, timezone, folder, clock)
        threading.Thread(target=self._run, args=work, name="import", daemon=True).start()

    def _run(
        self,
        job: Job,
        labels: Mapping[Path, str],
        timezone: str | None,
        folder: ExitStack,
        clock: Callable[[], datetime],
    ) -> None:
        with folder, self._one:
            job.begun = True
            try:
                job.receipt = import_exports(
                    self._home, list(labels), listener=job.listener, timezone=timezone, now=clock(),
                    progress=job.told, labels=dict(labels),
                )  # fmt: skip
            except ImportFailed as error:
                job.notes = (*error.failed, *error.ignored)
                job.failure = error.message
            except LakeError as error:  # its sentence names places on the disk, which members need not know
                log.warning("An import could not be written: %s", error.message)
                job.failure = BUSY if isinstance(error, LakeBusyError) else DISK
            except GroovelogError as error:
                job.failure = error.message
            finally:
                if job.running:
                    job.failure = STOPPED


@cache
def of_home(home: Home) -> Jobs:
    """The one queue of this process for the home, whoever asks: pages and programs wait for each other."""
    return Jobs(home)
