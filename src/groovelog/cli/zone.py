"""The zone this machine is set to."""

import os
from pathlib import Path

from groovelog.errors import UsageError
from groovelog.reports.question import check_zone


def machine_zone() -> str:
    """The IANA name from TZ, /etc/timezone or /etc/localtime; UTC where none of them tells one."""
    candidates = [os.environ.get("TZ", "").removeprefix(":")]
    named, linked = Path("/etc/timezone"), Path("/etc/localtime")
    if named.is_file():
        candidates.append(named.read_text(encoding="utf-8", errors="replace").strip())
    if linked.is_symlink():
        candidates.append(os.path.realpath(linked).partition("/zoneinfo/")[2])
    for candidate in candidates:
        try:
            check_zone(candidate)
        except UsageError:
            continue
        return candidate
    return "UTC"
