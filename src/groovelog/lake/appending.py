"""Appends of many threads at once, written together: one wait for the disk serves all that came during the one before."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from datetime import UTC, datetime

from groovelog.lake import inbox
from groovelog.lake.home import Home
from groovelog.sources.source import Row


class Together:
    """Appends to the inbox of one home, rows of one source."""

    def __init__(self, home: Home, source: str) -> None:
        self._home = home
        self._source = source
        self._coming: dict[str, list[tuple[Sequence[Row], Future[None]]]] = {}
        self._gathering = threading.Lock()
        self._writing = threading.Lock()

    def append(self, listener_id: str, rows: Sequence[Row]) -> None:
        """As `inbox.append`; what it raises is raised for all that were to be written together, and none of it is kept."""
        kept: Future[None] = Future()
        with self._gathering:
            self._coming.setdefault(listener_id, []).append((rows, kept))
        with self._writing:
            if not kept.done():  # whoever wrote meanwhile took these rows along
                with self._gathering:
                    coming, self._coming = self._coming, {}
                for person, parts in coming.items():
                    self._write(person, parts)
        kept.result()

    def _write(self, listener_id: str, parts: list[tuple[Sequence[Row], Future[None]]]) -> None:
        rows = (row for part, _ in parts for row in part)
        try:
            inbox.append(self._home, listener_id, self._source, rows, now=datetime.now(UTC))
        except BaseException as error:  # noqa: BLE001 (handed on to whoever waits for these rows)
            for _, kept in parts:
                kept.set_exception(error)
        else:
            for _, kept in parts:
                kept.set_result(None)
