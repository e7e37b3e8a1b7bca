"""Whose Spotify account a code is of, for a sign-in to Groovelog itself: nothing of it is kept."""

from datetime import datetime

from spotipy import Spotify

from groovelog.errors import SignInError, SpotifyDown
from groovelog.spotify import faults, oauth, quota
from groovelog.spotify.apps import App, Setup
from groovelog.spotify.faults import CallFailed
from groovelog.spotify.sending import Sender
from groovelog.state import ledger
from groovelog.state.database import State
from groovelog.state.ledger import Caller

# In the ledger, where a listener's id stands: nobody's yet.
NOBODY = ""


def whose(setup: Setup, state: State, app: App, code: str, verifier: str | None, *, now: datetime) -> str:
    """The account's id, asked with a token that is then dropped. Raises SignInError, SpotifyDown, Blocked."""
    granted = oauth.exchange(setup, app, code, verifier, now)
    caller = Caller(app.account, app.client_id, NOBODY)
    quota.check(setup, state, caller, quota.PROFILE, now)
    sender = Sender(setup.limits, faults.judge)
    spotify = Spotify(auth=granted.access, requests_session=sender)
    spotify.prefix = f"{setup.api_url}/"
    call_id = ledger.begin(state, caller, quota.PROFILE, now)
    try:
        told = spotify._get("me") or {}
    except CallFailed as failed:
        ledger.end(state, call_id, failed.fault.status, failed.fault.kind)
        block = quota.block_for(failed.fault, caller, now)
        if block is not None and block.scope == "account":
            raise quota.keep(state, block) from None
        raise SignInError("Spotify does not tell this app whose account it is.") from None
    except SpotifyDown as down:
        ledger.end(state, call_id, None, "hung" if down.hung else "unreachable")
        raise
    ledger.end(state, call_id, 200)
    account_id = told.get("account_id") or told.get("id")
    if not isinstance(account_id, str):
        raise SpotifyDown("Spotify does not tell whose account it is. Try again later.")
    return account_id
