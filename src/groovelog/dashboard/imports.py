"""One import at a time of each viewer, in a thread of its own, so that no page waits for it."""

import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from groovelog import pipeline
from groovelog.access import Viewer
from groovelog.errors import GroovelogError, ImportFailed
from groovelog.lake.home import Home
from groovelog.model import FileNote, Progress, Receipt

BEFORE = Progress("find", 0, 0, 0)
UPLOAD_SUFFIXES = (".zip", ".json", ".jsonl", ".csv", ".parquet")


@dataclass(frozen=True)
class Upload:
    """A file sent by the browser, under the name it had there."""

    name: str
    content: IO[bytes]


class Job:
    """An import under way or done: how far it is, then its receipt or what went wrong."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.progress = BEFORE
        self.receipt: Receipt | None = None
        self.failure: str | None = None
        self.notes: tuple[FileNote, ...] = ()

    @property
    def running(self) -> bool:
        return self.receipt is None and self.failure is None

    def told(self, progress: Progress) -> None:
        self.progress = progress


# By the id of the member who began it; None for who runs Groovelog for themselves. Members see their own alone.
_jobs: dict[str | None, Job] = {}
_starting = threading.Lock()


def latest(viewer: Viewer) -> Job | None:
    """The import of this process that the viewer started last."""
    return _jobs.get(viewer.listener_id)


def start(home: Home, given: Sequence[Upload] | Path, listener: str, timezone: str | None, viewer: Viewer) -> bool:
    """Begin an import, and tell so; where one of the viewer's is under way already, False, and nothing is begun."""
    with _starting:
        before = latest(viewer)
        if before is not None and before.running:
            return False
        job = Job(str(given) if isinstance(given, Path) else ", ".join(upload.name for upload in given))
        _jobs[viewer.listener_id] = job
    threading.Thread(target=_run, args=(job, home, given, listener, timezone), name="import", daemon=True).start()
    return True


def forget(viewer: Viewer) -> None:
    """Put the viewer's last import away, once it is done."""
    with _starting:
        job = latest(viewer)
        if job is not None and not job.running:
            del _jobs[viewer.listener_id]


def _run(job: Job, home: Home, given: Sequence[Upload] | Path, listener: str, timezone: str | None) -> None:
    try:
        with home.scratch_folder() as folder:
            labels = {given: str(given)} if isinstance(given, Path) else _stored(folder, given)
            job.receipt = pipeline.import_exports(
                home,
                list(labels),
                listener=listener,
                timezone=timezone,
                now=datetime.now(UTC),
                progress=job.told,
                labels=labels,
            )
    except ImportFailed as error:
        job.notes = (*error.failed, *error.ignored)
        job.failure = error.message
    except GroovelogError as error:
        job.failure = error.message
    except OSError as error:
        job.failure = f"The files could not be kept for reading: {error.strerror or error}"
    finally:
        if job.running:
            job.failure = "The import stopped at a fault in Groovelog. The terminal it was started in says more."


def _stored(folder: Path, uploads: Sequence[Upload]) -> dict[Path, str]:
    """Write uploads under names of ours; their own are only shown."""
    labels = {}
    for number, upload in enumerate(uploads, start=1):
        suffix = Path(upload.name).suffix.lower()
        path = folder / f"upload-{number}{suffix if suffix in UPLOAD_SUFFIXES else ''}"
        with path.open("xb") as file:
            shutil.copyfileobj(upload.content, file)
        labels[path] = upload.name
    return labels
