"""An access token for a listener, refreshed by one process at a time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from groovelog.errors import NotSignedIn, ReauthRequired, SpotifyDown, SpotifyError
from groovelog.spotify import oauth, quota
from groovelog.spotify.apps import Setup
from groovelog.spotify.faults import TOO_MANY_REQUESTS, Kind
from groovelog.state import leases, ledger, sign_ins
from groovelog.state.database import State
from groovelog.state.ledger import Caller
from groovelog.state.sealing import Unsealable
from groovelog.state.sign_ins import SignIn, Tokens

# A token is not begun with in its last minute: an answer may take some of it.
SPARE = timedelta(seconds=60)
# A refresh takes one request at most; who waits for another process's looks this often, and gives up after it is over.
LOOK_S, WAIT_S = 0.1, 20

TOKEN = "token"  # noqa: S105 (how the ledger calls a request to the accounts host)

AGAIN = "Sign in again: groovelog login --listener NAME"
CONSENT_ENDED = f"Spotify has ended this listener's consent (it lasts six months, or was withdrawn). {AGAIN}"
KEY_LOST = (
    "The key that this listener's Spotify tokens are sealed with (GROOVELOG_SECRET_KEY, or secret.key in the home folder) is "
    f"lost or another. Plays are safe. {AGAIN}"
)


def utc_now() -> datetime:
    return datetime.now(UTC)


def signed_in(state: State, listener_id: str) -> SignIn:
    """The listener's sign-in, which may be used. Raises NotSignedIn and ReauthRequired; sends nothing."""
    sign_in = sign_ins.of(state, listener_id)
    if sign_in is None:
        raise NotSignedIn("This listener is not connected to Spotify: groovelog login --listener NAME")
    if sign_in.state != "ok":
        raise ReauthRequired(CONSENT_ENDED)
    return sign_in


def access_token(
    setup: Setup,
    state: State,
    listener_id: str,
    *,
    refused: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """A token that is good for a minute at least, and not the `refused` one.

    Raises NotSignedIn, ReauthRequired (for a consent that has ended: from then on without a request), NoCredentials,
    SignInError for a wrong secret, Blocked, SpotifyDown.
    """
    for _ in range(round(WAIT_S / LOOK_S)):
        sign_in = signed_in(state, listener_id)
        kept = _kept(state, sign_in)
        if _good(kept, refused, clock()):
            return kept.access
        with leases.held(state, f"refresh {listener_id}", now=clock, for_s=2 * WAIT_S) as mine:
            if mine:
                sign_in = signed_in(state, listener_id)
                kept = _kept(state, sign_in)
                if not _good(kept, refused, clock()):
                    kept = _refreshed(setup, state, sign_in, kept, clock())
                return kept.access
        sleep(LOOK_S)
    raise SpotifyDown(
        "Another process has been refreshing this listener's token for too long. Try again later.", hung=True
    )


def unreadable(state: State, sign_in: SignIn) -> bool:
    """Whether the key of the listener's tokens is lost or another."""
    try:
        sign_ins.tokens(state, sign_in)
    except Unsealable:
        return True
    return False


def _kept(state: State, sign_in: SignIn) -> Tokens:
    try:
        return sign_ins.tokens(state, sign_in)
    except Unsealable:
        raise ReauthRequired(KEY_LOST) from None


def _good(kept: Tokens, refused: str | None, now: datetime) -> bool:
    return kept.access != refused and now + SPARE < kept.access_expires_at


def _refreshed(setup: Setup, state: State, sign_in: SignIn, old: Tokens, now: datetime) -> Tokens:
    app = setup.app(sign_in.client_id)
    caller = Caller(app.account, app.client_id, sign_in.listener_id)
    call_id = ledger.begin(state, caller, TOKEN, now)
    try:
        granted = oauth.refresh(setup, app, old.refresh, now)
    except oauth.ConsentEnded:
        ledger.end(state, call_id, 400, "invalid_grant")
        sign_ins.need_reauth(state, sign_in, sign_ins.REVOKED)
        raise ReauthRequired(CONSENT_ENDED) from None
    except oauth.Throttled as throttled:
        ledger.end(state, call_id, TOO_MANY_REQUESTS, Kind.RATE_LIMIT)
        length = timedelta(seconds=throttled.retry_after_s)
        raise quota.keep(state, quota.rest(caller, now, length, Kind.RATE_LIMIT)) from None
    except SpotifyError as error:
        ledger.end(state, call_id, None, type(error).__name__)
        raise
    ledger.end(state, call_id, 200)
    # Since June 2026 there is none, or an empty one, in most answers: the old one stays good.
    fresh = Tokens(granted.access, granted.access_expires_at, granted.refresh or old.refresh)
    sign_ins.save_tokens(state, sign_in, fresh, sign_in.scopes if granted.scopes is None else granted.scopes)
    return fresh
