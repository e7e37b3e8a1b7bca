"""A lake to ask: invented plays of one listener or of a group, playlists and a library, and a reference.

What the group can play is the same for all; so is how likely. The first listener has forty playlists and a thousand saved
tracks. The reference has made-up audio features for seven tracks in ten.
"""

import json
from datetime import date, timedelta
from pathlib import Path

from benchmarks.import_speed import export, imported
from benchmarks.measure import groovelog, timed
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot, open_snapshot

# Numbers that look random and are the same in every run: 0 to 1 in thousandths, by track and feature.
_UNIT = "(hash(track_id, '{name}') % 1000) / 1000.0 AS {name}"
_UNITS = ("danceability", "energy", "acousticness", "instrumentalness", "liveness", "valence", "speechiness")
PLAYLISTS, ENTRIES, SAVED = 40, 100, 1_000
BEGUN = date(2020, 1, 1)


def made(directory: Path, plays: int, listeners: int = 1) -> Path:
    """The home with the lake, made in the directory: so many plays in all, and everybody shows them to the others."""
    home = directory / f"home-{plays}-{listeners}"
    for number in range(listeners):
        name = f"bench {number + 1:02}"
        imported(home, export(directory, plays // listeners, seed=number + 1, songs=1), name)
        timed(groovelog(home, "listeners", "share", name, "all"))
    reference = directory / f"{home.name}-songs.csv"
    saved = directory / f"{home.name}-saved"
    with open_snapshot(Home(home).lake) as snapshot:
        _write_reference(snapshot, reference)
        _write_saved(snapshot, saved)
    timed(groovelog(home, "import", str(saved), "--listener", "bench 01"))
    timed(groovelog(home, "reference", "add", str(reference), "--name", "songs"))
    return home


def _write_reference(snapshot: Snapshot, file: Path) -> None:
    units = ", ".join(_UNIT.format(name=name) for name in _UNITS)
    snapshot.connection.execute(f"""
        COPY (
            SELECT track_id, track_name, artist_name AS artists, album_name, (hash(track_id) % 100)::INTEGER AS popularity,
                180000 + hash(track_id) % 60000 AS duration_ms, {units}, (hash(track_id, 'key') % 12)::INTEGER AS key,
                -5.0 - (hash(track_id, 'loudness') % 100) / 10 AS loudness, (hash(track_id, 'mode') % 2)::INTEGER AS mode,
                60.0 + hash(track_id, 'tempo') % 120 AS tempo, 4 AS time_signature
            FROM tracks WHERE hash(track_id) % 10 < 7
        ) TO '{file}' (HEADER)
    """)


def _write_saved(snapshot: Snapshot, folder: Path) -> None:
    """Playlists of which each has half of its entries in the next, and a library, as account data tell them."""
    tracks = snapshot.connection.sql(f"""
        SELECT track_name, artist_name, album_name, track_id FROM tracks
        ORDER BY hash(track_id) LIMIT {(PLAYLISTS + 1) * ENTRIES // 2}
    """).fetchall()
    playlists = [
        {
            "name": f"Playlist {number:02}",
            "lastModifiedDate": str(BEGUN + timedelta(days=30 * number + ENTRIES)),
            "items": [
                {
                    "track": {"trackName": title, "artistName": artist, "albumName": album, "trackUri": uri},
                    "addedDate": str(BEGUN + timedelta(days=30 * number + place)),
                }
                for place, (title, artist, album, uri) in enumerate(tracks[number * ENTRIES // 2 :][:ENTRIES])
            ],
        }
        for number in range(PLAYLISTS)
    ]
    library = [
        {"track": title, "artist": artist, "album": album, "uri": uri} for title, artist, album, uri in tracks[:SAVED]
    ]
    folder.mkdir()
    (folder / "Playlist1.json").write_text(json.dumps({"playlists": playlists}))
    (folder / "YourLibrary.json").write_text(json.dumps({"tracks": library, "albums": []}))
