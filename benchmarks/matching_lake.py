"""What matching costs in the lake: a large listener, a reference of 114,000 rows, and the imports after it.

    python -m benchmarks.matching_lake [--artists 1250]

Every command is a process of its own, start included. The listener played each of the invented tracks once; of these the
reference has 77 in a hundred (see groovelog.demo.reference), and beside them songs that they never played.
"""

import argparse
import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.import_speed import row
from benchmarks.matching.songs import invented
from benchmarks.measure import RESULTS, groovelog, machine, timed
from groovelog.demo.catalogue import Catalogue, Track, invent
from groovelog.demo.reference import write_reference

SEED = 3
ROWS = 114_000
FEW = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--artists", type=int, default=1250, help="about 16 tracks to each")
    asked = parser.parse_args()
    catalogue = invent(SEED, count=asked.artists)
    with tempfile.TemporaryDirectory(prefix="groovelog-") as name:
        lines = measured(Path(name), catalogue)
    for line in lines:
        print(line)
    told = {"machine": machine(), "tracks": len(catalogue.tracks), "rows": ROWS, "lines": lines}
    (RESULTS / "matching_lake.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def measured(folder: Path, catalogue: Catalogue) -> list[dict[str, object]]:
    """Seconds of each command, and the ratio to the same command in a home without a reference."""
    few, many = catalogue.tracks[:FEW], catalogue.tracks[FEW:]
    first, later = write_export(folder / "first", many), write_export(folder / "later", few)
    reference = larger_reference(folder, catalogue)
    with_one, without = folder / "with", folder / "without"
    plain = timed(groovelog(without, "import", str(first)))
    plain_later = timed(groovelog(without, "import", str(later)))
    timed(groovelog(with_one, "import", str(first)))
    alone = timed(groovelog(folder / "empty", "reference", "add", str(reference)))
    added = timed(groovelog(with_one, "reference", "add", str(reference)))
    again = timed(groovelog(with_one, "match"))
    matched_later = timed(groovelog(with_one, "import", str(later)))
    return [
        row(f"import of {len(many):,} tracks, no reference", plain, plain, ""),
        row(f"reference of {ROWS:,} rows, no tracks", alone, alone, ""),
        row(f"the reference, and {len(many):,} tracks matched to it", added, alone, ""),
        row("match again, nothing new", again, plain_later, ""),
        row(f"import of {FEW} more tracks, no reference", plain_later, plain_later, ""),
        row(f"import of {FEW} more tracks, matched", matched_later, plain_later, ""),
    ]


def larger_reference(folder: Path, catalogue: Catalogue) -> Path:
    """The catalogue's invented reference, with as many other songs as make it ROWS."""
    path, _ = write_reference(folder, catalogue, SEED)
    text = path.read_text(encoding="utf-8")
    there = text.count("\n") - 1
    others = invented(SEED, 6_400)[: ROWS - there]
    told = "0.5,0.5,1,-8,1,0.05,0.2,0.1,0.1,0.5,120,4"
    with path.open("a", encoding="utf-8") as file:
        for song in others:
            names = ",".join('"' + text.replace('"', '""') + '"' for text in (song.title, song.credited, song.album))
            file.write(f"{song.ref_id.rpartition(':')[2]},{names},{song.length_ms},50,other,{told}\n")
    return path


def write_export(folder: Path, tracks: tuple[Track, ...]) -> Path:
    """Extended history of a play of each, a minute apart."""
    folder.mkdir()
    began = datetime(2020, 1, 1, tzinfo=UTC)
    rows = [
        {
            "ts": f"{began + timedelta(minutes=4 * at):%Y-%m-%dT%H:%M:%SZ}", "platform": "ios", "ms_played": 60_000,
            "conn_country": "PT", "master_metadata_track_name": track.name,
            "master_metadata_album_artist_name": track.album.artist.name,
            "master_metadata_album_album_name": track.album.name, "spotify_track_uri": track.uri,
            "episode_name": None, "episode_show_name": None, "spotify_episode_uri": None, "reason_start": "clickrow",
            "reason_end": "fwdbtn", "shuffle": False, "skipped": True, "offline": False, "offline_timestamp": None,
            "incognito_mode": False,
        }
        for at, track in enumerate(tracks)
    ]  # fmt: skip
    path = folder / "Streaming_History_Audio_2020_0.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
