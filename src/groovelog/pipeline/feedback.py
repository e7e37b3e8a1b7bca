"""Feedback: what a listener says of a track or of the suggestion of it."""

from datetime import datetime

from groovelog.errors import UsageError
from groovelog.lake import feedback, people
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Listener
from groovelog.pipeline.running import running
from groovelog.reports.question import check_choice

LONGEST = 300


def give_feedback(
    home: Home,
    listener: str,
    track_id: str,
    verdict: str,
    context: str | None = None,
    *,
    source: str = "cli",
    now: datetime,
    wait_s: float | None = None,
) -> Listener:
    """Keep a listener's verdict on a track: up, down, later, or none, which takes back what they said.

    `context` is what it was suggested for, `source` where it was said (dashboard, api or cli). Waits for another writer, an
    hour unless told. Raises NotFoundError for an unknown listener, UsageError for a value that cannot be right.
    """
    check_choice("verdict", verdict, feedback.VERDICTS)
    check_choice("source", source, feedback.SOURCES)
    for what, text in (("track", track_id), ("context", context)):
        if text is not None and not (1 <= len(text) <= LONGEST and text.isprintable()):
            raise UsageError(f"A {what} has 1 to {LONGEST} printable characters.")
    with open_snapshot(home.lake) as snapshot:
        people.own_named(snapshot.listeners(), listener)
    with running(home, now, wait_s) as run:
        person = people.own_named(run.snapshot.listeners(), listener)
        feedback.say(run, person.listener_id, track_id, verdict, context, source=source)
        run.publish("feedback")
    return person
