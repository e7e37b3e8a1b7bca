-- Counted plays by quadrant of valence and energy.
WITH audio AS (
    SELECT track_matches.track_id, valence, energy
    FROM track_matches JOIN "references" USING (reference, ref_id) WHERE chosen
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), works AS (
    SELECT track_uri, artist_name, CASE WHEN track_uri IS NULL THEN track_name END AS title,
        count(*) AS plays, sum(ms_played) AS ms_played
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), heard AS (
    SELECT coalesce(works.artist_name, tracks.artist_name) AS artist, plays, ms_played,
        CASE WHEN valence + energy IS NULL THEN 4 WHEN valence >= 0.5 AND energy >= 0.5 THEN 0 WHEN energy >= 0.5 THEN 1
             WHEN valence < 0.5 THEN 2 ELSE 3 END AS place
    FROM works
    LEFT JOIN homonyms ON track_uri IS NULL AND title = homonyms.track_name AND works.artist_name = homonyms.artist_name
    LEFT JOIN tracks ON tracks.track_id = coalesce(track_uri, homonyms.track_id)
    LEFT JOIN audio ON audio.track_id = coalesce(track_uri, homonyms.track_id)
), by_artist AS (
    SELECT place, artist, sum(plays) AS plays, sum(ms_played) AS ms_played FROM heard GROUP BY ALL
), sums AS (
    SELECT place, sum(plays) AS plays, sum(ms_played) AS ms_played FROM by_artist GROUP BY place
), firsts AS (
    SELECT place, artist FROM by_artist WHERE artist IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY place ORDER BY plays DESC, artist) = 1
), words(place, quadrant, valence, energy) AS (
    VALUES (0, 'happy', 'high', 'high'), (1, 'tense', 'low', 'high'), (2, 'sad', 'low', 'low'), (3, 'calm', 'high', 'low'),
        (4, 'unknown', NULL, NULL)
)
SELECT quadrant, valence, energy, coalesce(plays, 0) AS plays,
    CASE WHEN place < 4 AND (SELECT sum(plays) FILTER (place < 4) >= 0.3 * sum(plays) FROM sums)
         THEN coalesce(plays, 0) / (SELECT sum(plays) FROM sums WHERE place < 4) END AS share,
    coalesce(ms_played, 0) AS ms_played, artist AS top_artist
FROM words LEFT JOIN sums USING (place) LEFT JOIN firsts USING (place) ORDER BY place
