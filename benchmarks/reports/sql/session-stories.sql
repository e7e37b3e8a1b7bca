-- The ten sessions with most time listened, and how they went.
WITH longest AS (
    SELECT session_id, min(started_at) AS started_at, arg_min(local_date, started_at) AS local_date,
        arg_min(local_hour, started_at) AS start_hour, count(*) FILTER (counted) AS plays,
        coalesce(sum(ms_played) FILTER (counted), 0) AS ms_played
    FROM (
        SELECT session_id, started_at, local_date, local_hour, ms_played, ms_played >= 30000 OR ms_played IS NULL AS counted
        FROM plays WHERE listener_id = $listener AND kind = 'track'
    ) GROUP BY session_id HAVING count(*) FILTER (counted) > 0
    ORDER BY ms_played DESC, min(started_at) DESC, session_id DESC LIMIT 10
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), counted AS (
    SELECT plays.session_id, row_number() OVER (PARTITION BY session_id ORDER BY started_at, play_id) AS nth,
        count(*) OVER (PARTITION BY session_id) AS plays,
        coalesce(plays.artist_name, named.artist_name) AS artist, coalesce(track_uri, homonyms.track_id) AS entry
    FROM plays SEMI JOIN longest USING (session_id)
    LEFT JOIN homonyms ON track_uri IS NULL AND homonyms.track_name = plays.track_name
        AND homonyms.artist_name = plays.artist_name
    LEFT JOIN tracks AS named ON named.track_id = track_uri
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
), moods AS (
    SELECT session_id, round(avg(energy) FILTER (nth <= (plays + 1) // 2), 6) AS energy_first_half,
        round(avg(energy) FILTER (nth > (plays + 1) // 2), 6) AS energy_second_half,
        round(avg(valence) FILTER (nth <= (plays + 1) // 2), 6) AS valence_first_half,
        round(avg(valence) FILTER (nth > (plays + 1) // 2), 6) AS valence_second_half,
        count(told.ref_id) / count(*) AS known_share
    FROM counted LEFT JOIN (SELECT * FROM track_matches WHERE chosen) AS matches ON matches.track_id = entry
    LEFT JOIN "references" AS told ON told.reference = matches.reference AND told.ref_id = matches.ref_id
    GROUP BY session_id
), artists AS (
    SELECT session_id, count(*) AS artists, arg_min(artist, (-n, artist)) AS main_artist, max(n) AS n
    FROM (SELECT session_id, artist, count(*) AS n FROM counted WHERE artist IS NOT NULL GROUP BY ALL) GROUP BY session_id
)
SELECT format('{:016x}', session_id) AS session_id, local_date, start_hour, ms_played, plays, coalesce(artists, 0) AS artists,
    main_artist, n / plays AS main_artist_share, energy_first_half, energy_second_half, valence_first_half, valence_second_half,
    known_share
FROM longest LEFT JOIN moods USING (session_id) LEFT JOIN artists USING (session_id)
ORDER BY ms_played DESC, started_at DESC, longest.session_id DESC
