-- The Jensen-Shannon distance of the artists' shares of each quarter from those of the one before and of the first.
WITH counted AS (
    SELECT artist_name AS item, local_date FROM plays
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND artist_name IS NOT NULL
    UNION ALL
    SELECT tracks.artist_name, local_date FROM plays JOIN tracks ON track_uri = track_id
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND plays.artist_name IS NULL
), kept AS (
    SELECT date_trunc('quarter', min(local_date)) AS first, max(local_date) AS last
    FROM plays WHERE listener_id = $listener AND kind = 'track'
), counts AS (
    SELECT date_trunc('quarter', local_date) AS step, item, count(*) AS n FROM counted WHERE item IS NOT NULL GROUP BY ALL
), totals AS (
    SELECT step, sum(n) AS plays, count(*) AS items, lag(step) OVER (ORDER BY step) AS before, min(step) OVER () AS first
    FROM counts GROUP BY step
), shares AS (SELECT step, item, before, first, n / plays AS share FROM counts JOIN totals USING (step)),
    since_before AS (
    SELECT q.step, sum(p.share * log2(p.share / (p.share + q.share)) + q.share * log2(q.share / (p.share + q.share))) AS terms,
        sum(q.share) AS kept
    FROM shares AS q JOIN shares AS p ON p.step = q.before AND p.item = q.item GROUP BY q.step
), since_first AS (
    SELECT q.step, sum(p.share * log2(p.share / (p.share + q.share)) + q.share * log2(q.share / (p.share + q.share))) AS terms
    FROM shares AS q JOIN shares AS p ON p.step = q.first AND p.item = q.item GROUP BY q.step
)
SELECT step::DATE AS starts_on, coalesce(plays, 0) AS plays, coalesce(items, 0) AS items,
    CASE WHEN before IS NOT NULL THEN round(sqrt(greatest(0, round(1 + coalesce(b.terms, -0.0) / 2, 12))), 9) END AS drift,
    CASE WHEN plays > 0 THEN round(sqrt(greatest(0, round(1 + coalesce(f.terms, -0.0) / 2, 12))), 9) END AS drift_from_first,
    CASE WHEN before IS NOT NULL THEN round(coalesce(kept, 0), 9) END AS kept_share
FROM (SELECT unnest(generate_series(first, last, INTERVAL 3 MONTH)) AS step FROM kept)
LEFT JOIN totals USING (step) LEFT JOIN since_before AS b USING (step) LEFT JOIN since_first AS f USING (step)
ORDER BY step
