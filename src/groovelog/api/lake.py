"""Look after the lake: back up, push and pull now, to and from where the server's own settings say and nowhere else.

For the owner of a group, or whoever runs Groovelog for themselves.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException

from groovelog.api.asking import Given, Owner, Shared
from groovelog.api.lake_shapes import BackupTold, PulledTold, PushedTold
from groovelog.config import Settings
from groovelog.errors import UsageError
from groovelog.lake.folder import Folder
from groovelog.lake.home import LakeElsewhere
from groovelog.pipeline import as_json
from groovelog.pipeline.group_lake import group_lake

NO_BACKUPS = "It is not set where backups go. Whoever runs this Groovelog sets GROOVELOG_BACKUP_TO, a folder outside of the home."
NO_GROUP = "It is not set where the group's lake is. Whoever runs this Groovelog sets GROOVELOG_GROUP_LAKE."

SET_WRONG = "A setting of this Groovelog cannot be used. Its log says which, to whoever runs it."

log = logging.getLogger(__name__)
router = APIRouter(prefix="/lake", tags=["lake"])


@router.post("/backup", response_model=BackupTold)
def back_up_now(_viewer: Owner, of: Given) -> dict[str, Any]:
    """Copy the lake and what stands beside it to where the server's setting says; what its rotation does not keep goes."""
    with _set_right():
        settings = Settings()
        store = settings.store_of(of.home)(settings.backup_to) if settings.backup_to else None
    if store is None:
        raise HTTPException(409, NO_BACKUPS)
    # What nothing else here needs.
    from groovelog.pipeline.backup.making import back_up  # noqa: PLC0415
    from groovelog.pipeline.backup.rotating import Keep  # noqa: PLC0415

    keep = Keep(settings.backup_keep, settings.backup_keep_weeks)
    made = back_up(of.home, store, now=of.clock(), keep=keep)
    return as_json.backed_up(made)


@router.post("/push", response_model=PushedTold)
def push_now(_viewer: Owner, of: Given) -> dict[str, Any]:
    """Send what each listener shares to the group's lake; what they share no longer is taken out there."""
    from groovelog.pipeline.pushing import push  # noqa: PLC0415 (as above)

    group = _group(of)
    try:
        return as_json.pushed(push(of.home, group, now=of.clock()))
    except UsageError as error:
        raise _refusal(group, error) from error


@router.post("/pull", response_model=PulledTold)
def pull_now(_viewer: Owner, of: Given) -> dict[str, Any]:
    """Bring what the other members of the group share; who shares no longer is taken out here."""
    from groovelog.pipeline.pulling import pull  # noqa: PLC0415 (as above)

    group = _group(of)
    try:
        return as_json.pulled(pull(of.home, group, now=of.clock()))
    except UsageError as error:
        raise _refusal(group, error) from error


def _group(of: Shared) -> LakeElsewhere:
    with _set_right():
        place = Settings().group_place(of.home, None)
        if place is None:
            raise HTTPException(409, NO_GROUP)
        return group_lake(of.home, place, "--to")


@contextmanager
def _set_right() -> Iterator[None]:
    """Raises HTTPException (409) for a setting that cannot be used: nothing that was asked is at fault, and who asks is not
    told what it says.
    """
    try:
        yield
    except UsageError as error:
        log.warning("The API could not answer: %s", error.message)
        raise HTTPException(409, SET_WRONG) from error


def _refusal(group: LakeElsewhere, error: UsageError) -> HTTPException:
    """Nothing that was asked is at fault, but what is set or shared; places stay on the server."""
    told = error.message.replace(str(group.at), "the group's lake")
    if isinstance(group.at, Folder):
        told = told.replace(str(group.at.path.parent), "above it")
    return HTTPException(409, told)
