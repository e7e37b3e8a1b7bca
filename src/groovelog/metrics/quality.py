"""How good the source rows are: what is missing, short, overlapping, or tells of a clock that is wrong.

Rows are those of `source_plays` that receipts count as stored; see `flagged` for what is marked on them.
"""

import ibis
import ibis.expr.types as ir

from groovelog.lake.intervals import LONGEST_PAUSE_MS
from groovelog.lake.spelling import NAMELESS
from groovelog.metrics import works
from groovelog.sources import SOURCES
from groovelog.sources.source import SCROBBLER_DRIFT_S
from groovelog.tables import SAID

SAID_NAMES = tuple(column.name for column in SAID)

SHORT_MS = 5_000
OVERLAP_S = 60  # of rows rounded to the minute, so much may overlap of plays that do not

TELLS_START = tuple(source.name for source in SOURCES if source.tells == "start")
UNTOLD = NAMELESS["track_name"]

# Each check and the column of `counted` that holds its rows. The first are of stored rows, the last of rows in files.
STORED_CHECKS = {
    "no id": "no_id",
    "no name": "no_name",
    "no duration": "no_duration",
    "under 5 s": "under_5_s",
    "at a full minute": "full_minute",
    "same instant": "same_instant",
    "stop before start": "stop_before_start",
    "after its import": "after_import",
    "late upload": "late_upload",
    "device clock ahead": "clock_ahead",
    "overlap": "overlaps",
}
FILE_CHECKS = {
    "known": "duplicates",
    "unreadable": "unreadable",
    "before the first day": "too_early",
    "in the future": "in_future",
    "no time": "no_time",
}
# How the readers word these faults (sources/row_sql.py); the value that follows is quoted.
FAULTS = {
    "too_early": r'^[^"]* is before \d{4}-\d\d-\d\d: ',
    "in_future": r'^[^"]* is in the future: ',
    "no_time": r'^[^"]* is not a time: ',
}
PLAYS_CHECKS = {"overlap": "overlaps"}


COUNTS = ("no_id", "no_name", "no_duration", "under_5_s", "clock_trouble", "overlaps")
MEASURES = (*COUNTS[:4], "ms_shortest", "ms_mean", "ms_longest", *COUNTS[4:])


def flagged(rows: ir.Table, commits: ir.Table) -> ir.Table:
    """The rows with `said_at`, the instant that the source tells, and what is missing or odd about them.

    `no_id`, `no_name`; `stop_before_start`; `after_import`: said_at lies after the run was published; `late_upload`: the
    device's clock has the start earlier than a pause explains; `clock_ahead`: it has the start after the stop by more than
    clocks drift; `clock_trouble`: any of these four. `overlaps`: see `overlapping`.
    """
    published = commits.select(published_run="run_id", published_at="committed_at")
    rows = works.named(rows, "all").left_join(published, [("run_id", "published_run")])
    start, stop, device = rows.started_at, rows.stopped_at, rows.offline_at
    said_at = ibis.cases((rows.source.isin(TELLS_START), start), else_=ibis.coalesce(rows.played_at, stop, start))
    odd = {
        "stop_before_start": stop < start,
        "after_import": said_at > rows.published_at,
        "late_upload": device < start - ibis.interval(milliseconds=LONGEST_PAUSE_MS),
        "clock_ahead": device > ibis.coalesce(stop, start) + ibis.interval(seconds=SCROBBLER_DRIFT_S),
    }
    odd = {name: condition.fill_null(False) for name, condition in odd.items()}
    missing = {"no_id": rows.uri.isnull(), "no_name": rows.title.isnull() | (rows.title == UNTOLD)}
    trouble = odd["stop_before_start"] | odd["after_import"] | odd["late_upload"] | odd["clock_ahead"]
    # Last, so that what it has to sort carries these flags and no texts: half the memory.
    return overlapping(rows.mutate(said_at=said_at, clock_trouble=trouble, **missing, **odd), "row_key", "source")


def overlapping(rows: ir.Table, key: str, *within: str) -> ir.Table:
    """The rows with `overlaps`: more than a minute of them was over before an earlier one ended, among those alike `within`.

    A row whose stop nobody tells overlaps none. Of equal starts, the lower `key` is the earlier.
    """
    order = [rows.started_at, rows[key]]
    earlier = ibis.window(group_by=[rows[name] for name in within], order_by=order, preceding=(None, 1))
    ended = rows.stopped_at.max().over(earlier)
    a_minute_in = rows.started_at + ibis.interval(seconds=OVERLAP_S)
    overlaps = (ended > a_minute_in) & (rows.stopped_at > a_minute_in)
    return rows.mutate(overlaps=overlaps.fill_null(False))


def measures(rows: ir.Table) -> dict[str, ir.Value]:
    """Counts and lengths of flagged rows; they are described in the report `sources`."""
    ms = rows.ms_played
    return {
        "rows": rows.count(),
        "no_id": rows.count(where=rows.no_id),
        "no_name": rows.count(where=rows.no_name),
        "no_duration": rows.count(where=ms.isnull()),
        "under_5_s": rows.count(where=ms < SHORT_MS),
        "ms_shortest": ms.min(),
        "ms_mean": ms.sum() // ms.count().nullif(0),
        "ms_longest": ms.max(),
        "clock_trouble": rows.count(where=rows.clock_trouble),
        "overlaps": rows.count(where=rows.overlaps),
    }


def sources(source_rows: ir.Table, plays: ir.Table) -> ir.Table:
    """Flagged rows by source, beside the plays that each source told of; rows with local dates."""
    measured = source_rows.group_by("source").agg(
        **measures(source_rows), first_date=source_rows.local_date.min(), last_date=source_rows.local_date.max()
    )
    telling = plays.select("sources", told_by=plays.sources.split("+").unnest())
    told = telling.group_by("told_by").agg(
        plays=telling.count(), plays_alone=telling.count(where=telling.sources == telling.told_by)
    )
    joined = measured.left_join(told, [("source", "told_by")])
    filled = joined.mutate(plays=joined.plays.fill_null(0), plays_alone=joined.plays_alone.fill_null(0))
    columns = ["source", "rows", "plays", "plays_alone", *MEASURES, "first_date", "last_date"]
    return filled.select(columns).order_by("source")


def by_month(source_rows: ir.Table) -> ir.Table:
    """Flagged rows by local month and source."""
    dated = source_rows.mutate(month=source_rows.local_date.truncate("M"))
    return dated.group_by("month", "source").agg(**measures(dated)).order_by("month", "source")


def by_run(source_rows: ir.Table, receipts: ir.Table, commits: ir.Table) -> ir.Table:
    """What each run read of files of each source, and its stored rows measured."""
    files = receipts.filter(receipts.outcome == "read")
    read = files.group_by("run_id", "source").agg(
        files=files.count(),
        rows=files.rows.sum(),
        stored=files.stored.sum(),
        duplicates=files.duplicates.sum(),
        unreadable=files.unreadable.sum(),
    )
    # A Groovelog export holds rows of many sources: they go with the file.
    places = files.select("run_id", "file_no", file_source="source")
    placed = source_rows.join(places, ["run_id", "file_no"])
    stored = placed.group_by("file_source", stored_run=placed.run_id).agg(**measures(placed)).drop("rows")
    published = commits.select(published_run="run_id", imported_at="committed_at")
    joined = read.left_join(stored, [("run_id", "stored_run"), ("source", "file_source")])
    named = joined.left_join(published, [("run_id", "published_run")])
    filled = named.mutate(**{name: named[name].fill_null(0) for name in COUNTS})
    columns = [*read.columns[:2], "imported_at", *read.columns[2:], *MEASURES]
    return filled.select(columns).order_by("run_id", "source")


def missing_values(source_plays: ir.Table) -> ir.Table:
    """Nulls by source and column: `source`, `column_name`, `rows`, `of_rows`, `share`."""
    nulls = source_plays.group_by("source").agg(
        of_rows=source_plays.count(),
        # Cheaper than to count where it is null: the engine counts values as it reads them.
        **{name: source_plays.count() - source_plays[name].count() for name in SAID_NAMES},
    )
    found = _long(nulls, {name: name for name in SAID_NAMES}).order_by("source", "place")
    return _shared(found.rename(column_name="what"), "column_name")


def checks(source_rows: ir.Table, plays: ir.Table, receipts: ir.Table, receipt_rows: ir.Table) -> ir.Table:
    """What was found by source and check, and at last among the plays: see STORED_CHECKS, FILE_CHECKS, PLAYS_CHECKS."""
    stored = source_rows.group_by("source").agg(
        **measures(source_rows),
        full_minute=source_rows.count(where=source_rows.said_at == source_rows.said_at.truncate("m")),
        same_instant=source_rows.count() - source_rows.said_at.nunique(),
        stop_before_start=source_rows.count(where=source_rows.stop_before_start),
        after_import=source_rows.count(where=source_rows.after_import),
        late_upload=source_rows.count(where=source_rows.late_upload),
        clock_ahead=source_rows.count(where=source_rows.clock_ahead),
    )
    joined = overlapping(plays, "play_id")
    told = joined.agg(of_rows=joined.count(), overlaps=joined.count(where=joined.overlaps))
    told = told.filter(told.of_rows > 0).mutate(source=ibis.literal("plays"))
    found = _long(stored.rename(of_rows="rows"), STORED_CHECKS, 0, section=0)
    found = found.union(_long(_files(receipts, receipt_rows), FILE_CHECKS, len(STORED_CHECKS), section=0))
    found = found.union(_long(told, PLAYS_CHECKS, 0, section=1))
    return _shared(found.order_by("section", "source", "place").rename(check="what"), "check")


def _files(receipts: ir.Table, receipt_rows: ir.Table) -> ir.Table:
    """By source of the files: `of_rows` in them, what was not stored, and the faults of clocks."""
    files = receipts.filter(receipts.outcome == "read", receipts.rows > 0)
    unread = receipt_rows.filter(receipt_rows.outcome == "unreadable")
    unread = unread.join(files.select("run_id", "file_no", "source"), ["run_id", "file_no"])
    faults = unread.group_by(fault_source=unread.source).agg(
        **{name: unread.count(where=unread.reason.re_search(pattern)) for name, pattern in FAULTS.items()}
    )
    counts = files.group_by("source").agg(
        of_rows=files.rows.sum(), duplicates=files.duplicates.sum(), unreadable=files.unreadable.sum()
    )
    joined = counts.left_join(faults, [("source", "fault_source")]).drop("fault_source")
    return joined.mutate(**{name: joined[name].fill_null(0) for name in FAULTS})


def _long(wide: ir.Table, names: dict[str, str], first: int = 0, section: int = 0) -> ir.Table:
    """One row for each row of `wide` and each name: `source`, `what`, `rows`, `of_rows`, and their order."""
    places = ibis.range(len(names)).unnest().name("place").as_table()
    cells = wide.cross_join(places)
    place = cells.place
    rows = ibis.cases(*((place == at, cells[column].cast("int64")) for at, column in enumerate(names.values())))
    what = ibis.cases(*((place == at, ibis.literal(name)) for at, name in enumerate(names)))
    return cells.select(
        "source",
        what=what,
        rows=rows,
        of_rows=cells.of_rows.cast("int64"),
        section=ibis.literal(section, type="int8"),
        place=place.cast("int64") + first,
    )


def _shared(found: ir.Table, what: str) -> ir.Table:
    return found.select("source", what, "rows", "of_rows", share=found.rows / found.of_rows.nullif(0))
