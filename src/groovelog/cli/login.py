"""`groovelog login`: connect a listener to Spotify, in a browser here or on another machine."""

import os
import queue
import sys
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer

from groovelog.cli.zone import machine_zone
from groovelog.config import Settings
from groovelog.errors import SignInError
from groovelog.lake.home import Home
from groovelog.pipeline import signing_in
from groovelog.pipeline.signing_in import Begun
from groovelog.spotify import callback
from groovelog.spotify.apps import DASHBOARD
from groovelog.spotify.callback import FOREIGN, PortTaken, Returned
from groovelog.state import pending
from groovelog.state.database import State, open_state
from groovelog.state.pending import LONGEST, Outcome

# How often it is looked whether the server has finished a sign-in.
LOOK_S = 0.25

TOO_LATE = f"Nobody came back from Spotify within {LONGEST.total_seconds() / 60:g} minutes. Begin anew."
PASTE = (
    "Open this address in any browser. Where that browser is on another machine, it ends on a page that cannot be shown: "
    "copy that page's address, and paste it here.\n"
)


# Spotify's page says so in the browser alone, and never leads back.
REFUSED = (
    "Where Spotify's page says INVALID_CLIENT, compare the app at {dashboard}: its Client ID with {client_id}, and a "
    "redirect URI of it, letter by letter, with {redirect_uri}\n"
)


def login(
    context: typer.Context,
    listener: Annotated[str, typer.Option(help="Whom to connect; created where not known.", metavar="NAME")],
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Open none: print the address, for a browser on another machine.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Ask to write playlists, too; once allowed, it is asked for again.")
    ] = False,
) -> None:
    """Connect a listener to Spotify; asks for reading alone unless told. The consent holds for six months."""
    sign_in(context.obj, listener, no_browser=no_browser, writing=write)


def sign_in(home: Home, listener: str, *, no_browser: bool, writing: bool = False) -> None:
    """Connect a listener and say so; `writing` asks for what is not asked for at first. Raises SignInError."""
    settings = Settings()
    setup = settings.spotify(home)
    with open_state(home.root, settings.sealing_key) as state:
        begun = signing_in.begin_sign_in(
            home, state, setup, listener, timezone=machine_zone(), by="terminal", now=datetime.now(UTC), writing=writing
        )
        for warning in begun.warnings:
            sys.stderr.write(f"groovelog: {warning}\n")
        came = _wait(state, begun, no_browser)
        if isinstance(came, Returned):
            signed_in = signing_in.finish_sign_in(home, state, setup, came, now=datetime.now(UTC))
            sys.stderr.write(f"{signing_in.in_words(signed_in)}\n")
        elif came.done:
            sys.stderr.write(f"{came.message}\n")
        else:
            raise SignInError(came.message)


def _wait(state: State, begun: Begun, no_browser: bool) -> Returned | Outcome:
    """What the browser brought back; or the outcome, where it came to a running server. Raises SignInError."""
    came: queue.Queue[Returned] = queue.Queue()
    with _way_back(begun, came, no_browser):
        if no_browser:
            sys.stderr.write(PASTE)
            sys.stdout.write(f"{begun.address}\n")
            sys.stdout.flush()
            threading.Thread(target=_read_lines, args=(begun.state, came), daemon=True).start()
        elif webbrowser.open(begun.address):
            sys.stderr.write("Spotify's page is open in your browser. Waiting for you to come back.\n")
        else:
            sys.stderr.write(f"Open this address in a browser on this machine:\n{begun.address}\n")
        sys.stderr.write(
            REFUSED.format(dashboard=DASHBOARD, client_id=begun.client_id, redirect_uri=begun.redirect_uri)
        )
        return _first(state, begun, came)


@contextmanager
def _way_back(begun: Begun, came: "queue.Queue[Returned]", no_browser: bool) -> Iterator[None]:
    """Listen on the redirect address, unless a Groovelog server does, or nobody can on this machine."""
    if not callback.is_loopback(begun.redirect_uri):
        yield
        return
    try:
        with callback.listening(begun.redirect_uri, begun.state, came):
            yield
    except PortTaken:
        if not callback.served_by_groovelog(begun.redirect_uri) and not no_browser:
            raise SignInError(
                f"Another program listens where Spotify sends the browser back to, {begun.redirect_uri}. Stop it; or use "
                f"--no-browser, and paste the address that the browser ends on."
            ) from None
        yield


def _first(state: State, begun: Begun, came: "queue.Queue[Returned]") -> Returned | Outcome:
    end = time.monotonic() + LONGEST.total_seconds()
    while time.monotonic() < end:
        try:
            return came.get(timeout=LOOK_S)
        except queue.Empty:
            if (outcome := pending.outcome(state, begun.state)) is not None:
                return outcome
    raise SignInError(TOO_LATE)


def _read_lines(state: str, came: "queue.Queue[Returned]") -> None:
    """Take the redirected address as a line of standard input. Its end is no answer: the browser may still come back."""
    for line in _lines(sys.stdin.fileno()):
        told = callback.returned(line)
        if told is None:
            if line.strip():
                sys.stderr.write("This is not an address that Spotify sends the browser to. Paste the whole of it.\n")
        elif told.state != state:
            sys.stderr.write(f"{FOREIGN}\n")
        else:
            came.put(told)
            return


def _lines(descriptor: int) -> Iterator[str]:
    """Read past Python's own buffer: a thread that waits in there when the process ends can bring it down."""
    rest = b""
    while more := os.read(descriptor, 4_096):
        *whole, rest = (rest + more).split(b"\n")
        yield from (line.decode("utf-8", "replace") for line in whole)
    yield rest.decode("utf-8", "replace")
