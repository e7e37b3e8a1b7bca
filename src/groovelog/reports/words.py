"""Values of an answer as people read them, on a terminal or a page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from groovelog.tables import Column

Number = Callable[[float, int], str]  # rounded to so many decimals, in words
Day = Callable[[date], str]


def plain(value: float, decimals: int) -> str:
    """As a terminal has it, wherever it stands."""
    return f"{value:,.{decimals}f}"


def duration(ms: int, number: Number = plain) -> str:
    """Seconds under a minute, then minutes, then hours with minutes.

    >>> duration(41_700), duration(24_180_000), duration(360_000_000)
    ('42 s', '6 h 43 min', '100 h')
    """
    seconds, minutes = round(ms / 1_000), round(ms / 60_000)
    if seconds < 60:
        return f"{seconds} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{number(hours, 0)} h {rest} min" if rest else f"{number(hours, 0)} h"


def share(part: float, number: Number = plain) -> str:
    """Percent with one place; what is not nothing is not shown as nothing, nor what is not all as all.

    >>> share(0.0), share(0.00004), share(0.1234), share(0.99999), share(1.0), share(-0.25), share(1.5)
    ('0 %', '< 0.1 %', '12.3 %', '> 99.9 %', '100 %', '-25.0 %', '150.0 %')
    """
    if part in (0, 1):
        return f"{number(100 * part, 0)} %"
    if 0 < part < 0.0005:
        return f"< {number(0.1, 1)} %"
    return f"> {number(99.9, 1)} %" if 0.9995 <= part < 1 else f"{number(100 * part, 1)} %"


def label(column: Column) -> str:
    """The heading over a column."""
    return column.name.removeprefix("ms_").replace("_", " ").capitalize()


def cell(column: Column, value: Any, number: Number = plain, day: Day = str) -> str:
    """The value as `Answer.as_json` has it, in the column's unit; a dash for none."""
    if value is None:
        return "–"
    if column.unit == "ms":
        return duration(value, number)
    if column.unit == "share":
        return share(value, number)
    if column.unit == "year":
        return str(value)
    return _text(column, value, day) if isinstance(value, str) else _number(value, number)


def cells(columns: Sequence[Column], row: Mapping[str, Any], number: Number = plain, day: Day = str) -> list[str]:
    """A row as `Answer.as_json` has it; a `value` whose unit stands in the row is told in that unit.

    >>> columns = Column("value", "BIGINT", ""), Column("unit", "VARCHAR", "")
    >>> cells(columns, {"value": 90_000, "unit": "ms"}), cells(columns, {"value": 3, "unit": "plays"})
    (['2 min', '–'], ['3', 'plays'])
    """
    if row.get("unit") == "ms":
        row = {**row, "unit": None}
        columns = [replace(column, unit="ms") if column.name == "value" else column for column in columns]
    return [cell(column, row[column.name], number, day) for column in columns]


def _text(column: Column, value: str, day: Day) -> str:
    if column.type == "TIMESTAMPTZ":
        return f"{day(date.fromisoformat(value[:10]))} {value[11:16]} UTC"
    return day(date.fromisoformat(value)) if column.type == "DATE" else printable(value)


def _number(value: float | bool, number: Number) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value, 0 if isinstance(value, int) else 2)


def printable(text: str) -> str:
    """A name without what could steer the terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
