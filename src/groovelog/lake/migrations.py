"""Bring a lake that an older Groovelog wrote to the newest format.

Columns and tables that are missing come from tables.py, whatever the format. A step does what is left to do with the
rows: from the format it starts at to the next one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from groovelog.lake import catalogue, plays
from groovelog.lake.formats import FORMAT
from groovelog.tables import TABLES

if TYPE_CHECKING:
    from groovelog.lake.run import Run


def _rebuild_plays(run: "Run") -> None:
    for person in run.snapshot.listeners():
        plays.rebuild(run, person)


def _name_tracks(run: "Run") -> None:
    catalogue.name_tracks_anew(run, without=[])


# A step that rebuilds `plays` is needed wherever rules of reconciling changed. Several steps that do, do it once.
STEPS: dict[int, tuple[Callable[["Run"], None], ...]] = {
    1: (_rebuild_plays,),
    2: (),
    3: (_name_tracks,),
    4: (),
    5: (),
    6: (),
}


def migrate(run: "Run") -> None:
    """Everything from the format of the run's snapshot to the newest; counts when the run is published."""
    for table in TABLES:
        run.add_columns(table)
    steps = [step for old in range(run.snapshot.format, FORMAT) for step in STEPS[old]]
    for step in dict.fromkeys(steps):
        step(run)
