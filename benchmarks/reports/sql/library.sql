-- The saved tracks of the library that came in last.
SELECT position, track_name, artist_name, album_name, added_at::DATE AS added_on, captured_at, track_uri
FROM saved_tracks WHERE listener_id = $listener AND snapshot_id = (
    SELECT snapshot_id FROM saved_tracks WHERE listener_id = $listener ORDER BY captured_at DESC, snapshot_id DESC LIMIT 1)
ORDER BY position
