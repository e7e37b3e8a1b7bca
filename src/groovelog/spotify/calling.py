"""One call for one listener: may it be sent, with which token, what became of it, and is it worth sending again."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from spotipy import Spotify

from groovelog.errors import NotAtSpotify, Refused, ScopeMissing, SpotifyDown, SpotifyError
from groovelog.spotify import faults, quota
from groovelog.spotify.apps import Setup
from groovelog.spotify.faults import CallFailed, Fault, Kind
from groovelog.spotify.scopes import FOR, WRITING
from groovelog.spotify.sending import Sender
from groovelog.spotify.tokens import access_token, signed_in
from groovelog.state import ledger
from groovelog.state.database import State
from groovelog.state.ledger import Caller

# After an answer that makes no sense, a call that does no harm twice is sent again; but not when so much time is gone.
PAUSES_S, LONGEST_S = (0.5, 1.5), 20
# A rate limit that ends within this is waited for, once; what takes longer is planned anew by the caller.
LONGEST_WAIT_S = 3

_TROUBLE = {
    Kind.TOKEN_REFUSED: "Spotify refuses a token that it has just given",
    Kind.NONSENSE: "Spotify's answer makes no sense",
}


@dataclass(frozen=True)
class Call:
    """A kind of call, as the quota orders it; the scope it needs.

    `again`: whether sending it twice does what sending it once does; `empty`: whether its answer has no body.
    """

    kind: str
    scope: str | None = None
    again: bool = True
    empty: bool = False


class Calling:
    """A listener's line to the Web API. `calls` counts the requests sent over it, those sent again too."""

    def __init__(
        self,
        setup: Setup,
        state: State,
        listener_id: str,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
    ) -> None:
        self.sign_in = signed_in(state, listener_id)
        self.calls = 0
        self._setup, self._state, self._clock, self._sleep = setup, state, clock, sleep
        app = setup.app(self.sign_in.client_id)
        self._caller = Caller(app.account, app.client_id, listener_id)
        self._sender = Sender(setup.limits, faults.judge)
        self._spotify = Spotify(requests_session=self._sender)
        self._spotify.prefix = f"{setup.api_url}/"

    def ask(self, call: Call, send: Callable[[Spotify], Any]) -> dict[str, Any]:
        """The answer, a JSON object ({} where it has no body). Raises what a SpotifyError can be; never waits long."""
        began, pauses = time.monotonic(), list(PAUSES_S)
        refused: str | None = None
        waited = False
        while True:
            self.sign_in = signed_in(self._state, self._caller.listener_id)
            if call.scope and call.scope not in self.sign_in.scopes:
                raise _scope_missing(call)
            quota.check(self._setup, self._state, self._caller, call.kind, self._clock())
            token = self._token(refused)
            try:
                return self._send(call, token, send)
            except CallFailed as failed:
                fault = failed.fault
            except SpotifyDown as down:
                if down.hung or not call.again or not pauses:
                    raise
                fault = Fault(Kind.SERVER_ERROR, 0)
            if fault.kind is Kind.TOKEN_REFUSED and refused is None:
                refused = token
            elif fault.kind is Kind.RATE_LIMIT and fault.retry_after_s <= LONGEST_WAIT_S and not waited:
                waited = True
                self._sleep(max(fault.retry_after_s, 1))
            elif block := quota.block_for(fault, self._caller, self._clock()):
                raise quota.keep(self._state, block)
            elif _passes(fault) and call.again and pauses and time.monotonic() - began < LONGEST_S:
                self._sleep(pauses.pop(0))
            else:
                raise _error(fault, call)

    def _token(self, refused: str | None) -> str:
        listener_id = self._caller.listener_id
        return access_token(
            self._setup, self._state, listener_id, refused=refused, clock=self._clock, sleep=self._sleep
        )

    def _send(self, call: Call, token: str, send: Callable[[Spotify], Any]) -> dict[str, Any]:
        call_id = ledger.begin(self._state, self._caller, call.kind, self._clock())
        self.calls += 1
        self._spotify.set_auth(token)
        try:
            told = send(self._spotify)
            status = self._sender.answer.status if self._sender.answer else 0
            if told is None and not call.empty:
                raise CallFailed(Fault(Kind.NONSENSE, status))
        except CallFailed as failed:
            ledger.end(self._state, call_id, failed.fault.status, failed.fault.kind)
            raise
        except SpotifyDown as down:
            ledger.end(self._state, call_id, None, "hung" if down.hung else "unreachable")
            raise
        ledger.end(self._state, call_id, status)
        return told or {}


def _passes(fault: Fault) -> bool:
    return fault.kind in {Kind.SERVER_ERROR, Kind.NONSENSE}


def _scope_missing(call: Call) -> ScopeMissing:
    scope = call.scope or ""
    needed = f"{scope} ({FOR[scope]})" if scope else "a permission"
    login = f"groovelog login --listener NAME{' --write' if scope in WRITING else ''}"
    message = f"This listener has not granted {needed}. Sign in again and allow it: {login}"
    return ScopeMissing(message, scope=scope)


def _error(fault: Fault, call: Call) -> SpotifyError:
    what = call.kind.replace("_", " ")
    if fault.kind is Kind.SCOPE_MISSING:
        return _scope_missing(call)
    if fault.kind is Kind.NOT_FOUND:
        return NotAtSpotify(f"Spotify does not find what was asked for ({what}).")
    if fault.kind is Kind.FORBIDDEN:
        return Refused(f"Spotify refuses this ({what}): the call is closed for this app, or it is somebody else's.")
    if fault.kind is Kind.BAD_REQUEST:
        return Refused(f"Spotify refuses this ({what}, {fault.status}).")
    return SpotifyDown(f"{_TROUBLE.get(fault.kind, 'Spotify is in trouble')} ({what}). Try again later.")
