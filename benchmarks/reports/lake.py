"""A lake to ask: one listener's invented plays, and a reference with made-up audio features for seven tracks in ten."""

from pathlib import Path

from benchmarks.import_speed import export, imported
from benchmarks.measure import groovelog, timed
from groovelog.lake.snapshot import open_snapshot

# Numbers that look random and are the same in every run: 0 to 1 in thousandths, by track and feature.
_UNIT = "(hash(track_id, '{name}') % 1000) / 1000.0 AS {name}"
_UNITS = ("danceability", "energy", "acousticness", "instrumentalness", "liveness", "valence", "speechiness")


def made(directory: Path, plays: int) -> Path:
    """The home with the lake, made in the directory."""
    home = directory / f"home-{plays}"
    imported(home, export(directory, plays))
    reference = directory / f"songs-{plays}.csv"
    units = ", ".join(_UNIT.format(name=name) for name in _UNITS)
    with open_snapshot(home / "lake") as snapshot:
        snapshot.connection.execute(f"""
            COPY (
                SELECT track_id, track_name, artist_name AS artists, album_name, (hash(track_id) % 100)::INTEGER AS popularity,
                    180000 + hash(track_id) % 60000 AS duration_ms, {units}, (hash(track_id, 'key') % 12)::INTEGER AS key,
                    -5.0 - (hash(track_id, 'loudness') % 100) / 10 AS loudness, (hash(track_id, 'mode') % 2)::INTEGER AS mode,
                    60.0 + hash(track_id, 'tempo') % 120 AS tempo, 4 AS time_signature
                FROM tracks WHERE hash(track_id) % 10 < 7
            ) TO '{reference}' (HEADER)
        """)
    timed(groovelog(home, "reference", "add", str(reference), "--name", "songs"))
    return home
