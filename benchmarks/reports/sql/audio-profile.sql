-- The mean of each audio feature by hour.
WITH audio AS (
    SELECT track_matches.track_id, danceability, energy, loudness, speechiness, acousticness, instrumentalness, liveness, valence,
        nullif(tempo, 0) AS tempo
    FROM track_matches JOIN "references" USING (reference, ref_id) WHERE chosen
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), counted AS (
    SELECT local_hour AS hour, track_uri FROM plays
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND track_uri IS NOT NULL
    UNION ALL
    SELECT local_hour, track_id FROM plays LEFT JOIN homonyms USING (track_name, artist_name)
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND track_uri IS NULL
)
SELECT hour, count(*) AS plays, count(audio.track_id) AS known, count(audio.track_id) / count(*) AS coverage,
    CASE WHEN count(danceability) >= count(*) * 0.3 THEN round(avg(danceability), 6) END AS danceability,
    CASE WHEN count(energy) >= count(*) * 0.3 THEN round(avg(energy), 6) END AS energy,
    CASE WHEN count(loudness) >= count(*) * 0.3 THEN round(avg(loudness), 6) END AS loudness,
    CASE WHEN count(speechiness) >= count(*) * 0.3 THEN round(avg(speechiness), 6) END AS speechiness,
    CASE WHEN count(acousticness) >= count(*) * 0.3 THEN round(avg(acousticness), 6) END AS acousticness,
    CASE WHEN count(instrumentalness) >= count(*) * 0.3 THEN round(avg(instrumentalness), 6) END AS instrumentalness,
    CASE WHEN count(liveness) >= count(*) * 0.3 THEN round(avg(liveness), 6) END AS liveness,
    CASE WHEN count(valence) >= count(*) * 0.3 THEN round(avg(valence), 6) END AS valence,
    CASE WHEN count(tempo) >= count(*) * 0.3 THEN round(avg(tempo), 6) END AS tempo
FROM counted LEFT JOIN audio ON track_uri = audio.track_id GROUP BY hour ORDER BY hour
