"""Imports that a page begins: what the browser sent, or a place on this machine, put into the queue of the home."""

import logging
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from groovelog.access import Viewer
from groovelog.dashboard import served
from groovelog.errors import LakeError
from groovelog.lake.disk import disk_faults
from groovelog.lake.home import Home
from groovelog.pipeline import import_jobs
from groovelog.pipeline.import_jobs import Job

UPLOAD_SUFFIXES = (".zip", ".json", ".jsonl", ".csv", ".parquet")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upload:
    """A file sent by the browser, under the name it had there."""

    name: str
    content: IO[bytes]


def latest(viewer: Viewer) -> Job | None:
    """The import of this process that the viewer started last, here or over the API while it is under way."""
    return import_jobs.of_home(served.home()).latest(viewer)


def start(given: Sequence[Upload] | Path, listener: str, timezone: str | None, viewer: Viewer) -> bool:
    """Begin an import, and tell so; where one of the viewer's is under way already, False, and nothing is begun."""
    home = served.home()
    jobs = import_jobs.of_home(home)
    title = str(given) if isinstance(given, Path) else ", ".join(upload.name for upload in given)
    job = Job(viewer, listener, title, _now(), shown=True)
    if not jobs.add(job):
        return False
    try:
        with ExitStack() as folder:
            labels = {given: title} if isinstance(given, Path) else _stored(home, folder, given)
            jobs.start(job, labels, timezone, folder.pop_all(), _now)
    except LakeError as error:  # its sentence names a place on the disk
        log.warning("An upload could not be kept: %s", error.message)
        job.failure = import_jobs.DISK
    except BaseException:
        jobs.drop(job)
        raise
    return True


def forget(viewer: Viewer) -> None:
    """Put the viewer's last import away, once it is done."""
    job = latest(viewer)
    if job is not None and not job.running:
        job.shown = False


def _stored(home: Home, folder: ExitStack, uploads: Sequence[Upload]) -> dict[Path, str]:
    """Write uploads under names of ours; their own are only shown. Raises LakeError where the disk does not take them."""
    with disk_faults(home.root):
        at = folder.enter_context(home.scratch_folder())
        labels = {}
        for number, upload in enumerate(uploads, start=1):
            suffix = Path(upload.name).suffix.lower()
            path = at / f"upload-{number}{suffix if suffix in UPLOAD_SUFFIXES else ''}"
            with path.open("xb") as file:
                shutil.copyfileobj(upload.content, file)
            labels[path] = upload.name
    return labels


def _now() -> datetime:
    return datetime.now(UTC)
