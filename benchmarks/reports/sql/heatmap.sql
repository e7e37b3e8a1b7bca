-- Plays and time by hour of the week, all 168.
WITH heard AS (
    SELECT isodow(local_date) AS weekday, local_hour AS hour, count(*) AS plays, sum(ms_played) AS ms_played
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
    GROUP BY 1, 2
)
SELECT weekday, hour, coalesce(plays, 0) AS plays, coalesce(ms_played, 0) AS ms_played
FROM range(1, 8) AS days(weekday) CROSS JOIN range(24) AS hours(hour) LEFT JOIN heard USING (weekday, hour)
ORDER BY weekday, hour
