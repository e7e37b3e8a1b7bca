-- Every week from the first play to the last; every track here has a URI and an artist.
WITH heard AS (
    SELECT date_trunc('week', local_date)::DATE AS starts_on, count(*) AS plays, sum(ms_played) AS ms_played,
        count(DISTINCT track_uri) AS tracks, count(DISTINCT artist_name) AS artists,
        count(DISTINCT local_date) AS days_with_plays
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY 1
), ends AS (
    SELECT date_trunc('week', min(local_date)) AS first, date_trunc('week', max(local_date)) AS last FROM plays WHERE listener_id = $listener AND kind = 'track'
)
SELECT starts_on, coalesce(plays, 0) AS plays, coalesce(ms_played, 0) AS ms_played, coalesce(tracks, 0) AS tracks,
    coalesce(artists, 0) AS artists, coalesce(days_with_plays, 0) AS days_with_plays
FROM (SELECT unnest(generate_series(first, last, INTERVAL 7 DAYS))::DATE AS starts_on FROM ends)
LEFT JOIN heard USING (starts_on) ORDER BY starts_on
