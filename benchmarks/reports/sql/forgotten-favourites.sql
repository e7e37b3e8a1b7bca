-- Recordings played fifteen times and more, and not once in the last 180 days.
WITH counted AS (
    SELECT coalesce(recording_id, track_uri, homonyms.track_id, plays.track_name || chr(31) || coalesce(plays.artist_name, ''))
        AS item, local_date, ms_played
    FROM plays LEFT JOIN (
        SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
    ) AS homonyms ON track_uri IS NULL AND homonyms.track_name = plays.track_name AND homonyms.artist_name = plays.artist_name
    LEFT JOIN tracks ON tracks.track_id = coalesce(track_uri, homonyms.track_id)
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
), ends AS (
    SELECT max(local_date) AS last FROM plays WHERE listener_id = $listener AND kind = 'track'
), forgotten AS (
    SELECT item, sum(n) AS plays, count(*) AS days_with_plays, min(local_date) AS first_played,
        max(local_date) AS last_played, (SELECT last FROM ends) - max(local_date) AS days_silent
    FROM (SELECT item, local_date, count(*) AS n FROM counted WHERE item IS NOT NULL GROUP BY ALL) GROUP BY item
    HAVING plays >= 15 AND days_silent > 180 AND days_with_plays >= 5
)
SELECT coalesce(track_name, split_part(item, chr(31), 1)) AS name,
    coalesce(artist_name, nullif(split_part(item, chr(31), 2), '')) AS artist_name,
    plays, days_with_plays, first_played, last_played, days_silent
FROM forgotten LEFT JOIN tracks ON track_id = item ORDER BY plays DESC, name, tracks.artist_name, item
