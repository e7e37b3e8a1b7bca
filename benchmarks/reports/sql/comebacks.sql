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
), lined AS (
    SELECT item, day, n, lag(day) OVER items AS before, lead(day) OVER items AS day_1, lead(n) OVER items AS n_1,
        lead(day, 2) OVER items AS day_2, lead(n, 2) OVER items AS n_2,
        sum(n) OVER (items ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS plays_before
    FROM days WINDOW items AS (PARTITION BY item ORDER BY day)
), told AS (
    SELECT item, before, day AS back_on, plays_before FROM lined WHERE day - before > 180 AND plays_before >= 5
        AND n + CASE WHEN day_1 < day + 30 THEN n_1 ELSE 0 END + CASE WHEN day_2 < day + 30 THEN n_2 ELSE 0 END >= 3
), totals AS (SELECT item, sum(n) AS total FROM days GROUP BY item)
SELECT coalesce(track_name, split_part(item, chr(31), 1)) AS name,
    coalesce(artist_name, nullif(split_part(item, chr(31), 2), '')) AS artist_name,
    before + 1 AS silent_from, back_on, back_on - before - 1 AS days_silent, plays_before, total - plays_before AS plays_since
FROM told JOIN totals USING (item) LEFT JOIN tracks ON track_id = item
ORDER BY back_on DESC, plays_since DESC, name, tracks.artist_name, item
