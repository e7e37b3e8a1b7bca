-- Every counted play: those behind the time listened.
SELECT started_at, local_date, track_name, artist_name, ms_played, sources, lower(printf('%016x', play_id)) AS play_id
FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
ORDER BY started_at, plays.play_id
