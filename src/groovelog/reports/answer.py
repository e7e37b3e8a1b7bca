"""A report's answer, with what it stands on, and its forms for other programs."""

import csv
import io
import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from groovelog.reports.question import of_one
from groovelog.reports.report import Report
from groovelog.tables import Column

INSTANT = pa.timestamp("us")
INSTANT_UTC = pa.timestamp("us", "UTC")


@dataclass(frozen=True)
class Basis:
    """What an answer of plays stands on: kept plays of the kind, the counted, the undecided ones; and kept plays by kind.

    Of the counted plays some may not tell how long they lasted: `estimated_share` is the share of the time told that is
    estimated (see `metrics.estimated`; None where there is no time), `untimed_plays` are those that add no time at all.
    """

    plays: int
    counted_plays: int
    undecided_plays: int
    untimed_plays: int
    estimated_share: float | None
    by_kind: dict[str, int]


@dataclass(frozen=True)
class Held:
    """What an answer that is not of plays stands on: rows of the table that its report is of."""

    rows: int


@dataclass(frozen=True)
class Answer:
    """Rows, and everything that has to be said with them.

    `from_date` and `to_date` are as asked; where a side was left open, the local date of the first or last kept play,
    None without plays. `timezone` is as asked, else the zone kept with the plays (several, if so, joined by a comma).
    What the report does not take is None; `artist` and `track` are as asked.
    `coverage` is the share of counted plays with audio features, None as long as
    no track was looked for in a reference. `beside` are the other listeners of a report of a group. `columns` are those of
    the report that the rows have: some come only where they are asked for.
    """

    report: Report
    listener: str
    from_date: date | None
    to_date: date | None
    timezone: str | None
    count: str | None
    kind: str | None
    stands_on: Basis | Held
    rows: pa.Table
    columns: tuple[Column, ...]
    coverage: float | None = None
    beside: tuple[str, ...] = ()
    artist: str | None = None
    track: str | None = None

    @property
    def tells_time(self) -> bool:
        """Whether rows say how long was listened."""
        return any(column.unit == "ms" for column in self.columns)

    @property
    def of_one(self) -> str | None:
        """The artist or track that it is of alone, as a sentence names it."""
        return of_one(self.artist, self.track)

    @property
    def title(self) -> str:
        return self.report.title

    @property
    def definition(self) -> str:
        return self.report.definition

    @property
    def basis(self) -> Basis:
        """What an answer of plays stands on. Raises TypeError for an answer of anything else."""
        if isinstance(self.stands_on, Held):
            raise TypeError(f"The report {self.report.name} is not of plays.")
        return self.stands_on

    def as_json(self) -> dict[str, Any]:
        """The JSON object of `groovelog report NAME`: dates ISO 8601, instants in UTC."""
        return {**self._context(), "rows": self._plain_rows()}

    def as_csv(self) -> str:
        """A header line, then the rows; dates and instants as in JSON, nothing where there is none."""
        text = io.StringIO()
        writer = csv.DictWriter(text, [column.name for column in self.columns], lineterminator="\n")
        writer.writeheader()
        writer.writerows(self._plain_rows())
        return text.getvalue()

    def as_parquet(self) -> bytes:
        """The rows as a Parquet file; the JSON object without its rows is in its metadata, under "groovelog"."""
        import pyarrow.parquet  # noqa: PLC0415 - 20 ms that other formats do without

        sink = io.BytesIO()
        pyarrow.parquet.write_table(self._told_rows(), sink)
        return sink.getvalue()

    def as_arrow(self) -> bytes:
        """The rows as an Arrow IPC stream, with the same metadata as the Parquet file."""
        sink = io.BytesIO()
        rows = self._told_rows()
        with pa.ipc.new_stream(sink, rows.schema) as stream:
            stream.write_table(rows)
        return sink.getvalue()

    def _told_rows(self) -> pa.Table:
        context = json.dumps(self._context(), ensure_ascii=False)
        return self.rows.replace_schema_metadata({"groovelog": context})

    def _context(self) -> dict[str, Any]:
        return {
            "report": self.report.name,
            "listener": self.listener,
            **({"with": list(self.beside)} if self.report.takes("with") else {}),
            "from": _plain(self.from_date),
            "to": _plain(self.to_date),
            "timezone": self.timezone,
            "count": self.count,
            "kind": self.kind,
            **({"artist": self.artist, "track": self.track} if self.of_one is not None else {}),
            "coverage": self.coverage,
            "basis": asdict(self.stands_on),
            "columns": [
                {"name": column.name, "type": column.type, "unit": column.unit or None} for column in self.columns
            ],
        }

    def values(self) -> list[dict[str, Any]]:
        """The rows in Python's own types, instants in UTC."""
        # PyArrow loads pandas to make a Python datetime with a zone, and does not for one without.
        instants = [field.name for field in self.rows.schema if field.type == INSTANT_UTC]
        naive = [field.with_type(INSTANT) if field.name in instants else field for field in self.rows.schema]
        rows: list[dict[str, Any]] = self.rows.cast(pa.schema(naive)).to_pylist()
        for row in rows:
            row.update({name: row[name].replace(tzinfo=UTC) for name in instants if row[name] is not None})
        return rows

    def _plain_rows(self) -> list[dict[str, Any]]:
        return [{name: _plain(value) for name, value in row.items()} for row in self.values()]


def _plain(value: Any) -> Any:
    """A value as JSON has it; a datetime is in UTC."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat() + "Z"
    return value.isoformat() if isinstance(value, date) else value
