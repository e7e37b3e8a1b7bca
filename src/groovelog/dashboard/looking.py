"""Who looked: members of a group see who used what they share. Whoever runs Groovelog for themselves is nobody to tell of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from groovelog.access import Viewer
from groovelog.dashboard import served
from groovelog.model import Listener
from groovelog.reports import find
from groovelog.state import looks
from groovelog.state.database import open_state

GROUP = "group"  # the page, as against a report by its name


@dataclass(frozen=True)
class Looked:
    """That somebody looked, at what (titles, the latest first), and when last."""

    name: str
    what: tuple[str, ...]
    at: datetime


def note(viewer: Viewer, others: Iterable[Listener], what: str) -> None:
    """Keep for each of the others that the viewer looked."""
    if viewer.listener_id is not None:
        with open_state(served.home().root) as state:
            looks.note(state, viewer.listener_id, [other.listener_id for other in others], what, datetime.now(UTC))


def at(person: Listener, known: Iterable[Listener]) -> list[Looked]:
    """Who looked at the listener, the latest first."""
    names = {one.listener_id: one.name for one in known}
    with open_state(served.home().root) as state:
        found = looks.at(state, person.listener_id)
    by_viewer: dict[str, list[looks.Look]] = {}
    for look in found:
        by_viewer.setdefault(look.viewer_id, []).append(look)
    return [
        Looked(names[viewer_id], tuple(_title(look.what) for look in told), told[0].at)
        for viewer_id, told in by_viewer.items()
        if viewer_id in names
    ]


def _title(what: str) -> str:
    return "the page Group" if what == GROUP else find(what).title
