"""Dates as people type them."""

import re
from datetime import date

from groovelog.errors import UsageError

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def local_date(text: str | None) -> date | None:
    """The date a person typed. Raises UsageError unless it is one."""
    if text is None:
        return None
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # as the 31st of June: said below
    raise UsageError(f"{text!r} is not a date. Give one as 2025-01-31.")
