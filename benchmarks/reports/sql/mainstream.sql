-- How popular the tracks of each year were, by the rows of references that they are matched to.
WITH popular AS (
    SELECT track_matches.track_id, popularity FROM track_matches JOIN "references" USING (reference, ref_id) WHERE chosen
), homonyms AS (
    SELECT track_name, artist_name, min(track_id) AS track_id FROM tracks GROUP BY ALL
), sums AS (
    SELECT year(local_date) AS step, count(*) AS plays, count(popularity) AS known, avg(popularity) AS mean,
        median(popularity) AS middle
    FROM plays LEFT JOIN homonyms
        ON track_uri IS NULL AND homonyms.track_name = plays.track_name AND homonyms.artist_name = plays.artist_name
    LEFT JOIN popular ON popular.track_id = coalesce(track_uri, homonyms.track_id)
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY step
), kept AS (
    SELECT year(min(local_date)) AS first, year(max(local_date)) AS last
    FROM plays WHERE listener_id = $listener AND kind = 'track'
)
SELECT make_date(step, 1, 1) AS starts_on, coalesce(plays, 0) AS plays,
    CASE WHEN known >= 0.3 * plays THEN mean END AS mean_popularity,
    CASE WHEN known >= 0.3 * plays THEN middle END AS median_popularity, coalesce(known, 0) AS plays_known,
    known / plays AS known_share
FROM (SELECT unnest(generate_series(first, last)) AS step FROM kept) LEFT JOIN sums USING (step) ORDER BY step
