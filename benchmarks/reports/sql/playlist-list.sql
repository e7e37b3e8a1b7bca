-- Every playlist as last seen, and when its entries were added.
WITH latest AS (
    SELECT * FROM playlists WHERE listener_id = $listener
    QUALIFY row_number() OVER (
        PARTITION BY playlist_id ORDER BY modified_on IS NULL, modified_on DESC, captured_at DESC, snapshot_id DESC) = 1
), dates AS (
    SELECT playlist_id, snapshot_id, min(added_at)::DATE AS first_added, max(added_at)::DATE AS last_added
    FROM playlist_tracks WHERE listener_id = $listener GROUP BY ALL
), states AS (SELECT playlist_id, count(*) AS states FROM playlists WHERE listener_id = $listener GROUP BY playlist_id)
SELECT playlist_name, entries, first_added, last_added, modified_on, captured_at, states, playlist_id
FROM latest JOIN states USING (playlist_id) LEFT JOIN dates USING (playlist_id, snapshot_id) ORDER BY playlist_name, playlist_id
