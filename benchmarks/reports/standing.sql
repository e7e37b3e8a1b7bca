    WITH last AS (
        SELECT * FROM playlists WHERE listener_id = $listener
        QUALIFY row_number() OVER (
            PARTITION BY playlist_id ORDER BY modified_on IS NULL, modified_on DESC, captured_at DESC, snapshot_id DESC) = 1
    ), held AS (
        SELECT DISTINCT playlist_id, track_uri FROM playlist_tracks SEMI JOIN last USING (playlist_id, snapshot_id)
        WHERE listener_id = $listener AND track_uri IS NOT NULL
    ), sizes AS (
        SELECT playlist_id, count(*) AS size FROM held GROUP BY playlist_id
    ), common AS (
        SELECT one.playlist_id AS export_id, other.playlist_id AS asked_id, count(*) AS common
        FROM held AS one JOIN held AS other USING (track_uri)
        WHERE one.playlist_id LIKE 'export:%' AND other.playlist_id NOT LIKE 'export:%' GROUP BY ALL
    ), twice AS (
        SELECT coalesce(exported.modified_on > asked.captured_at::DATE, false) AS newer, export_id, asked_id
        FROM common JOIN last AS exported ON exported.playlist_id = export_id JOIN last AS asked ON asked.playlist_id = asked_id
        JOIN sizes ON sizes.playlist_id = export_id JOIN sizes AS other ON other.playlist_id = asked_id
        WHERE exported.playlist_name = asked.playlist_name AND common >= 0.5 * least(sizes.size, other.size)
    )
    SELECT playlist_id, snapshot_id, playlist_name, entries, modified_on, captured_at FROM last
    WHERE playlist_id NOT IN (SELECT CASE WHEN newer THEN asked_id ELSE export_id END FROM twice)
