"""A run that reads no files."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime

from groovelog.lake.disk import disk_faults
from groovelog.lake.home import Home
from groovelog.lake.run import Run, writing
from groovelog.lake.snapshot import connect


@contextmanager
def running(home: Home, now: datetime, wait_s: float | None = None) -> Iterator[Run]:
    """The run, under the writer lock; what DuckDB spills stays inside the home. Waits as `writing` does."""
    with (
        disk_faults(home.lake.home),
        home.scratch_folder() as scratch,
        closing(connect(spill=scratch)) as connection,
        writing(home, connection, now, wait_s) as run,
    ):
        yield run
