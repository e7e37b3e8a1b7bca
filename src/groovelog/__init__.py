"""Own your listening history: every play kept once, with a receipt for every row."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from groovelog.python_api import Groovelog


def open(home: Path | str | None = None) -> "Groovelog":
    """Open a home for reading: the folder given, else GROOVELOG_HOME, else the platform's (see `groovelog.python_api`)."""
    from groovelog.python_api import Groovelog  # noqa: PLC0415 - everything that the name of the package does not need

    return Groovelog(home)
