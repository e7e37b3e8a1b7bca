"""Rows and files shaped as Spotify's exports are, a play a minute from 2020-01-01 10:00."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

Row = dict[str, Any]

START = datetime(2020, 1, 1, 10, tzinfo=UTC)
AUDIO = "Streaming_History_Audio_2020_0.json"
# Planted where Spotify puts them; they may be found nowhere in a home.
IP, OLD_IP, USER, AGENT = "203.0.113.77", "198.51.100.66", "planted-user-name", "planted-user-agent"


def extended(minute: int = 0, **other: Any) -> Row:
    """A row as newer extended histories have them. Other keys replace or add."""
    return {
        "ts": f"{START + timedelta(minutes=minute):%Y-%m-%dT%H:%M:%SZ}",
        "platform": "android",
        "ms_played": 30_000,
        "conn_country": "PT",
        "ip_addr": IP,
        "master_metadata_track_name": f"Title {minute}",
        "master_metadata_album_artist_name": "Artist",
        "master_metadata_album_album_name": "Album",
        "spotify_track_uri": f"spotify:track:{minute:022}",
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "audiobook_title": None,
        "audiobook_uri": None,
        "audiobook_chapter_uri": None,
        "audiobook_chapter_title": None,
        "reason_start": "clickrow",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": None,
        "incognito_mode": False,
        **other,
    }


def old_extended(minute: int = 0, **other: Any) -> Row:
    """A row as endsong files have them: no audiobooks, and more that is private."""
    row = {key: value for key, value in extended(minute).items() if not key.startswith(("audiobook", "ip_addr"))}
    return {**row, "username": USER, "ip_addr_decrypted": OLD_IP, "user_agent_decrypted": AGENT, **other}


def account(minute: int = 0, **other: Any) -> Row:
    """A row of account data."""
    return {
        "endTime": f"{START + timedelta(minutes=minute):%Y-%m-%d %H:%M}",
        "artistName": "Artist",
        "trackName": f"Title {minute}",
        "msPlayed": 30_000,
        **other,
    }


NAMELESS = dict.fromkeys(
    ("master_metadata_track_name", "master_metadata_album_artist_name", "master_metadata_album_album_name")
)
NEITHER = {**NAMELESS, "spotify_track_uri": None}


def text(*rows: object) -> bytes:
    """A file of these rows."""
    return json.dumps(rows, indent=1).encode()


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
