"""The least an import could do: unzip, read typed columns, distinct, sort, one Delta table.

python -m benchmarks.floor ZIP DIRECTORY
"""

import sys
import zipfile
from pathlib import Path

import duckdb
from deltalake import write_deltalake

TYPES = {
    "ts": "TIMESTAMP", "platform": "VARCHAR", "ms_played": "BIGINT", "conn_country": "VARCHAR",
    "master_metadata_track_name": "VARCHAR", "master_metadata_album_artist_name": "VARCHAR",
    "master_metadata_album_album_name": "VARCHAR", "spotify_track_uri": "VARCHAR", "episode_name": "VARCHAR",
    "episode_show_name": "VARCHAR", "spotify_episode_uri": "VARCHAR", "audiobook_title": "VARCHAR",
    "audiobook_uri": "VARCHAR", "audiobook_chapter_uri": "VARCHAR", "audiobook_chapter_title": "VARCHAR",
    "reason_start": "VARCHAR", "reason_end": "VARCHAR", "shuffle": "BOOLEAN", "skipped": "BOOLEAN",
    "offline": "BOOLEAN", "offline_timestamp": "BIGINT", "incognito_mode": "BOOLEAN",
}  # fmt: skip


def main(archive: Path, directory: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(directory / "json")
    files = [str(path) for path in (directory / "json").rglob("*.json")]
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in TYPES.items())
    reader = duckdb.connect().execute(
        f"SELECT DISTINCT * FROM read_json($files, format = 'array', columns = {{{columns}}}) ORDER BY ts",
        {"files": files},
    )
    write_deltalake(directory / "delta", reader.to_arrow_reader(100_000))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
