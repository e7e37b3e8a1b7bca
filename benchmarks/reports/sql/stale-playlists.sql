-- Playlists that nobody changes or plays.
WITH latest AS ($standing), now AS (
    SELECT greatest((SELECT max(local_date) FROM plays WHERE listener_id = $listener),
        (SELECT max(captured_at)::DATE FROM playlists WHERE listener_id = $listener)) AS today
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS homonym FROM tracks GROUP BY ALL
), entries AS (
    SELECT playlist_id, kind, added_at::DATE AS added_on,
        coalesce(track_uri, homonym, track_name || chr(31) || coalesce(artist_name, '')) AS entry
    FROM playlist_tracks JOIN latest USING (playlist_id, snapshot_id)
    LEFT JOIN homonyms USING (track_name, artist_name)
    WHERE listener_id = $listener
), dates AS (
    SELECT playlist_id, max(added_on) AS last_added
    FROM entries GROUP BY playlist_id
), listed AS (
    SELECT DISTINCT playlist_id, coalesce(recording_id, entry) AS recording
    FROM entries LEFT JOIN tracks ON track_id = entry WHERE kind = 'track' AND entry IS NOT NULL
), works AS (
    SELECT track_uri, CASE WHEN track_uri IS NULL THEN track_name END AS title,
        CASE WHEN track_uri IS NULL THEN artist_name END AS artist, count(*) AS plays, max(local_date) AS last_played
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), heard AS (
    SELECT coalesce(recording_id, entry) AS recording, sum(plays) AS plays, max(last_played) AS last_played
    FROM (SELECT coalesce(track_uri, homonym, title || chr(31) || coalesce(artist, '')) AS entry, plays, last_played
          FROM works LEFT JOIN homonyms ON title = track_name AND artist = artist_name)
    LEFT JOIN tracks ON track_id = entry GROUP BY 1
), played AS (
    SELECT playlist_id, count(*) AS tracks, coalesce(sum(plays), 0) AS plays,
        count(*) - count(plays) AS never_played, max(last_played) AS last_played
    FROM listed LEFT JOIN heard USING (recording) GROUP BY playlist_id
)
SELECT playlist_name, today - greatest(modified_on, last_added, last_played) AS days_silent, entries,
    coalesce(tracks, 0) AS tracks, modified_on, last_added, last_played, coalesce(plays, 0) AS plays,
    coalesce(never_played, 0) AS never_played, playlist_id
FROM latest CROSS JOIN now LEFT JOIN dates USING (playlist_id) LEFT JOIN played USING (playlist_id)
WHERE today - greatest(modified_on, last_added) >= 180 AND (last_played IS NULL OR today - last_played >= 180)
ORDER BY days_silent DESC, playlist_name, playlist_id
