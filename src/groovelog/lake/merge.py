"""Merge: what a listener of another lake shares into this one, a run at a time.

The rows are those of the other lake, their plays worked out here as those of an import are. Each step leaves the lake
whole, and what is left to do is found anew by comparing: a merge that dies is completed by the next.
"""

from dataclasses import dataclass, replace

from groovelog.lake import people, plays, purge
from groovelog.lake.delta import Slice
from groovelog.lake.erase import erase
from groovelog.lake.keep import OTHER_FORM
from groovelog.lake.run import Run
from groovelog.lake.sharing import MONTH, Offer, kept_months
from groovelog.lake.snapshot import view
from groovelog.model import Listener
from groovelog.sources.staging import create_staged
from groovelog.tables import RECEIPTS, SAID, SHARED_TOTALS, SOURCE_PLAYS

GROUP = "group"


def open_offer(run: Run, offer: Offer) -> None:
    """Make `offered`, the rows that are to be here; `kept_back`, those of the other lake that are not; `stored`, what is."""
    connection = run.connection
    connection.execute("CREATE TABLE withheld AS SELECT unnest($keys)::BIGINT AS row_key", {"keys": [*offer.withheld]})
    view(connection, offer.lake, SOURCE_PLAYS, list(offer.files), "offered_files")
    connection.execute(
        "CREATE VIEW offered AS SELECT * FROM offered_files WHERE row_key NOT IN (SELECT row_key FROM withheld)"
    )
    connection.execute(f"CREATE VIEW stored AS FROM {run.snapshot.cut(SOURCE_PLAYS, offer.person.listener_id)}")


def find_gone(run: Run, offer: Offer) -> int:
    """`gone`: the keys of stored rows that are not to be here; returns how many."""
    there = "row_key NOT IN (SELECT row_key FROM offered)"
    where = there if offer.whole else "row_key IN (SELECT row_key FROM withheld)"
    run.connection.execute(f"CREATE TABLE gone AS SELECT DISTINCT row_key FROM stored WHERE {where}")
    return _count(run, "gone")


def take_out_gone(run: Run, person: Listener) -> None:
    """Take the rows of `gone` out, with the plays that they told, and off the disk. The run is published here."""
    purge.take_out(run, person, {SOURCE_PLAYS: "row_key IN (SELECT row_key FROM gone)"})
    _count_receipts_anew(run, person.listener_id)
    purge.publish(run, (SOURCE_PLAYS, RECEIPTS), "merge")


def withdraw(run: Run, listener_ids: list[str]) -> None:
    """Take listeners out, and off the disk, without a record: they may share again. The run is published here."""
    erase(run, listener_ids, [], "withdraw")


@dataclass(frozen=True)
class Settled:
    """A listener as this lake has them from now on; whether that is `new`, and whether their plays were `rebuilt` for it."""

    person: Listener
    new: bool
    rebuilt: bool


def settle(run: Run, offer: Offer) -> Settled:
    """Write what is new of the listener: name, what they show, and zones, for which their plays are worked out anew."""
    known = {person.listener_id: person for person in run.snapshot.listeners()}
    before = known.get(offer.person.listener_id)
    name = distinct(offer.person, [person.name for person in known.values() if person != before])
    person = replace(offer.person, name=name, origin=GROUP, plays=0)
    if before is None or before.name != name:
        people.state(run, person, removed=False)
    said = people.consents_since(run.snapshot).get(person.listener_id)
    if said is None or said[0] != offer.shares:
        people.share(run, person.listener_id, offer.shares, offer.decided_at)
    moved = before is None or before.zones != person.zones
    if moved:
        for since, zone in person.zones:
            people.set_zone(run, person.listener_id, zone, since)
    rebuilt = moved and before is not None and before.plays > 0
    if rebuilt:
        plays.rebuild(run, person)
    written = before is None or before.name != name or said is None or said[0] != offer.shares
    return Settled(person, moved or written, rebuilt)


def find_arriving(run: Run) -> int:
    """`staged` and `kept`, as an import has them, of the offered rows that are not stored; returns how many."""
    connection = run.connection
    connection.execute("""
        CREATE TABLE arriving AS
        SELECT row_key, shown_together, counted, year FROM offered ANTI JOIN stored USING (row_key, shown_together)
    """)
    create_staged(connection)
    rows = _count(run, "arriving")
    if not rows:
        return 0
    years = connection.execute("SELECT DISTINCT year FROM arriving").fetchall()
    said = ", ".join(f"{c.name}::TIMESTAMP AS {c.name}" if c.type == "TIMESTAMPTZ" else c.name for c in SAID)
    # A file of the receipt is what one source told, so that a purge of the source finds its receipts.
    connection.execute(f"""
        INSERT INTO staged BY NAME
        SELECT dense_rank() OVER (ORDER BY source)::INTEGER AS file_no, source, {said}, row_key, shown_together AS together
        FROM (
            SELECT * FROM offered WHERE year IN ({", ".join(str(year) for (year,) in years)})
        ) JOIN (SELECT row_key, shown_together FROM arriving) USING (row_key, shown_together)
        ORDER BY source, started_at, row_key, shown_together
    """)
    connection.execute("""
        CREATE TABLE kept AS
        SELECT staged.rowid AS rid, year, shown_together, counted
        FROM staged JOIN arriving ON staged.row_key = arriving.row_key AND together = shown_together
    """)
    connection.execute(f"CREATE TABLE told_before AS SELECT rid, '{OTHER_FORM}' AS reason FROM kept WHERE NOT counted")
    return rows


def name_files(run: Run, label: str) -> None:
    """`staged_files`: the label in the receipt, source, and first row of each."""
    run.connection.execute(
        "CREATE TABLE staged_files AS "
        "SELECT file_no, $label AS label, source, min(rowid) AS first_rowid FROM staged GROUP BY ALL",
        {"label": label},
    )


def write_months(run: Run, offer: Offer) -> int:
    """Let the lake have the months offered and no others; returns how many of them are new or other than before."""
    listener_id = offer.person.listener_id
    before = kept_months(run.snapshot, listener_id)
    if before == offer.months:
        return 0
    run.connection.execute("CREATE TABLE new_months AS SELECT * FROM shared_totals LIMIT 0")
    if offer.months:
        run.connection.executemany(
            f"INSERT INTO new_months VALUES ({', '.join('?' * (len(MONTH) + 2))})",
            [(listener_id, run.run_id, *month) for month in offer.months],
        )
    old = [file for file in run.snapshot.files(SHARED_TOTALS) if file.partition["listener_id"] == listener_id]
    run.write(SHARED_TOTALS, "SELECT * FROM new_months ORDER BY month", [Slice({"listener_id": listener_id})], old)
    return len(set(offer.months) - set(before))


def distinct(person: Listener, taken: list[str]) -> str:
    """The listener's name; with the beginning of their id where another has it: two members may both be called me."""
    return f"{person.name} ({person.listener_id[:4]})" if person.name in taken else person.name


def _count_receipts_anew(run: Run, listener_id: str) -> None:
    """Let the receipts tell of what is left, so that they go on agreeing with it."""
    kinds = {f"stored_{kind}": kind[:-1] for kind in ("tracks", "episodes", "audiobooks")} | {
        "stored_unknown": "unknown"
    }
    counted = ", ".join(f"count(*) FILTER (kind = '{kind}') AS {column}" for column, kind in kinds.items())
    anew = ", ".join(f"coalesce(there.{column}, 0) AS {column}" for column in ("stored", *kinds))
    files = [file for file in run.snapshot.files(RECEIPTS) if file.partition["listener_id"] == listener_id]
    own = f"listener_id = '{listener_id}'"
    run.write(
        RECEIPTS,
        f"""
        SELECT receipts.* REPLACE ({anew}, coalesce(there.stored, 0) + duplicates + unreadable AS rows) FROM receipts
        LEFT JOIN (
            SELECT run_id, file_no, count(*) AS stored, {counted} FROM source_plays WHERE {own} AND counted GROUP BY ALL
        ) AS there USING (run_id, file_no) WHERE {own}
        """,
        [Slice({"listener_id": listener_id})],
        files,
    )


def _count(run: Run, table: str) -> int:
    ((rows,),) = run.connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(rows)
