"""A real server process, and how its port and its key are known."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVE = (
    "import sys, pathlib; from groovelog.server import serve; from groovelog.lake.home import Home; "
    "serve(Home(pathlib.Path(sys.argv[1])), port=0)"
)


@contextmanager
def served(root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and its address; ended at the end, as Ctrl-C does."""
    with subprocess.Popen([sys.executable, "-c", SERVE, str(root)], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        assert said.startswith("Groovelog is at http://127.0.0.1:"), said
        try:
            yield server, said.split()[3]
        finally:
            server.terminate()
