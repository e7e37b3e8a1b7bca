"""A group's server in a process of its own: Olga is the owner, Ann a member, both by password."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from visitor import Visitor

from groovelog.access import PERSONAL
from groovelog.lake.home import Home
from groovelog.pipeline import joining
from groovelog.state import members
from groovelog.state.database import open_state

SERVE = "import sys, pathlib; from groovelog.server import serve; from groovelog.lake.home import Home; "
SERVE += "serve(Home(pathlib.Path(sys.argv[1])), *sys.argv[2:3], port=0)"
OWNERS, ANNS = "four words of an owner", "ann's own long password"


@contextmanager
def serving(root: Path, *words: str, **environment: str) -> Iterator[tuple[int, str]]:
    """The port, and the owner's link where one is printed."""
    told = os.environ | {"GROOVELOG_GROUP": "1"} | environment
    command = [sys.executable, "-c", SERVE, str(root), *words]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=told) as server:
        assert server.stderr is not None
        try:
            said = server.stderr.readline()
            assert said.startswith("Groovelog is at http"), said
            with open_state(root) as state:
                link = "" if members.has_owner(state) else server.stderr.readline().split()[-1]
            port = listening_port(server.pid) if ":" not in said.split("//")[1] else int(said.split(":")[2].split()[0])
            yield port, link
        finally:
            server.terminate()


def listening_port(pid: int) -> int:
    """Where a server listens whose public address has no port."""
    nodes = {os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]:
        parts = line.split()
        if parts[3] == "0A" and f"socket:[{parts[9]}]" in nodes:
            return int(parts[1].split(":")[1], 16)
    raise AssertionError("it does not listen")


@dataclass(frozen=True)
class Group:
    home: Home
    port: int

    def visitor(self) -> Visitor:
        return Visitor(self.port)

    def member(self, name: str, password: str) -> Visitor:
        """A browser in which they have signed in."""
        visitor = self.visitor()
        assert visitor.signs_in(name, password).status == 303
        return visitor

    def invitation(self, name: str) -> str:
        """The path of a new one, as the owner makes it at the terminal."""
        with open_state(self.home.root) as state:
            return f"/join/{joining.invite(self.home, state, PERSONAL, name, now=datetime.now(UTC))}"


@pytest.fixture(scope="session")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    home = Home(tmp_path_factory.mktemp("group") / "home")
    with serving(home.root) as (port, link):
        made = Group(home, port)
        path = link[link.index("/join/") :]
        assert made.visitor().send(path, name="Olga", password=OWNERS, timezone="UTC").status == 303
        assert made.visitor().send(made.invitation("Ann"), password=ANNS, timezone="UTC").status == 303
        yield made
