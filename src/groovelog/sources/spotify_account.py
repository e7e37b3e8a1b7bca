"""Spotify's account data: StreamingHistory_music_N.json, _podcast_N, _audiobook_N, and the old StreamingHistoryN.json.

About the last twelve months: names without URIs, the stop in UTC rounded down to the minute.
"""

from groovelog.sources.source import Source

SPOTIFY_ACCOUNT = Source(
    name="spotify_account",
    title="Spotify account data",
    trust=20,
    stop_slack_s=60,
    forms_vary=False,
    marks=(
        frozenset({"endTime", "msPlayed"}),
        frozenset({"endTime", "trackName"}),
        frozenset({"endTime", "episodeName"}),
        frozenset({"endTime", "audiobookName"}),
    ),
    time_key="endTime",
    length_key="msPlayed",
    texts={
        "track_name": "trackName",
        "artist_name": "artistName",
        "episode_name": "episodeName",
        "show_name": "podcastName",
        "audiobook_title": "audiobookName",
        "author_name": "authorName",
    },
    flags={},
    instants_ms={},
)
