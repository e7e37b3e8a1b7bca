-- The most played tracks by URI, named by the catalogue: every track here has a URI and a name.
WITH heard AS (
    SELECT track_uri, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms_played
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
    GROUP BY track_uri
)
SELECT row_number() OVER (ORDER BY plays DESC, track_name, artist_name, track_uri) AS rank,
    track_name, artist_name, plays, ms_played
FROM heard JOIN tracks ON track_uri = track_id ORDER BY rank
