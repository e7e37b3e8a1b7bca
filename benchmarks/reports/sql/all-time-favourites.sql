-- Recordings played in many months, none of which holds more than half of their plays.
WITH counted AS (
    SELECT coalesce(recording_id, track_uri, homonyms.track_id, plays.track_name || chr(31) || coalesce(plays.artist_name, ''))
        AS item, local_date, ms_played
    FROM plays LEFT JOIN (
        SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
    ) AS homonyms ON track_uri IS NULL AND homonyms.track_name = plays.track_name AND homonyms.artist_name = plays.artist_name
    LEFT JOIN tracks ON tracks.track_id = coalesce(track_uri, homonyms.track_id)
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
), months AS (
    SELECT item, year(local_date) * 12 + month(local_date) AS month, count(*) AS n, sum(ms_played) AS ms,
        min(local_date) AS first, max(local_date) AS last
    FROM counted WHERE item IS NOT NULL GROUP BY ALL
), ends AS (
    SELECT year(max(local_date)) * 12 + month(max(local_date)) AS month
    FROM plays WHERE listener_id = $listener AND kind = 'track'
), steady AS (
    SELECT item, sum(n) AS plays, coalesce(sum(ms), 0) AS ms_played, count(*) AS months_with_plays,
        (SELECT month FROM ends) - min(month) + 1 AS months_since_first, max(n) / sum(n) AS busiest_month_share,
        min(first) AS first_played, max(last) AS last_played
    FROM months GROUP BY item
    HAVING months_since_first >= 12 AND months_with_plays >= 6 AND busiest_month_share <= 0.5
), named AS (
    SELECT *, coalesce(track_name, split_part(item, chr(31), 1)) AS name,
    coalesce(artist_name, nullif(split_part(item, chr(31), 2), '')) AS artist_name
    FROM steady LEFT JOIN (SELECT track_id, track_name, artist_name FROM tracks) ON track_id = item
)
SELECT row_number() OVER (ORDER BY months_with_plays DESC, plays DESC, name, artist_name_1, item) AS rank, name,
    artist_name_1 AS artist_name, plays, ms_played, months_with_plays, months_since_first,
    months_with_plays / months_since_first AS steadiness, busiest_month_share, first_played, last_played
FROM named ORDER BY rank LIMIT 50
