"""Which sources may be learnt from, and the plays as these alone tell them."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import duckdb

from groovelog.lake.plays import rebuilt
from groovelog.lake.snapshot import Snapshot, connect, view
from groovelog.model import Listener
from groovelog.sources.spotify_api import SPOTIFY_API
from groovelog.tables import PLAYS, SOURCE_PLAYS

WHY_NOT_API = "Spotify's Developer Terms forbid training a model on what its Web API tells"


def allowed(column: str, *, include_api: bool) -> str:
    """SQL: whether the source that a column names may be learnt from: any but the Web API, which has to be asked for."""
    return "true" if include_api else f"{column} <> '{SPOTIFY_API.name}'"


@contextmanager
def allowed_plays(
    snapshot: Snapshot, person: Listener, *, include_api: bool
) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """A connection, and the name of a view on it of the listener's plays, with the columns of PLAYS.

    Where the Web API told of any, the plays are joined anew from the rows of the other sources: `plays` does not say which
    source a value came from.
    """
    may = allowed("source", include_api=include_api)
    own = f'"{snapshot.cut(SOURCE_PLAYS, person.listener_id)}"'
    if not snapshot.connection.execute(f"SELECT 1 FROM {own} WHERE NOT ({may}) LIMIT 1").fetchall():
        yield snapshot.connection.cursor(), f'"{snapshot.cut(PLAYS, person.listener_id)}"'
        return
    # Joining makes tables, and other threads may read the snapshot's.
    with closing(connect()) as connection:
        files = [file for file in snapshot.files(SOURCE_PLAYS) if file.partition["listener_id"] == person.listener_id]
        view(connection, snapshot.lake, SOURCE_PLAYS, files, "every_row")
        connection.execute(f"CREATE VIEW source_plays AS SELECT * FROM every_row WHERE {may}")
        connection.execute(f"CREATE TABLE allowed_plays AS {rebuilt(connection, person)}")
        yield connection, "allowed_plays"
