-- What is missing, wrong or odd, by source; at last among the plays.
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
), of_stored AS (
    SELECT source, count(*) AS of_rows, unnest([
        {'place': 1, 'check': 'no id', 'rows': count(*) FILTER (no_id)},
        {'place': 2, 'check': 'no name', 'rows': count(*) FILTER (no_name)},
        {'place': 3, 'check': 'no duration', 'rows': count(*) - count(ms_played)},
        {'place': 4, 'check': 'under 5 s', 'rows': count(*) FILTER (ms_played < 5000)},
        {'place': 5, 'check': 'at a full minute', 'rows': count(*) FILTER (date_trunc('minute', said_at) = said_at)},
        {'place': 6, 'check': 'same instant', 'rows': count(*) - count(DISTINCT said_at)},
        {'place': 7, 'check': 'stop before start', 'rows': count(*) FILTER (stop_before_start)},
        {'place': 8, 'check': 'after its import', 'rows': count(*) FILTER (after_import)},
        {'place': 9, 'check': 'late upload', 'rows': count(*) FILTER (late_upload)},
        {'place': 10, 'check': 'device clock ahead', 'rows': count(*) FILTER (clock_ahead)},
        {'place': 11, 'check': 'overlap', 'rows': count(*) FILTER (overlapping)}], recursive := true)
    FROM flagged GROUP BY source
), files AS (
    SELECT run_id, file_no, source, rows, duplicates, unreadable
    FROM receipts WHERE listener_id = $listener AND outcome = 'read' AND rows > 0
), faults AS (
    SELECT run_id, file_no, count(*) FILTER (reason SIMILAR TO '[^"]* is before \d{4}-\d\d-\d\d: .*') AS too_early,
        count(*) FILTER (reason SIMILAR TO '[^"]* is in the future: .*') AS in_future,
        count(*) FILTER (reason SIMILAR TO '[^"]* is not a time: .*') AS no_time
    FROM receipt_rows WHERE listener_id = $listener AND outcome = 'unreadable' GROUP BY ALL
), of_files AS (
    SELECT source, sum(rows) AS of_rows, unnest([
        {'place': 12, 'check': 'known', 'rows': sum(duplicates)}, {'place': 13, 'check': 'unreadable', 'rows': sum(unreadable)},
        {'place': 14, 'check': 'before the first day', 'rows': coalesce(sum(too_early), 0)},
        {'place': 15, 'check': 'in the future', 'rows': coalesce(sum(in_future), 0)},
        {'place': 16, 'check': 'no time', 'rows': coalesce(sum(no_time), 0)}], recursive := true)
    FROM files LEFT JOIN faults USING (run_id, file_no) GROUP BY source
), joined AS (
    SELECT started_at, stopped_at, max(stopped_at) OVER (ORDER BY started_at, play_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended
    FROM plays WHERE listener_id = $listener
), of_plays AS (
    SELECT 'plays' AS source, count(*) AS of_rows, 17 AS place, 'overlap' AS "check",
        count(*) FILTER (ended - started_at > INTERVAL 1 MINUTE AND stopped_at - started_at > INTERVAL 1 MINUTE) AS rows
    FROM joined HAVING count(*) > 0
), found AS (FROM of_stored UNION ALL BY NAME FROM of_files UNION ALL BY NAME FROM of_plays)
SELECT source, "check", rows, of_rows, rows / of_rows AS share FROM found ORDER BY place = 17, source, place
