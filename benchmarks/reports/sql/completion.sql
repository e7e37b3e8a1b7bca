-- How far plays got, of those whose length a source tells, else the match, else the longest play that ended with the track.
WITH homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), every AS (
    SELECT coalesce(track_uri, homonyms.track_id, plays.track_name || chr(31) || coalesce(plays.artist_name, '')) AS entry,
        listener_id, kind, ms_played, length_ms, reason_end, incognito
    FROM plays LEFT JOIN homonyms ON track_uri IS NULL AND plays.track_name = homonyms.track_name
        AND plays.artist_name = homonyms.artist_name
), lengths AS (
    SELECT entry, max(length_ms) AS told, max(ms_played) FILTER (reason_end = 'trackdone' AND ms_played > 0) AS ended
    FROM (
        SELECT entry, ms_played, reason_end,
            CASE WHEN votes = max(votes) OVER (PARTITION BY entry) THEN length_ms END AS length_ms
        FROM (
            SELECT *, CASE WHEN length_ms IS NOT NULL THEN count(*) OVER (PARTITION BY entry, length_ms) END AS votes
            FROM every WHERE (listener_id = $listener OR incognito IS NOT TRUE) AND length_ms IS NOT NULL
        )
        UNION ALL
        SELECT entry, ms_played, reason_end, NULL FROM every
        WHERE (listener_id = $listener OR incognito IS NOT TRUE) AND reason_end = 'trackdone'
    ) GROUP BY entry
), counted AS (
    SELECT ms_played * 20 // nullif(coalesce(told, duration_ms, ended), 0) AS reached
    FROM every LEFT JOIN lengths USING (entry)
    LEFT JOIN track_matches ON track_id = entry AND chosen
    LEFT JOIN "references" USING (reference, ref_id)
    WHERE listener_id = $listener AND kind = 'track'
), counts AS (
    -- Not least(), which leaves nulls out.
    SELECT CASE WHEN reached > 20 THEN 20 ELSE reached END AS reached, count(*) AS plays FROM counted GROUP BY 1
)
SELECT step * 5 AS percent, coalesce(sum(plays) FILTER (reached >= step), 0) AS plays,
    sum(plays) FILTER (reached >= step) / nullif(sum(plays) FILTER (reached IS NOT NULL), 0) AS share,
    coalesce(sum(plays) FILTER (reached IS NOT NULL), 0) AS known,
    coalesce(sum(plays) FILTER (reached IS NULL), 0) AS unknown
FROM range(21) AS steps(step) CROSS JOIN counts GROUP BY step ORDER BY step
