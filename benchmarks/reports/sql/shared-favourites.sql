-- Artists that at least two of the group play, by the smallest of their shares.
WITH people AS (
    SELECT * FROM listeners QUALIFY row_number() OVER (PARTITION BY listener_id ORDER BY run_id DESC) = 1
), shown AS (
    SELECT listener_id, arg_max(shares, run_id) AS shares FROM consents GROUP BY listener_id
), members AS (
    SELECT listener_id, name AS listener FROM people LEFT JOIN shown USING (listener_id)
    WHERE NOT removed AND invented = (SELECT invented FROM people WHERE listener_id = $listener)
        AND (listener_id = $listener OR shares IN ('all'))
), counts AS (
    SELECT listener, coalesce(plays.artist_name, tracks.artist_name) AS name, count(*) AS plays
    FROM plays JOIN members USING (listener_id) LEFT JOIN tracks ON plays.artist_name IS NULL AND track_id = track_uri
    WHERE kind = 'track' AND incognito IS NOT TRUE AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), shares AS (
    SELECT *, plays / sum(plays) OVER (PARTITION BY listener) AS share FROM counts WHERE name IS NOT NULL
), shared AS (
    SELECT name, NULL AS artist_name, count(*) AS listeners, sum(plays) AS plays, min(share) AS least_share,
        first(listener ORDER BY shares.plays DESC, listener) AS fan
    FROM shares GROUP BY name HAVING count(*) > 1
)
SELECT row_number() OVER (ORDER BY listeners DESC, least_share DESC, name) AS rank, * FROM shared ORDER BY rank
