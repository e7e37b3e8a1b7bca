"""Bring rows of several sources into a home, and read the history that may be learnt from."""

from datetime import UTC, datetime
from pathlib import Path

from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import import_exports
from groovelog.recommend.history import History, history

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def bring(home: Path, folder: Path, files: dict[str, bytes], listener: str = "me") -> Home:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    import_exports(Home(home), [folder / name for name in files], listener=listener, timezone="UTC", now=NOW)
    return Home(home)


def heard(home: Home, listener: str = "me", *, include_api: bool = False) -> History:
    with open_snapshot(home.lake) as snapshot:
        (person,) = (one for one in snapshot.listeners() if one.name == listener)
        return history(snapshot, person, include_api=include_api)
