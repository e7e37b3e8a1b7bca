-- The most played albums by the names that the plays spell: every track here has both.
SELECT row_number() OVER (ORDER BY count(*) DESC, album_name, artist_name) AS rank, album_name, artist_name,
    count(*) AS plays, coalesce(sum(ms_played), 0) AS ms_played
FROM plays
WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND album_name IS NOT NULL
GROUP BY album_name, artist_name ORDER BY rank
