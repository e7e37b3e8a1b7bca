"""Compiled queries on disk, in the user's folder for caches: texts about nobody, which may go at any time.

They are kept for this very code: another version, or a file changed since, begins anew and takes the others away. A
folder that cannot be written costs time alone.
"""

import os
import secrets
import shutil
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

PACKAGE = Path(__file__).parent.parent
COMPILERS = ("ibis-framework", "sqlglot")
SHORT = 32  # hexadecimal digits


def read(key: str) -> str | None:
    """The query kept under a key; None where there is none."""
    try:
        return _path(key).read_text(encoding="utf-8")
    except OSError:
        return None


def write(key: str, query: str) -> None:
    """Keep a query; readers see all of it or nothing."""
    path = _path(key)
    with suppress(OSError):
        _make(path.parent)
        half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        half.write_text(query, encoding="utf-8")
        half.replace(path)


def _path(key: str) -> Path:
    return user_cache_path("groovelog") / "queries" / _code() / _digest(key)


def _make(folder: Path) -> None:
    if folder.exists():
        return
    folder.mkdir(parents=True, mode=0o700)
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)


@cache
def _code() -> str:
    """What a query follows from: every file of this package, by size and time of change, and what compiles it."""
    files = (
        (entry.path, (stat := entry.stat()).st_size, stat.st_mtime_ns)
        for folder in ("metrics", "reports", ".")
        for entry in os.scandir(PACKAGE / folder)
        if entry.name.endswith(".py")
    )
    return _digest(repr((sorted(files), [version(name) for name in COMPILERS])))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:SHORT]
