"""Every report once: what it is called, what it says, what it takes. Free of Ibis, so that listing is quick."""

from difflib import get_close_matches
from typing import Any

from groovelog.errors import NotFoundError
from groovelog.reports.of_counts import OF_COUNTS
from groovelog.reports.of_discovery import OF_DISCOVERY
from groovelog.reports.of_group import OF_GROUP
from groovelog.reports.of_matches import OF_MATCHES
from groovelog.reports.of_mood import OF_MOOD
from groovelog.reports.of_playlists import OF_PLAYLISTS
from groovelog.reports.of_plays import MONTHS_AND_HOURS, TOTALS
from groovelog.reports.of_rankings import OF_RANKINGS, TOPS
from groovelog.reports.of_recap import OF_RECAP
from groovelog.reports.of_recent import OF_RECENT
from groovelog.reports.of_rhythm import OF_RHYTHM
from groovelog.reports.of_rows import OF_ROWS
from groovelog.reports.of_saved import OF_SAVED
from groovelog.reports.of_sessions import OF_SESSIONS
from groovelog.reports.of_skips import OF_SKIPS
from groovelog.reports.of_taste import OF_TASTE
from groovelog.reports.report import Report

REPORTS = (
    *TOTALS, *TOPS, *MONTHS_AND_HOURS, *OF_COUNTS, *OF_SESSIONS, *OF_RHYTHM, *OF_RANKINGS, *OF_TASTE, *OF_DISCOVERY,
    *OF_SKIPS, *OF_MOOD, *OF_SAVED, *OF_PLAYLISTS, *OF_RECENT, *OF_RECAP, *OF_GROUP, *OF_MATCHES, *OF_ROWS,
)  # fmt: skip
BY_NAME = {report.name: report for report in REPORTS}


def find(name: str) -> Report:
    """The report of that name. Raises NotFoundError, which suggests the nearest."""
    if name in BY_NAME:
        return BY_NAME[name]
    near = get_close_matches(name, BY_NAME, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(BY_NAME)}."
    raise NotFoundError(f"There is no report {name!r}. {hint}")


def listing() -> dict[str, Any]:
    """All reports as the JSON object of `groovelog report`."""
    return {
        "reports": [
            {
                "name": report.name,
                "title": report.title,
                "definition": report.definition,
                "parameters": [
                    {
                        "name": parameter.name,
                        "meaning": parameter.meaning,
                        "choices": list(parameter.choices),
                        "default": parameter.default,
                    }
                    for parameter in report.parameters
                ],
            }
            for report in REPORTS
        ]
    }
