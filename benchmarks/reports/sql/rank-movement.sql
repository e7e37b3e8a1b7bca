-- The first ten artists of each month; every track here has an artist.
WITH heard AS (
    SELECT date_trunc('month', local_date)::DATE AS month, artist_name AS name, count(*) AS plays, sum(ms_played) AS ms_played
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), ranked AS (SELECT *, row_number() OVER (PARTITION BY month ORDER BY plays DESC, name) AS rank FROM heard),
moved AS (
    SELECT *, lag(month) OVER w AS month_before, lag(rank) OVER w AS rank_then
    FROM ranked WINDOW w AS (PARTITION BY name ORDER BY month)
)
SELECT month AS starts_on, rank, name, NULL::VARCHAR AS artist_name, plays, coalesce(ms_played, 0) AS ms_played,
    CASE WHEN month_before = month - INTERVAL 1 MONTH THEN rank_then END AS rank_before, rank_before - rank AS movement,
    month_before IS NULL AS is_new
FROM moved WHERE rank <= 10 ORDER BY month, rank
