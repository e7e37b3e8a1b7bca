"""What a page is about: whose plays, which period, counted how; and the answers to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from groovelog.dashboard import texts
from groovelog.dashboard.answers import ask
from groovelog.dashboard.filters import Choice
from groovelog.dashboard.periods import ALL_TIME, Period
from groovelog.lake.snapshot import Snapshot
from groovelog.reports import Answer

RECORD = Period(ALL_TIME)


@dataclass(frozen=True)
class Asked:
    snapshot: Snapshot
    choice: Choice
    period: Period

    def answer(self, report: str, top: int | None = None) -> Answer:
        return ask(self.snapshot, report, self.choice, self.period, top)

    def ever(self, report: str) -> Answer:
        """The answer for the whole record, whatever the period."""
        return ask(self.snapshot, report, self.choice, RECORD)

    @property
    def totals(self) -> Mapping[str, Any]:
        """The one row of the report overview."""
        row: dict[str, Any] = self.answer("overview").rows.to_pylist()[0]
        return row

    @property
    def note(self) -> str:
        return texts.basis(self.answer("overview"))
