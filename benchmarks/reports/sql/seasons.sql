-- Three whole months each, from December on.
WITH counted AS (
    SELECT date_trunc('quarter', local_date + INTERVAL 1 MONTH)::DATE AS quarter, * FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL)
), artists AS (SELECT quarter, artist_name, count(*) AS plays FROM counted GROUP BY ALL
), best AS (
    SELECT quarter, count(*) AS artists, first(artist_name ORDER BY plays DESC, artist_name) AS top_artist,
        max(plays) AS top_artist_plays FROM artists GROUP BY 1
)
SELECT ['Dec-Feb', 'Mar-May', 'Jun-Aug', 'Sep-Nov'][quarter(quarter)] AS season, year(quarter) AS season_year,
    (quarter - INTERVAL 1 MONTH)::DATE AS starts_on, count(*) AS plays, sum(ms_played) AS ms_played,
    count(DISTINCT local_date) AS days_with_plays, count(DISTINCT track_uri) AS tracks, any_value(artists) AS artists,
    any_value(top_artist) AS top_artist, any_value(top_artist_plays) AS top_artist_plays
FROM counted JOIN best USING (quarter) GROUP BY quarter ORDER BY quarter
