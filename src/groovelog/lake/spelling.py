"""What rows name, so that rows of one play are found whatever their spelling: tables over the rows to be joined."""

import duckdb

from groovelog.names import alike, plain, recording_key

# What account data say where they have no name; it names nothing, and so does a row without names.
NAMELESS = {"track_name": "Unknown Track", "artist_name": "Unknown Artist"}


def spell(connection: duckdb.DuckDBPyConnection, rows: str) -> None:
    """Make

    - `spellings`: (name_no, title, creator, of_track), each spelling once; title is null where nothing is named;
    - `spelt`: (rid, name_no, key, uri), `key` the same for spellings that are equal but for their dress.
    """
    run = connection.execute
    titles = f"nullif(track_name, '{NAMELESS['track_name']}')"
    creators = f"nullif(artist_name, '{NAMELESS['artist_name']}')"
    named = f"""
        SELECT rid, coalesce({titles}, episode_name, audiobook_title) AS title,
            coalesce({creators}, show_name, '') AS creator, kind = 'track' AS of_track,
            coalesce(track_uri, episode_uri, audiobook_uri) AS said_uri
        FROM {rows}
    """
    run(f"""
        CREATE OR REPLACE TABLE spellings AS
        SELECT row_number() OVER (ORDER BY title, creator, of_track) AS name_no, title, creator, of_track
        FROM (SELECT DISTINCT title, creator, of_track FROM ({named}))
    """)
    told = run("SELECT name_no, title, creator, of_track FROM spellings WHERE title IS NOT NULL").fetchall()
    run("CREATE OR REPLACE TABLE keys (name_no BIGINT, key VARCHAR)")
    if told:
        keys = [
            recording_key(title, creator) if of_track else f"{plain(title)}\n{plain(creator)}"
            for _, title, creator, of_track in told
        ]
        run(
            "INSERT INTO keys SELECT unnest($numbers), unnest($keys)",
            {"numbers": [row[0] for row in told], "keys": keys},
        )
    run(f"""
        CREATE OR REPLACE TABLE spelt AS
        SELECT rid, name_no, CASE WHEN key IS NOT NULL THEN hash(key) END AS key,
            CASE WHEN said_uri IS NOT NULL THEN hash(said_uri) END AS uri FROM ({named}) AS named
        JOIN spellings ON spellings.title IS NOT DISTINCT FROM named.title AND spellings.creator = named.creator
            AND spellings.of_track = named.of_track
        LEFT JOIN keys USING (name_no)
    """)


def drop_unlike(connection: duckdb.DuckDBPyConnection) -> None:
    """Take out of `weighed` (member, other, ...) the pairs whose names are not alike.

    A row that names nothing (a withdrawn track) is the same play only where the length agrees to the millisecond.
    """
    run = connection.execute
    run("""
        CREATE OR REPLACE TABLE named_pairs AS
        SELECT DISTINCT mine.name_no AS mine, theirs.name_no AS theirs
        FROM weighed JOIN spelt AS mine ON mine.rid = other JOIN spelt AS theirs ON theirs.rid = member
    """)
    pairs = run("""
        SELECT mine, theirs, m.title, m.creator, t.title, t.creator FROM named_pairs
        JOIN spellings AS m ON m.name_no = mine JOIN spellings AS t ON t.name_no = theirs
        WHERE m.title IS NOT NULL AND t.title IS NOT NULL AND m.of_track = t.of_track
    """).fetchall()
    same = [
        (mine, theirs)
        for mine, theirs, title, creator, *other in pairs
        if alike((title, creator), (other[0], other[1]))
    ]
    run("CREATE OR REPLACE TABLE same_names (mine BIGINT, theirs BIGINT)")
    if same:
        run(
            "INSERT INTO same_names SELECT unnest($mine), unnest($theirs)",
            {"mine": [mine for mine, _ in same], "theirs": [theirs for _, theirs in same]},
        )
    run("""
        CREATE OR REPLACE TABLE weighed AS
        SELECT weighed.* REPLACE (CASE WHEN named THEN how ELSE 'the same length' END AS how) FROM weighed
            JOIN spelt AS mine ON mine.rid = other JOIN spelt AS theirs ON theirs.rid = member
            JOIN placed AS o ON o.rid = other JOIN placed AS p ON p.rid = member,
            LATERAL (SELECT mine.key IS NOT NULL AND theirs.key IS NOT NULL AS named)
        WHERE CASE WHEN named THEN (mine.name_no, theirs.name_no) IN (SELECT (mine, theirs) FROM same_names)
            ELSE o.ms_played > 0 AND o.ms_played = p.ms_played END
    """)
