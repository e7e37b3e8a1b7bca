-- Counted plays by what they were started from.
WITH latest AS (
    SELECT playlist_id, playlist_name FROM playlists WHERE listener_id = $listener
    QUALIFY row_number() OVER (
        PARTITION BY playlist_id ORDER BY modified_on IS NULL, modified_on DESC, captured_at DESC, snapshot_id DESC) = 1
), pages AS (
    SELECT context_uri, split_part(context_uri, ':', -1) AS page,
        CASE WHEN context_uri IS NULL THEN NULL
             WHEN context_uri LIKE '%:collection%' THEN 'collection' WHEN context_uri LIKE '%:playlist:%' THEN 'playlist'
             WHEN context_uri LIKE '%:album:%' THEN 'album' WHEN context_uri LIKE '%:artist:%' THEN 'artist'
             WHEN context_uri LIKE '%:show:%' THEN 'show' ELSE 'other' END AS context,
        count(*) AS plays, sum(ms_played) AS ms_played, count(*) FILTER (skipped) AS skips, count(skipped) AS known,
        min(CASE WHEN context_uri IS NOT NULL THEN coalesce(plays.album_name, show_name, audiobook_title, tracks.album_name) END)
            AS collection
    FROM plays LEFT JOIN tracks ON context_uri IS NOT NULL AND track_uri = track_id
    WHERE listener_id = $listener AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY context_uri
), named AS (
    SELECT *, CASE WHEN context = 'playlist' THEN playlist_name WHEN context IN ('album', 'show') THEN collection END AS name
    FROM pages LEFT JOIN latest ON page = playlist_id
), sums AS (
    SELECT context, min(name) AS context_name, sum(plays) AS plays, coalesce(sum(ms_played), 0) AS ms_played, sum(skips) AS skips,
        sum(known) AS known, min(context_uri) AS context_uri
    FROM named GROUP BY context, CASE WHEN context <> 'collection' THEN page END
)
SELECT context, context_name, plays, plays / sum(plays) OVER () AS share, ms_played, skips / nullif(known, 0) AS skip_rate,
    context_uri
FROM sums ORDER BY context IS NOT NULL, plays DESC, context, context_name, context_uri
