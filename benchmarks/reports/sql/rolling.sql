-- The 28 days that end on each day.
WITH days AS (
    SELECT local_date, count(*) FILTER (ms_played >= 30000 OR ms_played IS NULL) AS plays,
        coalesce(sum(ms_played) FILTER (ms_played >= 30000), 0) AS ms_played
    FROM plays WHERE listener_id = $listener AND kind = 'track' GROUP BY 1
), every AS (
    SELECT unnest(generate_series(min(local_date), max(local_date), INTERVAL 1 DAY))::DATE AS local_date FROM days
)
SELECT local_date, sum(coalesce(plays, 0)) OVER w AS plays, sum(coalesce(ms_played, 0)) OVER w AS ms_played,
    count(*) FILTER (plays > 0) OVER w AS days_with_plays, local_date - min(local_date) OVER () >= 27 AS whole
FROM every LEFT JOIN days USING (local_date)
WINDOW w AS (ORDER BY local_date RANGE BETWEEN INTERVAL 27 DAYS PRECEDING AND CURRENT ROW) ORDER BY local_date
