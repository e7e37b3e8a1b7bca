"""What the verbs bring, as JSON has it: the objects of the commands, and of the HTTP API."""

from datetime import UTC
from typing import TYPE_CHECKING, Any

from groovelog.model import Receipt
from groovelog.spotify.quota import iso

if TYPE_CHECKING:  # what speaks to Spotify, makes backups or merges, which receipts do without
    from groovelog.pipeline.backup.making import Made
    from groovelog.pipeline.backup.manifest import Manifest
    from groovelog.pipeline.pulling import Pulled
    from groovelog.pipeline.pushing import Pushed
    from groovelog.pipeline.web_api import Collected


def receipt(told: Receipt) -> dict[str, Any]:
    """The object of `groovelog import`; `files` counts those read as an export."""
    return {
        "run": told.run_id,
        "listener": told.listener,
        "timezone": told.timezone,
        "files": len(told.files),
        "rows": told.rows,
        "stored": told.stored,
        "duplicates": told.duplicates,
        "unreadable": told.unreadable,
        "failed_files": [{"file": note.file, "reason": note.reason} for note in told.failed_files],
        "ignored_files": [{"file": note.file, "reason": note.reason} for note in told.ignored_files],
        "by_kind": told.by_kind,
        "saved": told.saved,
        "seconds": told.seconds,
    }


def receipt_by_file(told: Receipt) -> dict[str, Any]:
    """The object of `groovelog receipts RUN`."""
    imported_at = told.imported_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return {**receipt(told), "imported_at": imported_at, "by_file": [vars(file) for file in told.files]}


def collected(told: "Collected") -> dict[str, Any]:
    """The object of `groovelog collect`."""
    return {
        "listeners": [
            {
                "name": one.name,
                "stored": one.stored,
                "duplicates": one.duplicates,
                "unreadable": one.unreadable,
                "calls": one.calls,
                "gaps": one.gaps,
                "error": one.fault,
                "until": iso(one.until) if one.until else None,
            }
            for one in told.listeners
        ],
        **{
            key: sum(getattr(one, key) for one in told.listeners)
            for key in ("stored", "duplicates", "unreadable", "calls")
        },
    }


def backup(told: "Manifest") -> dict[str, Any]:
    """One of the list of `groovelog lake restore --list`."""
    return {
        "id": told.backup_id,
        "made_at": iso(told.made_at),
        "run": told.run_id,
        "plays": told.plays,
        "files": len(told.files),
        "bytes": told.bytes,
    }


def backed_up(made: "Made") -> dict[str, Any]:
    """The object of `groovelog lake backup`."""
    return {
        **backup(made.manifest),
        "to": made.to,
        "new_files": made.copied,
        "new_bytes": made.copied_bytes,
        "backups": made.kept,
        "deleted": list(made.deleted),
        "freed_bytes": made.freed_bytes,
    }


def pushed(told: "Pushed") -> dict[str, Any]:
    """The object of `groovelog lake push`, without the place."""
    listeners = [
        {
            "name": one.name,
            "name_there": one.there.name,
            "shares": one.shares,
            "sent": one.there.added,
            "taken_out": one.there.taken_out,
            "months": one.there.months,
            "stayed": {"private": one.private, "web_api": one.of_web_api, "erased": one.erased},
            "withdrawn": one.withdrawn,
            "forgotten_at": iso(one.forgotten_at) if one.forgotten_at else None,
        }
        for one in told.listeners
    ]
    return {"listeners": listeners, "erasures": told.erasures}


def pulled(told: "Pulled") -> dict[str, Any]:
    """The object of `groovelog lake pull`, without the place."""
    members = [
        {
            "name": one.here.name,
            "shares": one.shares,
            "new": one.here.added,
            "taken_out": one.here.taken_out,
            "months": one.here.months,
        }
        for one in told.members
    ]
    return {
        "listeners": members,
        "gone": list(told.gone),
        "kept_out": told.kept_out,
        "erased_elsewhere": list(told.erased_elsewhere),
        "erasures": told.erasures,
    }
