"""Every report once: what it is called, what it says, what it takes. Free of Ibis, so that listing is quick."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from groovelog.errors import NotFoundError
from groovelog.metrics.rules import ASKED_KINDS, RULES
from groovelog.tables import Column


@dataclass(frozen=True)
class Parameter:
    """What a report takes; `default` is None where leaving it out means no limit, or the listener's own."""

    name: str
    meaning: str
    choices: tuple[str, ...] = ()
    default: str | None = None


@dataclass(frozen=True)
class Report:
    """One report: `ranked` ones take a top, `columns` are those of its rows."""

    name: str
    title: str
    definition: str
    columns: tuple[Column, ...]
    ranked: bool = False

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return (*ASKED, TOP) if self.ranked else ASKED


ASKED = (
    Parameter("listener", "whose plays, by name; else the only listener who is not invented, else me"),
    Parameter("from", "first local date"),
    Parameter("to", "last local date, inclusive"),
    Parameter("timezone", "zone of dates and hours, as Europe/Lisbon; else as kept with the plays"),
    Parameter("count", "which plays count: " + "; ".join(f"{rule}: {words}" for rule, words in RULES.items()),
              tuple(RULES), "30s"),
    Parameter("kind", "what was played", ASKED_KINDS, "track"),
)  # fmt: skip
TOP = Parameter("top", "rows at most; else every row")

RANK = Column("rank", "BIGINT", "place, from 1; ties are ordered by name")
TITLE = Column("track_name", "VARCHAR", "title, also of an episode or a chapter; null where nobody names it")
MAKER = Column("artist_name", "VARCHAR", "artist; show or audiobook, if asked for")
ALBUM = Column("album_name", "VARCHAR", "album; show or audiobook, if asked for")
COUNTED = Column("plays", "BIGINT", "counted plays")
HEARD = Column("ms_played", "BIGINT", "time listened in counted plays; those of unknown duration add none", "ms")

REPORTS = (
    Report(
        "overview",
        "Overview",
        "How much was played in the period, how much of it counts, of how many works, and on how many days.",
        (
            Column("plays", "BIGINT", "plays kept, whether they count or not"),
            Column("counted_plays", "BIGINT", "plays that pass the counting rule"),
            HEARD,
            Column("tracks", "BIGINT", "tracks by catalogue entry; episodes or chapters, if asked for"),
            Column("artists", "BIGINT", "artists, each spelling one; shows or audiobooks, if asked for"),
            Column("albums", "BIGINT", "albums, each pair of album and artist one"),
            Column("sessions", "BIGINT", "sessions with a counted play; no silence over 30 minutes within one"),
            Column("days_with_plays", "BIGINT", "local days on which a counted play began", "days"),
            Column("calendar_days", "BIGINT", "days from the first to the last kept play, both included", "days"),
            Column("ms_per_day", "BIGINT", "ms_played by calendar_days, rounded down; null without plays", "ms"),
            Column("first_play", "TIMESTAMPTZ", "start of the first counted play"),
            Column("last_play", "TIMESTAMPTZ", "start of the last counted play"),
        ),
    ),
    Report(
        "top-tracks",
        "Top tracks",
        "Tracks by counted plays, ties by name. A track is a catalogue entry: a play without URI joins the entry of "
        "its exact title and artist, else its names are one. "
        "Asked for episodes it ranks episodes, for audiobooks chapters.",
        (RANK, TITLE, MAKER, COUNTED, HEARD),
        ranked=True,
    ),
    Report(
        "top-artists",
        "Top artists",
        "Artists by counted plays, ties by name, as the source spells them; plays without a known artist are left out. "
        "Asked for episodes it ranks shows, for audiobooks audiobooks.",
        (RANK, MAKER, COUNTED, HEARD),
        ranked=True,
    ),
    Report(
        "top-albums",
        "Top albums",
        "Albums by counted plays, ties by name, apart where the artists differ; plays without a known album are left "
        "out. Asked for episodes it ranks shows, for audiobooks audiobooks.",
        (RANK, ALBUM, MAKER, COUNTED, HEARD),
        ranked=True,
    ),
    Report(
        "listening-by-month",
        "Listening by month",
        "Counted plays and their time by local month, from the month of the first kept play to that of the last.",
        (Column("month", "DATE", "first day of the month"), COUNTED, HEARD),
    ),
    Report(
        "heatmap",
        "Hours of the week",
        "Counted plays and their time by weekday and local hour; a play lies whole in the hour in which it began.",
        (
            Column("weekday", "INTEGER", "1 is Monday, 7 Sunday"),
            Column("hour", "INTEGER", "local hour, 0 to 23", "h"),
            COUNTED,
            HEARD,
        ),
    ),
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
