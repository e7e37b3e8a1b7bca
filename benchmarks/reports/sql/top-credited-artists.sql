-- No source lists artists here: those of the matched row of the reference, else the artist.
WITH heard AS (
    SELECT credited_artists, track_uri, artist_name, count(*) AS plays, sum(ms_played) AS ms_played FROM plays WHERE listener_id = $listener AND kind = 'track' AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), credits AS (
    SELECT track_matches.track_id, credited_artists FROM track_matches JOIN "references" AS known USING (reference, ref_id)
    WHERE chosen AND track_matches.track_id IS NOT NULL
), each AS (
    SELECT unnest(list_distinct(string_split(
        coalesce(heard.credited_artists, credits.credited_artists, artist_name), chr(10)))) AS artist_name, plays, ms_played
    FROM heard LEFT JOIN credits ON track_uri = track_id
)
SELECT row_number() OVER (ORDER BY sum(plays) DESC, artist_name) AS rank, artist_name, sum(plays) AS plays,
    coalesce(sum(ms_played), 0) AS ms_played
FROM each WHERE artist_name != '' GROUP BY artist_name ORDER BY rank
