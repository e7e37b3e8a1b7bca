-- Nulls of each source by column.
WITH said AS (
    SELECT * EXCLUDE (listener_id, year, row_key, shown_together, counted, run_id, file_no, row_no)
    FROM source_plays WHERE listener_id = $listener AND counted
), nulls AS (
    SELECT source, count(*) AS of_rows, count(*) - count(COLUMNS(* EXCLUDE (source))) AS "\0" FROM said GROUP BY source
), found AS (
    UNPIVOT nulls ON COLUMNS(* EXCLUDE (source, of_rows)) INTO NAME column_name VALUE rows
), places AS (SELECT column_name, column_index FROM duckdb_columns() WHERE table_name = 'source_plays')
SELECT source, column_name, rows, of_rows, rows / of_rows AS share FROM found JOIN places USING (column_name)
ORDER BY source, column_index
