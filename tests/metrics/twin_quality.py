"""The reports of source rows once more, slowly, in plain Python."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from twin import Row, Rows, title, uri

HALF_HOUR, DRIFT, MINUTE = timedelta(minutes=30), timedelta(seconds=90), timedelta(minutes=1)


def stored(rows: Rows, listener_id: str) -> Rows:
    return [row for row in rows if row["listener_id"] == listener_id and row["counted"]]


def within(rows: Rows, kind: str | None, zone: str, *, first: date | None = None, last: date | None = None) -> Rows:
    """The rows of the kind that began between the dates of the zone, with that date."""
    dated = [row | {"day": row["started_at"].astimezone(ZoneInfo(zone)).date()} for row in rows]
    return [
        row
        for row in dated
        if kind in (None, "all", row["kind"])
        if (first is None or row["day"] >= first) and (last is None or row["day"] <= last)
    ]


def said_at(row: Row, tells_start: list[str]) -> datetime:
    if row["source"] in tells_start:
        return row["started_at"]
    return row.get("played_at") or row["stopped_at"] or row["started_at"]


def clock(row: Row, published: datetime | None, tells_start: list[str]) -> dict[str, bool]:
    start, stop, device = row["started_at"], row["stopped_at"], row["offline_at"]
    return {
        "stop before start": stop is not None and stop < start,
        "after its import": published is not None and said_at(row, tells_start) > published,
        "late upload": device is not None and start - device > HALF_HOUR,
        "device clock ahead": device is not None and device - (stop or start) > DRIFT,
    }


def overlaps(row: Row, others: Rows, key: str) -> bool:
    """Whether it shares more than a minute with one that came before."""
    return any(
        min(row["stopped_at"], other["stopped_at"]) - row["started_at"] > MINUTE
        for other in others
        if row["stopped_at"] and other["stopped_at"]
        if (other["started_at"], other[key]) < (row["started_at"], row[key])
    )


class Told:
    """The stored rows of a listener, and what each is found to be."""

    def __init__(self, rows: Rows, published: dict[str, datetime], tells_start: list[str]) -> None:
        self.rows = rows
        self.tells_start = tells_start
        self.clocks = {row["row_key"]: clock(row, published.get(row["run_id"]), tells_start) for row in rows}
        self.overlap = {
            row["row_key"]: overlaps(row, [other for other in rows if other["source"] == row["source"]], "row_key")
            for row in rows
        }

    def measures(self, rows: Rows) -> Row:
        lengths = sorted(row["ms_played"] for row in rows if row["ms_played"] is not None)
        return {
            "no_id": sum(uri(row) is None for row in rows),
            "no_name": sum(title(row) in (None, "Unknown Track") for row in rows),
            "no_duration": len(rows) - len(lengths),
            "under_5_s": sum(ms < 5_000 for ms in lengths),
            "ms_shortest": lengths[0] if lengths else None,
            "ms_mean": sum(lengths) // len(lengths) if lengths else None,
            "ms_longest": lengths[-1] if lengths else None,
            "clock_trouble": sum(any(self.clocks[row["row_key"]].values()) for row in rows),
            "overlaps": sum(self.overlap[row["row_key"]] for row in rows),
        }

    def checks(self, rows: Rows) -> dict[str, int]:
        told = self.measures(rows)
        instants = [said_at(row, self.tells_start) for row in rows]
        clocks = [self.clocks[row["row_key"]] for row in rows]
        return {
            "no id": told["no_id"],
            "no name": told["no_name"],
            "no duration": told["no_duration"],
            "under 5 s": told["under_5_s"],
            "at a full minute": sum(not at.second and not at.microsecond for at in instants),
            "same instant": len(instants) - len(set(instants)),
            **{name: sum(found[name] for found in clocks) for name in clocks[0]},
            "overlap": told["overlaps"],
        }


def by(rows: Rows, key: Callable[[Row], Any]) -> list[tuple[Any, Rows]]:
    keys = sorted({key(row) for row in rows})
    return [(found, [row for row in rows if key(row) == found]) for found in keys]


def sources(told: Told, rows: Rows, plays: Rows) -> Rows:
    return [
        {
            "source": source,
            "rows": len(group),
            "plays": sum(source in play["sources"].split("+") for play in plays),
            "plays_alone": sum(source == play["sources"] for play in plays),
            **told.measures(group),
            "first_date": min(row["day"] for row in group),
            "last_date": max(row["day"] for row in group),
        }
        for source, group in by(rows, lambda row: row["source"])
    ]


def by_month(told: Told, rows: Rows) -> Rows:
    return [
        {"month": month, "source": source, "rows": len(group), **told.measures(group)}
        for (month, source), group in by(rows, lambda row: (row["day"].replace(day=1), row["source"]))
    ]


def by_run(told: Told, rows: Rows, receipts: Rows, published: dict[str, datetime]) -> Rows:
    files = {(receipt["run_id"], receipt["file_no"]): receipt["source"] for receipt in receipts}
    lines = []
    for (run_id, source), read in by(receipts, lambda receipt: (receipt["run_id"], receipt["source"])):
        group = [
            row for row in rows if files.get((row["run_id"], row["file_no"])) == source and row["run_id"] == run_id
        ]
        lines.append(
            {
                "run_id": run_id,
                "source": source,
                "imported_at": published.get(run_id),
                "files": len(read),
                **{name: sum(file[name] for file in read) for name in ("rows", "stored", "duplicates", "unreadable")},
                **told.measures(group),
            }
        )
    return lines


def missing_values(rows: Rows, columns: list[str]) -> Rows:
    lines = []
    for source, group in by(rows, lambda row: row["source"]):
        for column in columns:
            nulls = sum(row.get(column) is None for row in group)
            lines.append(line(source, nulls, len(group), column_name=column))
    return lines


def data_quality(told: Told, plays: Rows) -> Rows:
    """Without the checks of files, which are sums of receipts."""
    lines = [
        line(source, found, len(group), check=check)
        for source, group in by(told.rows, lambda row: row["source"])
        for check, found in told.checks(group).items()
    ]
    if plays:
        among = sum(overlaps(play, plays, "play_id") for play in plays)
        lines.append(line("plays", among, len(plays), check="overlap"))
    return lines


def line(source: str, rows: int, of_rows: int, **what: str) -> Row:
    return {"source": source, **what, "rows": rows, "of_rows": of_rows, "share": rows / of_rows}
