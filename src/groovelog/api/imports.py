"""Imports: an upload streamed to disk, how far it is, its receipt."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from groovelog.access import Viewer
from groovelog.api.asking import Given, Reader, Shared, Writer, whose
from groovelog.api.paging import HEADERS, page
from groovelog.api.shapes import (
    Id,
    Imports,
    ImportTold,
    ListenerName,
    Page,
    PageOfListener,
    ReceiptTold,
    Rows,
    Strict,
    Text,
)
from groovelog.errors import NotFoundError, UsageError
from groovelog.lake import receipts
from groovelog.lake.disk import disk_faults
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Receipt
from groovelog.pipeline import as_json, check_name
from groovelog.pipeline.import_jobs import Job
from groovelog.reports import check_zone

SUFFIXES = (".zip", ".json", ".jsonl", ".csv", ".parquet")
MULTIPART = "Send the file itself as the body, as curl --data-binary @FILE does, and its name as ?name=."
EMPTY = "The body is empty. Send the file itself as the body, as curl --data-binary @FILE does."
ANOTHER = "An import of yours has not ended. GET /api/v1/imports tells how far it is; send this one afterwards."
NOT_YET = "This import has not ended. GET /api/v1/imports/{id} tells how far it is."

router = APIRouter(tags=["imports"])
ImportId = Annotated[Id, Path(description="The id of the import, or of its run.", examples=["0f9b2c44d1a7e358"])]


class Sent(Strict):
    """What is told of an upload."""

    name: Annotated[Text, Field(max_length=255)] = Field(
        description="The file's name, as the receipt shows it.", examples=["my_spotify_data.zip"]
    )
    listener: ListenerName | None = None
    timezone: Annotated[Text, Field(max_length=60)] | None = Field(
        None, description="Where a new listener lives.", examples=["Europe/Lisbon"]
    )


FILE_BODY = {
    "requestBody": {
        "required": True,
        "description": "The file itself: a zip as Spotify sends it, JSON, CSV or Parquet.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("/imports", status_code=202, response_model=ImportTold, openapi_extra=FILE_BODY)
async def start_import(
    request: Request, response: Response, viewer: Writer, of: Given, sent: Annotated[Sent, Query()]
) -> dict[str, Any]:
    """Send an export; it is read when it is its turn. The answer tells its id, and where to ask how far it is."""
    if request.headers.get("content-type", "").lower().startswith("multipart/"):
        raise HTTPException(415, MULTIPART)
    job = await run_in_threadpool(_wanted, of, viewer, sent)
    if not of.jobs.add(job):
        raise HTTPException(409, ANOTHER)
    taken = False
    try:
        with ExitStack() as folder, disk_faults(of.home.root):
            # Under a name of ours; its own is only shown.
            suffix = FilePath(sent.name).suffix.lower()
            at = folder.enter_context(of.home.scratch_folder()) / f"upload{suffix if suffix in SUFFIXES else ''}"
            if not await _stored(request, at):
                raise UsageError(EMPTY)
            of.jobs.start(job, {at: sent.name}, sent.timezone, folder.pop_all(), of.clock)
            taken = True
    finally:
        if not taken:
            of.jobs.drop(job)
    response.headers["Location"] = f"{request.url.path}/{job.id}"
    return _of_job(job)


@router.get("/imports", response_model=Imports, responses={200: {"headers": HEADERS}})
def list_imports(
    request: Request, response: Response, viewer: Reader, of: Given, asked: Annotated[PageOfListener, Query()]
) -> dict[str, Any]:
    """Imports under way and failed, then all that brought something, the newest first."""
    under_way = [_of_job(job) for job in reversed(of.jobs.of(viewer)) if job.receipt is None]
    with of.lake() as snapshot:
        person = whose(viewer, snapshot.listeners(), asked.listener) if asked.listener else None
        kept = [_of_receipt(receipt) for receipt in _kept(snapshot, viewer)]
    told = [one for one in (*under_way, *kept) if person is None or one["listener"] == person.name]
    return {"imports": page(request, response, told, asked.limit, asked.offset)}


@router.get("/imports/{import_id}", response_model=ImportTold)
def get_import(viewer: Reader, of: Given, import_id: ImportId) -> dict[str, Any]:
    """How far an import is."""
    job = _job(of, viewer, import_id)
    return _of_receipt(_receipt(of, viewer, import_id)) if job is None else _of_job(job)


@router.get("/imports/{import_id}/receipt", response_model=ReceiptTold)
def get_receipt(viewer: Reader, of: Given, import_id: ImportId) -> dict[str, Any]:
    """The account of an import, file by file."""
    return as_json.receipt_by_file(_told_by(of, viewer, import_id))


@router.get("/imports/{import_id}/rows", response_model=Rows, responses={200: {"headers": HEADERS}})
def list_import_rows(
    *,
    request: Request,
    response: Response,
    viewer: Reader,
    of: Given,
    import_id: ImportId,
    asked: Annotated[Page, Query()],
) -> dict[str, Any]:
    """The rows of an import that were not stored plainly, each with its reason."""
    run_id = _told_by(of, viewer, import_id).run_id
    with of.lake() as snapshot:
        rows = receipts.read_rows(snapshot, run_id)
    return {"rows": [vars(row) for row in page(request, response, rows, asked.limit, asked.offset)]}


def _wanted(of: Shared, viewer: Viewer, sent: Sent) -> Job:
    """The import that is asked for. Raises NotFoundError for another's name, UsageError for what cannot be right."""
    listener = sent.listener
    if listener is not None:
        check_name(listener)
    if sent.timezone is not None:
        check_zone(sent.timezone)
    if viewer.listener_id is not None:
        with of.lake() as snapshot:
            listener = whose(viewer, snapshot.listeners(), listener).name
    return Job(viewer, listener, sent.name, of.clock())


async def _stored(request: Request, path: FilePath) -> int:
    """Write the body as it comes; the bytes. The middleware in front keeps count of them, too."""
    size = 0
    with path.open("xb") as file:
        async for chunk in request.stream():
            file.write(chunk)
            size += len(chunk)
    return size


def _job(of: Shared, viewer: Viewer, import_id: str) -> Job | None:
    return next((job for job in of.jobs.of(viewer) if job.id == import_id), None)


def _told_by(of: Shared, viewer: Viewer, import_id: str) -> Receipt:
    """Raises NotFoundError, HTTPException (409) where it has none: not yet, or never."""
    job = _job(of, viewer, import_id)
    if job is None:
        return _receipt(of, viewer, import_id)
    if job.failure is not None:
        raise HTTPException(409, f"This import brought nothing, so that it has no receipt. {job.failure}")
    if job.receipt is None:
        raise HTTPException(409, NOT_YET.format(id=import_id))
    return job.receipt


def _receipt(of: Shared, viewer: Viewer, run_id: str) -> Receipt:
    with of.lake() as snapshot:
        for receipt in _kept(snapshot, viewer):
            if receipt.run_id == run_id:
                return receipt
    raise NotFoundError(f"There is no import {run_id} of yours. /api/v1/imports lists them.")


def _kept(snapshot: Snapshot, viewer: Viewer) -> Iterator[Receipt]:
    """The receipts that the viewer sees, newest first."""
    names = {person.name for person in snapshot.listeners() if viewer.sees(person)}
    return (receipt for receipt in receipts.read_receipts(snapshot) if receipt.listener in names)


def _of_job(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "status": job.status,
        "file": job.title,
        "listener": job.receipt.listener if job.receipt else job.listener,
        "asked_at": job.asked_at,
        "progress": vars(job.progress),
        "run": job.receipt.run_id if job.receipt else None,
        "failure": job.failure,
        "failed_files": [{"file": note.file, "reason": note.reason} for note in job.notes],
    }


def _of_receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "id": receipt.run_id,
        "status": "done",
        "file": None,
        "listener": receipt.listener,
        "asked_at": receipt.imported_at,
        "progress": None,
        "run": receipt.run_id,
        "failure": None,
        "failed_files": [],
    }
