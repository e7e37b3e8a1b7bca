-- The last 28 days, the 28 before, and the same dates a year earlier.
WITH record AS (SELECT min(local_date) AS first, max(local_date) AS last FROM plays WHERE listener_id = $listener AND kind = 'track'),
spans AS (
    SELECT unnest([
        {'place': 1, 'span': 'this period', 'from_date': last - 27, 'to_date': last},
        {'place': 2, 'span': 'the one before', 'from_date': last - 55, 'to_date': last - 28},
        {'place': 3, 'span': 'a year earlier', 'from_date': (last - 27 - INTERVAL 1 YEAR)::DATE,
            'to_date': (last - INTERVAL 1 YEAR)::DATE}], recursive := true), first, last
    FROM record
), heard AS (
    SELECT place, count(*) AS plays, count(*) FILTER (counts) AS counted_plays, sum(ms_played) FILTER (counts) AS ms_played,
        count(DISTINCT track_uri) FILTER (counts) AS tracks, count(DISTINCT artist_name) FILTER (counts) AS artists,
        count(DISTINCT (album_name, artist_name)) FILTER (counts) AS albums,
        count(DISTINCT session_id) FILTER (counts) AS sessions,
        count(DISTINCT local_date) FILTER (counts) AS days_with_plays
    FROM (SELECT *, ms_played >= 30000 OR ms_played IS NULL AS counts FROM plays WHERE listener_id = $listener AND kind = 'track')
    JOIN spans ON local_date BETWEEN from_date AND to_date GROUP BY place
), began AS (SELECT artist_name, min(local_date) AS began_on FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY 1)
SELECT span, from_date, to_date, plays, counted_plays, ms_played, tracks, artists, albums, sessions, days_with_plays,
    (SELECT count(*) FROM began WHERE began_on BETWEEN from_date AND to_date) AS new_artists,
    CASE WHEN place > 1 THEN first_value(ms_played) OVER (ORDER BY place) / ms_played - 1 END AS change_ms,
    from_date >= first AND to_date <= last AS in_record
FROM spans JOIN heard USING (place) ORDER BY place
