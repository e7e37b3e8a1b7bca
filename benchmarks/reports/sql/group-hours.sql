-- Counted plays of everybody in the group by local hour.
WITH people AS (
    SELECT * FROM listeners QUALIFY row_number() OVER (PARTITION BY listener_id ORDER BY run_id DESC) = 1
), shown AS (
    SELECT listener_id, arg_max(shares, run_id) AS shares FROM consents GROUP BY listener_id
), members AS (
    SELECT listener_id, name AS listener FROM people LEFT JOIN shown USING (listener_id)
    WHERE NOT removed AND invented = (SELECT invented FROM people WHERE listener_id = $listener)
        AND (listener_id = $listener OR shares IN ('totals', 'all'))
)
SELECT listener, local_hour AS hour, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms_played
FROM plays JOIN members USING (listener_id)
WHERE kind = 'track' AND incognito IS NOT TRUE AND (ms_played >= 30000 OR ms_played IS NULL)
GROUP BY ALL ORDER BY listener, hour
