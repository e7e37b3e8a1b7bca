"""`tracks`: the names that go with a URI, from the latest row that had both (the smallest names at equal times)."""

from groovelog.lake.run import Run
from groovelog.tables import TRACKS

_NAMED = """
    SELECT track_uri AS track_id, arg_max(names, named_at) AS names, max(named_at) AS named_at FROM (
        SELECT track_uri, named_at, min(names) AS names FROM ({named})
        GROUP BY ALL
    ) GROUP BY ALL
"""


def name_tracks(run: Run) -> None:
    """Bring the catalogue up to date with the kept staged rows."""
    connection = run.connection
    connection.execute("""
        CREATE TABLE last_named AS
        SELECT track_uri AS track_id, max(stopped_at) AS named_at FROM staged JOIN kept ON staged.rowid = kept.rid
        WHERE track_uri IS NOT NULL AND track_name IS NOT NULL GROUP BY ALL
    """)
    connection.execute("""
        CREATE TABLE namings AS
        SELECT track_id, min(struct_pack(track_name, artist_name, album_name)) AS names, named_at
        FROM staged JOIN kept ON staged.rowid = kept.rid JOIN last_named
            ON last_named.track_id = staged.track_uri AND last_named.named_at = staged.stopped_at
        WHERE track_name IS NOT NULL GROUP BY ALL
    """)
    connection.execute("""
        CREATE TABLE renamed AS SELECT namings.* FROM namings LEFT JOIN tracks USING (track_id)
        WHERE tracks.track_id IS NULL OR namings.named_at > tracks.named_at::TIMESTAMP
            OR (namings.named_at = tracks.named_at::TIMESTAMP AND namings.names
                < struct_pack(tracks.track_name, tracks.artist_name, tracks.album_name))
    """)
    if not connection.execute("SELECT 1 FROM renamed LIMIT 1").fetchall():
        return
    run.write(
        TRACKS,
        """
        SELECT track_id, names.track_name, names.artist_name, names.album_name, named_at FROM renamed
        UNION ALL SELECT track_id, track_name, artist_name, album_name, named_at::TIMESTAMP FROM tracks
        WHERE track_id NOT IN (SELECT track_id FROM renamed)
        """,
        removed=run.snapshot.files(TRACKS),
    )


def name_tracks_anew(run: Run, without: list[str]) -> None:
    """The catalogue as the rows of everybody but the listeners `without` (ids) tell it."""
    excluded = ", ".join(f"'{listener_id}'" for listener_id in without)
    named = f"""
        SELECT track_uri, stopped_at AS named_at, struct_pack(track_name, artist_name, album_name) AS names
        FROM source_plays WHERE listener_id NOT IN ({excluded}) AND track_uri IS NOT NULL AND track_name IS NOT NULL
    """
    run.write(
        TRACKS,
        f"""
        SELECT track_id, names.track_name, names.artist_name, names.album_name, named_at FROM ({_NAMED.format(named=named)})
        """,
        removed=run.snapshot.files(TRACKS),
    )
