-- The most played artists, by name as the play spells it, else as the catalogue does.
WITH counted AS (
    SELECT coalesce(plays.artist_name, tracks.artist_name) AS artist_name, ms_played
    FROM plays LEFT JOIN tracks ON plays.artist_name IS NULL AND plays.track_uri = tracks.track_id
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
), ranked AS (
    SELECT artist_name, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms_played
    FROM counted WHERE artist_name IS NOT NULL GROUP BY artist_name
)
SELECT row_number() OVER (ORDER BY plays DESC, artist_name) AS rank, * FROM ranked ORDER BY rank
