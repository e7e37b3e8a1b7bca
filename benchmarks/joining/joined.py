"""What the system joined, read back from a lake row by row."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.joining.rates import Joined
from benchmarks.joining.shown import Shown
from groovelog.lake.home import Home
from groovelog.lake.plays import rebuilt
from groovelog.lake.snapshot import open_snapshot
from groovelog.sources import without_user

# To which play each stored row belongs. Reconciling leaves these tables behind; rid is the row_key there.
MEMBERS = """
    SELECT row_key, row_key AS play_id FROM told
    UNION ALL
    SELECT other.row_key, play.row_key FROM joined
        JOIN members AS play ON play.rid = joined.rid JOIN members AS other ON other.rid = joined.other
"""


def joined_rows(home: Home, folder: Path, shown: Iterable[Shown]) -> Iterator[Joined]:
    """Every stored row of the only listener, with the play it belongs to. Files are named as `shown` under `folder`.

    Rows that count as duplicates are not stored; the row they repeat stands for them.
    """
    # Receipts name the user's own folder ~, and no user that a file is named after.
    names = {without_user(file.file): file.file for file in shown}
    kept = f"~/{folder.relative_to(Path.home())}" if folder.is_relative_to(Path.home()) else str(folder)
    with open_snapshot(home.lake) as snapshot:
        (listener,) = snapshot.listeners()
        rebuilt(snapshot.connection, listener)
        yield from (
            (source, names[file.removeprefix(f"{kept}/")], row, play)
            for source, file, row, play in snapshot.connection.execute(f"""
                SELECT source_plays.source, receipts.file, source_plays.row_no, of_play.play_id
                FROM source_plays JOIN ({MEMBERS}) AS of_play USING (row_key) JOIN receipts USING (run_id, file_no)
            """).fetchall()
        )
