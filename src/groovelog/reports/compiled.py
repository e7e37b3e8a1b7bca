"""The SQL of an answer, compiled once for all listeners and dates, and kept for the next process. Free of Ibis.

Compiling takes 50 to 500 ms, and loading Ibis for it another 200; a dashboard asks the same again and again.
"""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from groovelog.reports import kept
from groovelog.reports.asking import Asking

REMEMBERED = 512

# What compiled queries are about, until they are asked: no listener has this id, and nobody a play on these days.
SOMEBODY = "00000000-somebody"
SOME_DAY, LATER = date(1001, 1, 1), date(1001, 12, 31)
SOME_ARTIST, SOME_TRACK = "00000000-artist", "00000000-track"

# Of all reports of plays the same, whatever else is asked of one.
OF_ALL_REPORTS = ("days", "basis", "share", "estimate")
# What every period's answer stands on is a sum over the same days (see `metrics.totals`).
OF_ALL_TIME: dict[str, Any] = dict.fromkeys(("from_date", "to_date"))
OF_ONE_REPORT: dict[str, Any] = dict.fromkeys(("top", "what", "by", "per", "window", "silence", "session", "beside"))


def compiled(part: str, report: str, asking: Asking) -> str:
    """The query of a part of the answer (see `compiling.PARTS`): that of stand-ins, for this listener and these dates."""
    if part in OF_ALL_REPORTS:
        report, asking = "overview", replace(asking, asked=replace(asking.asked, **OF_ONE_REPORT))
    if part == "days":
        asking = replace(asking, asked=replace(asking.asked, **OF_ALL_TIME))
    person, asked = asking.person, asking.asked
    # In a group names are in the SQL as well.
    anybody = person if asking.others else replace(person, listener_id=SOMEBODY, name="", invented=False, plays=0)
    some_time = replace(
        asked, listener=None, from_date=asked.from_date and SOME_DAY, to_date=asked.to_date and LATER,
        artist=asked.artist and SOME_ARTIST, track=asked.track and SOME_TRACK,
    )  # fmt: skip
    query = _for_stand_ins(part, report, replace(asking, person=anybody, asked=some_time))
    for stand_in, day in ((SOME_DAY, asked.from_date), (LATER, asked.to_date)):
        if day is not None:
            query = query.replace(_date_sql(stand_in), _date_sql(day))
    query = query.replace(anybody.listener_id, person.listener_id)
    # Names last: they may be spelt as anything.
    names = {_text_sql(SOME_ARTIST): asked.artist, _text_sql(SOME_TRACK): asked.track}
    found = re.compile("|".join(map(re.escape, names)))
    return found.sub(lambda stand_in: _text_sql(names[stand_in[0]] or ""), query)


@lru_cache(maxsize=REMEMBERED)
def _for_stand_ins(part: str, report: str, asking: Asking) -> str:
    # Nothing that is about a person goes to disk: names of a group, a session's id.
    if asking.others or asking.asked.session:
        return _compile(part, report, asking)
    told = replace(asking, told=frozenset())
    key = f"{part} {report} {told!r} {sorted(asking.told)}"
    query = kept.read(key)
    if query is None:
        query = _compile(part, report, asking)
        kept.write(key, query)
    return query


def _compile(part: str, report: str, asking: Asking) -> str:
    # Loads Ibis.
    from groovelog.reports import compiling  # noqa: PLC0415

    return compiling.query(part, report, asking)


def _text_sql(text: str) -> str:
    """A text as Ibis writes it for DuckDB, whatever is in it."""
    return "'" + text.replace("'", "''") + "'"


def _date_sql(day: date) -> str:
    """A date as Ibis writes it for DuckDB."""
    return f"MAKE_DATE({day.year}, {day.month}, {day.day})"
