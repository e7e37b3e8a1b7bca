-- Every entry of every playlist as last seen.
WITH latest AS ($standing)
SELECT playlist_name, position, track_name, artist_name, album_name, added_at::DATE AS added_on, kind, track_uri, playlist_id
FROM (SELECT * FROM playlist_tracks WHERE listener_id = $listener)
JOIN (SELECT playlist_id, snapshot_id, playlist_name FROM latest) USING (playlist_id, snapshot_id)
ORDER BY playlist_name, playlist_id, position
