-- The fifty most played artists by local hour, and their part of what was played in it.
WITH heard AS (
    SELECT coalesce(plays.artist_name, tracks.artist_name) AS artist_name, local_hour AS hour, count(*) AS plays,
        coalesce(sum(ms_played), 0) AS ms_played
    FROM plays LEFT JOIN tracks ON plays.artist_name IS NULL AND track_id = track_uri
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), best AS (
    SELECT artist_name, row_number() OVER (ORDER BY sum(plays) DESC, artist_name) AS rank
    FROM heard WHERE artist_name IS NOT NULL GROUP BY artist_name ORDER BY rank LIMIT 50
), hours AS (SELECT hour, sum(plays) AS plays_of_hour FROM heard GROUP BY hour)
SELECT rank, artist_name, hour, plays, ms_played, plays_of_hour, plays / plays_of_hour AS share_of_hour
FROM heard JOIN best USING (artist_name) JOIN hours USING (hour) ORDER BY rank, hour
