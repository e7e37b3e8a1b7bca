"""Every report beside the same question in SQL written by hand, over the same files.

    python -m benchmarks.reports [--home HOME | --plays N --listeners N] [--save NAME] [REPORT ...]

Without a home a lake of so many plays (1,000,000) of so many listeners (1) is made (see `lake.py`). The first listener by
name is asked; reports of a group need two.

`sql/REPORT.sql` answers the report as it is asked without options, in its columns and order; $listener is the listener's
id, $standing the playlists as they stand (`standing.sql`). It is run on the connection of the same snapshot, and has to give
the same rows of plays that tell their duration, URI and names. (The SQL of groups, saved tracks and coverage looks in the
catalogue for what a play does not tell, that of most others does not.) A report is run with what it stands on (its basis and
coverage, which a snapshot tells once: `first` is without that) and with its SQL already compiled; both are the best of several.
"""

import argparse
import math
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.measure import keep
from benchmarks.reports.lake import made
from groovelog.errors import NothingToTell
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.reports import REPORTS, Question, run

SQL = Path(__file__).parent / "sql"
STANDING = Path(__file__).with_name("standing.sql")
TIMES = 5
TOGETHER = ("overview", "top-artists", "top-tracks", "listening-by-month", "heatmap")  # what tells the whole record
LONG_S = 1.0


def best(work: Callable[[], Any]) -> float:
    """Milliseconds of the quickest of several runs; of two where one takes long."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
        if len(taken) > 1 and taken[0] > LONG_S:
            break
    return min(taken) * 1000


def by_hand(snapshot: Snapshot, name: str, listener_id: str) -> Callable[[], pa.Table]:
    query = (
        (SQL / f"{name}.sql")
        .read_text(encoding="utf-8")
        .replace("$standing", f"\n{STANDING.read_text(encoding='utf-8')}")
    )
    query = query.replace("$listener", f"'{listener_id}'")
    return lambda: snapshot.connection.sql(query).to_arrow_table()


def first(snapshot: Snapshot, name: str, asked: Question) -> float:
    """With what it stands on, which the snapshot has then not told yet."""

    def work() -> None:
        snapshot._told.clear()
        run(snapshot, name, asked)

    return best(work)


def together(snapshot: Snapshot, listener: str) -> dict[str, Any]:
    """Several reports one after the other, what they stand on told anew; `report_ms` with it told."""
    asked = Question(listener=listener)

    def work() -> None:
        for name in TOGETHER:
            run(snapshot, name, asked)

    def anew() -> None:
        snapshot._told.clear()
        work()

    work()  # compiles
    return {"report": " + ".join(TOGETHER), "report_ms": round(best(work), 1), "first_ms": round(best(anew), 1)}


def measured(snapshot: Snapshot, name: str, listener: str, listener_id: str) -> dict[str, Any]:
    asked = Question(listener=listener)
    answer = run(snapshot, name, asked)  # compiles
    report_ms = best(lambda: run(snapshot, name, asked))
    row: dict[str, Any] = {
        "report": name, "rows": answer.rows.num_rows, "report_ms": round(report_ms, 1),
        "first_ms": round(first(snapshot, name, asked), 1),
    }  # fmt: skip
    if (SQL / f"{name}.sql").exists():
        hand = by_hand(snapshot, name, listener_id)
        hand_ms = best(hand)
        row |= {
            "hand_ms": round(hand_ms, 1), "ratio": round(report_ms / hand_ms, 2),
            "within": report_ms <= 1.5 * hand_ms + 20, "differs": difference(answer.rows, hand()),
        }  # fmt: skip
    return row


def difference(ours: pa.Table, theirs: pa.Table) -> str | None:
    """The first place in which two tables differ; None where they are equal (floats to nine digits)."""
    if ours.column_names != theirs.column_names:
        return f"columns {ours.column_names} and {theirs.column_names}"
    if ours.num_rows != theirs.num_rows:
        return f"{ours.num_rows} and {theirs.num_rows} rows"
    for column in ours.column_names:
        for place, (one, other) in enumerate(zip(_plain(ours[column]), _plain(theirs[column]), strict=True)):
            if not _same(one, other):
                return f"row {place}, {column}: {one!r} and {other!r}"
    return None


def _plain(column: pa.ChunkedArray) -> list[Any]:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us"))
    return column.to_pylist()


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and other is not None:
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return one == other or (one is not None and other is not None and one == type(one)(other))


def main(home: Path, names: list[str], save: str | None) -> None:
    rows = []
    with open_snapshot(Home(home).lake) as snapshot:
        people = snapshot.listeners()
        person = people[0]
        for report in REPORTS:
            if names and report.name not in names:
                continue
            try:
                row = measured(snapshot, report.name, person.name, person.listener_id)
            except NothingToTell as nothing:
                row = {"report": report.name, "nothing": nothing.message}
            rows.append(row)
            print(row, flush=True)
    if not names:
        with open_snapshot(Home(home).lake) as snapshot:
            rows.append(together(snapshot, person.name))
            print(rows[-1])
    if save:
        keep("reports.json", save, rows, plays=person.plays, listeners=len(people))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="REPORT")
    parser.add_argument("--home", type=Path, help="a lake that is there; its first listener is asked")
    parser.add_argument("--plays", type=int, default=1_000_000, help="of all listeners together")
    parser.add_argument("--listeners", type=int, default=1)
    parser.add_argument("--save", help="keep the results under this name")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as folder:
        main(given.home or made(Path(folder), given.plays, given.listeners), given.names, given.save)
