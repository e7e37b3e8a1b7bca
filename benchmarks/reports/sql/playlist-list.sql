-- Every playlist as last seen, and when its entries were added.
WITH latest AS ($standing), dates AS (
    SELECT playlist_id, snapshot_id, min(added_at)::DATE AS first_added, max(added_at)::DATE AS last_added
    FROM playlist_tracks WHERE listener_id = $listener GROUP BY ALL
), states AS (SELECT playlist_id, count(*) AS states FROM playlists WHERE listener_id = $listener GROUP BY playlist_id)
SELECT playlist_name, entries, first_added, last_added, modified_on, captured_at, states, playlist_id
FROM latest JOIN states USING (playlist_id) LEFT JOIN dates USING (playlist_id, snapshot_id) ORDER BY playlist_name, playlist_id
