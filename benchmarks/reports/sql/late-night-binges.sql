-- The sessions that are a late-night binge, longest first.
SELECT * FROM (
WITH kept AS (
    SELECT session_id, started_at, stopped_at, ms_played, skipped, local_date, local_hour, timezone,
        coalesce(ms_played >= 30000, true) AS counted, artist_name AS own_artist, track_uri, track_name
    FROM plays WHERE listener_id = $listener AND kind = 'track'
), sums AS (
    SELECT session_id, min(started_at) AS started_at,
        max(coalesce(stopped_at, started_at + to_milliseconds(coalesce(ms_played, 0)))) AS stopped_at,
        arg_min(local_date, started_at) AS local_date, arg_min(local_hour, started_at) AS start_hour,
        arg_min(timezone, started_at) AS timezone, count(*) FILTER (counted) AS plays,
        coalesce(sum(ms_played) FILTER (counted), 0) AS ms_played,
        bool_or(counted AND local_hour BETWEEN 0 AND 4) AS at_night,
        count(*) FILTER (skipped) AS skips, count(skipped) AS known_skips
    FROM kept GROUP BY session_id HAVING count(*) FILTER (counted) > 0
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), works AS (
    SELECT session_id, coalesce(track_uri, homonyms.track_id, kept.track_name || chr(31) || coalesce(own_artist, '')) AS track,
        coalesce(own_artist, named.artist_name) AS artist
    FROM kept
    LEFT JOIN homonyms ON track_uri IS NULL AND homonyms.track_name = kept.track_name AND homonyms.artist_name = own_artist
    LEFT JOIN tracks AS named ON own_artist IS NULL AND named.track_id = track_uri
    WHERE counted
), counts AS (
    SELECT * FROM (SELECT session_id, count(track) AS tracks FROM (SELECT DISTINCT session_id, track FROM works) GROUP BY 1)
    JOIN (SELECT session_id, count(artist) AS artists FROM (SELECT DISTINCT session_id, artist FROM works) GROUP BY 1)
    USING (session_id)
), mornings AS (
    SELECT session_id, isodow(local_date) > 5 AS weekend,
        floor(extract(epoch FROM timezone(timezone, started_at)::TIME)) AS second, start_hour
    FROM sums WHERE start_hour >= 5
    QUALIFY row_number() OVER (PARTITION BY local_date ORDER BY started_at, session_id) = 1
), routines AS (
    SELECT session_id, abs(second - median(second) OVER (PARTITION BY weekend)) <= 2700
        AND count(*) OVER (PARTITION BY weekend) >= 5 AS routine
    FROM mornings WHERE start_hour <= 10
)
SELECT format('{:016x}', session_id) AS session_id, local_date, start_hour, started_at, stopped_at, plays,
    coalesce(tracks, 0) AS tracks, coalesce(artists, 0) AS artists, ms_played, skips, skips / nullif(known_skips, 0) AS skip_rate,
    CASE WHEN ms_played >= 7200000 AND at_night THEN 'late-night binge' WHEN routine THEN 'morning routine' END AS label
FROM sums LEFT JOIN counts USING (session_id) LEFT JOIN routines USING (session_id)
) WHERE label = 'late-night binge' ORDER BY ms_played DESC, started_at DESC, session_id DESC
