"""Spotify's extended streaming history: endsong_N.json, Streaming_History_Audio_*.json, Streaming_History_Video_*.json.

One row a play, `ts` the stop to the second in UTC. IP address, user name and user agent are not read.
"""

from groovelog.sources.look import LIST, Look
from groovelog.sources.source import Source

MARKS = (
    ("item.ts", "item.ms_played"),
    ("item.ts", "item.spotify_track_uri"),
    ("item.ts", "item.master_metadata_track_name"),
    ("item.ms_played", "item.master_metadata_track_name"),
)


def seen(look: Look) -> bool:
    return look.form == LIST and any(look.shows(*mark) for mark in MARKS)


SPOTIFY_EXTENDED = Source(
    name="spotify_extended",
    title="Spotify extended streaming history",
    trust=50,
    tells="stop",
    seen=seen,
    time_key="ts",
    length_key="ms_played",
    length_needed=True,
    texts={
        "track_uri": "spotify_track_uri",
        "track_name": "master_metadata_track_name",
        "artist_name": "master_metadata_album_artist_name",
        "album_name": "master_metadata_album_album_name",
        "episode_uri": "spotify_episode_uri",
        "episode_name": "episode_name",
        "show_name": "episode_show_name",
        "audiobook_uri": "audiobook_uri",
        "audiobook_title": "audiobook_title",
        "chapter_uri": "audiobook_chapter_uri",
        "chapter_title": "audiobook_chapter_title",
        "platform": "platform",
        "country": "conn_country",
        "reason_start": "reason_start",
        "reason_end": "reason_end",
    },
    flags={"shuffle": "shuffle", "skipped": "skipped", "offline": "offline", "incognito": "incognito_mode"},
    instants_ms={"offline_at": "offline_timestamp"},
    forms_vary=True,
    may_differ=frozenset({"platform", "offline_at", "skipped", "incognito"}),
)
