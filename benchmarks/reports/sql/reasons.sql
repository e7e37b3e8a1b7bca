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
        WHEN 'appload' THEN 'the app was opened'
        WHEN 'autoplay' THEN 'Spotify went on by itself'
        WHEN 'backbtn' THEN 'the button for the previous track'
        WHEN 'clickrow' THEN 'a track was chosen from a list'
        WHEN 'clickside' THEN 'something was chosen from the sidebar'
        WHEN 'endplay' THEN 'playback was stopped'
        WHEN 'fwdbtn' THEN 'the button for the next track'
        WHEN 'logout' THEN 'the app was closed or signed out'
        WHEN 'persisted' THEN 'playback was taken up where it was left'
        WHEN 'playbtn' THEN 'the play button'
        WHEN 'popup' THEN 'a window that popped up'
        WHEN 'reconnect' THEN 'the connection came back'
        WHEN 'remote' THEN 'another device gave the command'
        WHEN 'switched-to-audio' THEN 'the video was changed for sound'
        WHEN 'switched-to-video' THEN 'the sound was changed for video'
        WHEN 'trackdone' THEN 'the track had run to its end'
        WHEN 'trackerror' THEN 'the track could not be played'
        WHEN 'unexpected-exit' THEN 'the app broke off'
        WHEN 'unexpected-exit-while-paused' THEN 'the app broke off while paused'
        WHEN 'unknown' THEN 'Spotify did not know'
        WHEN 'uriopen' THEN 'a link was opened'
    END AS meaning,
    plays, plays / sum(plays) OVER (PARTITION BY moment) AS share, ms_played, skips / nullif(known, 0) AS skip_rate
FROM each_reason ORDER BY moment DESC, plays DESC, reason
