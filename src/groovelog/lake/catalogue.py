"""`tracks`: the names that go with a URI, and names that came without one; and `recordings`, the audio behind them.

Both are functions of the stored rows alone, in whatever order these came: of a track's rows the latest that names it does
(the smallest names at equal times), the smallest ISRC and the shortest length count.
"""

from typing import TYPE_CHECKING

import duckdb

from groovelog.lake.recordings import group
from groovelog.lake.spelling import NAMELESS
from groovelog.names import audio_key
from groovelog.tables import RECORDINGS, TRACKS

if TYPE_CHECKING:
    from groovelog.lake.run import Run

_TITLE = f"nullif(track_name, '{NAMELESS['track_name']}')"
_ARTIST = f"nullif(artist_name, '{NAMELESS['artist_name']}')"
# SQL: the entry of a row that has names and no URI.
OF_NAMES = f"'track:' || substr(md5({_TITLE} || chr(31) || coalesce({_ARTIST}, '')), 1, 16)"
# SQL: the entry that a row tells of; null where it tells of none.
ENTRY = f"CASE WHEN {_TITLE} IS NOT NULL THEN coalesce(track_uri, {OF_NAMES}) END"

# The entries that `rows` tell of, which have the columns of what a source says; of several rows of an entry one names it.
# Its instant is found first, from columns that are narrow, so that the names of few rows are compared.
_TOLD = f"""
    WITH told AS NOT MATERIALIZED (
        SELECT {ENTRY} AS track_id, coalesce(stopped_at, started_at)::TIMESTAMP AS named_at, isrc,
            nullif(length_ms, 0) AS length_ms, {_TITLE} AS track_name, {_ARTIST} AS artist_name, album_name
        FROM ({{rows}}) WHERE {_TITLE} IS NOT NULL
    ), latest AS (
        SELECT track_id, max(named_at) AS named_at, min(isrc) AS isrc, min(length_ms) AS length_ms FROM told GROUP BY track_id
    )
    SELECT track_id, min(struct_pack(told.track_name, told.artist_name, told.album_name)) AS names, named_at,
        any_value(latest.isrc) AS isrc, any_value(latest.length_ms) AS length_ms
    FROM told JOIN latest USING (track_id, named_at) GROUP BY track_id, named_at
"""
# Of two tellings of an entry, by a run and by the catalogue, one.
_ONE_EACH = """
    SELECT track_id, arg_max(names, named_at) AS names, max(named_at) AS named_at, min(isrc) AS isrc,
        min(length_ms) AS length_ms
    FROM (
        SELECT track_id, named_at, min(names) AS names, min(isrc) AS isrc, min(length_ms) AS length_ms FROM ({told})
        GROUP BY ALL
    ) GROUP BY track_id
"""
_KNOWN = """
    SELECT track_id, struct_pack(track_name, artist_name, album_name) AS names, named_at::TIMESTAMP AS named_at, isrc, length_ms
    FROM tracks
"""


def name_tracks(run: "Run") -> None:
    """Bring the catalogue up to date with the kept staged rows."""
    connection = run.connection
    rows = "SELECT staged.* FROM staged JOIN kept ON staged.rowid = kept.rid"
    connection.execute(f"CREATE OR REPLACE TABLE named AS {_TOLD.format(rows=rows)}")
    known = f"{_KNOWN} WHERE track_id IN (SELECT track_id FROM named)"
    connection.execute(f"""
        CREATE OR REPLACE TABLE renamed AS
        SELECT * FROM ({_ONE_EACH.format(told=f"SELECT * FROM named UNION ALL {known}")}) EXCEPT ({known})
    """)
    if connection.execute("SELECT 1 FROM renamed LIMIT 1").fetchall():
        _write(run, f"SELECT * FROM renamed UNION ALL {_KNOWN} WHERE track_id NOT IN (SELECT track_id FROM renamed)")


def name_tracks_anew(run: "Run", without: list[str]) -> None:
    """The catalogue as the rows of everybody but the listeners `without` (ids) tell it."""
    excluded = ", ".join(f"'{listener_id}'" for listener_id in without) or "''"
    rows = f"SELECT * FROM source_plays WHERE listener_id NOT IN ({excluded})"
    _write(run, _TOLD.format(rows=rows))


def told_anew() -> str:
    """The query of all entries as all stored rows tell them: track_id, names, named_at, isrc, length_ms."""
    return _TOLD.format(rows="SELECT * FROM source_plays")


def regroup(run: "Run") -> None:
    """Tell the recordings anew, as after a person's decision."""
    _write(run, _KNOWN)


def _write(run: "Run", entries: str) -> None:
    """Write both tables from a query of entries, in the shape of _KNOWN."""
    connection = run.connection
    _find_keys(connection, entries)
    group(connection)
    run.write(
        TRACKS,
        """
        SELECT track_id, names.track_name, names.artist_name, names.album_name, named_at, catalogue.isrc, length_ms,
            audio_key, recording_id
        FROM catalogue JOIN grouped USING (track_id)
        """,
        removed=run.snapshot.files(TRACKS),
    )
    run.write(
        RECORDINGS,
        """
        SELECT recording_id, names.track_name, names.artist_name, isrc, length_ms, tracks FROM (
            SELECT recording_id, arg_min(names, track_id) AS names, min(catalogue.isrc) AS isrc, min(length_ms) AS length_ms,
                count(*) AS tracks
            FROM catalogue JOIN grouped USING (track_id) GROUP BY recording_id
        )
        """,
        removed=run.snapshot.files(RECORDINGS),
    )


def _find_keys(connection: duckdb.DuckDBPyConnection, entries: str) -> None:
    """`catalogue`: the entries with their audio_key, worked out for names that are new and taken from `tracks` for others."""
    connection.execute(f"CREATE OR REPLACE TABLE entries AS {entries}")
    connection.execute("""
        CREATE OR REPLACE TABLE keyed AS
        SELECT track_name, artist_name, any_value(audio_key) AS audio_key FROM tracks WHERE audio_key IS NOT NULL GROUP BY ALL
    """)
    told = connection.execute("""
        SELECT DISTINCT names.track_name, names.artist_name FROM entries
        WHERE names.artist_name IS NOT NULL AND (names.track_name, names.artist_name) NOT IN (
            SELECT (track_name, artist_name) FROM keyed WHERE artist_name IS NOT NULL)
    """).fetchall()
    if told:
        connection.execute(
            "INSERT INTO keyed SELECT unnest($titles), unnest($artists), unnest($keys)",
            {
                "titles": [title for title, _ in told],
                "artists": [artist for _, artist in told],
                "keys": [audio_key(title, artist) for title, artist in told],
            },
        )
    connection.execute("""
        CREATE OR REPLACE TABLE catalogue AS
        SELECT entries.*, audio_key FROM entries
        LEFT JOIN keyed ON keyed.track_name = names.track_name AND keyed.artist_name = names.artist_name
    """)


# SQL: the entries, but for those without a URI whose very names an entry with one has; see `metrics.entries.entered`.
NAMED_ONCE = """
    SELECT * FROM tracks QUALIFY NOT (starts_with(track_id, 'track:')
        AND bool_or(NOT starts_with(track_id, 'track:')) OVER (PARTITION BY track_name, artist_name))
"""


def entries_like(connection: duckdb.DuckDBPyConnection, text: str) -> list[tuple[str, str, str | None]]:
    """Entries (track_id, title, artist) that a text tells: by id, by title, or by "title - artist", whatever the case."""
    return connection.execute(
        f"""
        SELECT track_id, track_name, artist_name FROM ({NAMED_ONCE})
        WHERE track_id = $text OR lower(track_name) = lower($text) OR lower(track_name || ' - ' || artist_name) = lower($text)
        ORDER BY track_id <> $text, track_id
        """,
        {"text": text},
    ).fetchall()


def nearest_entries(connection: duckdb.DuckDBPyConnection, text: str) -> list[tuple[str, str, str | None]]:
    """The three entries whose title, or title and artist, is spelt most like a text."""
    return connection.execute(
        f"""
        SELECT track_id, track_name, artist_name FROM ({NAMED_ONCE}) ORDER BY greatest(
            jaro_winkler_similarity(lower(track_name), lower($text)),
            jaro_winkler_similarity(lower(track_name || ' - ' || coalesce(artist_name, '')), lower($text))) DESC, track_id LIMIT 3
        """,
        {"text": text},
    ).fetchall()
