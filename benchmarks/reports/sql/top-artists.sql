-- The most played artists by the name that the plays spell, which is how a person would write it: every track here has one.
SELECT row_number() OVER (ORDER BY count(*) DESC, artist_name) AS rank, artist_name, count(*) AS plays,
    coalesce(sum(ms_played), 0) AS ms_played
FROM plays
WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND artist_name IS NOT NULL
GROUP BY artist_name ORDER BY rank
