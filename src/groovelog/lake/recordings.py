"""Which catalogue entries are one recording: the same ISRC, or equal normalised names and lengths that agree.

Entries of equal names (`audio_key`) are cut where their lengths, in order, are more than 3 s apart; those whose length
nobody tells go with the most of them. Then what shares an ISRC is one, and what a person confirmed to be one row of a
reference. An entry without an artist has no names to go by.
"""

from collections.abc import Iterable

import duckdb

# Lengths of one recording on two albums differ by silence at the ends; lengths of two versions seldom by so little.
SAME_LENGTH_MS = 3_000


def group(connection: duckdb.DuckDBPyConnection) -> None:
    """From `catalogue` (track_id, isrc, length_ms, audio_key) and `match_decisions` make `grouped` (track_id, recording_id)."""
    run = connection.execute
    run(f"""
        CREATE OR REPLACE TABLE parts AS
        WITH told AS (
            SELECT audio_key, length_ms, count(*) AS tracks FROM catalogue
            WHERE audio_key IS NOT NULL AND length_ms IS NOT NULL GROUP BY ALL
        ), cut AS (
            SELECT *, coalesce(length_ms - lag(length_ms) OVER (PARTITION BY audio_key ORDER BY length_ms) > {SAME_LENGTH_MS},
                false)::INTEGER AS opens
            FROM told
        )
        SELECT audio_key, length_ms, tracks, sum(opens) OVER (PARTITION BY audio_key ORDER BY length_ms) AS part FROM cut
    """)
    run("""
        CREATE OR REPLACE TABLE grouped AS
        WITH largest AS (
            SELECT audio_key, arg_max(part, (tracks, -part)) AS part
            FROM (SELECT audio_key, part, sum(tracks) AS tracks FROM parts GROUP BY ALL) GROUP BY ALL
        ), placed AS (
            SELECT track_id, isrc, catalogue.audio_key, coalesce(parts.part, largest.part, 0) AS part
            FROM catalogue LEFT JOIN parts USING (audio_key, length_ms)
                LEFT JOIN largest ON largest.audio_key = catalogue.audio_key
        )
        SELECT track_id, isrc, CASE WHEN audio_key IS NULL THEN track_id
            ELSE min(track_id) OVER (PARTITION BY audio_key, part) END AS recording_id
        FROM placed
    """)
    linked = run("""
        WITH latest AS (
            SELECT track_id, reference, ref_id, arg_max(decision, run_id) AS decision FROM match_decisions GROUP BY ALL
        ), links AS (
            SELECT isrc AS link, recording_id FROM grouped WHERE isrc IS NOT NULL
            UNION ALL
            SELECT reference || chr(31) || ref_id, recording_id FROM latest JOIN grouped USING (track_id)
            WHERE decision = 'confirm'
        )
        SELECT list(DISTINCT recording_id) AS together FROM links GROUP BY link HAVING count(DISTINCT recording_id) > 1
    """).fetchall()
    if linked:
        smallest = _joined(together for (together,) in linked)
        run("CREATE OR REPLACE TABLE joined (recording_id VARCHAR, smallest VARCHAR)")
        run(
            "INSERT INTO joined SELECT unnest($ids), unnest($smallest)",
            {"ids": list(smallest), "smallest": list(smallest.values())},
        )
        run("""
            CREATE OR REPLACE TABLE grouped AS
            SELECT track_id, coalesce(smallest, recording_id) AS recording_id FROM grouped LEFT JOIN joined USING (recording_id)
        """)


def _joined(groups: Iterable[list[str]]) -> dict[str, str]:
    """For each id in overlapping groups, the smallest id that it is connected with.

    >>> _joined([["b", "c"], ["c", "a"], ["x", "y"]])
    {'b': 'a', 'c': 'a', 'a': 'a', 'x': 'x', 'y': 'x'}
    """
    root: dict[str, str] = {}

    def find(one: str) -> str:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for together in groups:
        for one in together:
            root.setdefault(one, one)
        ends = [find(one) for one in together]
        for end in ends:
            root[end] = min(ends)
    return {one: find(one) for one in root}
