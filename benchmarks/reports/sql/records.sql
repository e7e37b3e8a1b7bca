-- What was most; every track here has a URI and a name.
WITH counted AS (SELECT local_date, started_at, session_id, track_uri, artist_name, ms_played FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)),
days AS (SELECT local_date, count(*) AS plays, sum(ms_played) AS ms_played FROM counted GROUP BY 1),
steps AS (
    SELECT 1 AS per, local_date AS from_date, local_date AS to_date, plays, ms_played FROM days
    UNION ALL SELECT 2, date_trunc('week', local_date)::DATE AS d, (d + INTERVAL 6 DAYS)::DATE, sum(plays), sum(ms_played)
        FROM days GROUP BY d
    UNION ALL SELECT 3, date_trunc('month', local_date)::DATE AS d, last_day(d), sum(plays), sum(ms_played) FROM days GROUP BY d
), most AS (
    SELECT per, arg_max(s, (ms_played, -epoch(from_date))) AS by_time, arg_max(s, (plays, -epoch(from_date))) AS by_plays
    FROM (SELECT *, steps AS s FROM steps) GROUP BY per
), sessions AS (
    SELECT min(local_date) AS from_date, max(local_date) AS to_date, min(started_at) AS started_at, count(*) AS plays,
        sum(ms_played) AS ms_played FROM counted GROUP BY session_id
), tracks_of_days AS (
    SELECT local_date, track_uri, count(*) AS plays, sum(ms_played) AS ms_played FROM counted GROUP BY ALL
), artists_of_days AS (
    SELECT local_date, artist_name, count(*) AS plays, sum(ms_played) AS ms_played FROM counted GROUP BY ALL
), varied AS (
    SELECT local_date, count(*) AS tracks, sum(plays) AS plays, sum(ms_played) AS ms_played FROM tracks_of_days GROUP BY 1
), streak AS (
    SELECT min(local_date) AS from_date, max(local_date) AS to_date, count(*) AS days, sum(plays) AS plays, sum(ms_played) AS ms_played
    FROM (SELECT *, local_date - row_number() OVER (ORDER BY local_date)::INT AS stretch FROM days)
    GROUP BY stretch ORDER BY days DESC, from_date LIMIT 1
), silence AS (
    SELECT local_date - before - 1 AS days, before + 1 AS from_date, local_date - 1 AS to_date
    FROM (SELECT local_date, lag(local_date) OVER (ORDER BY local_date) AS before FROM days)
    WHERE local_date - before > 1 ORDER BY days DESC, from_date LIMIT 1
), named AS (
    SELECT local_date, track_name, tracks.artist_name, plays, ms_played
    FROM (FROM tracks_of_days WHERE plays = (SELECT max(plays) FROM tracks_of_days)) JOIN tracks ON track_uri = track_id
    ORDER BY local_date, track_name, tracks.artist_name, track_id LIMIT 1
), rows AS (
    SELECT per AS place, 'most time in a ' || ['day', 'week', 'month'][per] AS record, by_time.ms_played AS value, 'ms' AS unit,
        by_time.from_date, by_time.to_date, NULL AS name, NULL AS artist_name, by_time.plays, by_time.ms_played FROM most
    UNION ALL SELECT per + 3, 'most plays in a ' || ['day', 'week', 'month'][per], by_plays.plays, 'plays',
        by_plays.from_date, by_plays.to_date, NULL, NULL, by_plays.plays, by_plays.ms_played FROM most
    UNION ALL (SELECT 7, 'longest session', ms_played, 'ms', from_date, to_date, NULL, NULL, plays, ms_played
        FROM sessions ORDER BY ms_played DESC, started_at LIMIT 1)
    UNION ALL (SELECT 8, 'session with most plays', plays, 'plays', from_date, to_date, NULL, NULL, plays, ms_played
        FROM sessions ORDER BY plays DESC, started_at LIMIT 1)
    UNION ALL SELECT 9, 'most repeated track in a day', plays, 'plays', local_date, local_date, track_name, artist_name, plays,
        ms_played FROM named
    UNION ALL (SELECT 10, 'most tracks in a day', tracks, 'tracks', local_date, local_date, NULL, NULL, plays, ms_played
        FROM varied ORDER BY tracks DESC, local_date LIMIT 1)
    UNION ALL (SELECT 11, 'most time with an artist in a day', ms_played, 'ms', local_date, local_date, artist_name, NULL, plays,
        ms_played FROM artists_of_days ORDER BY ms_played DESC, local_date, artist_name LIMIT 1)
    UNION ALL SELECT 12, 'longest streak', days, 'days', from_date, to_date, NULL, NULL, plays, ms_played FROM streak
    UNION ALL SELECT 13, 'longest silence', days, 'days', from_date, to_date, NULL, NULL, NULL, NULL FROM silence
)
SELECT * EXCLUDE (place) FROM rows ORDER BY place
