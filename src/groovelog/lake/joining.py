"""Joining: which rows of several sources tell of one play.

In order of trust, a source's rows are joined to the plays so far that no other row of it told, where what was played is
the same and the intervals agree (`lake.intervals`); a row that finds no play becomes one. First come rows of equal URI or
equal names; then, among what is left, those whose names are alike, or half of them the same; then those at one moment,
whatever their names, where the pairs around them tell how far the two clocks are apart. Where several pairs are possible,
`lake.align` chooses.

Only rows less than an hour apart have a say in this, and no silence of half an hour lies between them. So the plays of a
piece of the timeline are a function of its rows alone, in whatever order they came.
"""

from dataclasses import dataclass

import duckdb

from groovelog.lake.align import (
    AT_ONCE,
    NEARBY_MS,
    OTHER_END_S,
    PAUSED_RATE,
    PLAIN_S,
    WORTH,
    Edge,
    Shifts,
    chosen,
    seconds_apart,
)
from groovelog.lake.intervals import SHORTEST_TOLD_MS, intervals
from groovelog.lake.spelling import keep_alike, spell

# Rows are compared where they share a stretch of so long.
BUCKET_MS = 512 * 1000
# Costs, in seconds (see `align.WORTH`).
NAMES_DIFFER_S = 30  # names alike, where others may be equal
HALF_NAMED_S = 90  # one name the same, the other not even alike
SILENT_NAMES_S = 55  # nothing named, or in a script that the other cannot be compared with
SHORT_S = 58  # a play shorter than SHORTEST_TOLD_MS, and a row of a scrobbler or the API
MOST_LENGTH_S = 60  # what a difference of lengths costs at most: a scrobbler may tell what it meant to


@dataclass(frozen=True)
class Meeting:
    """How rows left over (`mine`) meet the rows of plays that are free (`theirs`): where, and at what cost.

    `on`: the columns that are equal, a condition that leaves out the pairs of those before it, and how to say it. `alike`
    asks for names that are alike; `at_once` asks nothing of the names, so that the clocks have to speak.
    """

    on: tuple[tuple[str, str, str], ...]
    extra: float
    alike: bool = False
    at_once: bool = False
    where: str = "true"

    def sql(self) -> str:
        """The query of (play, member, other, how), each pair once: in the first bucket that both touch."""
        return " UNION ALL ".join(
            f"""
            SELECT play, theirs.rid AS member, mine.rid AS other, '{how}' AS how FROM mine JOIN theirs USING ({columns})
            WHERE bucket = greatest(mine.first, theirs.first) AND {condition}
            """
            for columns, condition, how in self.on
        )


def _both(column: str) -> str:
    return f"coalesce(mine.{column} = theirs.{column}, false)"


# No scrobbler told of a short play; such a row belongs to another play of that name.
_LONG = "NOT short AND NOT timed"
MEETINGS = (
    Meeting(
        (("bucket, uri", "true", "the same URI"), ("bucket, key", f"NOT {_both('uri')}", "the same names")), extra=0
    ),
    Meeting((("bucket", "true", "names alike"),), extra=NAMES_DIFFER_S, alike=True, where="NOT short"),
    # Titles of a few letters, or in another script: half of the names has to do.
    Meeting(
        (
            ("bucket, artist", "true", "the same artist"),
            ("bucket, title", f"NOT {_both('artist')}", "the same title"),
        ),
        extra=HALF_NAMED_S,
        where=_LONG,
    ),
    # Who names nothing, or in another script, contradicts nobody.
    Meeting(
        (
            ("bucket", "(mine.key IS NULL) <> (theirs.key IS NULL)", "the same moment"),
            ("bucket", "mine.latin <> theirs.latin", "the same moment, in another script"),
        ),
        extra=SILENT_NAMES_S,
        where=_LONG,
    ),
    Meeting((("bucket", "true", "the same moment"),), extra=AT_ONCE, at_once=True, where=_LONG),
)


# Of the rows of plays, those that some row left over may meet.
_IN_REACH = "bucket IN (SELECT bucket FROM mine)"


def join(connection: duckdb.DuckDBPyConnection) -> None:
    """From the rows named by `members` (rid, source, row_key) in `rows` make

    - `told`: the leading row of each play, with the columns of `members`;
    - `joined`: (rid, other, level, how, apart): the other rows of a play, the most trusted at level 1, what they have in
      common with it, and how many seconds later they have it (null where both tell how long it ran).
    """
    run = connection.execute
    run("CREATE OR REPLACE TABLE joined (rid BIGINT, other BIGINT, level BIGINT, how VARCHAR, apart DOUBLE)")
    if len(run("SELECT DISTINCT source FROM members").fetchall()) < 2:
        run("CREATE OR REPLACE TABLE told AS SELECT * FROM members")
        return
    _place(connection)
    run("CREATE OR REPLACE TABLE seated (play BIGINT, rid BIGINT, source VARCHAR)")
    for trust, source in run("SELECT DISTINCT trust, source FROM placed ORDER BY trust DESC, source").fetchall():
        run(f"CREATE OR REPLACE TABLE coming AS SELECT rid FROM placed WHERE trust = {trust} AND source = '{source}'")
        if run("SELECT 1 FROM seated LIMIT 1").fetchall():
            _bring_together(connection, source)
            for meeting in MEETINGS:
                _pair(connection, source, meeting)
        run(f"""
            INSERT INTO seated SELECT rid, rid, '{source}' FROM coming WHERE rid NOT IN (SELECT rid FROM seated)
        """)
    run("CREATE OR REPLACE TABLE told AS SELECT * FROM members WHERE rid IN (SELECT play FROM seated)")


def _place(connection: duckdb.DuckDBPyConnection) -> None:
    """`placed`: the members with their intervals; `spots`: the stretches of time they touch, with what they name."""
    run = connection.execute
    run("CREATE OR REPLACE VIEW chosen_rows AS SELECT * FROM rows WHERE rid IN (SELECT rid FROM members)")
    sources = [source for (source,) in run("SELECT DISTINCT source FROM members").fetchall()]
    run(f"CREATE OR REPLACE TABLE placed AS {intervals('chosen_rows', sources)}")
    spell(connection, "chosen_rows")
    run(f"""
        CREATE OR REPLACE TABLE spots AS
        SELECT rid, first, unnest(generate_series(first, last)) AS bucket, key, uri, title, artist, latin FROM (
            SELECT rid, (least(start_lo, paused_lo, either) - drift) // {BUCKET_MS} AS first,
                (greatest(start_hi, stop_hi, either) + drift) // {BUCKET_MS} AS last
            FROM placed
        ) JOIN spelt USING (rid)
    """)


def _bring_together(connection: duckdb.DuckDBPyConnection, source: str) -> None:
    """`mine`: the spots of `coming`; `theirs`: those of plays that no row of the source told, within their reach."""
    run = connection.execute
    run("CREATE OR REPLACE TABLE mine AS SELECT * FROM spots SEMI JOIN coming USING (rid)")
    run(f"""
        CREATE OR REPLACE TABLE theirs AS SELECT spots.*, play FROM spots JOIN seated USING (rid)
        WHERE play NOT IN (SELECT play FROM seated WHERE source = '{source}') AND {_IN_REACH}
    """)
    run("CREATE OR REPLACE TABLE clocks_apart (clocks VARCHAR, other_at BIGINT, apart DOUBLE, by_end BOOLEAN)")


def _pair(connection: duckdb.DuckDBPyConnection, source: str, meeting: Meeting) -> None:
    """Join what is left of `mine` to `theirs`, and take out of both what was joined."""
    run = connection.execute
    run(f"CREATE OR REPLACE TABLE weighed AS {_weighed_sql(meeting, source)}")
    if meeting.alike:
        keep_alike(connection)
    # Of the rows of a play, the one with the best clock speaks for it: how far two clocks are apart can then be told.
    run("""
        CREATE OR REPLACE TABLE edges AS SELECT * FROM weighed
        QUALIFY row_number() OVER (PARTITION BY play, other ORDER BY rounded, drift, cost, member_key) = 1
    """)
    # A pair that leaves neither side a choice needs no weighing, if its names speak for it.
    run(f"""
        CREATE OR REPLACE TABLE sure AS SELECT * FROM edges WHERE NOT {meeting.at_once}
            AND play NOT IN (SELECT play FROM edges GROUP BY play HAVING count(*) > 1)
            AND other NOT IN (SELECT other FROM edges GROUP BY other HAVING count(*) > 1)
    """)
    run(f"""
        CREATE OR REPLACE TABLE pairs AS
        SELECT play, other, how, coalesce(apart, end_apart) AS apart FROM sure WHERE cost < {WORTH}
    """)
    # Where both ways are open, neither tells the clock.
    run("""
        INSERT INTO clocks_apart SELECT clocks, other_at, coalesce(apart, end_apart), apart IS NULL FROM sure
        WHERE (apart IS NULL) <> (end_apart IS NULL)
    """)
    columns = "play, other, play_at, play_key, other_at, other_key, apart, end_apart, extra, clocks, how, at_once"
    run("CREATE OR REPLACE TABLE doubtful AS SELECT * FROM edges WHERE other NOT IN (SELECT other FROM sure)")
    left = run(f"SELECT {columns} FROM doubtful ORDER BY ALL").fetchall()
    if left:
        shifts = Shifts(run(_SURE_NEARBY).fetchall())
        best = chosen((Edge(p, o, (pa, pk), (oa, ok), *rest) for p, o, pa, pk, oa, ok, *rest in left), shifts)
        run(
            "INSERT INTO pairs SELECT unnest($plays), unnest($others), unnest($how), unnest($apart)",
            {
                "plays": [edge.play for edge in best],
                "others": [edge.other for edge in best],
                "how": [edge.how for edge in best],
                "apart": [seconds_apart(edge, shifts) for edge in best],
            },
        )
    run("""
        INSERT INTO joined SELECT play, other, told, how, apart FROM pairs
            JOIN (SELECT play, count(*) AS told FROM seated WHERE play IN (SELECT play FROM pairs) GROUP BY play) USING (play)
    """)
    run(f"INSERT INTO seated SELECT play, other, '{source}' FROM pairs")
    run("CREATE OR REPLACE TABLE mine AS FROM mine WHERE rid NOT IN (SELECT other FROM pairs)")
    run(f"CREATE OR REPLACE TABLE theirs AS FROM theirs WHERE play NOT IN (SELECT play FROM pairs) AND {_IN_REACH}")


# The sure pairs that have a say in a doubtful one (see `Shifts.near`): of two sources of years, hardly any.
_SURE_NEARBY = f"""
    SELECT * FROM clocks_apart SEMI JOIN (
        SELECT DISTINCT clocks, unnest([stretch - 1, stretch, stretch + 1]) AS stretch
        FROM (SELECT clocks, other_at // {NEARBY_MS} AS stretch FROM doubtful)
    ) AS nearby ON clocks_apart.clocks = nearby.clocks AND clocks_apart.other_at // {NEARBY_MS} = nearby.stretch
"""


def _weighed_sql(meeting: Meeting, source: str) -> str:
    """Pairs of a row of a play (`member`) and a row to join (`other`) that agree in time, with what they cost.

    `apart` and `end_apart` are the two ways in which they may: by start or stop, and by the end that the Web API may mean
    by its instant; null where they do not agree that way.
    """
    return f"""
        WITH met AS ({meeting.sql()}),
        compared AS (
            SELECT met.*, lead.row_key AS play_key, lead.start_at AS play_at, p.row_key AS member_key,
                o.row_key AS other_key, o.start_at AS other_at, p.timed AND o.timed AS timed,
                p.source || ' ' || o.source AS clocks, p.drift + o.drift AS drift, p.rounded,
                greatest(p.rounded, o.rounded) AS widest,
                greatest(0, o.start_lo - p.start_hi, p.start_lo - o.start_hi) AS start_gap,
                greatest(0, o.stop_lo - p.stop_hi, p.stop_lo - o.stop_hi) + 0 * (o.stop_lo - p.stop_lo) AS stop_gap,
                coalesce(o.either - p.start_at, o.start_at - p.either) AS end_gap,
                coalesce(o.start_lo BETWEEN p.paused_lo - p.drift - o.drift AND p.paused_hi
                    OR p.start_lo BETWEEN o.paused_lo - p.drift - o.drift AND o.paused_hi, false) AS paused,
                coalesce(o.either BETWEEN p.paused_lo - p.drift - o.drift AND p.paused_hi
                    OR p.either BETWEEN o.paused_lo - p.drift - o.drift AND o.paused_hi, false) AS end_paused,
                (o.start_at - p.start_at) / 1000 AS start_apart, (o.stop_at - p.stop_at) / 1000 AS stop_apart,
                abs(p.ms_played - o.ms_played) / 1000 AS length_apart,
                coalesce(o.ms_played IS NULL AND p.ms_played < {SHORTEST_TOLD_MS}, false)
                    OR coalesce(p.ms_played IS NULL AND o.ms_played < {SHORTEST_TOLD_MS}, false) AS short
            FROM met JOIN placed AS lead ON lead.rid = play JOIN placed AS p ON p.rid = member
                JOIN (SELECT * FROM placed WHERE source = '{source}') AS o ON o.rid = other
        ), weighed AS (
            SELECT *,
                CASE WHEN NOT timed AND (least(start_gap, stop_gap) <= drift OR paused)
                    THEN CASE WHEN stop_gap < start_gap THEN stop_apart ELSE start_apart END END AS apart,
                CASE WHEN NOT timed AND (abs(end_gap) <= drift OR end_paused) THEN end_gap / 1000 END AS end_apart,
                CASE WHEN timed THEN length_apart ELSE least(coalesce(length_apart, 0), {MOST_LENGTH_S}) END
                    + CASE WHEN short THEN {SHORT_S} ELSE 0 END + {meeting.extra}
                    - CASE WHEN {meeting.at_once} THEN widest / 2000 ELSE 0 END AS extra,
                least({_cost_sql("apart")}, {_cost_sql("end_apart")} + {OTHER_END_S}) AS apart_cost,
                extra + coalesce(apart_cost, 0) AS cost
            FROM compared
            WHERE {meeting.where}
        )
        SELECT play, member, other, how, play_key, play_at, member_key, other_key, other_at, clocks, rounded, drift, apart,
            end_apart, extra, cost, {meeting.at_once} AS at_once
        FROM weighed
        WHERE CASE WHEN timed THEN start_gap <= drift AND stop_gap <= drift ELSE apart_cost IS NOT NULL END
    """


def _cost_sql(apart: str) -> str:
    """See `align.cost`."""
    return f"""CASE WHEN abs({apart}) <= {PLAIN_S} THEN abs({apart})
        ELSE {PLAIN_S} + (abs({apart}) - {PLAIN_S}) * {PAUSED_RATE} END"""
