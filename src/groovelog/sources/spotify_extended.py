"""Spotify's extended streaming history: endsong_N.json, Streaming_History_Audio_*.json, Streaming_History_Video_*.json.

One row a play, `ts` the stop to the second in UTC. IP address, user name and user agent are not read.
"""

from groovelog.sources.source import Source

SPOTIFY_EXTENDED = Source(
    name="spotify_extended",
    title="Spotify extended streaming history",
    trust=50,
    stop_slack_s=0,
    forms_vary=True,
    marks=(
        frozenset({"ts", "ms_played"}),
        frozenset({"ts", "spotify_track_uri"}),
        frozenset({"ts", "master_metadata_track_name"}),
        frozenset({"ms_played", "master_metadata_track_name"}),
    ),
    time_key="ts",
    length_key="ms_played",
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
)
