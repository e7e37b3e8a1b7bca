-- How much of each month was new.
WITH counted AS (
    SELECT local_date, date_trunc('month', local_date) AS step, coalesce(plays.artist_name, named.artist_name) AS artist,
        coalesce(track_uri, homonyms.track_id, plays.track_name || chr(31) || coalesce(plays.artist_name, '')) AS track
    FROM plays LEFT JOIN (
        SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
    ) AS homonyms ON track_uri IS NULL AND homonyms.track_name = plays.track_name AND homonyms.artist_name = plays.artist_name
    LEFT JOIN tracks AS named ON plays.artist_name IS NULL AND named.track_id = track_uri
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
), kept AS (
    SELECT min(local_date) AS first, max(local_date) AS last FROM plays WHERE listener_id = $listener AND kind = 'track'
), artist_days AS (SELECT artist, step, local_date, count(*) AS n FROM counted WHERE artist IS NOT NULL GROUP BY ALL),
    artists AS (
    SELECT artist, min(step) AS found, min(local_date) AS first_played, max(local_date) AS last_played,
        count(*) AS days_with_plays FROM artist_days GROUP BY artist
), fates AS (
    SELECT artist, found, CASE WHEN days_with_plays >= 3 AND last_played - first_played >= 90 THEN 'stayed' WHEN last - first_played >= 90 THEN 'faded'
        ELSE 'too early' END AS fate
    FROM artists, kept
), by_artist AS (
    SELECT step, count(*) AS artists, sum(n) AS artist_plays, count(*) FILTER (step = found) AS new_artists,
        coalesce(sum(n) FILTER (step = found), 0) AS new_plays,
        count(*) FILTER (step = found AND fate = 'stayed') AS stayed,
        count(*) FILTER (step = found AND fate = 'faded') AS faded,
        count(*) FILTER (step = found AND fate = 'too early') AS too_early
    FROM (SELECT artist, step, sum(n) AS n FROM artist_days GROUP BY ALL) JOIN fates USING (artist) GROUP BY step
), by_track AS (
    SELECT step, count(*) AS tracks, sum(n) AS track_plays, count(*) FILTER (step = found) AS new_tracks
    FROM (
        SELECT step, n, min(step) OVER (PARTITION BY track) AS found
        FROM (SELECT track, step, count(*) AS n FROM counted WHERE track IS NOT NULL GROUP BY ALL)
    ) GROUP BY step
), by_step AS (SELECT step, count(*) AS plays FROM counted GROUP BY step)
SELECT step::DATE AS starts_on, coalesce(plays, 0) AS plays, coalesce(artists, 0) AS artists,
    coalesce(new_artists, 0) AS new_artists, new_artists / artists AS new_artist_share, coalesce(tracks, 0) AS tracks,
    coalesce(new_tracks, 0) AS new_tracks, new_tracks / track_plays AS explore_share,
    1 - new_tracks / track_plays AS repeat_share, new_plays / artist_plays AS plays_of_new_artists,
    coalesce(stayed, 0) AS stayed, coalesce(faded, 0) AS faded, coalesce(too_early, 0) AS too_early
FROM (SELECT unnest(generate_series(date_trunc('month', first), last, INTERVAL 1 MONTH)) AS step FROM kept)
LEFT JOIN by_step USING (step) LEFT JOIN by_artist USING (step) LEFT JOIN by_track USING (step) ORDER BY step
