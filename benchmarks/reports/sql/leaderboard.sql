-- The group by counted plays; without a period every artist is new in it.
WITH people AS (
    SELECT * FROM listeners QUALIFY row_number() OVER (PARTITION BY listener_id ORDER BY run_id DESC) = 1
), shown AS (
    SELECT listener_id, arg_max(shares, run_id) AS shares FROM consents GROUP BY listener_id
), members AS (
    SELECT listener_id, name AS listener FROM people LEFT JOIN shown USING (listener_id)
    WHERE NOT removed AND invented = (SELECT invented FROM people WHERE listener_id = $listener)
        AND (listener_id = $listener OR shares IN ('totals', 'all'))
), told AS (
    SELECT listener, track_uri, track_name, artist_name, ms_played, local_date, session_id, (ms_played < 30000) IS NOT TRUE AS counts
    FROM plays JOIN members USING (listener_id) WHERE kind = 'track' AND incognito IS NOT TRUE
), sums AS (
    SELECT listener, count(*) FILTER (counts) AS plays, coalesce(sum(ms_played) FILTER (counts), 0) AS ms_played,
        count(DISTINCT local_date) FILTER (counts) AS days_with_plays, count(DISTINCT session_id) FILTER (counts) AS sessions
    FROM told GROUP BY listener
), homonyms AS (
    SELECT track_name AS title, artist_name AS maker, min(track_id) AS homonym FROM tracks GROUP BY ALL
), works AS (
    SELECT DISTINCT listener, track_uri, artist_name AS maker, CASE WHEN track_uri IS NULL THEN track_name END AS title
    FROM told WHERE counts
), entries AS (
    SELECT listener, works.maker, coalesce(track_uri, homonym, title || chr(31) || coalesce(works.maker, '')) AS entry
    FROM works LEFT JOIN homonyms USING (title, maker)
), items AS (
    SELECT listener, count(DISTINCT coalesce(recording_id, entry)) AS tracks, count(DISTINCT coalesce(maker, artist_name)) AS artists
    FROM entries LEFT JOIN tracks ON track_id = entry GROUP BY listener
)
SELECT row_number() OVER (ORDER BY plays DESC, listener) AS rank, listener, plays, ms_played, coalesce(tracks, 0) AS tracks,
    coalesce(artists, 0) AS artists, coalesce(artists, 0) AS new_artists, days_with_plays, sessions
FROM sums LEFT JOIN items USING (listener) ORDER BY rank
