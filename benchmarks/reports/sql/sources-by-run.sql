-- What each run read of each source, and its stored rows measured.
WITH stored AS (
    SELECT source, run_id, file_no, row_key, started_at, stopped_at, offline_at, ms_played,
        coalesce(track_uri, episode_uri, chapter_uri, audiobook_uri) IS NULL AS no_id,
        coalesce(nullif(track_name, 'Unknown Track'), episode_name, chapter_title, audiobook_title) IS NULL AS no_name,
        CASE WHEN source IN ('lastfm', 'lastfm_minutes', 'listenbrainz', 'koito', 'maloja') THEN started_at
            ELSE coalesce(played_at, stopped_at, started_at) END AS said_at,
        max(stopped_at) OVER (PARTITION BY source ORDER BY started_at, row_key
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended
    FROM source_plays WHERE listener_id = $listener AND counted
), flagged AS (
    SELECT *, coalesce(stopped_at < started_at, false) AS stop_before_start,
        coalesce(said_at > committed_at, false) AS after_import,
        coalesce(offline_at < started_at - INTERVAL 30 MINUTES, false) AS late_upload,
        coalesce(offline_at > coalesce(stopped_at, started_at) + INTERVAL 90 SECONDS, false) AS clock_ahead,
        coalesce(ended - started_at > INTERVAL 1 MINUTE AND stopped_at - started_at > INTERVAL 1 MINUTE, false) AS overlapping
    FROM stored LEFT JOIN commits USING (run_id)
), files AS (
    SELECT run_id, file_no, source AS file_source, rows, stored, duplicates, unreadable
    FROM receipts WHERE listener_id = $listener AND outcome = 'read'
), read AS (
    SELECT run_id, file_source, count(*) AS files, sum(rows) AS rows, sum(stored) AS stored, sum(duplicates) AS duplicates,
        sum(unreadable) AS unreadable
    FROM files GROUP BY ALL
), measured AS (
    SELECT run_id, file_source, count(*) FILTER (no_id) AS no_id, count(*) FILTER (no_name) AS no_name,
        count(*) - count(ms_played) AS no_duration, count(*) FILTER (ms_played < 5000) AS under_5_s, min(ms_played) AS ms_shortest,
        sum(ms_played) // count(ms_played) AS ms_mean, max(ms_played) AS ms_longest,
        count(*) FILTER (stop_before_start OR after_import OR late_upload OR clock_ahead) AS clock_trouble,
        count(*) FILTER (overlapping) AS "overlaps"
    FROM flagged JOIN (SELECT run_id, file_no, file_source FROM files) USING (run_id, file_no) GROUP BY ALL
)
SELECT run_id, file_source AS source, committed_at AS imported_at, files, rows, stored, duplicates, unreadable,
    coalesce(no_id, 0) AS no_id, coalesce(no_name, 0) AS no_name, coalesce(no_duration, 0) AS no_duration,
    coalesce(under_5_s, 0) AS under_5_s, ms_shortest, ms_mean, ms_longest, coalesce(clock_trouble, 0) AS clock_trouble,
    coalesce("overlaps", 0) AS "overlaps"
FROM read LEFT JOIN measured USING (run_id, file_source) LEFT JOIN commits USING (run_id) ORDER BY run_id, source
