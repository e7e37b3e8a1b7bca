"""One row per recording: rows of one id become one.

The audio features of a recording are those of one row, never mixed: the values that most rows of the id tell; of several
that as many tell, the ones with the fewest unknown; then the first in the file. Names are that row's too. Genres are
gathered from all, and the popularity is the highest. See docs/decisions/0011-references.md.
"""

from dataclasses import dataclass

import duckdb

from groovelog.matching.references.fields import FEATURES
from groovelog.tables import REFERENCES

SAME = "same id, same audio features: genres are gathered"
OTHER = "same id, other audio features: those of most rows are kept"
POPULARITY = "of several values for one id, the highest is kept"

_COLUMNS = [name for name in REFERENCES.names if name not in ("reference", "run_id")]


@dataclass(frozen=True)
class Merged:
    """`select` gives the rows of `references`; `parts` are conditions that cut it into pieces that fit into memory.

    `same` and `other` count rows merged away, `other_first` is the first row with other audio features than those kept,
    `popularities` the ids with several values.
    """

    select: str
    parts: tuple[str, ...]
    kept: int
    same: int
    other: int
    other_first: int | None
    popularities: int


def merge(connection: duckdb.DuckDBPyConnection) -> Merged:
    """From the view `told` the rows to keep."""
    run = connection.execute
    ((usable, pieces),) = run("SELECT count(*) FILTER (fault IS NULL), max(piece) + 1 FROM told").fetchall()
    # 64 bits for an id: in 5,000,000 ids one pair in a million files collides, and then is grouped below all the same.
    run(
        "CREATE OR REPLACE TABLE twice AS SELECT hash(ref_id) AS id_hash FROM told WHERE fault IS NULL "
        "GROUP BY ALL HAVING count(*) > 1"
    )
    run(
        "CREATE OR REPLACE TABLE chosen (chosen_row BIGINT, rows BIGINT, agreeing BIGINT, other_first BIGINT, "
        "gathered VARCHAR, highest INTEGER, popularities BIGINT)"
    )
    for piece in range(pieces if run("SELECT 1 FROM twice LIMIT 1").fetchall() else 0):
        run(_choose(f"piece = {piece}"))
    ((ids, rows, agreeing, other_first, popularities),) = run(
        "SELECT count(*), coalesce(sum(rows), 0)::BIGINT, coalesce(sum(agreeing), 0)::BIGINT, min(other_first), "
        "count(*) FILTER (popularities > 1) FROM chosen"
    ).fetchall()
    own = {"genres": f"coalesce(gathered, {_lines('genres')})", "popularity": "coalesce(highest, popularity)"}
    columns = ", ".join(f"{own.get(name, name)} AS {name}" for name in _COLUMNS)
    select = f"""
        SELECT {columns}, piece FROM told LEFT JOIN twice ON hash(ref_id) = id_hash LEFT JOIN chosen ON row_no = chosen_row
        WHERE fault IS NULL AND (id_hash IS NULL OR chosen_row IS NOT NULL) ORDER BY ref_id"""
    parts = tuple(f"piece = {piece}" for piece in range(pieces))
    return Merged(select, parts, usable - rows + ids, agreeing - ids, rows - agreeing, other_first, popularities)


def _lines(genres: str) -> str:
    return f"nullif(array_to_string(list_sort(list_distinct({genres})), chr(10)), '')"


def _choose(part: str) -> str:
    vector = ", ".join(FEATURES)
    known = " + ".join(f"({name} IS NOT NULL)::INTEGER" for name in FEATURES)
    several = f"SELECT * FROM told WHERE fault IS NULL AND {part} AND hash(ref_id) IN (SELECT id_hash FROM twice)"
    return f"""
        INSERT INTO chosen
        WITH several AS MATERIALIZED (
            SELECT row_no, ref_id, genres, popularity, {known} AS known, hash({vector}) AS vector FROM ({several})
        ), votes AS (
            SELECT ref_id, vector, count(*) AS n, min(row_no) AS first, any_value(known) AS known FROM several GROUP BY ALL
        ), led AS (
            SELECT ref_id, arg_max((first, n, vector), (n, known, -first)) AS led, sum(n)::BIGINT AS rows FROM votes
            GROUP BY ref_id
        ), others AS (
            SELECT ref_id, min(first) AS other_first FROM votes JOIN led USING (ref_id) WHERE vector <> led[3] GROUP BY ref_id
        ), gathered AS (
            SELECT ref_id, {_lines("flatten(list(genres))")} AS gathered, max(popularity) AS highest,
                count(DISTINCT popularity) AS popularities FROM several GROUP BY ref_id
        )
        SELECT led[1], rows, led[2], other_first, gathered, highest, popularities
        FROM led JOIN gathered USING (ref_id) LEFT JOIN others USING (ref_id)"""
