-- Artists that at least two of the group know: who played them first, and who next.
WITH people AS (
    SELECT * FROM listeners QUALIFY row_number() OVER (PARTITION BY listener_id ORDER BY run_id DESC) = 1
), shown AS (
    SELECT listener_id, arg_max(shares, run_id) AS shares FROM consents GROUP BY listener_id
), members AS (
    SELECT listener_id, name AS listener FROM people LEFT JOIN shown USING (listener_id)
    WHERE NOT removed AND invented = (SELECT invented FROM people WHERE listener_id = $listener)
        AND (listener_id = $listener OR shares IN ('all'))
), firsts AS (
    SELECT listener, coalesce(plays.artist_name, tracks.artist_name) AS name, count(*) AS plays, min(started_at) AS heard_at,
        arg_min(local_date, started_at) AS on_date
    FROM plays JOIN members USING (listener_id) LEFT JOIN tracks ON plays.artist_name IS NULL AND track_id = track_uri
    WHERE kind = 'track' AND incognito IS NOT TRUE AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), known AS (
    SELECT name, count(*) AS listeners, sum(plays) AS plays, list(listener ORDER BY heard_at, listener) AS who,
        list(on_date ORDER BY heard_at, listener) AS dates
    FROM firsts WHERE name IS NOT NULL GROUP BY name HAVING count(*) > 1
)
SELECT name, NULL AS artist_name, who[1] AS first_listener, dates[1] AS first_played, who[2] AS next_listener,
    dates[2] AS next_played, greatest(dates[2] - dates[1], 0) AS days_later, dates[2] - dates[1] <= 90 AS shared_discovery, listeners, plays
FROM known ORDER BY next_played DESC, name
