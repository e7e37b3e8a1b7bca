-- The sessions by the hour in which they started.
WITH sums AS (
    SELECT arg_min(local_hour, started_at) AS start_hour, count(*) FILTER (counted) AS plays,
        coalesce(sum(ms_played) FILTER (counted), 0)::BIGINT AS ms, count(*) FILTER (skipped) AS skips,
        count(skipped) AS known_skips
    FROM (
        SELECT session_id, started_at, local_hour, ms_played, skipped, ms_played >= 30000 OR ms_played IS NULL AS counted
        FROM plays WHERE listener_id = $listener AND kind = 'track'
    ) GROUP BY session_id HAVING count(*) FILTER (counted) > 0
)
SELECT hour AS start_hour, count(ms) AS sessions, coalesce(sum(plays), 0) AS plays, coalesce(sum(ms), 0) AS ms_played,
    sum(ms) // count(ms) AS mean_ms, floor(median(ms))::BIGINT AS median_ms, sum(skips) / nullif(sum(known_skips), 0) AS skip_rate
FROM range(24) AS hours(hour) LEFT JOIN sums ON start_hour = hour GROUP BY hour ORDER BY hour
