"""A small history that can be counted by hand, as the export Spotify would give.

Six weeks from Monday, 1 January 2024: every Friday at 23:00 four plays of "Electric Weather" by Pollen Index, every
Monday at 07:00 two of "Orange Garden" by Rookery, each of three minutes; and in each week a play of ten seconds.
Lisbon is on UTC in winter.
"""

import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

WEEKS = 6
PLAYS = WEEKS * 7
COUNTED = WEEKS * 6
MINUTES = COUNTED * 3
ZONE = "Europe/Lisbon"
JANUARY = (date(2024, 1, 1), date(2024, 1, 31))
MONDAY = datetime(2024, 1, 1, 7, 0, tzinfo=UTC)
FRIDAY = datetime(2024, 1, 5, 23, 0, tzinfo=UTC)


def row(ended: datetime, track: str, artist: str, ms_played: int) -> dict[str, Any]:
    return {
        "ts": ended.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "platform": "android",
        "ms_played": ms_played,
        "conn_country": "PT",
        "ip_addr": "192.0.2.1",
        "master_metadata_track_name": track,
        "master_metadata_album_artist_name": artist,
        "master_metadata_album_album_name": "First",
        "spotify_track_uri": f"spotify:track:{track.replace(' ', ''):0<22}",
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "reason_start": "trackdone",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": None,
        "incognito_mode": False,
    }


def rows() -> list[dict[str, Any]]:
    found = []
    for week in range(WEEKS):
        later = timedelta(weeks=week)
        for number in range(4):
            ended = FRIDAY + later + timedelta(minutes=4 * number + 3)
            found.append(row(ended, "Electric Weather", "Pollen Index", 180_000))
        for number in range(2):
            found.append(row(MONDAY + later + timedelta(minutes=4 * number + 3), "Orange Garden", "Rookery", 180_000))
        found.append(row(MONDAY + later + timedelta(minutes=30), "Orange Garden", "Rookery", 10_000))
    return found


def write_export(path: Path, told: list[dict[str, Any]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Streaming_History_Audio_2024_0.json", json.dumps(told))
        packed.writestr("ReadMeFirst_ExtendedStreamingHistory.pdf", b"%PDF")
    return path
