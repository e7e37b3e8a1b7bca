"""What can be asked of a report."""

from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from groovelog.errors import NotFoundError, UsageError
from groovelog.lake.people import named
from groovelog.metrics.rules import RULES
from groovelog.model import Listener
from groovelog.reports.report import Report

UNTOLD_LISTENER = "me"


@dataclass(frozen=True)
class Question:
    """Whose plays, when, and counted how.

    `listener` is a name; None is the only listener who is not invented, else "me", else the only listener at all. Both
    dates are local and inclusive; None leaves the period open. `timezone` None takes the dates and hours kept with the
    plays. `count` and `kind` None are as the report has them by default. `top` None takes every row.
    """

    listener: str | None = None
    from_date: date | None = None
    to_date: date | None = None
    timezone: str | None = None
    count: str | None = None
    kind: str | None = None
    top: int | None = None

    def settled(self, report: Report) -> "Question":
        """The question with the report's defaults. Raises UsageError for a value that cannot be right."""
        for name, value in self._asked().items():
            if value is not None and not report.takes(name):
                takes = ", ".join(parameter.name for parameter in report.parameters)
                raise UsageError(f"The report {report.name} has no {name}. It takes {takes}.")
        settled = replace(
            self,
            count=report.default("count") if self.count is None else self.count,
            kind=report.default("kind") if self.kind is None else self.kind,
        )
        settled._check()
        for parameter in report.parameters:
            if parameter.name == "kind" and settled.kind is not None:
                check_choice("kind", settled.kind, parameter.choices)
        return settled

    def _asked(self) -> dict[str, object]:
        return {
            "from": self.from_date,
            "to": self.to_date,
            "timezone": self.timezone,
            "count": self.count,
            "kind": self.kind,
            "top": self.top,
        }

    def _check(self) -> None:
        if self.count is not None:
            check_choice("counting rule", self.count, tuple(RULES))
        if self.timezone is not None:
            check_zone(self.timezone)
        if self.from_date is not None and self.to_date is not None and self.from_date > self.to_date:
            raise UsageError(f"The period ends before it begins: from {self.from_date} to {self.to_date}.")
        if self.top is not None and self.top < 1:
            raise UsageError(f"A report has at least 1 row; {self.top} were asked for.")

    def choose(self, known: list[Listener]) -> Listener:
        """The listener asked for. Raises NotFoundError, or UsageError where several could be meant."""
        if self.listener is not None:
            return named(known, self.listener)
        real = [person for person in known if not person.invented]
        if len(real) > 1:
            real = [person for person in real if person.name == UNTOLD_LISTENER]
        candidates = real or known
        if len(candidates) == 1:
            return candidates[0]
        if not known:
            raise NotFoundError("There is no listener yet. Import an export first: groovelog import PATH.")
        names = ", ".join(person.name for person in known)
        raise UsageError(f"There are several listeners: {names}. Choose one with --listener.")


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
