-- Days one after the other.
WITH days AS (SELECT local_date, count(*) AS plays, sum(ms_played) AS ms_played FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY 1),
placed AS (SELECT *, local_date - row_number() OVER (ORDER BY local_date)::INT AS stretch FROM days),
stretches AS (
    SELECT min(local_date) AS from_date, max(local_date) AS to_date, count(*) AS days, sum(plays) AS plays,
        sum(ms_played) AS ms_played
    FROM placed GROUP BY stretch
)
SELECT row_number() OVER (ORDER BY days DESC, from_date) AS rank, *,
    to_date >= (SELECT max(local_date) - 1 FROM plays WHERE listener_id = $listener AND kind = 'track') AS current
FROM stretches ORDER BY rank
