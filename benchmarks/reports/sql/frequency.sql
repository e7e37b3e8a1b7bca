-- Days, and kappa of each hour with that of the next day and week.
WITH counted AS (
    SELECT local_date, local_hour, session_id FROM plays
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
),
days AS (SELECT local_date, count(*) AS plays FROM counted GROUP BY 1),
gaps AS (SELECT local_date - lag(local_date) OVER (ORDER BY local_date) - 1 AS gap FROM days),
record AS (
    SELECT min(local_date) AS first, max(local_date) AS last, max(local_date) - min(local_date) + 1 AS n
    FROM plays WHERE listener_id = $listener AND kind = 'track'
),
hours AS MATERIALIZED (SELECT DISTINCT local_date, local_hour FROM counted),
pairs AS (
    SELECT 1 AS lag, 24.0 * (n - 1) AS pairs, (SELECT count(*) FROM hours WHERE local_date < last) AS a,
        (SELECT count(*) FROM hours WHERE local_date > first) AS b, (SELECT count(*) FROM hours JOIN
        (SELECT local_date - 1 AS local_date, local_hour FROM hours) USING (local_date, local_hour)) AS alike FROM record
    UNION ALL
    SELECT 7, 24.0 * (n - 7), (SELECT count(*) FROM hours WHERE local_date <= last - 7),
        (SELECT count(*) FROM hours WHERE local_date >= first + 7), (SELECT count(*) FROM hours JOIN
        (SELECT local_date - 7 AS local_date, local_hour FROM hours) USING (local_date, local_hour)) FROM record
),
kappas AS (
    SELECT lag, (pairs - a - b + 2 * alike) / pairs AS po, a / pairs * b / pairs + (1 - a / pairs) * (1 - b / pairs) AS pe FROM pairs
)
SELECT n AS calendar_days, count(*) AS days_with_plays, count(*) / n AS share_of_days, avg(plays) AS plays_per_day_mean,
    median(plays) AS plays_per_day_median, (SELECT count(DISTINCT session_id) FROM counted) / count(*) AS sessions_per_day,
    (SELECT max(gap) FROM gaps WHERE gap > 0) AS longest_gap, (SELECT avg(gap) FROM gaps WHERE gap > 0) AS mean_gap,
    (SELECT (po - pe) / (1 - pe) FROM kappas WHERE lag = 1) AS regularity_day,
    (SELECT (po - pe) / (1 - pe) FROM kappas WHERE lag = 7) AS regularity_week
FROM days, record GROUP BY n
