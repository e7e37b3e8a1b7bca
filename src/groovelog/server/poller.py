"""The server's poller: asks Spotify for the plays of whoever is signed in, when it is time.

In a thread of its own, so that no page waits. A `groovelog collect` that runs beside it has the same leases.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from groovelog.config import Settings
from groovelog.errors import GroovelogError
from groovelog.lake.home import Home
from groovelog.model import CollectedOf, Listener
from groovelog.pipeline import pacing
from groovelog.state.database import State, open_state

# How long the end of the server waits for it. Only the lock of another writer takes longer, and then nothing is half written.
GRACE_S = 3

Clock = Callable[[], datetime]

log = logging.getLogger(__name__)


class Poller:
    """Looks whom to ask, again and again, until it is stopped. `faults` are those told last, by listener's name."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        self._home = home
        self._clock = clock or _utc_now
        self._stopping = threading.Event()
        # A daemon: a process that ends leaves one behind that waits for a lock.
        self._thread = threading.Thread(target=self._run, name="poller", daemon=True)
        self.faults: dict[str, str] = {}

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End it: at once, or after what it is writing, or without it after GRACE_S seconds."""
        self._stopping.set()
        self._thread.join(GRACE_S)

    def look(self) -> None:
        """Ask for everybody whose time has come. What goes wrong is logged and stops nothing."""
        try:
            settings = Settings()
            with open_state(self._home.root, settings.sealing_key) as state:
                persons = pacing.due(self._home, state, self._clock())
                if persons:
                    self._collect(settings, state, persons)
        except GroovelogError as error:
            log.warning("Spotify is not asked for plays just now, and is tried again: %s", error.message)
        except BaseException as error:  # the outermost handler; panics of the Delta library are BaseExceptions
            # Only its kind: what it says may quote rows, or addresses.
            log.warning("Spotify is not asked for plays just now, and is tried again: %s", type(error).__name__)
            log.debug("The poller failed", exc_info=True)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.look()
            self._stopping.wait(pacing.LOOK_S)

    def _collect(self, settings: Settings, state: State, persons: list[Listener]) -> None:
        # 0.3 s that the start of a server without sign-ins can do without.
        from groovelog.pipeline import web_api  # noqa: PLC0415
        from groovelog.spotify.client import connect  # noqa: PLC0415
        from groovelog.spotify.sending import GivenUp  # noqa: PLC0415

        setup = settings.spotify(self._home)
        setup = replace(setup, limits=replace(setup.limits, stopping=self._stopping))
        client_of = partial(connect, setup, state, clock=self._clock, sleep=self._rest)
        try:
            collected = web_api.collect(self._home, state, client_of, persons, self._clock)
        except GivenUp:
            return
        for told in collected.listeners:
            self._tell(told)

    def _rest(self, seconds: float) -> None:
        self._stopping.wait(seconds)

    def _tell(self, told: CollectedOf) -> None:
        """A fault, once as long as it is the same."""
        before = self.faults.pop(told.name, None)
        if told.fault is not None:
            self.faults[told.name] = told.fault
            log.log(logging.INFO if told.fault == before else logging.WARNING, "%s: %s", told.name, told.fault)
        for note in told.notes:
            log.info("%s: %s", told.name, note)


def _utc_now() -> datetime:
    return datetime.now(UTC)
