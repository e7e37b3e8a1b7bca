-- Everything of one play after the other, in one scan for those that count and one for those kept.
WITH kept AS (
    SELECT count(*) AS plays, max(local_date) - min(local_date) + 1 AS calendar_days
    FROM plays WHERE listener_id = $listener AND kind = 'track'
), heard AS (
    SELECT count(*) AS counted_plays, coalesce(sum(ms_played), 0) AS ms_played, count(DISTINCT track_uri) AS tracks,
        count(DISTINCT artist_name) AS artists, count(DISTINCT (album_name, artist_name)) AS albums,
        count(DISTINCT session_id) AS sessions, count(DISTINCT local_date) AS days_with_plays,
        min(started_at) AS first_play, max(started_at) AS last_play
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
)
SELECT plays, counted_plays, ms_played, tracks, artists, albums, sessions, days_with_plays, calendar_days,
    ms_played // calendar_days AS ms_per_day, first_play, last_play
FROM kept CROSS JOIN heard
