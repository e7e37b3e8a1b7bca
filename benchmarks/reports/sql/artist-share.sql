-- The eight most played artists month by month, and the rest.
WITH heard AS (
    SELECT date_trunc('month', local_date)::DATE AS starts_on, artist_name, count(*) AS plays, sum(ms_played) AS ms_played
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), best AS (
    SELECT artist_name, row_number() OVER (ORDER BY sum(plays) DESC, artist_name) AS rank
    FROM heard GROUP BY 1 ORDER BY rank LIMIT 8
), cells AS (
    SELECT starts_on, rank, coalesce(best.artist_name, 'everyone else') AS artist_name, sum(plays) AS plays,
        sum(ms_played) AS ms_played FROM heard LEFT JOIN best USING (artist_name) GROUP BY ALL
), months AS (
    SELECT unnest(generate_series(date_trunc('month', min(local_date)), date_trunc('month', max(local_date)), INTERVAL 1 MONTH))::DATE
        AS starts_on FROM plays WHERE listener_id = $listener AND kind = 'track'
), everybody AS (FROM best UNION ALL SELECT 'everyone else', NULL),
filled AS (
    SELECT starts_on, everybody.rank, artist_name, coalesce(plays, 0) AS plays, coalesce(ms_played, 0) AS ms_played
    FROM months CROSS JOIN everybody LEFT JOIN cells USING (starts_on, artist_name)
)
SELECT *, plays / nullif(sum(plays) OVER m, 0) AS share_of_plays, ms_played / nullif(sum(ms_played) OVER m, 0) AS share_of_time
FROM filled WINDOW m AS (PARTITION BY starts_on) ORDER BY starts_on, rank NULLS LAST
