"""Look after the lake: a backup now, to where the server's own setting says and nowhere else."""

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException

from groovelog.api.asking import Given, Owner
from groovelog.api.shapes import BackupTold
from groovelog.config import Settings
from groovelog.pipeline import as_json

NO_PLACE = "It is not set where backups go. Whoever runs this Groovelog sets GROOVELOG_BACKUP_TO, a folder outside of the home."

router = APIRouter(prefix="/lake", tags=["lake"])


@router.post("/backup", response_model=BackupTold)
def back_up_now(_viewer: Owner, of: Given) -> dict[str, Any]:
    """Copy the lake and what stands beside it to where the server's setting says, and delete what its rotation does not keep.

    For the owner of a group, or whoever runs Groovelog for themselves.
    """
    settings = Settings()
    if settings.backup_to is None:
        raise HTTPException(409, NO_PLACE)
    # What nothing else here needs.
    from groovelog.pipeline.backup.making import back_up  # noqa: PLC0415
    from groovelog.pipeline.backup.rotating import Keep  # noqa: PLC0415
    from groovelog.pipeline.backup.store import store_at  # noqa: PLC0415

    keep = Keep(settings.backup_keep, settings.backup_keep_weeks)
    made = back_up(of.home, store_at(settings.backup_to), now=of.clock(), keep=keep)
    return as_json.backed_up(made)
