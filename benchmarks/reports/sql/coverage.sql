-- Tracks and their counted plays with and without audio features.
WITH homonyms AS (
    SELECT track_name AS title, artist_name AS maker, min(track_id) AS homonym FROM tracks GROUP BY ALL
), works AS (
    SELECT track_uri, CASE WHEN track_uri IS NULL THEN track_name END AS title,
        CASE WHEN track_uri IS NULL THEN artist_name END AS maker, min(track_name) AS spelt, min(artist_name) AS spelt_maker,
        count(*) AS plays
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY 1, 2, 3
), entries AS (
    SELECT coalesce(track_uri, homonym, title || chr(31) || coalesce(maker, '')) AS entry, min(spelt) AS spelt,
        min(spelt_maker) AS spelt_maker, sum(plays) AS plays
    FROM works LEFT JOIN homonyms USING (title, maker) GROUP BY 1 HAVING entry IS NOT NULL
), known AS MATERIALIZED (
    SELECT entry, coalesce(tracks.track_name, spelt) AS track_name, coalesce(tracks.artist_name, spelt_maker) AS artist_name, plays,
        ref_id, evidence
    FROM entries LEFT JOIN tracks ON entry = tracks.track_id
    LEFT JOIN (SELECT track_id AS matched, ref_id, evidence FROM track_matches WHERE chosen) ON entry = matched
), nearest AS (
    SELECT track_id, reference, verdict, reason FROM track_matches
    QUALIFY row_number() OVER (PARTITION BY track_id ORDER BY confidence DESC, reference) = 1
), without AS (
    SELECT entry, track_name, artist_name, plays, reference, coalesce(verdict, 'not looked for yet') AS verdict, reason,
        row_number() OVER (ORDER BY plays DESC, track_name, artist_name, entry) AS place
    FROM known LEFT JOIN nearest ON track_id = entry WHERE ref_id IS NULL
), parts AS (
    SELECT 0 AS part_no, 'all tracks' AS part, NULL AS reference, NULL AS evidence, NULL AS verdict, NULL AS track_name,
        NULL AS artist_name, count(*) AS tracks, sum(plays) AS plays, NULL AS reason, 0 AS place FROM known
    UNION ALL BY NAME SELECT 1 AS part_no, 'with audio features' AS part, count(*) AS tracks, sum(plays) AS plays FROM known WHERE ref_id IS NOT NULL
    UNION ALL BY NAME SELECT 2 AS part_no, 'by reference' AS part, reference, count(*) AS tracks, sum(plays) AS plays
    FROM known JOIN track_matches ON track_id = entry WHERE track_matches.verdict = 'matched' GROUP BY reference
    UNION ALL BY NAME SELECT 3 AS part_no, 'by evidence' AS part, evidence, count(*) AS tracks, sum(plays) AS plays
    FROM known WHERE ref_id IS NOT NULL GROUP BY evidence
    UNION ALL BY NAME SELECT 4 AS part_no, 'without' AS part, verdict, count(*) AS tracks, sum(plays) AS plays FROM without GROUP BY verdict
    UNION ALL BY NAME SELECT 5 AS part_no, 'most played without' AS part, reference, verdict, track_name, artist_name, 1 AS tracks, plays,
        reason, place FROM without WHERE place <= 10
)
SELECT part, reference, evidence, verdict, track_name, artist_name, tracks, coalesce(plays, 0) AS plays,
    tracks / (SELECT nullif(count(*), 0) FROM known) AS share_of_tracks,
    coalesce(plays, 0) / (SELECT nullif(sum(plays), 0) FROM known) AS share_of_plays, reason
FROM parts ORDER BY part_no, place, plays DESC, reference, evidence, verdict
