-- Tracks with 20 plays and more; every track here has a URI and a name.
WITH days AS (
    SELECT track_uri, local_date, count(*) AS plays, sum(ms_played) AS ms_played FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), items AS (
    SELECT track_uri, sum(plays) AS plays, sum(ms_played) AS ms_played, min(local_date) AS first_played,
        max(local_date) AS last_played, count(*) AS days_with_plays
    FROM days GROUP BY 1 HAVING sum(plays) >= 20 AND min(local_date) <= (SELECT max(local_date) - 90 FROM plays WHERE listener_id = $listener AND kind = 'track')
), so_far AS (
    SELECT track_uri, local_date, sum(days.plays) OVER (PARTITION BY track_uri ORDER BY local_date) AS so_far, items.plays
    FROM days JOIN items USING (track_uri)
), halves AS (SELECT track_uri, min(local_date) AS half_on FROM so_far WHERE so_far * 2 >= plays GROUP BY 1)
SELECT track_name AS name, artist_name, plays, ms_played, half_on - first_played AS half_life_days, first_played, last_played,
    days_with_plays
FROM items JOIN halves USING (track_uri) JOIN tracks ON track_uri = track_id
ORDER BY plays DESC, name, artist_name, track_uri
