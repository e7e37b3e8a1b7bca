-- Plays and time by month, from the first play to the last.
WITH heard AS (
    SELECT date_trunc('month', local_date)::DATE AS month, count(*) AS plays, sum(ms_played) AS ms_played
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
    GROUP BY 1
), ends AS (
    SELECT date_trunc('month', min(local_date)) AS first, date_trunc('month', max(local_date)) AS last
    FROM plays WHERE listener_id = $listener AND kind = 'track'
), months AS (
    SELECT unnest(generate_series(first, last, INTERVAL 1 MONTH))::DATE AS month FROM ends
)
SELECT month, coalesce(plays, 0) AS plays, coalesce(ms_played, 0) AS ms_played FROM months LEFT JOIN heard USING (month)
ORDER BY month
