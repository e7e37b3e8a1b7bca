-- Mean valence and energy by week, and where they leave the normal range.
WITH audio AS (
    SELECT track_matches.track_id, valence, energy
    FROM track_matches JOIN "references" USING (reference, ref_id) WHERE chosen
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), counted AS (
    SELECT local_date, track_uri FROM plays
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND track_uri IS NOT NULL
    UNION ALL
    SELECT local_date, track_id FROM plays LEFT JOIN homonyms USING (track_name, artist_name)
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND track_uri IS NULL
), weeks AS (
    SELECT date_trunc('week', local_date)::DATE AS starts_on, count(*) AS plays, count(valence + energy) AS known,
        round(avg(valence) FILTER (energy IS NOT NULL), 6) AS valence, round(avg(energy) FILTER (valence IS NOT NULL), 6) AS energy
    FROM counted LEFT JOIN audio ON track_uri = audio.track_id GROUP BY 1
), told AS (
    SELECT starts_on, plays, known, known / plays AS coverage, CASE WHEN known >= plays * 0.3 THEN valence END AS valence,
        CASE WHEN known >= plays * 0.3 THEN energy END AS energy FROM weeks
), ranges AS (
    SELECT median(valence) AS v, mad(valence) * 2 * 1.4826 AS v_wide, median(energy) AS e, mad(energy) * 2 * 1.4826 AS e_wide
    FROM told WHERE known >= 10
)
SELECT told.*,
    CASE WHEN known < 10 THEN NULL WHEN valence < v - v_wide THEN 'dip' WHEN valence > v + v_wide THEN 'peak' END AS valence_note,
    v - v_wide AS valence_low, v + v_wide AS valence_high,
    CASE WHEN known < 10 THEN NULL WHEN energy < e - e_wide THEN 'dip' WHEN energy > e + e_wide THEN 'peak' END AS energy_note,
    e - e_wide AS energy_low, e + e_wide AS energy_high
FROM told, ranges ORDER BY starts_on
