"""Before anybody comes: load what the first page needs, and ask what it will ask."""

from contextlib import suppress
from importlib import import_module

from groovelog.dashboard import served
from groovelog.dashboard.asked import RECORD, Asked
from groovelog.dashboard.filters import Choice, zones
from groovelog.dashboard.kept import DEFAULT_RULE
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.views import home
from groovelog.errors import GroovelogError

LATER = "groovelog.dashboard.views.data"  # the welcome of a home without plays


def prepare() -> None:
    """For the listener that a first visit shows. What cannot be told is told by the page."""
    zones()
    with suppress(GroovelogError):
        snapshot = served.snapshot()
        people = Scene(snapshot, snapshot.listeners(), {}).listening
        if people:
            home.ask(Asked(snapshot, Choice(people[0], DEFAULT_RULE, None), RECORD))
    import_module(LATER)
