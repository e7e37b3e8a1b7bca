-- The share of each context by month.
WITH audio AS (
    SELECT track_matches.track_id, energy >= 0.7 AND nullif(tempo, 0) > 120 AS workout,
        instrumentalness >= 0.5 AND speechiness < 0.33 AND energy < 0.7 AS focus,
        acousticness >= 0.5 AND energy < 0.4 AS relaxation,
        danceability >= 0.7 AND energy >= 0.6 AND valence >= 0.5 AS party
    FROM track_matches JOIN "references" USING (reference, ref_id) WHERE chosen
), placed AS (
    SELECT track_id, CASE WHEN workout THEN 0 WHEN focus THEN 1 WHEN relaxation THEN 2 WHEN party THEN 3
                          WHEN (workout OR focus OR relaxation OR party) IS NULL THEN 5 ELSE 4 END AS place FROM audio
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), counted AS (
    SELECT local_date, track_uri FROM plays
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND track_uri IS NOT NULL
    UNION ALL
    SELECT local_date, track_id FROM plays LEFT JOIN homonyms USING (track_name, artist_name)
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND track_uri IS NULL
), months AS (
    SELECT date_trunc('month', local_date)::DATE AS starts_on, count(*) AS plays, count(*) FILTER (place < 5) AS known,
        count(*) FILTER (place = 0) AS workout, count(*) FILTER (place = 1) AS focus, count(*) FILTER (place = 2) AS relaxation,
        count(*) FILTER (place = 3) AS party, count(*) FILTER (place = 4) AS unclassified
    FROM counted LEFT JOIN placed ON track_uri = placed.track_id GROUP BY 1
)
SELECT starts_on, plays, known, known / plays AS coverage,
    CASE WHEN known >= plays * 0.3 THEN workout / known END AS workout,
    CASE WHEN known >= plays * 0.3 THEN focus / known END AS focus,
    CASE WHEN known >= plays * 0.3 THEN relaxation / known END AS relaxation,
    CASE WHEN known >= plays * 0.3 THEN party / known END AS party,
    CASE WHEN known >= plays * 0.3 THEN unclassified / known END AS unclassified
FROM months ORDER BY starts_on
