"""What a page is about: whose plays, which period, counted how; and the answers to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from groovelog.dashboard.answers import answered
from groovelog.dashboard.filters import Choice
from groovelog.dashboard.periods import ALL_TIME, Period
from groovelog.dashboard.texts import wording
from groovelog.lake.snapshot import Snapshot
from groovelog.reports import Answer, Question

RECORD = Period(ALL_TIME)


@dataclass(frozen=True)
class Asked:
    snapshot: Snapshot
    choice: Choice
    period: Period

    def answer(self, report: str, **more: Any) -> Answer:
        """The answer to a report, asked as the filter bar asks; `more` are other fields of a Question.

        Raises as `reports.run` does.
        """
        question = Question(
            **{
                "listener": self.choice.listener.name,
                "from_date": self.period.first,
                "to_date": self.period.last,
                "timezone": self.choice.timezone,
                "count": self.choice.count,
                **more,
            }
        )
        return answered(self.snapshot, report, question)

    def rows(self, report: str, **more: Any) -> list[dict[str, Any]]:
        """The rows of the answer, each by the names of its columns."""
        rows: list[dict[str, Any]] = self.answer(report, **more).values()
        return rows

    def ever(self, report: str, **more: Any) -> Answer:
        """The answer for the whole record, whatever the period."""
        return self.answer(report, from_date=None, to_date=None, **more)

    @property
    def totals(self) -> Mapping[str, Any]:
        """The one row of the report overview."""
        (row,) = self.rows("overview")
        return row

    @property
    def note(self) -> str:
        return wording.basis(self.answer("overview"))
