"""From a question to its answer: the report's query, run on the snapshot's DuckDB connection. Free of Ibis."""

from typing import Any

import pyarrow as pa

from groovelog.errors import NothingToTell
from groovelog.lake.snapshot import Snapshot
from groovelog.metrics.rules import LEAST_COVERAGE
from groovelog.model import KINDS, Listener
from groovelog.reports.answer import INSTANT_UTC, Answer, Basis, Held
from groovelog.reports.asking import Asking, could_tell, untold_sql
from groovelog.reports.compiled import compiled
from groovelog.reports.question import Question, of_one
from groovelog.reports.report import Report
from groovelog.tables import PLAYS, TABLES

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
    asking = Asking(person, asked, others)
    if report.of is not PLAYS:
        said = _of_others(report, asking, snapshot)
    else:
        asking = Asking(person, asked, others, told=told_by_all(snapshot, person, asked, others))
        said = _of_plays(report, asking, snapshot)
    rows = snapshot.connection.sql(_query("rows", report, asking, snapshot)).to_arrow_table()
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


def _of_plays(report: Report, asking: Asking, snapshot: Snapshot) -> dict[str, Any]:
    """What is said with an answer of plays."""
    person, asked = asking.person, asking.asked
    kept = snapshot.once(_basis(report, asking, snapshot))
    if not kept:
        raise NothingToTell(_why_nothing(snapshot, person, asked))
    of_kind = [row for row in kept if asked.kind in ("all", row[0])]
    covered = _coverage(report, asking, snapshot)
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
            estimated_share=_estimated(report, asking, snapshot),
            by_kind={kind: sum(row[2] for row in kept if row[0] == kind) for kind in KINDS},
        ),
    }


def _basis(report: Report, asking: Asking, snapshot: Snapshot) -> str:
    """The query of what an answer of plays stands on, over days that are counted once where every period may ask for them."""
    days, asked = _query("days", report, asking, snapshot), asking.asked
    # Of all else there are too many kinds to keep: every artist, zone and choice of others.
    plain = not asking.others and of_one(asked.artist, asked.track) is None and asked.timezone is None
    source = f'"{snapshot.made(days)}"' if plain else f"({days})"
    return _query("basis", report, asking, snapshot).replace('"days"', source)


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


def _coverage(report: Report, asking: Asking, snapshot: Snapshot) -> float | None:
    """The share of the counted plays with audio features; None where nothing was matched yet, or no track is asked for."""
    if asking.asked.kind not in ("track", "all") or not snapshot.once("SELECT 1 FROM track_matches LIMIT 1"):
        return None
    ((plays, with_features),) = snapshot.once(_query("share", report, asking, snapshot))
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


def _estimated(report: Report, asking: Asking, snapshot: Snapshot) -> float | None:
    """The share of the time that is estimated; None where there is no time."""
    if asking.timed:
        return 0.0
    ((ms, ms_estimated),) = snapshot.once(_query("estimate", report, asking, snapshot))
    return int(ms_estimated) / int(ms) if ms else None


def _of_others(report: Report, asking: Asking, snapshot: Snapshot) -> dict[str, Any]:
    """What is said with any other answer."""
    person, asked = asking.person, asking.asked
    ((rows, first, last),) = snapshot.once(_query("held", report, asking, snapshot))
    dated = report.takes("from")
    zones = ", ".join(sorted({zone for _, zone in person.zones}))
    return {
        "from_date": (asked.from_date or first) if dated else None,
        "to_date": (asked.to_date or last) if dated else None,
        "timezone": (asked.timezone or zones) if report.takes("timezone") else None,
        "stands_on": Held(rows),
    }


def _query(part: str, report: Report, asking: Asking, snapshot: Snapshot) -> str:
    """The query of a part of the answer; the views of the listener's own rows that it reads are there."""
    query = compiled(part, report.name, asking)
    for table in TABLES:
        if table.is_cut and table.of(asking.person.listener_id) in query:
            snapshot.cut(table, asking.person.listener_id)
    return query
