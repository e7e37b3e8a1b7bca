-- Recordings played at least ten times in a week, and five times as often as in all other weeks.
WITH record AS (
    SELECT min(local_date) AS first, max(local_date) AS last FROM plays WHERE listener_id = $listener AND kind = 'track'
), counted AS (
    SELECT coalesce(recording_id, track_uri, homonyms.track_id, plays.track_name || chr(31) || coalesce(plays.artist_name, ''))
        AS item, local_date, ms_played
    FROM plays LEFT JOIN (
        SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
    ) AS homonyms ON track_uri IS NULL AND homonyms.track_name = plays.track_name AND homonyms.artist_name = plays.artist_name
    LEFT JOIN tracks ON tracks.track_id = coalesce(track_uri, homonyms.track_id)
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
), days AS (
    SELECT item, local_date AS day, count(*) AS n FROM counted WHERE item IS NOT NULL GROUP BY ALL
), busy AS (
    SELECT item FROM (SELECT item, sum(n) AS n FROM days GROUP BY item, (day - DATE '1970-01-01') // 7) GROUP BY item
    -- Half of the plays of a burst lie in one week; five times the base rate is that much of all plays at least.
    HAVING max(n) >= 5 AND max(n) * 2 * ((SELECT last - first + 1 FROM record) + 35) >= 35 * (sum(n) + 0.5)
), ahead AS (
    SELECT item, day, n, sum(n) OVER (PARTITION BY item) AS total,
        sum(n) OVER (PARTITION BY item ORDER BY day RANGE BETWEEN CURRENT ROW AND INTERVAL 6 DAYS FOLLOWING) AS inside
    FROM days SEMI JOIN busy USING (item)
), rated AS (
    SELECT *, inside / ((total - inside + 0.5) * 7 / nullif(last - first + 1 - (least(day + 6, last) - day + 1), 0)) AS times
    FROM ahead, record
), starts AS (
    SELECT item, day, times, least(day + 6, last) AS until FROM rated WHERE inside >= 10 AND times >= 5
), numbered AS (
    SELECT *, count(*) FILTER (begins) OVER (PARTITION BY item ORDER BY day) AS burst
    FROM (SELECT *, day > coalesce(lag(until) OVER (PARTITION BY item ORDER BY day), '-infinity') AS begins FROM starts)
), bursts AS (
    SELECT item, burst, min(day) AS from_date, max(until) AS until, max(times) AS times_base FROM numbered GROUP BY ALL
), told AS (
    SELECT b.item, from_date, max(day) FILTER (day <= until) AS to_date, times_base,
        sum(n) FILTER (day BETWEEN from_date AND until) AS plays, coalesce(sum(n) FILTER (day < from_date), 0) AS plays_before,
        coalesce(sum(n) FILTER (day > until), 0) AS plays_after
    FROM bursts AS b JOIN days USING (item) GROUP BY b.item, from_date, until, times_base
), shared AS (
    SELECT told.*, (SELECT count(*) FROM plays WHERE listener_id = $listener AND kind = 'track'
        AND (ms_played >= 30000 OR ms_played IS NULL) AND local_date BETWEEN from_date AND to_date) AS all_plays
    FROM told
)
SELECT coalesce(track_name, split_part(item, chr(31), 1)) AS name,
    coalesce(artist_name, nullif(split_part(item, chr(31), 2), '')) AS artist_name, from_date, to_date,
    to_date - from_date + 1 AS days, plays, plays_before, plays_after, times_base, plays / all_plays AS share_of_plays
FROM shared LEFT JOIN tracks ON track_id = item
ORDER BY plays DESC, times_base DESC, name, tracks.artist_name, item, from_date
