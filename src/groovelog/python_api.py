"""The Python API: reports and tables of a lake, for notebooks and scripts.

>>> import groovelog
>>> gl = groovelog.open("~/music")
>>> gl.report("discovery", listener="me", period="2025").to_pandas()
>>> gl.plays.filter(gl.plays.skipped).count().execute()
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from groovelog.config import Settings
from groovelog.errors import UsageError
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Listener
from groovelog.reports import Answer, Question, listing, run
from groovelog.reports.question import FIELDS, NAMES
from groovelog.tables import BY_NAME

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas
    import polars

Day = date | str
Period = Day | tuple[Day | None, Day | None] | None
SHOWN = 20  # rows of a report as a notebook shows it


@dataclass(frozen=True, repr=False)
class Result:
    """The answer to a report: its rows as the library you like, and what has to be said with them."""

    answer: Answer

    @property
    def definition(self) -> str:
        """What was counted, and how."""
        return self.answer.definition

    @property
    def coverage(self) -> float | None:
        """The share of the counted plays with audio features; None where nothing was matched."""
        return self.answer.coverage

    @property
    def columns(self) -> dict[str, str]:
        """Each column with what it means, and its unit."""
        return {
            column.name: f"{column.meaning} ({column.unit})" if column.unit else column.meaning
            for column in self.answer.columns
        }

    def to_arrow(self) -> pa.Table:
        return self.answer.rows

    def to_pandas(self) -> "pandas.DataFrame":
        return self.answer.rows.to_pandas()

    def to_polars(self) -> "polars.DataFrame":
        """Raises UsageError where Polars is not installed: Groovelog does without."""
        try:
            import polars  # noqa: PLC0415 - an extra
        except ImportError:
            raise UsageError(
                "Polars is not installed here. pip install 'groovelog[polars]', or take to_pandas()."
            ) from None
        return polars.DataFrame(self.answer.rows)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `groovelog report NAME --json`."""
        return self.answer.as_json()

    def __len__(self) -> int:
        return int(self.answer.rows.num_rows)

    def __repr__(self) -> str:
        return f"<{self.answer.title} of {self.answer.listener}: {len(self):,} rows>"

    def _repr_html_(self) -> str:
        answer = self.answer
        said = (answer.listener, f"{answer.from_date} to {answer.to_date}", answer.timezone, answer.count, answer.kind)
        head = "".join(f"<th>{escape(column.name)}</th>" for column in answer.columns)
        rows = answer.as_json()["rows"]
        body = "".join(f"<tr>{''.join(map(_cell, row.values()))}</tr>" for row in rows[:SHOWN])
        more = f"<p>The first {SHOWN} of {len(rows):,} rows.</p>" if len(rows) > SHOWN else ""
        return (
            f"<h4>{escape(answer.title)}</h4><p>{escape(answer.definition)}</p>"
            f"<p>{escape(' · '.join(part for part in said if part))}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
        )


class Groovelog:
    """A lake opened for reading, as it was when it was opened. Close it by `with` or `close`.

    Every table of the lake is an attribute, as an Ibis table: `gl.plays`, `gl.tracks` ... They are everybody's.
    """

    def __init__(self, home: Path | str | None = None) -> None:
        at = Settings().home_at(None if home is None else Path(home))
        self._snapshot = open_snapshot(at.lake)

    @property
    def listeners(self) -> list[Listener]:
        """Everybody, by name, with the number of plays kept."""
        return self._snapshot.listeners()

    @property
    def reports(self) -> dict[str, str]:
        """Every report by name, with its definition."""
        return {report["name"]: report["definition"] for report in listing()["reports"]}

    def report(self, name: str, *, listener: str | None = None, period: Period = None, **asked: Any) -> Result:
        """The answer of a report.

        `period` is a year ("2025"), month ("2025-06") or day, or a pair of first and last local date, either of them None
        for open. Everything else is asked by the names that `groovelog report NAME --help` lists: `count="all"`, `top=10`,
        `per="week"`; the others of a group as `beside=["anna"]`, for `with` is a word of Python's.

        Raises GroovelogError: NotFoundError for an unknown report or listener, UsageError for what the report does not take,
        NothingToTell where nothing kept can answer.
        """
        known = {FIELDS.get(parameter, parameter) for parameter in NAMES}
        for given in asked:
            if given not in known:
                raise UsageError(f"There is nothing called {given!r} to ask. There is {', '.join(sorted(known))}.")
        if isinstance(beside := asked.get("beside"), Sequence):
            asked["beside"] = (beside,) if isinstance(beside, str) else tuple(beside)
        if period is not None:
            asked["from_date"], asked["to_date"] = _ends(period)
        return Result(run(self._snapshot, name, Question(listener=listener, **asked)))

    def table(self, name: str) -> "ir.Table":
        """A table of the lake as an Ibis table. Raises UsageError for one that is not there."""
        if name not in BY_NAME:
            raise UsageError(f"There is no table {name!r}. There are {', '.join(BY_NAME)}.")
        return self._tables.table(name)

    def __getattr__(self, name: str) -> "ir.Table":
        if name.startswith("_") or name not in BY_NAME:
            raise AttributeError(f"A Groovelog has no {name!r}. Its tables are {', '.join(BY_NAME)}.")
        return self.table(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *BY_NAME})

    @property
    def _tables(self) -> Any:
        import ibis  # noqa: PLC0415 - half a second that reports of few rows need not

        return ibis.duckdb.from_connection(self._snapshot.connection)

    def close(self) -> None:
        self._snapshot.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _ends(period: Day | tuple[Day | None, Day | None]) -> tuple[date | None, date | None]:
    """The first and last date of a period.

    >>> _ends("2024-02"), _ends(("2024-02-10", None))
    ((datetime.date(2024, 2, 1), datetime.date(2024, 2, 29)), (datetime.date(2024, 2, 10), None))
    """
    first, last = period if isinstance(period, tuple) else (period, period)
    return _stretch(first)[0], _stretch(last)[1]


def _stretch(told: Day | None) -> tuple[date | None, date | None]:
    """The first and last date of a day, month or year."""
    if told is None or isinstance(told, date):
        return told, told
    try:
        year, month, day = (*map(int, told.split("-")), None, None)[:3]
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        raise UsageError(f"{told!r} is no period. Give one as 2025, 2025-06, 2025-06-30, or a pair of such.") from None
    if month is None:
        return first, date(first.year, 12, 31)
    if day is None:
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    return first, first


def _cell(value: Any) -> str:
    return f"<td>{'' if value is None else escape(str(value))}</td>"
