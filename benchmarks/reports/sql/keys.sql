-- Counted plays by key and mode.
WITH audio AS (
    SELECT track_matches.track_id, key, mode
    FROM track_matches JOIN "references" USING (reference, ref_id) WHERE chosen
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), works AS (
    SELECT track_uri, CASE WHEN track_uri IS NULL THEN track_name END AS title,
        CASE WHEN track_uri IS NULL THEN artist_name END AS artist, count(*) AS plays
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), entries AS (
    SELECT coalesce(track_uri, homonyms.track_id) AS entry, sum(plays) AS plays
    FROM works LEFT JOIN homonyms ON track_uri IS NULL AND title = homonyms.track_name AND artist = homonyms.artist_name
    GROUP BY 1
), heard AS (
    SELECT key, mode, track_name, artist_name, entry, plays
    FROM entries LEFT JOIN audio ON audio.track_id = entry LEFT JOIN tracks ON tracks.track_id = entry
), sums AS (
    SELECT key, mode, sum(plays) AS plays FROM heard WHERE key IS NOT NULL AND mode IS NOT NULL GROUP BY ALL
), firsts AS (
    SELECT key, mode, track_name, artist_name FROM heard WHERE key IS NOT NULL AND mode IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY key, mode ORDER BY plays DESC, track_name, artist_name, entry) = 1
), totals AS (
    SELECT sum(plays) FILTER (key IS NOT NULL AND mode IS NOT NULL) AS known, sum(plays) AS all_plays FROM heard
), cells AS (
    SELECT key.range AS key, mode.range AS mode, ['minor', 'major'][mode.range + 1] AS word
    FROM range(12) AS key, range(2) AS mode
)
SELECT key, word AS mode,
    ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'][key + 1] || ' ' || word AS key_name,
    coalesce(sums.plays, 0) AS plays, CASE WHEN known >= 0.3 * all_plays THEN coalesce(sums.plays, 0) / known END AS share,
    track_name AS top_track, artist_name AS top_track_artist
FROM cells LEFT JOIN sums USING (key, mode) LEFT JOIN firsts USING (key, mode), totals ORDER BY key, cells.mode DESC
