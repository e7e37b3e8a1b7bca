"""Keep: which staged rows are new, which are known, and which are a known play in another form (see `lake.forms`).

A row's identity is all its source tells (`row_key`). An export shows rows together when they stand in one of its files.
Which files belong to one export depends on how they are handed over (a folder may hold two, a call bring a part), and the
plays must not. A row of Groovelog's own export says itself whether it was shown together with others (`together`).
"""

import duckdb

from groovelog.lake.forms import FORMS, Forms

KNOWN = "known from an earlier import"
OTHER_FORM = (
    "a play already known, told in another form (platform, device clock, skipped, incognito or spelling differ)"
)


def decide(connection: duckdb.DuckDBPyConnection, listener_id: str) -> None:
    """From `staged` and `staged_files` (file_no, first_rowid) make

    - `kept`: (rid, year, shown_together, counted), the rows to write into source_plays;
    - `told_before`: (rid, reason), the readable rows that count as duplicates.
    """
    run = connection.execute
    run("CREATE TABLE ids AS SELECT rowid AS rid, year(started_at) AS year, row_key FROM staged WHERE fault IS NULL")
    run("CREATE TABLE firsts AS SELECT row_key, min(rid) AS rid, any_value(year) AS year FROM ids GROUP BY row_key")
    years = ", ".join(str(year) for (year,) in run("SELECT DISTINCT year FROM ids").fetchall()) or "NULL"
    # A view, so that only the needed columns of only these partitions are read.
    run(
        "CREATE OR REPLACE VIEW stored AS SELECT * FROM source_plays "
        f"WHERE listener_id = '{listener_id}' AND year IN ({years})"
    )
    run(
        "CREATE TABLE known AS SELECT row_key, bool_or(shown_together) AS shown_together FROM stored "
        "WHERE row_key IN (SELECT row_key FROM firsts) GROUP BY row_key"
    )
    run("CREATE TABLE forms (row_key BIGINT, shown_together BOOLEAN, leader BOOLEAN)")
    for forms in FORMS:
        _find_forms(connection, forms)
    run("""
        CREATE TABLE kept AS
        SELECT firsts.rid, firsts.year, forms.shown_together IS TRUE AS shown_together,
            known.row_key IS NULL AND forms.leader IS DISTINCT FROM false AS counted
        FROM firsts LEFT JOIN known USING (row_key) LEFT JOIN forms USING (row_key)
        WHERE known.row_key IS NULL OR (forms.shown_together AND NOT known.shown_together)
    """)
    run(f"""
        CREATE TABLE told_before AS
        SELECT ids.rid, CASE
                WHEN known.row_key IS NOT NULL THEN '{KNOWN}'
                WHEN ids.rid = firsts.rid THEN '{OTHER_FORM}'
                ELSE 'the same row stands in ' || file.label || ', row ' || (firsts.rid - file.first_rowid + 1)
            END AS reason
        FROM ids JOIN firsts USING (row_key)
            LEFT JOIN known USING (row_key)
            LEFT JOIN (SELECT rid, counted FROM kept WHERE counted) AS counted ON counted.rid = ids.rid
            LEFT JOIN staged ON staged.rowid = firsts.rid
            LEFT JOIN staged_files AS file ON file.file_no = staged.file_no
        WHERE counted.rid IS NULL
    """)


def _find_forms(connection: duckdb.DuckDBPyConnection, forms: Forms) -> None:
    """Add to `forms` (row_key, shown_together, leader) the staged identities that share instant and length.

    `leader` is false where a play is already told by another identity, of the lake or earlier in this run.
    """
    run = connection.execute
    of_source = f"r.source = '{forms.source.name}'"
    if not run(f"SELECT 1 FROM staged AS r WHERE {of_source} LIMIT 1").fetchall():
        return
    shown = "min(row_key) OVER shown <> max(row_key) OVER shown" if forms.together else "false"
    stored_instant = f"{forms.instant}::TIMESTAMP"
    # Numbers first: hardly any two rows share a second and a length, so that texts are compared for a handful.
    run(f"""
        CREATE OR REPLACE TABLE crowded AS
        SELECT instant, length FROM (
            SELECT {forms.instant} AS instant, {forms.length} AS length, row_key FROM staged AS r
                WHERE fault IS NULL AND {of_source}
            UNION ALL
            SELECT {stored_instant}, {forms.length}, row_key FROM stored AS r WHERE {of_source}
                AND ({stored_instant}, {forms.length}) IN (
                    SELECT ({forms.instant}, {forms.length}) FROM staged AS r JOIN firsts ON r.rowid = firsts.rid
                    WHERE {of_source} AND firsts.row_key NOT IN (SELECT row_key FROM known))
        ) GROUP BY instant, length HAVING min(row_key) <> max(row_key)
    """)
    if not run("SELECT 1 FROM crowded LIMIT 1").fetchall():
        return
    run(f"""
        INSERT INTO forms
        WITH told AS (
            SELECT r.row_key, r.rowid AS rid, r.file_no, r.together, NULL AS shown_together, instant, length,
                {forms.track} AS track, {forms.form} AS form
            FROM staged AS r JOIN crowded ON {forms.instant} = instant AND {forms.length} = length
            WHERE r.fault IS NULL AND {of_source}
            UNION ALL
            SELECT r.row_key, -1, -1, NULL, r.shown_together, instant, length, {forms.track}, {forms.form}
            FROM stored AS r JOIN crowded ON {stored_instant} = instant AND {forms.length} = length
            WHERE {of_source}
        ), together AS (
            SELECT DISTINCT row_key FROM (
                SELECT row_key, coalesce(together, {shown}) AS together
                FROM told WHERE file_no >= 0
                WINDOW shown AS (PARTITION BY file_no, instant, length, track)
            ) WHERE together
        ), marked AS (
            SELECT told.*, row_key IN (SELECT row_key FROM together) AS fresh_together,
                bool_or(shown_together IS TRUE OR row_key IN (SELECT row_key FROM together))
                    OVER (PARTITION BY instant, length, track) AS any_together
            FROM told
        ), led AS (
            SELECT *, any_together OR row_key = arg_min(row_key, (rid, row_key))
                OVER (PARTITION BY instant, length, track, form) AS leads
            FROM marked
        )
        SELECT row_key, bool_or(fresh_together), bool_or(leads) FROM led WHERE rid >= 0 GROUP BY row_key
    """)
