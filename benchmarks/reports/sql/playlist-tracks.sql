-- Every entry of every playlist as last seen.
WITH latest AS (
    SELECT * FROM playlists WHERE listener_id = $listener
    QUALIFY row_number() OVER (
        PARTITION BY playlist_id ORDER BY modified_on IS NULL, modified_on DESC, captured_at DESC, snapshot_id DESC) = 1
)
SELECT playlist_name, position, track_name, artist_name, album_name, added_at::DATE AS added_on, kind, track_uri, playlist_id
FROM (SELECT * FROM playlist_tracks WHERE listener_id = $listener)
JOIN (SELECT playlist_id, snapshot_id, playlist_name FROM latest) USING (playlist_id, snapshot_id)
ORDER BY playlist_name, playlist_id, position
