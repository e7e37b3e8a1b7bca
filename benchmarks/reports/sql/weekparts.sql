-- Monday to Friday, and the weekend.
WITH kept AS (
    SELECT isodow(local_date) > 5 AS weekend, local_date, local_hour, ms_played, skipped,
        ms_played >= 30000 OR ms_played IS NULL AS counts
    FROM plays WHERE listener_id = $listener AND kind = 'track'
), days AS (
    SELECT isodow(day) > 5 AS weekend, count(*) AS calendar_days
    FROM (SELECT unnest(generate_series(min(local_date), max(local_date), INTERVAL 1 DAY)) AS day FROM plays WHERE listener_id = $listener AND kind = 'track') GROUP BY 1
), hours AS (
    SELECT weekend, local_hour, sum(ms_played) AS ms FROM kept WHERE counts GROUP BY ALL
), fullest AS (SELECT weekend, arg_max(local_hour, (ms, -local_hour)) AS fullest_hour FROM hours GROUP BY 1),
heard AS (
    SELECT weekend, count(DISTINCT local_date) FILTER (counts) AS days_with_plays, count(*) FILTER (counts) AS plays,
        sum(ms_played) FILTER (counts) AS ms_played, avg(skipped::INT) AS skip_rate
    FROM kept GROUP BY 1
)
SELECT if(weekend, 'weekend', 'workdays') AS weekpart, calendar_days, days_with_plays, plays, ms_played,
    ms_played // calendar_days AS ms_per_day, plays / calendar_days AS plays_per_day, skip_rate, fullest_hour
FROM days JOIN heard USING (weekend) JOIN fullest USING (weekend) ORDER BY weekend
