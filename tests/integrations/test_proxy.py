"""Signing in through a real reverse proxy, with the configuration that docs/proxy.md shows."""

import http.client
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from browsing import is_drawn, opened
from free_ports import free_port
from playwright.sync_api import Page, expect
from proxies import NAME, connected, running, with_caddy, with_nginx

from calling import COMMAND

pytestmark = [pytest.mark.long, pytest.mark.browser]

PASSWORD = "four words of an owner"  # noqa: S105 (of a server that lives for this test)
LARGE = 5 * 1024**2  # more than nginx takes unless told
Behind = Callable[[Path, int, int], list[str]]


@contextmanager
def invited(home: Path, port: int, public: str) -> Iterator[str]:
    """A group's server; the owner's link as it is printed."""
    command = [*COMMAND, "--home", str(home), "serve", "--port", str(port)]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"GROOVELOG_PUBLIC_URL": public}
    ) as server:
        assert server.stderr is not None
        try:
            for line in server.stderr:
                if found := re.search(r"https://\S+/join/\S+", line):
                    break
            else:
                raise AssertionError("no link was printed")
            yield found[0]
        finally:
            server.terminate()


@pytest.fixture
def page() -> Iterator[Page]:
    with opened() as page:
        yield page


def posted(port: int, path: str, size: int) -> int:
    """The status of a body of that size."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.sock = connected(port)
        connection.request("POST", path, bytes(size), {"Host": f"{NAME}:{port}", "Authorization": "Bearer nobody"})
        return connection.getresponse().status


@pytest.mark.parametrize("behind", [with_nginx, with_caddy])
def test_the_owner_signs_in_and_the_pages_come_through(behind: Behind, page: Page, tmp_path: Path) -> None:
    port, inner = free_port(), free_port()
    public = f"https://{NAME}:{port}"
    command = behind(tmp_path, port, inner)
    with invited(tmp_path / "home", inner, public) as link, running(command, port, tmp_path):
        assert link.startswith(f"{public}/join/")
        page.goto(link)
        page.get_by_label("Name").fill("Olga")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Join").click()
        is_drawn(page)
        (session,) = [cookie for cookie in page.context.cookies() if cookie["name"] == "__Host-groovelog"]
        assert (session["secure"], session["httpOnly"], session["path"]) == (True, True, "/")
        page.goto(f"{public}/signout")
        page.get_by_role("button", name="Sign out here").click()
        expect(page).to_have_url(f"{public}/signin")
        page.get_by_label("Name").fill("Olga")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        is_drawn(page)
        # The key is looked at before the body; a proxy that holds bodies to be small says 413.
        assert posted(port, "/api/v1/imports", LARGE) == 401
