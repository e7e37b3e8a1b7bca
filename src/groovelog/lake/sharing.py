"""What a listener shares with a group's lake: which rows of theirs, or counts of months alone.

Rows stay at home that tell of a play of a private session, whichever source told it; that the Web API told, unless its
rows are asked for; and that are older than an erasure of them, made anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from groovelog.lake.catalogue import ENTRY
from groovelog.lake.delta import DataFile
from groovelog.lake.erase import EVERYTHING, PULLED, Erasure
from groovelog.lake.place import Place
from groovelog.lake.purge import SPOTIFY_API
from groovelog.lake.reconcile import decide_plays
from groovelog.lake.snapshot import Snapshot
from groovelog.lake.touch import create_pieces
from groovelog.model import Listener
from groovelog.tables import SHARED_TOTALS, SOURCE_PLAYS

# The columns of `shared_totals` behind listener and run.
Month = tuple[date, int, int, int, int, int, int, int]
MONTH = SHARED_TOTALS.names[2:]


@dataclass(frozen=True)
class Offer:
    """A listener as another lake is to have them: what they show (totals or all), and since when.

    With `all`, `files` are those of their source rows in the lake at `lake`, without the rows (`row_key`) that are `withheld`.
    With totals, `months`. `whole`: what is not offered is taken out there; else only what is withheld.
    """

    person: Listener
    shares: str
    decided_at: datetime
    lake: Place
    files: tuple[DataFile, ...] = ()
    withheld: frozenset[int] = frozenset()
    months: tuple[Month, ...] = ()
    whole: bool = False


@dataclass(frozen=True)
class Withheld:
    """Keys of the rows that stay at home, by reason."""

    private: frozenset[int]
    of_web_api: frozenset[int]
    erased: frozenset[int]

    @property
    def keys(self) -> frozenset[int]:
        return self.private | self.of_web_api | self.erased


def withheld(snapshot: Snapshot, person: Listener, erased: Sequence[Erasure], *, web_api: bool) -> Withheld:
    """The rows of a listener that stay at home. `erased`: what is known to be erased; `web_api`: its rows may go."""
    rows = snapshot.cut(SOURCE_PLAYS, person.listener_id)
    of_web_api = "false" if web_api else f"source = '{SPOTIFY_API}'"
    older = " OR ".join(
        f"(committed_at <= '{one.erased_at.isoformat()}'::TIMESTAMPTZ AND {_of_scope(one.scope)})"
        for one in erased
        if one.listener_id == person.listener_id and one.scope != PULLED
    )
    erased_rows = _keys(snapshot, f"{rows} JOIN commits USING (run_id)", older) if older else frozenset()
    return Withheld(_private(snapshot, person, rows), _keys(snapshot, rows, of_web_api), erased_rows)


def months(snapshot: Snapshot, person: Listener, without: frozenset[int]) -> tuple[Month, ...]:
    """Counts of each month in which a play began, by the listener's own clocks; `without` these plays, and private ones."""
    connection = snapshot.connection
    connection.execute(
        "CREATE OR REPLACE TABLE not_counted AS SELECT unnest($keys)::BIGINT AS play_id", {"keys": [*without]}
    )
    rows = connection.execute(f"""
        WITH told AS (
            SELECT *, kind = 'track' AND coalesce(ms_played, 30000) >= 30000 AS counted, coalesce({ENTRY}, track_uri) AS entry
            FROM plays WHERE listener_id = '{person.listener_id}' AND incognito IS NOT TRUE
                AND play_id NOT IN (SELECT play_id FROM not_counted)
        ), named AS (
            SELECT told.* EXCLUDE (artist_name), coalesce(tracks.artist_name, told.artist_name) AS artist_name,
                coalesce(recording_id, entry) AS recording
            FROM told LEFT JOIN tracks ON tracks.track_id = entry
        )
        SELECT date_trunc('month', local_date)::DATE AS month, count(*), count(*) FILTER (counted),
            coalesce(sum(ms_played) FILTER (counted), 0)::BIGINT, count(DISTINCT recording) FILTER (counted),
            count(DISTINCT artist_name) FILTER (counted), count(DISTINCT local_date) FILTER (counted),
            count(DISTINCT session_id) FILTER (counted)
        FROM named GROUP BY month ORDER BY month
    """).fetchall()
    return tuple(rows)


def kept_months(snapshot: Snapshot, listener_id: str) -> tuple[Month, ...]:
    """The months of a member who shows totals, as the lake has them."""
    rows = snapshot.connection.execute(
        f"SELECT {', '.join(MONTH)} FROM shared_totals WHERE listener_id = ? ORDER BY month", [listener_id]
    ).fetchall()
    return tuple(rows)


def files_of(snapshot: Snapshot, listener_id: str) -> tuple[DataFile, ...]:
    """The files of a listener's source rows."""
    return tuple(file for file in snapshot.files(SOURCE_PLAYS) if file.partition["listener_id"] == listener_id)


def _of_scope(scope: str) -> str:
    return "true" if scope == EVERYTHING else f"source = '{scope}'"


def _keys(snapshot: Snapshot, rows: str, where: str) -> frozenset[int]:
    return frozenset(
        key for (key,) in snapshot.connection.execute(f"SELECT row_key FROM {rows} WHERE {where}").fetchall()
    )


def _private(snapshot: Snapshot, person: Listener, rows: str) -> frozenset[int]:
    """Every row of a play of which some row says that it was private: a scrobbler knows nothing of private sessions.

    Rows of one source that tell one moment count as one play here, for an older export may not say it.
    """
    connection = snapshot.connection
    connection.execute(f"CREATE OR REPLACE TABLE private AS SELECT row_key FROM {rows} WHERE incognito")
    if not connection.execute("SELECT 1 FROM private LIMIT 1").fetchall():
        return frozenset()
    _add_same_moment(connection, rows)
    if len(connection.execute(f"SELECT DISTINCT source FROM {rows}").fetchall()) > 1:
        create_pieces(connection, person.listener_id, "incognito")
        decide_plays(connection)
        connection.execute("""
            INSERT INTO private
            WITH telling AS (
                SELECT play, row_key FROM (SELECT rid AS play, rid FROM told UNION ALL SELECT rid, other FROM joined)
                JOIN rows USING (rid)
            )
            SELECT row_key FROM telling
            WHERE play IN (SELECT play FROM telling WHERE row_key IN (SELECT row_key FROM private))
        """)
        _add_same_moment(connection, rows)
    return _keys(snapshot, "private", "true")


def _add_same_moment(connection: duckdb.DuckDBPyConnection, rows: str) -> None:
    """Add to `private` the rows that tell of the same source, moment and time played as one in it."""
    moment = "source, started_at, coalesce(ms_played, -1)"
    connection.execute(f"""
        INSERT INTO private
        SELECT row_key FROM {rows} WHERE ({moment}) IN (
            SELECT ({moment}) FROM {rows} WHERE row_key IN (SELECT row_key FROM private)
        ) AND row_key NOT IN (SELECT row_key FROM private)
    """)
