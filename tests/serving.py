"""A real server process."""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from calling import COMMAND


@contextmanager
def served(root: Path, *words: str, port: int = 0, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and its address; ended at the end, and waited for. Settings are of the environment.

    `words` are further ones of the command; without a port it has any free one.
    """
    command = [*COMMAND, "--home", str(root), "serve", "--port", str(port), *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **settings}) as server:
        assert server.stderr is not None
        for line in server.stderr:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                break
        else:
            raise AssertionError("the server did not start")
        try:
            yield server, found[0]
        finally:
            server.terminate()
