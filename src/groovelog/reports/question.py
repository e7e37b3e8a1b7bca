"""What can be asked of a report."""

from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from groovelog.errors import NotFoundError, UsageError
from groovelog.lake.people import named
from groovelog.model import Listener
from groovelog.reports.report import Parameter, Report

UNTOLD_LISTENER = "me"


@dataclass(frozen=True)
class Question:
    """Whose plays, when, and counted how.

    `listener` is a name; None is the only listener who is not invented, else "me", else the only listener at all. Both
    dates are local and inclusive; None leaves the period open. `timezone` None takes the dates and hours kept with the
    plays. `top` None takes every row. What is None is as the report has it by default; what a parameter means is told
    with the report.
    """

    listener: str | None = None
    from_date: date | None = None
    to_date: date | None = None
    timezone: str | None = None
    count: str | None = None
    kind: str | None = None
    top: int | None = None
    what: str | None = None
    by: str | None = None
    per: str | None = None
    window: int | None = None
    silence: int | None = None
    session: str | None = None
    artist: str | None = None
    track: str | None = None
    beside: tuple[str, ...] | None = None

    def value(self, name: str) -> Any:
        """What is asked by the parameter of that name."""
        return getattr(self, FIELDS.get(name, name))

    def settled(self, report: Report) -> "Question":
        """The question with the report's defaults. Raises UsageError for a value that cannot be right."""
        asked = {name: self.value(name) for name in NAMES}
        for name, value in asked.items():
            if value is not None and name != "listener" and not report.takes(name):
                takes = ", ".join(parameter.name for parameter in report.parameters)
                raise UsageError(f"The report {report.name} has no {name}. It takes {takes}.")
        defaults: dict[str, Any] = {
            FIELDS.get(name, name): report.default(name) for name, value in asked.items() if value is None
        }
        settled = replace(self, **defaults)
        for parameter in report.parameters:
            _check(parameter, settled.value(parameter.name))
        if settled.timezone is not None:
            check_zone(settled.timezone)
        if settled.from_date is not None and settled.to_date is not None and settled.from_date > settled.to_date:
            raise UsageError(f"The period ends before it begins: from {settled.from_date} to {settled.to_date}.")
        return settled

    def choose(self, known: list[Listener]) -> Listener:
        """The listener asked for. Raises NotFoundError, or UsageError where several could be meant."""
        if self.listener is not None:
            return named(known, self.listener)
        real = [person for person in known if not person.invented and person.origin is None]
        if len(real) > 1:
            real = [person for person in real if person.name == UNTOLD_LISTENER]
        candidates = real or known
        if len(candidates) == 1:
            return candidates[0]
        if not known:
            raise NotFoundError("There is no listener yet. Import an export first: groovelog import PATH.")
        names = ", ".join(person.name for person in known)
        raise UsageError(f"There are several listeners: {names}. Choose one with --listener.")


# A parameter's field of Question, where it has another name: from and with are words of Python's own.
FIELDS = {"from": "from_date", "to": "to_date", "with": "beside"}
_PARAMETERS = {field: parameter for parameter, field in FIELDS.items()}
NAMES = tuple(_PARAMETERS.get(field.name, field.name) for field in fields(Question))


def _check(parameter: Parameter, value: Any) -> None:
    """Raises UsageError for a value that the parameter does not take."""
    if value is None:
        return
    if parameter.choices:
        check_choice("counting rule" if parameter.name == "count" else parameter.name, value, parameter.choices)
    if isinstance(value, int) and value < 1:
        raise UsageError(f"{parameter.name} is at least 1; {value} was asked for.")


def check_zone(timezone: str) -> None:
    """Raises UsageError unless it is an IANA zone."""
    # "localtime" is a link on this machine, and DuckDB does not know it.
    if timezone == "localtime" or timezone not in _zones():
        raise UsageError(f"There is no time zone {timezone!r}. Give one as Europe/Lisbon or America/New_York.")


@cache
def _zones() -> set[str]:
    """They lie on disk, in hundreds of files."""
    return available_timezones()


def check_choice(what: str, value: str, choices: tuple[str, ...]) -> None:
    """Raises UsageError, with the nearest choice, unless the value is one of them."""
    if value not in choices:
        near = get_close_matches(value, choices, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise UsageError(f"There is no {what} {value!r}. {hint}Choose one of {', '.join(choices)}.")


def of_one(artist: str | None, track: str | None) -> str | None:
    """The artist or track that is asked for alone, as a sentence names it; None where all are."""
    if track is None:
        return artist
    return track if artist is None else f"{track} by {artist}"
