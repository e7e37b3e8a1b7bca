-- Every counted play: those behind the time listened.
SELECT started_at, local_date, coalesce(plays.track_name, tracks.track_name) AS track_name,
    coalesce(plays.artist_name, tracks.artist_name) AS artist_name, ms_played, sources, lower(printf('%016x', play_id)) AS play_id
FROM plays LEFT JOIN tracks ON track_id = track_uri AND (plays.track_name IS NULL OR plays.artist_name IS NULL)
WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
ORDER BY started_at, plays.play_id
