"""A second process for close looks, which are pure Python and keep one core busy each.

It is a fresh interpreter that is sent texts and answers with evidence: nothing is forked, so that it may be used beside
DuckDB's threads and in a server. Without it, or where it is killed, all is done here, with the same answers.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from groovelog.matching.evidence import Evidence, Vocabulary, compare, names
from groovelog.matching.verdict import NO_SONG, Identity, song_of

# (title, artist) of the query, and of the row that it is held against.
Pair = tuple[str, str, str, str]
Looked = tuple[Evidence, Identity]

# To start the other interpreter takes as long as some two thousand close looks.
FEWEST = 2_000
_PROGRAM = "from groovelog.matching.second import serve; serve()"


def look(pairs: Sequence[Pair], known: Vocabulary) -> list[Looked]:
    """What speaks against each pair, and which song the row is."""
    found = []
    for title, artist, known_title, known_artist in pairs:
        row = names(known_title, known_artist)
        evidence = compare(names(title, artist), row, known)
        found.append((evidence, NO_SONG if evidence.refused else song_of(row)))
    return found


class Second:
    """The other process. It starts at once, and is ready by the time candidates are found."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (the interpreter that runs)
            [sys.executable, "-c", _PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._told: Vocabulary | None = None

    def look(self, pairs: Sequence[Pair], known: Vocabulary) -> list[Looked]:
        """As `look`, half of it done there."""
        middle = len(pairs) // 2
        while 0 < middle < len(pairs) and pairs[middle][:2] == pairs[middle - 1][:2]:
            middle += 1  # a query is taken apart once
        sent = self._send(pairs[:middle], known)
        mine = look(pairs[middle:], known)
        theirs = self._receive() if sent else None
        return [*(look(pairs[:middle], known) if theirs is None else theirs), *mine]

    def _send(self, pairs: Sequence[Pair], known: Vocabulary) -> bool:
        new = known if known is not self._told else None
        try:
            pickle.dump((pairs, new), _open(self._process.stdin), pickle.HIGHEST_PROTOCOL)
            _open(self._process.stdin).flush()
        except OSError:
            return False
        self._told = known
        return True

    def _receive(self) -> list[Looked] | None:
        try:
            answered: list[Looked] = pickle.load(_open(self._process.stdout))  # noqa: S301 (our own process)
        except (OSError, EOFError, pickle.UnpicklingError):
            return None
        return answered

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 (both were asked for)
    return pipe


@contextmanager
def second(queries: int) -> Iterator[Second | None]:
    """The other process, where there are cores and queries enough for it."""
    if queries < FEWEST or (os.cpu_count() or 1) < 2:
        yield None
        return
    process = Second()
    try:
        yield process
    finally:
        process.end()


def serve() -> None:
    """What the other process does, until its input ends."""
    known = Vocabulary()
    while True:
        try:
            pairs, told = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own process)
        except EOFError:
            return
        known = known if told is None else told
        answer: Any = look(pairs, known)
        pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()
