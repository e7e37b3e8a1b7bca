-- Recordings played five times and more, then not for 180 days, then three times within thirty.
WITH counted AS (
    SELECT coalesce(recording_id, track_uri, homonyms.track_id, plays.track_name || chr(31) || coalesce(plays.artist_name, ''))
        AS item, local_date, ms_played
    FROM plays LEFT JOIN (
        SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
    ) AS homonyms ON track_uri IS NULL AND homonyms.track_name = plays.track_name AND homonyms.artist_name = plays.artist_name
    LEFT JOIN tracks ON tracks.track_id = coalesce(track_uri, homonyms.track_id)
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
), days AS (
    SELECT item, local_date AS day, count(*) AS n FROM counted WHERE item IS NOT NULL GROUP BY ALL
), silences AS (
    SELECT item, before, day FROM (SELECT item, day, lag(day) OVER (PARTITION BY item ORDER BY day) AS before FROM days)
    WHERE day - before > 180
), told AS (
    SELECT s.item, before, s.day AS back_on, sum(n) FILTER (days.day <= before) AS plays_before,
        sum(n) FILTER (days.day >= s.day) AS plays_since,
        sum(n) FILTER (days.day BETWEEN s.day AND s.day + 29) AS soon
    FROM silences AS s JOIN days USING (item) GROUP BY s.item, before, s.day HAVING plays_before >= 5 AND soon >= 3
)
SELECT coalesce(track_name, split_part(item, chr(31), 1)) AS name,
    coalesce(artist_name, nullif(split_part(item, chr(31), 2), '')) AS artist_name,
    before + 1 AS silent_from, back_on, back_on - before - 1 AS days_silent, plays_before, plays_since
FROM told LEFT JOIN tracks ON track_id = item
ORDER BY back_on DESC, plays_since DESC, name, tracks.artist_name, item
