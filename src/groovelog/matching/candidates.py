"""Which names of the reference are worth a close look for each of the queries' names."""

import duckdb

from groovelog.matching.keys import LONGEST

# Of many songs of one title ("Home"), those whose artists are spelt most alike.
MOST_OF_A_TITLE = 8


def add_names(connection: duckdb.DuckDBPyConnection, rows: str, names: str, number: str) -> None:
    """Make the table `names` of the distinct (title, artist) in `rows`, numbered, with their keys.

    `core` and `base` are the title without versions, and without all tails; `who` the artists.
    """
    connection.execute(f"""
        CREATE OR REPLACE TABLE {names} AS
        SELECT row_number() OVER (ORDER BY title, artist) - 1 AS {number}, title, artist, latin_title, latin_artist,
            CASE WHEN tails THEN core_key(latin_title) ELSE squeezed(latin_title) END AS core,
            CASE WHEN tails THEN base_key(latin_title) ELSE core END AS base,
            or_all(squeezed(latin_artist), latin_artist) AS who
        FROM (SELECT title, artist, coalesce(t.latin, title[:{LONGEST}]) AS latin_title,
                coalesce(a.latin, artist[:{LONGEST}]) AS latin_artist, has_tails(latin_title) AS tails
            FROM (SELECT DISTINCT title, artist FROM {rows} WHERE title IS NOT NULL) n
            LEFT JOIN latin_{rows} t ON t.text = n.title LEFT JOIN latin_{rows} a ON a.text = n.artist)""")


def same_title(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Pairs (a, p) of a query's and a reference's names whose titles have a key in common."""
    pairs = " UNION ".join(
        f"SELECT a, p FROM asked JOIN pair ON asked.{one} = pair.{other}"
        for one, other in (("base", "base"), ("core", "core"), ("core", "base"), ("base", "core"))
    )
    return connection.execute(f"""
        SELECT a, p FROM ({pairs}) JOIN asked USING (a) JOIN pair USING (p)
        QUALIFY row_number() OVER (PARTITION BY a ORDER BY
            contains(asked.who, pair.who) OR contains(pair.who, asked.who) DESC,
            jaro_winkler_similarity(asked.who, pair.who) DESC, p) <= {MOST_OF_A_TITLE}
        ORDER BY a, p""").fetchall()
