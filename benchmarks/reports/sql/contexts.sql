-- Counted plays by what their music may be for.
WITH audio AS (
    SELECT track_matches.track_id, energy >= 0.7 AND nullif(tempo, 0) > 120 AS workout,
        instrumentalness >= 0.5 AND speechiness < 0.33 AND energy < 0.7 AS focus,
        acousticness >= 0.5 AND energy < 0.4 AS relaxation,
        danceability >= 0.7 AND energy >= 0.6 AND valence >= 0.5 AS party
    FROM track_matches JOIN "references" USING (reference, ref_id) WHERE chosen
), placed AS (
    SELECT *, CASE WHEN workout THEN 0 WHEN focus THEN 1 WHEN relaxation THEN 2 WHEN party THEN 3
                   WHEN (workout OR focus OR relaxation OR party) IS NULL THEN 5 ELSE 4 END AS place FROM audio
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), entries AS (
    SELECT tracks.track_id, tracks.artist_name AS catalogued, coalesce(place, 5) AS place, workout, focus, relaxation, party
    FROM tracks LEFT JOIN placed USING (track_id)
), heard AS (
    SELECT coalesce(plays.artist_name, catalogued) AS artist, local_hour, ms_played, coalesce(place, 5) AS place, workout, focus,
        relaxation, party
    FROM plays
    LEFT JOIN homonyms ON track_uri IS NULL AND plays.track_name = homonyms.track_name
        AND plays.artist_name = homonyms.artist_name
    LEFT JOIN entries ON entries.track_id = coalesce(track_uri, homonyms.track_id)
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
), cells AS (
    SELECT place, artist, local_hour, workout, focus, relaxation, party, count(*) AS plays, sum(ms_played) AS ms_played
    FROM heard GROUP BY ALL
), sums AS (
    SELECT place, sum(plays) AS plays, sum(ms_played) AS ms_played FROM cells GROUP BY place
), fitting AS (
    SELECT sum(plays) FILTER (workout) AS f0, sum(plays) FILTER (focus) AS f1, sum(plays) FILTER (relaxation) AS f2,
        sum(plays) FILTER (party) AS f3, sum(plays) AS all_plays, sum(plays) FILTER (place < 5) AS known FROM cells
), artists AS (
    SELECT place, artist FROM (SELECT place, artist, sum(plays) AS plays FROM cells WHERE artist IS NOT NULL GROUP BY ALL)
    QUALIFY row_number() OVER (PARTITION BY place ORDER BY plays DESC, artist) = 1
), hours AS (
    SELECT place, local_hour FROM (SELECT place, local_hour, sum(plays) AS plays FROM cells GROUP BY ALL)
    QUALIFY row_number() OVER (PARTITION BY place ORDER BY plays DESC, local_hour) = 1
), words(place, context, rule) AS (
    VALUES (0, 'workout', 'energy ≥ 0.7 and tempo > 120 BPM'),
        (1, 'focus', 'instrumentalness ≥ 0.5 and speechiness < 0.33 and energy < 0.7'),
        (2, 'relaxation', 'acousticness ≥ 0.5 and energy < 0.4'),
        (3, 'party', 'danceability ≥ 0.7 and energy ≥ 0.6 and valence ≥ 0.5'),
        (4, 'unclassified', 'fits none of these'), (5, 'unknown', 'the audio features that would decide are not known')
)
SELECT context, coalesce(plays, 0) AS plays,
    CASE WHEN place < 5 AND known >= 0.3 * all_plays THEN coalesce(plays, 0) / known END AS share,
    coalesce(ms_played, 0) AS ms_played, coalesce(CASE place WHEN 0 THEN f0 WHEN 1 THEN f1 WHEN 2 THEN f2 WHEN 3 THEN f3 END,
        CASE WHEN place < 4 THEN 0 END) AS fits,
    local_hour AS fullest_hour, artist AS top_artist, rule
FROM words LEFT JOIN sums USING (place) LEFT JOIN artists USING (place) LEFT JOIN hours USING (place), fitting ORDER BY place
