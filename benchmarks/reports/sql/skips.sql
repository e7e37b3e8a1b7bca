-- Skips by artist, as the play spells it, else as the catalogue does; every play counts.
WITH told AS (
    SELECT coalesce(plays.artist_name, tracks.artist_name) AS name, skipped, ms_played
    FROM plays LEFT JOIN tracks ON plays.artist_name IS NULL AND plays.track_uri = tracks.track_id
    WHERE listener_id = $listener AND kind = 'track'
)
SELECT name, NULL::VARCHAR AS artist_name, count(skipped) AS plays, count(*) FILTER (skipped) AS skips,
    count(*) FILTER (skipped) / nullif(count(skipped), 0) AS skip_rate, count(*) - count(skipped) AS unknown,
    sum(ms_played) FILTER (skipped) // nullif(count(ms_played) FILTER (skipped), 0) AS ms_before_skip
FROM told WHERE name IS NOT NULL GROUP BY name ORDER BY skips DESC, plays DESC, name
