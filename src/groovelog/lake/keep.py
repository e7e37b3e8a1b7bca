"""Keep: which staged rows are new, which are known, and which are a known play in another form.

A row's identity is all its source tells (`row_key`). Two exports may spell one play differently: in platform, device
clock, skipped or incognito, and in the names that go with a URI. Such a row is the same play when time, track and
ms_played agree and each export shows that combination once. Where one export shows it several times, they are plays of
their own (offline plays uploaded together), and their rows are marked `shown_together`, so that the plays are the same
in whatever order exports come.

An export shows rows together when they stand in one of its files. Which files belong to one export depends on how
they are handed over (a folder may hold two, a call bring a part), and the plays must not.
"""

import duckdb

from groovelog.sources import SOURCES
from groovelog.sources.source import Source

# What may differ between two forms of one play.
MAY_DIFFER = ("platform", "offline_at", "skipped", "incognito")

KNOWN = "known from an earlier import"
OTHER_FORM = (
    "a play already known, told in another form (platform, device clock, skipped, incognito or spelling differ)"
)


URIS = ("track_uri", "episode_uri", "chapter_uri")
NAMES = ("track_name", "artist_name", "episode_name", "show_name", "audiobook_title", "chapter_title", "album_name")
# Beside the URI that says what was played (`_uri`), later exports tell more of audiobooks than earlier ones.
TOLD_LATER = (*NAMES, "audiobook_uri", "chapter_uri")


def track_text(alias: str) -> str:
    """What a row says was played: its URI, else its names."""
    names = ", ".join(f"{alias}.{column}" for column in NAMES if column != "album_name")
    return f"coalesce({_uri(alias)}, concat_ws(chr(31), {names}))"


def form_text(alias: str, source: Source) -> str:
    """Everything a row says but what may differ between two forms of one play.

    Where there is a URI, names may differ as well: later exports lose those of withdrawn tracks, tracks are renamed, and
    only newer exports tell that a track is a chapter of an audiobook.
    """
    told = [column for column in (*source.texts, *source.flags) if column not in (*MAY_DIFFER, *TOLD_LATER)]
    names = [column for column in source.texts if column in TOLD_LATER]
    parts = [f"coalesce({alias}.{column}::VARCHAR, '')" for column in told]
    parts += [f"CASE WHEN {_uri(alias)} IS NULL THEN coalesce({alias}.{column}, '') ELSE '' END" for column in names]
    return f"concat_ws(chr(31), {', '.join(parts)})"


def names_told(alias: str) -> str:
    """How many names a row tells."""
    return " + ".join(f"({alias}.{column} IS NOT NULL)::INTEGER" for column in NAMES)


def _uri(alias: str) -> str:
    return f"coalesce({', '.join(f'{alias}.{column}' for column in URIS)})"


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
    _find_forms(connection)
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


def _find_forms(connection: duckdb.DuckDBPyConnection) -> None:
    """`forms`: (row_key, shown_together, leader) of the staged identities that share time, track and ms_played.

    `leader` is false where a play is already told by another identity, of the lake or earlier in this run.
    """
    run = connection.execute
    run("CREATE TABLE forms (row_key BIGINT, shown_together BOOLEAN, leader BOOLEAN)")
    for source in SOURCES:
        if not source.forms_vary:
            continue
        # Numbers first: hardly any two rows share a second and a length, so that texts are compared for a handful.
        run(f"""
            CREATE OR REPLACE TABLE crowded AS
            SELECT stopped_at, ms_played FROM (
                SELECT stopped_at, ms_played, row_key FROM staged
                    WHERE fault IS NULL AND source = '{source.name}'
                UNION ALL
                SELECT stopped_at::TIMESTAMP, ms_played, row_key FROM stored WHERE source = '{source.name}'
                    AND (stopped_at::TIMESTAMP, ms_played) IN (
                        SELECT (stopped_at, ms_played) FROM staged JOIN firsts ON staged.rowid = firsts.rid
                        WHERE firsts.row_key NOT IN (SELECT row_key FROM known))
            ) GROUP BY stopped_at, ms_played HAVING min(row_key) <> max(row_key)
        """)
        if not run("SELECT 1 FROM crowded LIMIT 1").fetchall():
            continue
        run(f"""
            INSERT INTO forms
            WITH told AS (
                SELECT s.row_key, s.rowid AS rid, s.file_no, s.together, NULL AS shown_together, s.stopped_at, s.ms_played,
                    {track_text("s")} AS track, {form_text("s", source)} AS form
                FROM staged AS s JOIN crowded USING (stopped_at, ms_played)
                WHERE s.fault IS NULL AND s.source = '{source.name}'
                UNION ALL
                SELECT s.row_key, -1, -1, NULL, s.shown_together, s.stopped_at::TIMESTAMP, s.ms_played,
                    {track_text("s")}, {form_text("s", source)}
                FROM stored AS s JOIN crowded
                    ON s.stopped_at::TIMESTAMP = crowded.stopped_at AND s.ms_played = crowded.ms_played
                WHERE s.source = '{source.name}'
            ), together AS (
                SELECT DISTINCT row_key FROM (
                    SELECT row_key, coalesce(together, min(row_key) OVER shown <> max(row_key) OVER shown) AS together
                    FROM told WHERE file_no >= 0
                    WINDOW shown AS (PARTITION BY file_no, stopped_at, ms_played, track)
                ) WHERE together
            ), marked AS (
                SELECT told.*, row_key IN (SELECT row_key FROM together) AS fresh_together,
                    bool_or(shown_together IS TRUE OR row_key IN (SELECT row_key FROM together))
                        OVER (PARTITION BY stopped_at, ms_played, track) AS any_together
                FROM told
            ), led AS (
                SELECT *, any_together OR row_key = arg_min(row_key, (rid, row_key))
                    OVER (PARTITION BY stopped_at, ms_played, track, form) AS leads
                FROM marked
            )
            SELECT row_key, bool_or(fresh_together), bool_or(leads) FROM led WHERE rid >= 0 GROUP BY row_key
        """)
