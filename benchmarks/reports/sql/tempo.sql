-- Counted plays by steps of 10 BPM, and those of unknown tempo.
WITH audio AS (
    SELECT track_matches.track_id, nullif(tempo, 0) AS tempo
    FROM track_matches JOIN "references" USING (reference, ref_id) WHERE chosen
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), counted AS (
    SELECT track_uri FROM plays
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND track_uri IS NOT NULL
    UNION ALL
    SELECT track_id FROM plays LEFT JOIN homonyms USING (track_name, artist_name)
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND track_uri IS NULL
), counts AS (
    SELECT floor(tempo / 10)::BIGINT AS step, count(*) AS plays
    FROM counted LEFT JOIN audio ON track_uri = audio.track_id GROUP BY 1
), steps AS (
    SELECT unnest(range(min(step), max(step) + 1)) AS step FROM counts
    UNION ALL
    SELECT NULL FROM counts WHERE step IS NULL
)
SELECT steps.step * 10 AS bpm_from, steps.step * 10 + 10 AS bpm_to, coalesce(plays, 0) AS plays,
    CASE WHEN steps.step IS NOT NULL AND (SELECT sum(plays) FILTER (step IS NOT NULL) >= 0.3 * sum(plays) FROM counts)
         THEN coalesce(plays, 0) / (SELECT sum(plays) FROM counts WHERE step IS NOT NULL) END AS share
FROM steps LEFT JOIN counts ON steps.step IS NOT DISTINCT FROM counts.step ORDER BY 1 NULLS LAST
