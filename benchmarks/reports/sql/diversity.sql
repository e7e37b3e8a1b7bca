-- How the plays of each month spread over artists.
WITH counted AS (
    SELECT artist_name AS item, local_date FROM plays
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND artist_name IS NOT NULL
    UNION ALL
    SELECT tracks.artist_name, local_date FROM plays JOIN tracks ON track_uri = track_id
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND plays.artist_name IS NULL
), kept AS (
    SELECT date_trunc('month', min(local_date)) AS first, max(local_date) AS last
    FROM plays WHERE listener_id = $listener AND kind = 'track'
), counts AS (
    SELECT date_trunc('month', local_date) AS step, item, count(*) AS n FROM counted WHERE item IS NOT NULL GROUP BY ALL
), sums AS (
    SELECT step, sum(n) AS plays, count(*) AS items, sum(n * log2(n)) AS logs, sum(n * n) AS squares, max(n) AS most,
        sum(n * place) AS placed
    FROM (SELECT *, row_number() OVER (PARTITION BY step ORDER BY n) AS place FROM counts) GROUP BY step
)
SELECT step::DATE AS starts_on, coalesce(plays, 0) AS plays, coalesce(items, 0) AS items,
    round(log2(plays) - logs / plays, 9) AS entropy, round(2 ** (log2(plays) - logs / plays), 9) AS effective_number,
    plays * plays / squares AS effective_number_2, 2 * placed / (items * plays) - (items + 1) / items AS gini,
    most / plays AS most_played_share
FROM (SELECT unnest(generate_series(first, last, INTERVAL 1 MONTH)) AS step FROM kept) LEFT JOIN sums USING (step) ORDER BY step
