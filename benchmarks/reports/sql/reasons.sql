-- Why plays began and ended.
WITH pairs AS (
    SELECT reason_start, reason_end, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms_played,
        count(*) FILTER (skipped) AS skips, count(skipped) AS known
    FROM plays WHERE listener_id = $listener AND kind = 'track' GROUP BY ALL
), each_reason AS (
    SELECT 'start' AS moment, reason_start AS reason, sum(plays) AS plays, sum(ms_played) AS ms_played, sum(skips) AS skips,
        sum(known) AS known FROM pairs GROUP BY reason_start
    UNION ALL
    SELECT 'end', reason_end, sum(plays), sum(ms_played), sum(skips), sum(known) FROM pairs GROUP BY reason_end
)
SELECT moment, reason,
    CASE reason
        WHEN 'appload' THEN 'the app was opened' WHEN 'backbtn' THEN 'the button for the previous track'
        WHEN 'clickrow' THEN 'a track was chosen from a list' WHEN 'endplay' THEN 'playback was stopped'
        WHEN 'fwdbtn' THEN 'the button for the next track' WHEN 'logout' THEN 'the app was closed or signed out'
        WHEN 'trackdone' THEN 'the track had run to its end'
    END AS meaning,
    plays, plays / sum(plays) OVER (PARTITION BY moment) AS share, ms_played, skips / nullif(known, 0) AS skip_rate
FROM each_reason ORDER BY moment DESC, plays DESC, reason
