-- Energy, valence and tempo of every entry of every playlist as last seen.
WITH latest AS ($standing), homonyms AS (
    SELECT track_name AS title, artist_name AS maker, min(track_id) AS homonym FROM tracks GROUP BY ALL
), audio AS (
    SELECT track_matches.track_id AS entry, energy, valence, nullif(tempo, 0) AS tempo
    FROM track_matches JOIN "references" USING (reference, ref_id) WHERE chosen
), listed AS (
    SELECT playlist_name, position, kind, track_uri, track_name AS title, artist_name AS maker, playlist_id
    FROM (SELECT * FROM playlist_tracks WHERE listener_id = $listener)
    JOIN (SELECT playlist_id, snapshot_id, playlist_name FROM latest) USING (playlist_id, snapshot_id)
)
SELECT playlist_name, position, title AS track_name, maker AS artist_name, energy, valence, tempo, playlist_id
FROM listed LEFT JOIN homonyms USING (title, maker)
LEFT JOIN audio ON kind = 'track' AND entry = coalesce(track_uri, homonym)
ORDER BY playlist_name, playlist_id, position
