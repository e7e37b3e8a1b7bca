-- The 50 plays that began last.
WITH shown AS (
    SELECT * FROM plays WHERE listener_id = $listener ORDER BY started_at DESC, play_id DESC LIMIT 50
), latest AS (
    SELECT playlist_id, playlist_name FROM playlists WHERE listener_id = $listener
    QUALIFY row_number() OVER (
        PARTITION BY playlist_id ORDER BY modified_on IS NULL, modified_on DESC, captured_at DESC, snapshot_id DESC) = 1
), told AS (
    SELECT *, coalesce(track_uri, episode_uri, chapter_uri, audiobook_uri) AS uri,
        CASE WHEN context_uri IS NULL THEN NULL
             WHEN context_uri LIKE '%:collection%' THEN 'collection' WHEN context_uri LIKE '%:playlist:%' THEN 'playlist'
             WHEN context_uri LIKE '%:album:%' THEN 'album' WHEN context_uri LIKE '%:artist:%' THEN 'artist'
             WHEN context_uri LIKE '%:show:%' THEN 'show' ELSE 'other' END AS context,
        split_part(context_uri, ':', -1) AS page
    FROM shown
), named AS (
    SELECT told.*, coalesce(told.track_name, episode_name, chapter_title, audiobook_title, tracks.track_name) AS title,
        coalesce(told.artist_name, show_name, audiobook_title, tracks.artist_name) AS maker,
        coalesce(told.album_name, show_name, audiobook_title, tracks.album_name) AS collection
    FROM told LEFT JOIN tracks ON uri = track_id
)
SELECT lpad(to_hex(play_id), 16, '0').lower() AS play_id, started_at, stopped_at, local_date,
    strftime(started_at AT TIME ZONE timezone, '%H:%M') AS local_time, kind, title AS track_name, maker AS artist_name,
    collection AS album_name, ms_played, true AS counted, skipped, context,
    CASE WHEN context = 'playlist' THEN playlist_name WHEN context IN ('album', 'show') THEN collection END AS context_name,
    sources, incognito
FROM named LEFT JOIN latest ON page = playlist_id ORDER BY started_at DESC, named.play_id DESC
