-- The artists by their first play, the newest first, and what became of them.
WITH counted AS (
    SELECT artist_name AS item, local_date, started_at FROM plays
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND artist_name IS NOT NULL
    UNION ALL
    SELECT tracks.artist_name, local_date, started_at FROM plays JOIN tracks ON track_uri = track_id
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND plays.artist_name IS NULL
), ends AS (
    SELECT max(local_date) AS last FROM plays WHERE listener_id = $listener AND kind = 'track'
), sums AS (
    SELECT item, min(local_date) AS first_played, max(local_date) AS last_played, min(started_at) AS started_at,
        sum(n) AS plays, count(*) AS days_with_plays
    FROM (
        SELECT item, local_date, min(started_at) AS started_at, count(*) AS n FROM counted WHERE item IS NOT NULL GROUP BY ALL
    ) GROUP BY item
)
SELECT first_played, started_at, item AS name, NULL::VARCHAR AS artist_name, plays, days_with_plays,
    CASE WHEN days_with_plays >= 3 AND last_played - first_played >= 90 THEN 'stayed' WHEN last - first_played >= 90 THEN 'faded'
        ELSE 'too early' END AS fate
FROM sums, ends ORDER BY started_at DESC, item
