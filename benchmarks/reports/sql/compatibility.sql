-- Every two of the group: what they have in common, and how alike their shares and audio features are.
WITH people AS (
    SELECT * FROM listeners QUALIFY row_number() OVER (PARTITION BY listener_id ORDER BY run_id DESC) = 1
), shown AS (
    SELECT listener_id, arg_max(shares, run_id) AS shares FROM consents GROUP BY listener_id
), members AS (
    SELECT listener_id, name AS listener FROM people LEFT JOIN shown USING (listener_id)
    WHERE NOT removed AND invented = (SELECT invented FROM people WHERE listener_id = $listener)
        AND (listener_id = $listener OR shares IN ('all'))
), homonyms AS (
    SELECT track_name AS title, artist_name AS maker, min(track_id) AS homonym FROM tracks GROUP BY ALL
), works AS (
    SELECT listener, track_uri, artist_name AS maker, CASE WHEN track_uri IS NULL THEN track_name END AS title, count(*) AS plays
    FROM plays JOIN members USING (listener_id)
    WHERE kind = 'track' AND incognito IS NOT TRUE AND (ms_played >= 30000 OR ms_played IS NULL) GROUP BY ALL
), entries AS (
    SELECT listener, works.maker, plays, coalesce(track_uri, homonym, title || chr(31) || coalesce(works.maker, '')) AS entry
    FROM works LEFT JOIN homonyms USING (title, maker)
), named AS MATERIALIZED (
    SELECT listener, plays, entry, coalesce(maker, artist_name) AS artist, coalesce(recording_id, entry) AS recording
    FROM entries LEFT JOIN tracks ON track_id = entry
), shares AS MATERIALIZED (
    SELECT what, listener, item, sum(plays) / sum(sum(plays)) OVER (PARTITION BY what, listener) AS share FROM (
        SELECT 'artist' AS what, listener, artist AS item, plays FROM named
        UNION ALL SELECT 'track', listener, recording, plays FROM named
    ) WHERE item IS NOT NULL GROUP BY what, listener, item
), sizes AS (
    SELECT listener, count(*) FILTER (what = 'artist') AS artists, count(*) FILTER (what = 'track') AS tracks
    FROM shares GROUP BY listener
), common AS (
    SELECT one.listener, two.listener AS other, count(*) FILTER (what = 'artist') AS common_artists,
        count(*) FILTER (what = 'track') AS common_tracks, sum(sqrt(one.share * two.share)) FILTER (what = 'artist') AS by_artist,
        sum(sqrt(one.share * two.share)) FILTER (what = 'track') AS by_track
    FROM shares AS one JOIN shares AS two USING (what, item) WHERE one.listener < two.listener GROUP BY ALL
), audio AS (
    SELECT track_matches.track_id AS entry, danceability, energy, speechiness, acousticness, instrumentalness, liveness, valence
    FROM track_matches JOIN "references" USING (reference, ref_id) WHERE chosen
), means AS (
    SELECT listener, list_value(
        sum(plays * danceability) / sum(plays) FILTER (danceability IS NOT NULL), sum(plays * energy) / sum(plays) FILTER (energy IS NOT NULL),
        sum(plays * speechiness) / sum(plays) FILTER (speechiness IS NOT NULL),
        sum(plays * acousticness) / sum(plays) FILTER (acousticness IS NOT NULL),
        sum(plays * instrumentalness) / sum(plays) FILTER (instrumentalness IS NOT NULL),
        sum(plays * liveness) / sum(plays) FILTER (liveness IS NOT NULL), sum(plays * valence) / sum(plays) FILTER (valence IS NOT NULL)
    ) AS sound
    FROM named LEFT JOIN audio USING (entry) GROUP BY listener HAVING sum(plays) FILTER (audio.entry IS NOT NULL) >= 0.3 * sum(plays)
), people_of AS (SELECT DISTINCT listener FROM works),
pairs AS (
    SELECT one.listener, two.listener AS other, s.artists, o.artists AS other_artists, coalesce(common_artists, 0) AS common_artists,
        least(coalesce(by_artist, 0), 1) AS artist_affinity, s.tracks, o.tracks AS other_tracks,
        coalesce(common_tracks, 0) AS common_tracks, least(coalesce(by_track, 0), 1) AS track_affinity,
        1 - list_avg(list_transform(list_zip(m.sound, n.sound), lambda two: abs(two[1] - two[2]))) AS audio_similarity
    FROM people_of AS one JOIN people_of AS two ON one.listener < two.listener
    LEFT JOIN sizes AS s ON s.listener = one.listener LEFT JOIN sizes AS o ON o.listener = two.listener
    LEFT JOIN common ON common.listener = one.listener AND common.other = two.listener
    LEFT JOIN means AS m ON m.listener = one.listener LEFT JOIN means AS n ON n.listener = two.listener
)
SELECT listener, other,
    round(CASE WHEN audio_similarity IS NULL THEN 100 * (0.6 * artist_affinity + 0.2 * track_affinity) / 0.8
        ELSE 100 * (0.6 * artist_affinity + 0.2 * track_affinity + 0.2 * audio_similarity) END)::BIGINT AS compatibility,
    artists, other_artists, common_artists, common_artists / (artists + other_artists - common_artists) AS artist_jaccard,
    artist_affinity, tracks, other_tracks, common_tracks, common_tracks / (tracks + other_tracks - common_tracks) AS track_jaccard,
    track_affinity, audio_similarity
FROM pairs ORDER BY compatibility DESC, listener, other
