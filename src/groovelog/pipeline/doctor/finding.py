"""What the doctor looks at, and what it says."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from groovelog.lake.home import Home
from groovelog.spotify.apps import Setup

Verdict = Literal["ok", "warning", "problem"]


@dataclass(frozen=True)
class Finding:
    """What a check found, in a sentence; `mend` says what to do, and is empty where all is well."""

    verdict: Verdict
    text: str
    mend: str = ""
    check: str = ""

    def of(self, check: str) -> "Finding":
        return replace(self, check=check)


@dataclass(frozen=True)
class Installation:
    """An installation as it is set up. `faults`: settings that cannot be used, in sentences.

    `key` is GROOVELOG_SECRET_KEY; `backup_to` and `backup_every_hours` say what the server does by itself. `python` and
    `versions` (by distribution; one that is missing is not there) are those that run, from `installed_at` on.
    """

    home: Home
    now: datetime
    setup: Setup
    python: tuple[int, int]
    versions: dict[str, str]
    installed_at: datetime
    key: str | None = field(default=None, repr=False)
    backup_to: str | None = None
    backup_every_hours: float = 24
    faults: tuple[str, ...] = ()


def ok(text: str) -> Finding:
    return Finding("ok", text)


def warning(text: str, mend: str) -> Finding:
    return Finding("warning", text, mend)


def problem(text: str, mend: str) -> Finding:
    return Finding("problem", text, mend)
