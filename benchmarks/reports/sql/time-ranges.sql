-- The most played artists of 28, 182 and 365 days, beside the Web API's latest lists.
WITH ends AS (
    SELECT max(local_date) AS last FROM plays WHERE listener_id = $listener AND kind = 'track'
), counted AS (
    SELECT coalesce(plays.artist_name, tracks.artist_name) AS item, local_date, started_at
    FROM plays LEFT JOIN tracks ON plays.artist_name IS NULL AND plays.track_uri = tracks.track_id
    WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) AND local_date > (SELECT last - 365 FROM ends)
), sums AS (
    SELECT item, count(*) FILTER (local_date > last - 28) AS short, count(*) FILTER (local_date > last - 182) AS medium,
        count(*) AS long
    FROM counted, ends WHERE item IS NOT NULL GROUP BY item
), ranked AS (
    SELECT *, row_number() OVER (ORDER BY short DESC, item) AS rank_short,
        row_number() OVER (ORDER BY medium DESC, item) AS rank_medium, row_number() OVER (ORDER BY long DESC, item) AS rank_long
    FROM sums
), told AS (
    SELECT name, min(position) FILTER (time_range = 'short_term') AS api_rank_short,
        min(position) FILTER (time_range = 'medium_term') AS api_rank_medium,
        min(position) FILTER (time_range = 'long_term') AS api_rank_long
    FROM (
        SELECT * FROM top_items WHERE listener_id = $listener AND item_type = 'artist'
        QUALIFY captured_at = max(captured_at) OVER (PARTITION BY time_range)
    ) GROUP BY name
), both_told AS (
    SELECT coalesce(item, name) AS name, NULL::VARCHAR AS artist_name, coalesce(short, 0) AS plays_short,
        CASE WHEN short > 0 THEN rank_short END AS rank_short, coalesce(medium, 0) AS plays_medium,
        CASE WHEN medium > 0 THEN rank_medium END AS rank_medium, coalesce(long, 0) AS plays_long, rank_long,
        api_rank_short, api_rank_medium, api_rank_long
    FROM ranked FULL JOIN told ON item = name
)
SELECT * FROM both_told
WHERE least(rank_short, rank_medium, rank_long, api_rank_short, api_rank_medium, api_rank_long) <= 50
ORDER BY rank_short, rank_medium, rank_long, api_rank_short, api_rank_medium, api_rank_long, name
