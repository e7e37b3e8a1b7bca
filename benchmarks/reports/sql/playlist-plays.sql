-- Counted plays of the tracks of each playlist, of any, of none, and of the saved tracks.
WITH latest AS ($standing), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS homonym FROM tracks GROUP BY ALL
), entries AS (
    SELECT playlist_id, track_uri, track_name, artist_name
    FROM playlist_tracks JOIN latest USING (playlist_id, snapshot_id) WHERE listener_id = $listener AND kind = 'track'
    UNION ALL
    SELECT NULL, track_uri, track_name, artist_name FROM saved_tracks
    WHERE listener_id = $listener AND snapshot_id = (
        SELECT snapshot_id FROM saved_tracks WHERE listener_id = $listener ORDER BY captured_at DESC, snapshot_id DESC LIMIT 1)
), found AS (
    SELECT playlist_id, coalesce(track_uri, homonym, track_name || chr(31) || coalesce(artist_name, '')) AS entry
    FROM entries LEFT JOIN homonyms USING (track_name, artist_name)
), listed AS (
    SELECT DISTINCT playlist_id, coalesce(recording_id, entry) AS recording
    FROM found LEFT JOIN tracks ON track_id = entry WHERE entry IS NOT NULL
), works AS (
    SELECT track_uri, CASE WHEN track_uri IS NULL THEN track_name END AS title,
        CASE WHEN track_uri IS NULL THEN artist_name END AS artist, count(*) AS plays, sum(ms_played) AS ms_played
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), heard AS (
    SELECT coalesce(recording_id, entry) AS recording, sum(plays) AS plays, sum(ms_played) AS ms_played
    FROM (SELECT coalesce(track_uri, homonym, title || chr(31) || coalesce(artist, '')) AS entry, plays, ms_played
          FROM works LEFT JOIN homonyms ON title = track_name AND artist = artist_name)
    LEFT JOIN tracks ON track_id = entry GROUP BY 1
), starts AS (
    SELECT CASE WHEN context_uri LIKE '%:playlist:%' THEN split_part(context_uri, ':', -1) END AS started_list, count(*) AS started
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
        AND (context_uri LIKE '%:playlist:%' OR context_uri LIKE '%:collection%') GROUP BY 1
), in_any AS (SELECT DISTINCT recording FROM listed WHERE playlist_id IS NOT NULL),
parts AS (
    SELECT 0 AS place, 'any playlist' AS part, NULL AS playlist_name, (SELECT count(*) FROM in_any) AS tracks, sum(plays) AS plays,
        sum(ms_played) AS ms_played,
        (SELECT coalesce(sum(started), 0) FROM starts WHERE started_list IS NOT NULL) AS plays_started, NULL AS playlist_id
    FROM heard SEMI JOIN in_any USING (recording)
    UNION ALL
    SELECT 1, 'no playlist', NULL, count(*), sum(plays), sum(ms_played), NULL, NULL FROM heard ANTI JOIN in_any USING (recording)
    UNION ALL
    SELECT 2, 'saved tracks', NULL, count(*), sum(plays), sum(ms_played),
        (SELECT coalesce(sum(started), 0) FROM starts WHERE started_list IS NULL), NULL
    FROM listed LEFT JOIN heard USING (recording) WHERE playlist_id IS NULL
    UNION ALL
    SELECT 3, 'playlist', playlist_name, count(listed.recording), sum(plays), sum(ms_played),
        CASE WHEN latest.playlist_id NOT LIKE 'export:%' THEN coalesce(any_value(started), 0) END, latest.playlist_id
    FROM latest LEFT JOIN listed USING (playlist_id) LEFT JOIN heard USING (recording)
    LEFT JOIN starts ON started_list = latest.playlist_id GROUP BY latest.playlist_id, playlist_name
)
SELECT part, playlist_name, tracks, coalesce(plays, 0) AS plays,
    coalesce(plays, 0) / (SELECT nullif(sum(plays), 0) FROM heard) AS share, coalesce(ms_played, 0) AS ms_played, plays_started,
    playlist_id
FROM parts ORDER BY place, plays DESC, playlist_name, playlist_id
