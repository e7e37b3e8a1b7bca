-- Every play of the session with most time listened.
WITH longest AS (
    SELECT session_id FROM plays WHERE listener_id = $listener AND kind = 'track'
    GROUP BY session_id HAVING count(*) FILTER (coalesce(ms_played >= 30000, true)) > 0
    ORDER BY coalesce(sum(ms_played) FILTER (ms_played >= 30000), 0) DESC, min(started_at) DESC, session_id DESC LIMIT 1
), kept AS (
    SELECT plays.*, coalesce(track_uri, (
            SELECT min(track_id) FROM tracks WHERE tracks.track_name = plays.track_name AND tracks.artist_name = plays.artist_name
        )) AS entry,
        max(coalesce(stopped_at, started_at + to_milliseconds(coalesce(ms_played, 0)))) OVER (
            ORDER BY started_at, play_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS over
    FROM plays WHERE session_id = (FROM longest) AND listener_id = $listener AND kind = 'track'
)
SELECT row_number() OVER (ORDER BY started_at, play_id) AS position, format('{:016x}', session_id) AS session_id, started_at,
    coalesce(tracks.track_name, kept.track_name) AS track_name, coalesce(tracks.artist_name, kept.artist_name) AS artist_name,
    ms_played, coalesce(ms_played >= 30000, true) AS counted, skipped,
    CASE WHEN over > started_at THEN 0 ELSE date_diff('ms', over, started_at) END AS silence_ms,
    energy, valence, CASE WHEN energy >= 0.5 AND valence >= 0.5 THEN 'happy' WHEN energy >= 0.5 AND valence < 0.5 THEN 'tense'
        WHEN energy < 0.5 AND valence >= 0.5 THEN 'calm' WHEN energy < 0.5 AND valence < 0.5 THEN 'sad' END AS quadrant
FROM kept LEFT JOIN tracks ON tracks.track_id = entry
LEFT JOIN (SELECT * FROM track_matches WHERE chosen) AS matches ON matches.track_id = entry
LEFT JOIN "references" AS told ON told.reference = matches.reference AND told.ref_id = matches.ref_id
ORDER BY kept.started_at, kept.play_id
