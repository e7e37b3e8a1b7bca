-- Recordings of the catalogue; every track here has a URI and a recording.
WITH heard AS (
    SELECT track_uri, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms_played FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY 1
), recorded AS (
    SELECT recording_id, count(*) AS track_ids, sum(plays) AS plays, sum(ms_played) AS ms_played
    FROM heard JOIN tracks ON track_uri = track_id GROUP BY 1
)
SELECT row_number() OVER (ORDER BY plays DESC, track_name, artist_name, recording_id) AS rank, recording_id, track_name,
    artist_name, track_ids, plays, ms_played
FROM recorded JOIN tracks USING (recording_id) WHERE track_id = recording_id ORDER BY rank
