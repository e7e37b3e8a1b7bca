"""Imports that came in over HTTP: one after the other, each in a thread of its own, so that no answer waits for it."""

import secrets
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from groovelog import pipeline
from groovelog.access import Viewer
from groovelog.errors import GroovelogError, ImportFailed, LakeBusyError, LakeError
from groovelog.lake.home import Home
from groovelog.model import FileNote, Progress, Receipt

BEFORE = Progress("find", 0, 0, 0)
# So many that are over are remembered; what they brought is in the receipts.
REMEMBERED = 200
STOPPED = "The import stopped at a fault in Groovelog. Its log says more, to whoever runs it."
DISK = "The import could not be written. The log of Groovelog says why, to whoever runs it."


class Job:
    """An import that waits, is under way or done: how far it is, then its receipt or what went wrong."""

    def __init__(self, viewer: Viewer, listener: str | None, file: str, asked_at: datetime) -> None:
        self.id = secrets.token_hex(8)
        self.listener_id = viewer.listener_id
        self.listener = listener
        self.file = file
        self.asked_at = asked_at
        self.begun = False
        self.progress = BEFORE
        self.receipt: Receipt | None = None
        self.failure: str | None = None
        self.notes: tuple[FileNote, ...] = ()

    @property
    def over(self) -> bool:
        return self.receipt is not None or self.failure is not None

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
    """Those of this process, the oldest first."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._jobs: list[Job] = []
        self._adding = threading.Lock()
        self._one = threading.Lock()

    def of(self, viewer: Viewer) -> list[Job]:
        """Those that the viewer may see: their own, and of the person this install is for everybody's."""
        return [job for job in self._jobs if viewer.listener_id in (None, job.listener_id)]

    def add(self, job: Job) -> bool:
        """Take it in; False where one of the same listener has not ended."""
        with self._adding:
            if any(other.listener_id == job.listener_id and not other.over for other in self._jobs):
                return False
            over = [other for other in self._jobs if other.over]
            for old in over[: max(0, len(over) - REMEMBERED)]:
                self._jobs.remove(old)
            self._jobs.append(job)
        return True

    def drop(self, job: Job) -> None:
        """Forget one that was taken in and never came to be read."""
        with self._adding:
            self._jobs.remove(job)

    def start(
        self, job: Job, path: Path, timezone: str | None, folder: ExitStack, clock: Callable[[], datetime]
    ) -> None:
        """Read the file when it is its turn; `folder` is closed afterwards."""
        work = (job, path, timezone, folder, clock)
        # A daemon: a process that ends leaves nothing half written.
        threading.Thread(target=self._run, args=work, name="import", daemon=True).start()

    def _run(
        self, job: Job, path: Path, timezone: str | None, folder: ExitStack, clock: Callable[[], datetime]
    ) -> None:
        with folder, self._one:
            job.begun = True
            try:
                job.receipt = pipeline.import_exports(
                    self._home, [path], listener=job.listener, timezone=timezone, now=clock(),
                    progress=job.told, labels={path: job.file},
                )  # fmt: skip
            except ImportFailed as error:
                job.notes = (*error.failed, *error.ignored)
                job.failure = error.message
            except LakeError as error:
                job.failure = "Another program is writing into the lake." if isinstance(error, LakeBusyError) else DISK
            except GroovelogError as error:
                job.failure = error.message
            finally:
                if not job.over:
                    job.failure = STOPPED
