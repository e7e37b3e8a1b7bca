"""Calling the command line: in this process, or in one of its own where it has to be hurt."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What the `groovelog` script does.
COMMAND = (sys.executable, "-c", "from groovelog.cli import main; main()")


@dataclass(frozen=True)
class Answer:
    """What a call of `groovelog` left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.out)
        return told


Call = Callable[..., Answer]


def started(home: Path, *words: str | Path, **options: Any) -> subprocess.Popen[str]:
    """`groovelog` in a process of its own."""
    environment = {**os.environ, "GROOVELOG_HOME": str(home), "TZ": "UTC"}
    return subprocess.Popen(
        [*COMMAND, *map(str, words)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> Answer:
    """Wait for it; a negative code is the signal that ended it."""
    out, err = process.communicate(timeout=120)
    return Answer(process.returncode, out, err)
