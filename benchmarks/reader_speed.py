"""Each source's reader against Python's own parser over the same file, in one process.

    python -m benchmarks.reader_speed [--rows 200000]

The floor parses (json.loads, csv.reader) and keeps nothing. A reader recognises the file, unpacks it, and stages every row
typed and with its identity in DuckDB. The rows are those of a simulated life, over and over. Seconds are of the
processor: readers use every core, the floor one. Tables parse so quickly that to type their rows outweighs it.
"""

import argparse
import csv
import io
import json
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.joining.simulate import simulate
from benchmarks.measure import RESULTS, machine
from groovelog.lake.snapshot import connect
from groovelog.sources.archives import Archives
from groovelog.sources.find import find
from groovelog.sources.recognise import recognise
from groovelog.sources.staging import create_staged, stage
from groovelog.sources.unpack import Readable

PLAYS, ARTISTS = 2_000, 100
PAGE, POLL = 200, 50
TARGET = "≤ 4 × floor"
# After every play of the life.
NOW = datetime(2030, 1, 1, tzinfo=UTC)

Rows = list[Any]


def _members(folder: Path, ending: str) -> Iterator[bytes]:
    """The files of a source, those in zips as well."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                yield from (archive.read(name) for name in archive.namelist() if name.endswith(ending))
        elif path.name.endswith(ending):
            yield path.read_bytes()


def _values(folder: Path, ending: str) -> Rows:
    return [json.loads(content) for content in _members(folder, ending)]


def _life(folder: Path) -> dict[str, Rows]:
    """By source, the rows of its files, as they stand there."""
    minutes = (folder / "lastfm" / "listener.csv").read_text(encoding="utf-8")
    return {
        "spotify_extended": [row for file in _values(folder / "spotify_extended", ".json") for row in file],
        "spotify_account": [row for file in _values(folder / "spotify_account", ".json") for row in file],
        "spotify_api": [row for page in _values(folder / "spotify_api", ".json") for row in page["items"]],
        "lastfm": [row for file in _values(folder / "lastfm", ".json") for page in file for row in page["track"]],
        "lastfm, a table": list(_scrobbles(folder / "lastfm")),
        "lastfm_minutes": list(csv.reader(io.StringIO(minutes))),
        "listenbrainz": [
            json.loads(line) for file in _members(folder / "listenbrainz", ".jsonl") for line in file.splitlines()
        ],
        "maloja": [row for file in _values(folder / "maloja", ".json") for row in file["scrobbles"]],
        "koito": [row for file in _values(folder / "koito", ".json") for row in file["listens"]],
    }


def _scrobbles(folder: Path) -> Iterator[list[str]]:
    for path in folder.glob("recenttracks-*.csv"):
        yield from list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))[1:]


def _pages(rows: Rows, size: int) -> Iterator[Rows]:
    return (rows[at : at + size] for at in range(0, len(rows), size))


def _table(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _lines(values: Any) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


HEADER = ["uts", "utc_time", "artist", "artist_mbid", "album", "album_mbid", "track", "track_mbid"]
WRITTEN: dict[str, Callable[[Rows], bytes]] = {
    "spotify_api": lambda rows: _lines({"items": page, "limit": POLL, "cursors": None} for page in _pages(rows, POLL)),
    "lastfm": lambda rows: json.dumps([{"track": page} for page in _pages(rows, PAGE)]).encode(),
    "lastfm, a table": lambda rows: _table([HEADER, *rows]),
    "lastfm_minutes": _table,
    "listenbrainz": _lines,
    "maloja": lambda rows: json.dumps({"maloja": {"export_time": 1}, "scrobbles": rows}).encode(),
    "koito": lambda rows: json.dumps({"version": "1", "exported_at": "", "user": "", "listens": rows}).encode(),
}


def parsed(path: Path) -> None:
    """The floor."""
    content = path.read_bytes()
    if content[:1] not in (b"[", b"{"):
        for _ in csv.reader(io.StringIO(content.decode())):
            pass
        return
    try:
        json.loads(content)
    except json.JSONDecodeError:
        for line in content.splitlines():
            json.loads(line)


def read(path: Path, scratch: Path) -> int:
    """Stage the file; returns the rows staged."""
    with closing(connect(spill=scratch)) as connection, Archives() as archives:
        (found,), _ = find([path], scratch, archives)
        create_staged(connection)
        _, _, failed = stage(connection, [Readable(1, recognise(found).source, found)], scratch, NOW, lambda _: None)
        assert not failed, failed
        ((rows,),) = connection.execute("SELECT count(*) FROM staged").fetchall()
    return int(rows)


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor."""
    began = time.process_time()
    work()
    return time.process_time() - began


def measured(folder: Path, count: int) -> list[dict[str, object]]:
    simulate(folder / "life", PLAYS, artists=ARTISTS)
    path, scratch = folder / "file", folder / "scratch"
    scratch.mkdir()
    results = []
    for what, rows in _life(folder / "life").items():
        path.write_bytes(WRITTEN.get(what, lambda told: json.dumps(told).encode())(list(islice(cycle(rows), count))))
        assert read(path, scratch) == count, what
        runs = [(_seconds(lambda: parsed(path)), _seconds(lambda: read(path, scratch))) for _ in range(3)]
        floor, took = (min(run[at] for run in runs) for at in range(2))
        results.append(
            {
                "what": f"{what}, {count:,} rows, {path.stat().st_size / 1e6:.0f} MB",
                "cpu_s": round(took, 2),
                "rows_per_cpu_s": round(count / took),
                "floor_cpu_s": round(floor, 2),
                "ratio": round(took / floor, 2),
                "target": TARGET,
            }
        )
        print(results[-1])
    return results


def main(count: int = 200_000) -> None:
    with tempfile.TemporaryDirectory(prefix="groovelog-bench-") as name:
        rows = measured(Path(name), count)
    RESULTS.mkdir(exist_ok=True)
    results = {"machine": machine(), "rows": rows}
    (RESULTS / "reader_speed.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    main(parser.parse_args().rows)
