-- Stored rows of each source, measured, and the plays that it told of.
WITH zones AS (
    SELECT timezone, CASE WHEN from_date IS NULL THEN '-infinity'::TIMESTAMPTZ ELSE from_date::TIMESTAMP AT TIME ZONE timezone END AS since
    FROM listener_zones WHERE listener_id = $listener
    QUALIFY row_number() OVER (PARTITION BY from_date ORDER BY run_id DESC) = 1
), stored AS (
    SELECT source, run_id, file_no, row_key, started_at, stopped_at, offline_at, ms_played,
        coalesce(track_uri, episode_uri, chapter_uri, audiobook_uri) IS NULL AS no_id,
        coalesce(nullif(track_name, 'Unknown Track'), episode_name, chapter_title, audiobook_title) IS NULL AS no_name,
        CASE WHEN source IN ('lastfm', 'lastfm_minutes', 'listenbrainz', 'koito', 'maloja') THEN started_at
            ELSE coalesce(played_at, stopped_at, started_at) END AS said_at,
        max(stopped_at) OVER (PARTITION BY source ORDER BY started_at, row_key
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended
    FROM source_plays WHERE listener_id = $listener AND counted
), flagged AS (
    SELECT *, coalesce(stopped_at < started_at, false) AS stop_before_start,
        coalesce(said_at > committed_at, false) AS after_import,
        coalesce(offline_at < started_at - INTERVAL 30 MINUTES, false) AS late_upload,
        coalesce(offline_at > coalesce(stopped_at, started_at) + INTERVAL 90 SECONDS, false) AS clock_ahead,
        coalesce(ended - started_at > INTERVAL 1 MINUTE AND stopped_at - started_at > INTERVAL 1 MINUTE, false) AS overlapping
    FROM stored LEFT JOIN commits USING (run_id)
), measured AS (
    SELECT source, count(*) AS rows, count(*) FILTER (no_id) AS no_id, count(*) FILTER (no_name) AS no_name,
        count(*) - count(ms_played) AS no_duration, count(*) FILTER (ms_played < 5000) AS under_5_s, min(ms_played) AS ms_shortest,
        sum(ms_played) // count(ms_played) AS ms_mean, max(ms_played) AS ms_longest,
        count(*) FILTER (stop_before_start OR after_import OR late_upload OR clock_ahead) AS clock_trouble,
        count(*) FILTER (overlapping) AS "overlaps",
        min((started_at AT TIME ZONE timezone)::DATE) AS first_date, max((started_at AT TIME ZONE timezone)::DATE) AS last_date
    FROM flagged ASOF JOIN zones ON started_at >= since GROUP BY source
), told AS (
    SELECT source, sum(plays) AS plays, sum(plays) FILTER (sources = source) AS plays_alone
    FROM (SELECT sources, unnest(string_split(sources, '+')) AS source, plays
          FROM (SELECT sources, count(*) AS plays FROM plays WHERE listener_id = $listener GROUP BY sources))
    GROUP BY source
)
SELECT source, rows, coalesce(plays, 0) AS plays, coalesce(plays_alone, 0) AS plays_alone, no_id, no_name, no_duration, under_5_s,
    ms_shortest, ms_mean, ms_longest, clock_trouble, "overlaps", first_date, last_date
FROM measured LEFT JOIN told USING (source) ORDER BY source
