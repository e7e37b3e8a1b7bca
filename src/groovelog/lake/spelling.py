"""What rows name, so that rows of one play are found whatever their spelling: tables over the rows to be joined."""

import duckdb

from groovelog.names import alike, plain, recording_key

# What account data say where they have no name; it names nothing, and so does a row without names.
NAMELESS = {"track_name": "Unknown Track", "artist_name": "Unknown Artist"}

_SPELT = ("key", "title", "artist")


def spell(connection: duckdb.DuckDBPyConnection, rows: str) -> None:
    """From the rows, make

    - `spellings`: (name_no, title, creator), each spelling once; title is null where nothing is named;
    - `spelt`: (rid, name_no, key, uri, title, artist, latin), hashes; `key` is the same for spellings of one recording that
      differ in dress alone, `title` and `artist` for those of half of the names; `latin` tells whether all letters are.
    """
    run = connection.execute
    titles = f"nullif(track_name, '{NAMELESS['track_name']}')"
    creators = f"nullif(artist_name, '{NAMELESS['artist_name']}')"
    named = f"""
        SELECT rid, coalesce({titles}, episode_name, audiobook_title) AS title,
            coalesce({creators}, show_name, '') AS creator, coalesce(track_uri, episode_uri, audiobook_uri) AS said_uri
        FROM {rows}
    """
    run(f"""
        CREATE OR REPLACE TABLE spellings AS
        SELECT row_number() OVER () AS name_no, title, creator
        FROM (SELECT DISTINCT title, creator FROM ({named}))
    """)
    told = run("SELECT name_no, title, creator FROM spellings WHERE title IS NOT NULL").fetchall()
    run("CREATE OR REPLACE TABLE keys (name_no BIGINT, key VARCHAR, title VARCHAR, artist VARCHAR, latin BOOLEAN)")
    if told:
        keys = [recording_key(title, creator) for _, title, creator in told]
        plainly = {text: plain(text) for _, *texts in told for text in texts}
        run(
            "INSERT INTO keys SELECT unnest($numbers), unnest($keys), unnest($titles), unnest($artists), unnest($latin)",
            {
                "numbers": [row[0] for row in told],
                "keys": keys,
                "titles": [plainly[title] for _, title, _ in told],
                "artists": [plainly[creator] or None for _, _, creator in told],
                "latin": [plainly[title].isascii() and plainly[creator].isascii() for _, title, creator in told],
            },
        )
    # Hashes are made of each spelling once. Of null, too, DuckDB makes one, and one that joins.
    hashed = ", ".join(f"CASE WHEN {told} IS NOT NULL THEN hash({told}) END AS {told}" for told in _SPELT)
    run(f"""
        CREATE OR REPLACE TABLE spelt AS
        SELECT rid, name_no, key, title, artist, latin, CASE WHEN said_uri IS NOT NULL THEN hash(said_uri) END AS uri FROM (
            SELECT rid, said_uri, name_no FROM ({named}) AS named
            JOIN spellings ON spellings.title IS NOT DISTINCT FROM named.title AND spellings.creator = named.creator
        ) LEFT JOIN (SELECT name_no, latin, {hashed} FROM keys) USING (name_no)
    """)


def keep_alike(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep of `weighed` (member, other, how, ...) the pairs whose names are alike.

    A row that names nothing (a withdrawn track) is the same play where the lengths agree to the millisecond.
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
        WHERE m.title IS NOT NULL AND t.title IS NOT NULL
    """).fetchall()
    same = [(mine, theirs) for mine, theirs, title, creator, *other in pairs if alike((title, creator), tuple(other))]
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
