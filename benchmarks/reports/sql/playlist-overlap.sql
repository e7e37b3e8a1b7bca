-- Pairs of playlists with recordings in common.
WITH latest AS ($standing), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS homonym FROM tracks GROUP BY ALL
), entries AS (
    SELECT playlist_id, coalesce(track_uri, homonym, track_name || chr(31) || coalesce(artist_name, '')) AS entry
    FROM playlist_tracks JOIN latest USING (playlist_id, snapshot_id)
    LEFT JOIN homonyms USING (track_name, artist_name)
    WHERE listener_id = $listener AND kind = 'track'
), listed AS (
    SELECT DISTINCT playlist_id, playlist_name, coalesce(recording_id, entry) AS recording
    FROM entries LEFT JOIN tracks ON track_id = entry JOIN latest USING (playlist_id) WHERE entry IS NOT NULL
), sizes AS (
    SELECT playlist_id, count(*) AS tracks FROM listed GROUP BY playlist_id
), pairs AS (
    SELECT one.playlist_id, one.playlist_name, other.playlist_id AS other_playlist_id, other.playlist_name AS other_playlist,
        count(*) AS common
    FROM listed AS one JOIN listed AS other USING (recording)
    WHERE (one.playlist_name, one.playlist_id) < (other.playlist_name, other.playlist_id) GROUP BY ALL
), told AS (
    SELECT playlist_name, other_playlist, sizes.tracks, other.tracks AS other_tracks, common,
        common / (sizes.tracks + other.tracks - common) AS jaccard, common / least(sizes.tracks, other.tracks) AS containment,
        pairs.playlist_id, other_playlist_id
    FROM pairs JOIN sizes USING (playlist_id) JOIN sizes AS other ON other.playlist_id = other_playlist_id
)
SELECT playlist_name, other_playlist, tracks, other_tracks, common, jaccard, containment, jaccard >= 0.8 AS near_duplicate,
    containment >= 0.95 AND jaccard < 0.8 AS contained, playlist_id, other_playlist_id
FROM told ORDER BY jaccard DESC, common DESC, playlist_name, other_playlist, playlist_id, other_playlist_id
