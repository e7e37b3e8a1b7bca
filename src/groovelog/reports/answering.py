"""From a question to its answer: the report's expression, compiled, run on the snapshot's DuckDB connection."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from sqlglot import exp

from groovelog.errors import NothingToTell
from groovelog.lake.snapshot import Snapshot
from groovelog.metrics import counting, coverage, estimated, totals, works
from groovelog.metrics.rules import LEAST_COVERAGE
from groovelog.metrics.unbound import unbound
from groovelog.model import KINDS, Listener
from groovelog.reports.answer import INSTANT_UTC, Answer, Basis, Held
from groovelog.reports.question import Question, of_one
from groovelog.reports.registry import find
from groovelog.reports.report import Report
from groovelog.reports.supply import Supply, could_tell, cut_for, metric_of, untold_sql
from groovelog.tables import PLAYS, SOURCE_PLAYS, TRACK_MATCHES, TRACKS

REMEMBERED = 512  # compiled queries: a dashboard asks the same again and again, and compiling takes 50 to 500 ms

# What compiled queries are about, until they are asked: no listener has this id, and nobody a play on these days.
SOMEBODY = "00000000-somebody"
SOME_DAY, LATER = date(1001, 1, 1), date(1001, 12, 31)
SOME_ARTIST, SOME_TRACK = "00000000-artist", "00000000-track"

ARROW_TYPES = {
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "DOUBLE": pa.float64(),
    "INTEGER": pa.int32(),
    "TIMESTAMPTZ": INSTANT_UTC,
    "VARCHAR": pa.string(),
}


def answered(
    snapshot: Snapshot, report: Report, person: Listener, asked: Question, others: tuple[Listener, ...] = ()
) -> Answer:
    """Run the report's queries: what it stands on, and its rows.

    Raises NothingToTell where the listener has no plays in the period, or too few with audio features for the report.
    """
    supply = Supply(person, asked, others)
    for table in cut_for(report):
        snapshot.cut(table, person.listener_id)
    if report.of is not PLAYS:
        said = _of_others(report, supply, snapshot)
    else:
        supply = Supply(person, asked, others, told=told_by_all(snapshot, person, asked, others))
        said = _of_plays(report, supply, snapshot)
    rows = snapshot.connection.sql(rows_sql(report.name, supply)).to_arrow_table()
    columns = tuple(column for column in report.columns if column.name in rows.column_names)
    return Answer(
        report=report,
        listener=person.name,
        beside=tuple(other.name for other in others),
        count=asked.count,
        kind=asked.kind,
        artist=asked.artist,
        track=asked.track,
        columns=columns,
        rows=rows.cast(pa.schema([(column.name, ARROW_TYPES[column.type]) for column in columns])),
        **said,
    )


def told_by_all(
    snapshot: Snapshot, person: Listener, asked: Question, others: tuple[Listener, ...] = ()
) -> frozenset[str]:
    """The columns that every play tells. Only for others is to look up or to estimate worth its time."""
    own = (f'"{snapshot.cut(PLAYS, one.listener_id)}"' for one in (person, *others))
    rows = "(" + " UNION ALL ".join(f"FROM {view}" for view in own) + ")"
    untold = {name for (name,) in snapshot.once(untold_sql(rows, asked.kind))}
    return frozenset(could_tell(asked.kind)) - untold


def _of_plays(report: Report, supply: Supply, snapshot: Snapshot) -> dict[str, Any]:
    """What is said with an answer of plays."""
    person, asked = supply.person, supply.asked
    kept = snapshot.once(basis_sql(supply))
    if not kept:
        raise NothingToTell(_why_nothing(snapshot, person, asked))
    of_kind = [row for row in kept if asked.kind in ("all", row[0])]
    covered = _coverage(supply, snapshot)
    if report.needs_audio:
        _check_coverage(report, covered)
    return {
        "from_date": asked.from_date or min((row[6] for row in of_kind), default=None),
        "to_date": asked.to_date or max((row[7] for row in of_kind), default=None),
        "timezone": ", ".join(sorted({row[1] for row in of_kind})) or asked.timezone or person.timezone,
        "coverage": covered,
        "stands_on": Basis(
            plays=sum(row[2] for row in of_kind),
            counted_plays=sum(row[3] for row in of_kind),
            undecided_plays=sum(row[4] for row in of_kind),
            untimed_plays=sum(row[5] for row in of_kind),
            estimated_share=_estimated(supply, snapshot),
            by_kind={kind: sum(row[2] for row in kept if row[0] == kind) for kind in KINDS},
        ),
    }


def _why_nothing(snapshot: Snapshot, person: Listener, asked: Question) -> str:
    ((first, last),) = snapshot.once(f'SELECT min(local_date), max(local_date) FROM "{PLAYS.of(person.listener_id)}"')
    if first is None:
        return f"{person.name} has no plays yet. Bring some in: groovelog import PATH --listener {person.name!r}."
    period = " ".join(
        [*([f"from {asked.from_date}"] if asked.from_date else []), *([f"to {asked.to_date}"] if asked.to_date else [])]
    )
    if (one := of_one(asked.artist, asked.track)) is not None:
        return f"{person.name} has no plays of {' '.join([one, *([period] if period else [])])}."
    return f"{person.name} has no plays {period}. Their plays run from {first} to {last}."


def _coverage(supply: Supply, snapshot: Snapshot) -> float | None:
    """The share of the counted plays with audio features; None where nothing was matched yet, or no track is asked for."""
    if supply.asked.kind not in ("track", "all") or not snapshot.once("SELECT 1 FROM track_matches LIMIT 1"):
        return None
    ((plays, with_features),) = snapshot.once(share_sql(supply))
    return int(with_features) / plays if plays else None


def _check_coverage(report: Report, covered: float | None) -> None:
    """Raises NothingToTell where audio features are known of too few plays for the report."""
    brings = "groovelog reference add FILE brings them from a dataset."
    if not covered:
        raise NothingToTell(f"The report {report.name} needs audio features, and none of these plays has any; {brings}")
    if covered < LEAST_COVERAGE:
        raise NothingToTell(
            f"Audio features are known of {covered:.1%} of the counted plays; the report {report.name} tells nothing of less "
            f"than {LEAST_COVERAGE:.0%}. groovelog report coverage lists what is missing; {brings}"
        )


def _estimated(supply: Supply, snapshot: Snapshot) -> float | None:
    """The share of the time that is estimated; None where there is no time."""
    if supply.timed:
        return 0.0
    ((ms, ms_estimated),) = snapshot.once(estimate_sql(supply))
    return int(ms_estimated) / int(ms) if ms else None


def _of_others(report: Report, supply: Supply, snapshot: Snapshot) -> dict[str, Any]:
    """What is said with any other answer."""
    person, asked = supply.person, supply.asked
    ((rows, first, last),) = snapshot.once(held_sql(report.name, supply))
    dated = report.takes("from")
    zones = ", ".join(sorted({zone for _, zone in person.zones}))
    return {
        "from_date": (asked.from_date or first) if dated else None,
        "to_date": (asked.to_date or last) if dated else None,
        "timezone": (asked.timezone or zones) if report.takes("timezone") else None,
        "stands_on": Held(rows),
    }


def covered(snapshot: Snapshot) -> dict[str, float]:
    """For each reference the share of everybody's counted plays of tracks that it gives audio features to."""
    plays = counting.marked(unbound(PLAYS).filter(ibis._.kind == "track"), "30s")
    rows = coverage.coverage(works.named(plays, "track"), unbound(TRACKS), unbound(TRACK_MATCHES), 1)
    asked = sql(rows.filter(rows.part == coverage.BY_REFERENCE).select("reference", "share_of_plays"))
    return dict(snapshot.once(asked))


def rows_sql(name: str, supply: Supply) -> str:
    """The rows of the report."""
    return _filled(_rows, supply, name)


def basis_sql(supply: Supply) -> str:
    """See `totals.basis`; of every kind."""
    return _filled(_basis, supply)


def share_sql(supply: Supply) -> str:
    """See `coverage.share`."""
    return _filled(_share, supply)


def estimate_sql(supply: Supply) -> str:
    """See `estimated.share`."""
    return _filled(_estimate, supply)


def held_sql(name: str, supply: Supply) -> str:
    """See `totals.held`."""
    return _filled(_held, supply, name)


@lru_cache(maxsize=REMEMBERED)
def _rows(supply: Supply, name: str) -> str:
    return sql(rows_of(find(name), supply))


@lru_cache(maxsize=REMEMBERED)
def _basis(supply: Supply) -> str:
    return sql(totals.basis(supply.every_kind))


@lru_cache(maxsize=REMEMBERED)
def _share(supply: Supply) -> str:
    return sql(coverage.share(supply.counted_on, unbound(TRACKS), unbound(TRACK_MATCHES)))


@lru_cache(maxsize=REMEMBERED)
def _estimate(supply: Supply) -> str:
    return sql(estimated.share(supply.counted_on))


@lru_cache(maxsize=REMEMBERED)
def _held(supply: Supply, name: str) -> str:
    report = find(name)
    rows = supply.source_plays if report.of is SOURCE_PLAYS else supply.named(report.of.name)
    return sql(totals.held(rows, dated=report.takes("from")))


def _filled(compiled: Callable[..., str], supply: Supply, *more: str) -> str:
    """The SQL for this listener and these dates, from what is compiled for stand-ins of them: once for all."""
    person, asked = supply.person, supply.asked
    # In a group names are in the SQL as well.
    anybody = person if supply.others else replace(person, listener_id=SOMEBODY, name="", invented=False, plays=0)
    some_time = replace(
        asked, listener=None, from_date=asked.from_date and SOME_DAY, to_date=asked.to_date and LATER,
        artist=asked.artist and SOME_ARTIST, track=asked.track and SOME_TRACK,
    )  # fmt: skip
    query = compiled(replace(supply, person=anybody, asked=some_time), *more)
    for stand_in, day in ((SOME_DAY, asked.from_date), (LATER, asked.to_date)):
        if day is not None:
            query = query.replace(_date_sql(stand_in), _date_sql(day))
    query = query.replace(anybody.listener_id, person.listener_id)
    # Names last: they may be spelt as anything.
    names = {_text_sql(SOME_ARTIST): asked.artist, _text_sql(SOME_TRACK): asked.track}
    found = re.compile("|".join(map(re.escape, names)))
    return found.sub(lambda stand_in: _text_sql(names[stand_in[0]] or ""), query)


def _text_sql(text: str) -> str:
    """A text as Ibis writes it for DuckDB, whatever is in it."""
    return str(exp.Literal.string(text).sql("duckdb"))


def _date_sql(day: date) -> str:
    """A date as Ibis writes it for DuckDB."""
    return f"MAKE_DATE({day.year}, {day.month}, {day.day})"


def rows_of(report: Report, supply: Supply) -> ir.Table:
    """The rows of the report, unexecuted."""
    metric = metric_of(report)
    return metric(**supply.to(metric))


def sql(expression: ir.Table) -> str:
    """As DuckDB takes it."""
    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))
