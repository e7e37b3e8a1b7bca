"""Spotify's account data: StreamingHistory_music_N.json, _podcast_N, _audiobook_N, and the old StreamingHistoryN.json.

About the last twelve months: names without URIs, the stop in UTC rounded down to the minute.
"""

from groovelog.sources.look import LIST, Look
from groovelog.sources.source import Source

MARKS = (
    ("item.endTime", "item.msPlayed"),
    ("item.endTime", "item.trackName"),
    ("item.endTime", "item.episodeName"),
    ("item.endTime", "item.audiobookName"),
)


def seen(look: Look) -> bool:
    return look.form == LIST and any(look.shows(*mark) for mark in MARKS)


SPOTIFY_ACCOUNT = Source(
    name="spotify_account",
    title="Spotify account data",
    trust=20,
    tells="stop",
    seen=seen,
    time_key="endTime",
    length_key="msPlayed",
    length_needed=True,
    texts={
        "track_name": "trackName",
        "artist_name": "artistName",
        "episode_name": "episodeName",
        "show_name": "podcastName",
        "audiobook_title": "audiobookName",
        "author_name": "authorName",
    },
    rounded_s=60,
)
