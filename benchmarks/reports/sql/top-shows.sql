-- Podcasts by name.
SELECT row_number() OVER (ORDER BY count(*) DESC, show_name) AS rank, show_name,
    count(DISTINCT coalesce(episode_uri, episode_name)) AS episodes, count(*) AS plays, coalesce(sum(ms_played), 0) AS ms_played
FROM plays
WHERE listener_id = $listener AND kind = 'episode' AND (ms_played >= 30000 OR ms_played IS NULL) AND show_name IS NOT NULL
GROUP BY show_name ORDER BY rank
