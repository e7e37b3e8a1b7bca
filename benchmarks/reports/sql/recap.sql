-- Twelve facts of all time; of all time every artist is new.
WITH counted AS MATERIALIZED (
    SELECT track_uri, artist_name, album_name, ms_played, local_date, session_id, started_at
    FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
), by_track AS (
    SELECT track_uri, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms FROM counted GROUP BY ALL
), by_artist AS (
    SELECT artist_name, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms FROM counted GROUP BY ALL
), by_album AS (
    SELECT album_name, artist_name, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms FROM counted GROUP BY ALL
), by_day AS (
    SELECT local_date, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms FROM counted GROUP BY ALL
), by_session AS (
    SELECT session_id, min(started_at) AS began, min(local_date) AS first, max(local_date) AS last, count(*) AS plays,
        coalesce(sum(ms_played), 0) AS ms FROM counted GROUP BY ALL
), streaks AS (
    SELECT min(local_date) AS first, max(local_date) AS last, count(*) AS days, sum(plays) AS plays, sum(ms) AS ms
    FROM (SELECT *, local_date - row_number() OVER (ORDER BY local_date)::INTEGER AS stretch FROM by_day) GROUP BY stretch
), repeats AS (
    SELECT track_uri, local_date, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms FROM counted GROUP BY ALL
), repeat AS (
    SELECT track_name, artist_name, local_date, plays, ms FROM repeats JOIN tracks ON track_id = track_uri
    WHERE plays = (SELECT max(plays) FROM repeats) ORDER BY local_date, track_name, artist_name, track_id LIMIT 1
), top_artist AS (SELECT * FROM by_artist ORDER BY plays DESC, artist_name LIMIT 1
), top_track AS (
    SELECT track_name, tracks.artist_name, plays, ms FROM by_track JOIN tracks ON track_id = track_uri
    ORDER BY plays DESC, track_name, tracks.artist_name, track_id LIMIT 1
), facts AS (
    SELECT 1 AS place, 'time-listened' AS fact, sum(ms) AS value, 'ms' AS unit, NULL AS name, NULL AS artist_name, NULL::DATE AS from_date, NULL::DATE AS to_date, sum(plays) AS plays, sum(ms) AS ms_played, 'overview' AS report FROM by_day
    UNION ALL SELECT 2, 'tracks', count(*), 'tracks', NULL, NULL, NULL, NULL, sum(plays), sum(ms), 'top-tracks' FROM by_track
    UNION ALL SELECT 3, 'artists', count(*), 'artists', NULL, NULL, NULL, NULL, sum(plays), sum(ms), 'top-artists' FROM by_artist
    UNION ALL SELECT 4, 'new-artists', count(*), 'artists', NULL, NULL, NULL, NULL, sum(plays), sum(ms), 'first-plays' FROM by_artist
    UNION ALL SELECT 5, 'top-artist', plays, 'plays', artist_name, NULL, NULL, NULL, plays, ms, 'top-artists' FROM top_artist
    UNION ALL SELECT 6, 'top-track', plays, 'plays', track_name, artist_name, NULL, NULL, plays, ms, 'top-tracks' FROM top_track
    UNION ALL (SELECT 7, 'top-album', plays, 'plays', album_name, artist_name, NULL, NULL, plays, ms, 'top-albums' FROM by_album ORDER BY plays DESC, album_name, artist_name LIMIT 1)
    UNION ALL SELECT 8, 'favourite-discovery', plays, 'plays', artist_name, NULL, NULL, NULL, plays, ms, 'first-plays' FROM top_artist
    UNION ALL (SELECT 9, 'biggest-day', ms, 'ms', NULL, NULL, local_date, local_date, plays, ms, 'records' FROM by_day ORDER BY ms DESC, local_date LIMIT 1)
    UNION ALL (SELECT 10, 'longest-session', ms, 'ms', NULL, NULL, first, last, plays, ms, 'sessions' FROM by_session ORDER BY ms DESC, began, session_id LIMIT 1)
    UNION ALL (SELECT 11, 'longest-streak', days, 'days', NULL, NULL, first, last, plays, ms, 'streaks' FROM streaks ORDER BY days DESC, first LIMIT 1)
    UNION ALL SELECT 12, 'on-repeat', plays, 'plays', track_name, artist_name, local_date, local_date, plays, ms, 'records' FROM repeat
)
SELECT * EXCLUDE (place) FROM facts ORDER BY place
