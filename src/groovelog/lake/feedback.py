"""What listeners say of tracks and of suggestions of them; the latest word of a listener on a track counts."""

from typing import TYPE_CHECKING

from groovelog.lake.delta import Slice
from groovelog.tables import FEEDBACK

if TYPE_CHECKING:
    from groovelog.lake.run import Run

UP, DOWN, LATER, NONE = "up", "down", "later", "none"
VERDICTS = (UP, DOWN, LATER, NONE)
SOURCES = ("dashboard", "api", "cli")

# SQL: what holds now, a row for each listener and track of whom something is said and not taken back.
LATEST = f"""
    SELECT listener_id, track_id, verdict, context, source, given_at FROM (
        SELECT * FROM feedback QUALIFY row_number() OVER (PARTITION BY listener_id, track_id ORDER BY run_id DESC) = 1
    ) WHERE verdict <> '{NONE}'
"""


def say(run: "Run", listener_id: str, track_id: str, verdict: str, context: str | None, *, source: str) -> None:
    """Append what a listener says; `none` takes back what they said."""
    run.connection.execute("CREATE OR REPLACE TABLE new_row AS SELECT * FROM feedback LIMIT 0")
    run.connection.execute(
        f"INSERT INTO new_row ({', '.join(FEEDBACK.names)}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (listener_id, track_id, run.run_id, verdict, context, source, run.now),
    )
    run.write(FEEDBACK, "SELECT * FROM new_row", [Slice({"listener_id": listener_id})])
