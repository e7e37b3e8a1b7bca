-- Size, age, freshness, variety and plays of every playlist.
WITH latest AS ($standing), now AS (
    SELECT greatest((SELECT max(local_date) FROM plays WHERE listener_id = $listener),
        (SELECT max(captured_at)::DATE FROM playlists WHERE listener_id = $listener)) AS today
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS homonym FROM tracks GROUP BY ALL
), entries AS (
    SELECT playlist_id, kind, artist_name, added_at::DATE AS added_on,
        coalesce(track_uri, homonym, track_name || chr(31) || coalesce(artist_name, '')) AS entry
    FROM playlist_tracks JOIN latest USING (playlist_id, snapshot_id)
    LEFT JOIN homonyms USING (track_name, artist_name)
    WHERE listener_id = $listener
), dates AS (
    SELECT playlist_id, min(added_on) AS first_added, max(added_on) AS last_added,
        count(*) FILTER (today - added_on < 90) / nullif(count(added_on), 0) AS fresh_share
    FROM entries, now GROUP BY playlist_id
), artists AS (
    SELECT playlist_id, count(*) AS artists, pow(2, entropy) AS effective_artists FROM (
        SELECT playlist_id, artist_name, n, sum(-n / total * log2(n / total)) OVER (PARTITION BY playlist_id) AS entropy
        FROM (SELECT playlist_id, artist_name, count(*) AS n, sum(count(*)) OVER (PARTITION BY playlist_id) AS total FROM entries
              WHERE kind = 'track' AND artist_name IS NOT NULL GROUP BY playlist_id, artist_name)
    ) GROUP BY playlist_id, entropy
), listed AS (
    SELECT playlist_id, coalesce(recording_id, entry) AS recording, count(*) AS times
    FROM entries LEFT JOIN tracks ON track_id = entry WHERE kind = 'track' AND entry IS NOT NULL GROUP BY ALL
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
    SELECT playlist_id, count(*) AS tracks, sum(times) - count(*) AS duplicates, coalesce(sum(plays), 0) AS plays,
        count(*) - count(plays) AS never_played, max(last_played) AS last_played,
        count(*) FILTER ((today - last_played < 365) IS NOT TRUE) AS silent_year
    FROM listed CROSS JOIN now LEFT JOIN heard USING (recording) GROUP BY playlist_id
)
SELECT playlist_name, entries, coalesce(tracks, 0) AS tracks, coalesce(duplicates, 0) AS duplicates,
    coalesce(artists, 0) AS artists, first_added, last_added, modified_on, today - first_added AS age_days,
    today - greatest(modified_on, last_added) AS days_since_change, last_played, coalesce(plays, 0) AS plays,
    coalesce(never_played, 0) AS never_played, never_played / nullif(tracks, 0) AS never_played_share,
    coalesce(silent_year, 0) AS silent_year,
    round(effective_artists, 6) AS effective_artists, fresh_share,
    today - greatest(modified_on, last_added) >= 180 AND coalesce(today - last_played >= 180, true) AS stale, playlist_id
FROM latest CROSS JOIN now LEFT JOIN dates USING (playlist_id) LEFT JOIN played USING (playlist_id)
LEFT JOIN artists USING (playlist_id)
ORDER BY coalesce(plays, 0) DESC, playlist_name, playlist_id
