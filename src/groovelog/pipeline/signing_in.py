"""Connect a listener to Spotify, and disconnect them. The browser may come back to another process than it left."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from groovelog.errors import Blocked, SignInError, SpotifyDown, SpotifyError, UsageError
from groovelog.lake import people
from groovelog.lake.home import Home
from groovelog.lake.purge import purge
from groovelog.lake.run import begins_again
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Listener
from groovelog.pipeline.collecting import take_inbox
from groovelog.pipeline.listeners import add_listener, check_name
from groovelog.pipeline.running import running
from groovelog.recommend import stored
from groovelog.reports.question import check_zone
from groovelog.spotify import oauth, scopes
from groovelog.spotify.apps import App, Setup
from groovelog.spotify.callback import Returned
from groovelog.spotify.client import connect
from groovelog.spotify.faults import Kind
from groovelog.spotify.whose import whose
from groovelog.state import ledger, pending, polls, sign_ins
from groovelog.state.database import State
from groovelog.state.pending import By, Outcome, Pending
from groovelog.state.sealing import Unsealable
from groovelog.state.sign_ins import SignIn, Tokens

# A new listener waits this long for another writer of the lake: Spotify's code lives ten minutes.
LOCK_S = 300

DENIED = (
    "You did not allow Groovelog to read from Spotify, so nothing was connected. Sign in again to change your mind."
)
FOREIGN = (
    "This address belongs to no sign-in that waits here: it was used, it is older than ten minutes, or it was begun by "
    "another Groovelog. Begin anew: groovelog login --listener NAME"
)


@dataclass(frozen=True)
class Begun:
    """A sign-in to go on with in a browser, at `address`."""

    address: str = field(repr=False)
    state: str = field(repr=False)
    client_id: str
    redirect_uri: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class SignedIn:
    """A listener who is connected; `warnings` name what is missing all the same."""

    listener: str
    sign_in: SignIn
    warnings: tuple[str, ...]


def begin_sign_in(
    home: Home,
    state: State,
    setup: Setup,
    listener: str,
    *,
    timezone: str,
    by: By,
    now: datetime,
    writing: bool = False,
) -> Begun:
    """The address to open for a listener; one not known yet is created when they come back, in `timezone` (IANA).

    `writing` asks for the writing scopes too; once granted, they are asked for again. Sends nothing.
    Raises NoCredentials; UsageError for a name that cannot be one, a member who was pulled, or an invented listener at the
    real Spotify.
    """
    check_name(listener)
    check_zone(timezone)
    known = _known(home, listener)
    if known and known.origin is not None:
        raise UsageError(f"{listener} came from the group's lake. Choose another name with --listener.")
    if known and known.invented and setup.accounts_url == Setup.accounts_url:
        raise UsageError(f"{listener} is an invented listener of the demo. Choose another name with --listener.")
    before = sign_ins.of(state, known.listener_id) if known else None
    users = _users(state, without=known)
    app = setup.app_for(listener, before.client_id if before else None, users)
    asked = [*scopes.READING, *(scope for scope in scopes.WRITING if writing or (before and scope in before.scopes))]
    word = pending.new_state()
    address, verifier = oauth.begin(setup, app, asked, word)
    begun = Pending(word, listener, app.client_id, app.redirect_uri, frozenset(asked), verifier, timezone, by, now)
    pending.begin(state, begun)
    return Begun(address, word, app.client_id, app.redirect_uri, _about_room(app, users.get(app.client_id, 0)))


def finish_sign_in(home: Home, state: State, setup: Setup, returned: Returned, *, now: datetime) -> SignedIn:
    """Take what the browser brought back, once, and keep the sign-in. Whoever waits for it in another process is told.

    Raises SignInError where nothing came of it, NoCredentials where the app is not set up here, SpotifyDown.
    """
    begun = pending.take(state, returned.state, now)
    if begun is None or begun.by == "sign-in":
        raise SignInError(FOREIGN)
    try:
        signed_in = _finish(home, state, setup, begun, returned, now=now)
    except Exception as error:
        told = getattr(error, "message", "Something unforeseen happened; the log of the server tells more.")
        pending.end(state, begun.state, Outcome(False, told))
        raise
    pending.end(state, begun.state, Outcome(True, in_words(signed_in)))
    return signed_in


def begin_naming(state: State, setup: Setup, client_id: str, *, now: datetime) -> Begun:
    """The address where somebody shows which Spotify account is theirs, to sign in to Groovelog itself; asks no scope.

    Raises NoCredentials for an app that is not set up.
    """
    app = setup.app(client_id)
    word = pending.new_state()
    address, verifier = oauth.begin(setup, app, (), word)
    pending.begin(
        state, Pending(word, "", app.client_id, app.redirect_uri, frozenset(), verifier, "UTC", "sign-in", now)
    )
    return Begun(address, word, app.client_id, app.redirect_uri, ())


def finish_naming(state: State, setup: Setup, returned: Returned, *, now: datetime) -> str:
    """The id of the account that somebody showed. Raises SignInError, SpotifyDown, Blocked."""
    begun = pending.take(state, returned.state, now)
    if begun is None or begun.by != "sign-in":
        raise SignInError(FOREIGN)
    pending.end(state, begun.state, Outcome(True, ""))
    if returned.code is None:
        raise SignInError(f"Spotify gave no account: {_word(returned)}.")
    return whose(setup, state, setup.app(begun.client_id), returned.code, begun.verifier, now=now)


def disconnect(home: Home, state: State, listener: str) -> bool:
    """Delete a listener's tokens and what is planned for them; whether they were connected. Raises NotFoundError.

    The plays stay. Spotify itself goes on listing the app until one removes it at https://www.spotify.com/account/apps.
    """
    person = _person(home, listener)
    polls.forget(state, person.listener_id)
    return sign_ins.forget(state, person.listener_id)


@begins_again
def forget_source(home: Home, listener: str, source: str, *, now: datetime) -> dict[str, int]:
    """Erase everything that a source (its name, as spotify_api) told of a listener; returns the rows by table.

    What waits in the inbox is written first, so that it goes too. Plays that other sources told as well stay, as those
    tell them. What was learnt from the listener's plays goes, since it may have been learnt from these. Raises NotFoundError.
    """
    _person(home, listener)
    take_inbox(home, now=now)
    with running(home, now) as run:
        person = people.named(run.snapshot.listeners(), people.as_known(run.snapshot.listeners(), listener))
        stored.forget(home, person.listener_id)
        return purge(run, person, source)


def in_words(signed_in: SignedIn) -> str:
    """What a person is told at the end of a sign-in."""
    sign_in = signed_in.sign_in
    account = f" as {sign_in.display_name}" if sign_in.display_name else ""
    until = f"{sign_in.consent_expires_at:%Y-%m-%d}"
    head = f"{signed_in.listener} is connected to Spotify{account}. Spotify asks for consent again on {until}."
    return "\n".join([head, *signed_in.warnings])


def _finish(home: Home, state: State, setup: Setup, begun: Pending, returned: Returned, *, now: datetime) -> SignedIn:
    if returned.code is None:
        denied = returned.error == "access_denied"
        raise SignInError(DENIED if denied else f"Spotify refused the sign-in: {_word(returned)}.")
    granted = oauth.exchange(setup, setup.app(begun.client_id), returned.code, begun.verifier, now)
    if granted.refresh is None:
        raise SpotifyDown("Spotify gave no lasting token. Try again.")
    person = _made_known(home, begun, now)
    had = begun.scopes if granted.scopes is None else granted.scopes
    sign_in = SignIn(person.listener_id, begun.client_id, None, None, had, now)
    tokens = Tokens(granted.access, granted.access_expires_at, granted.refresh)
    sign_in, troubles = _keep(setup, state, sign_in, tokens, now)
    return SignedIn(person.name, sign_in, _about_scopes(begun.scopes, had) + troubles)


def _made_known(home: Home, begun: Pending, now: datetime) -> Listener:
    """The listener, who is created where they are not known yet."""
    if _known(home, begun.listener) is None:
        add_listener(home, begun.listener, begun.timezone, now=now, wait_s=LOCK_S)
    person = _known(home, begun.listener)
    if person is None:
        raise SignInError(f"{begun.listener} was removed while they signed in.")
    return person


def _keep(setup: Setup, state: State, sign_in: SignIn, tokens: Tokens, now: datetime) -> tuple[SignIn, tuple[str, ...]]:
    """Keep the sign-in in place of the last one, with its account where Spotify tells it; and what troubles there are.

    Raises SignInError, and the last one stays, where the account is not the listener's; Blocked, and it is kept, where the
    account is not on the app's allowlist.
    """
    before = _before(state, sign_in.listener_id)
    sign_ins.save(state, sign_in, tokens)
    ledger.lift(state, sign_in.listener_id, now)
    polls.set_next_poll_at(state, sign_in.listener_id, None)  # whoever polls asks at once
    try:
        return _with_account(setup, state, sign_in, before[0] if before else None, now), ()
    except SignInError:
        sign_ins.forget(state, sign_in.listener_id)
        if before:
            sign_ins.save(state, *before)
        raise
    except SpotifyError as error:
        if isinstance(error, Blocked) and error.reason == Kind.NOT_ON_ALLOWLIST:
            raise
        return sign_in, (f"But Spotify does not tell whose account it is: {error.message}",)


def _with_account(setup: Setup, state: State, sign_in: SignIn, before: SignIn | None, now: datetime) -> SignIn:
    """Ask whose account it is. Raises SignInError for one of another listener, or another one than the listener had."""
    told = connect(setup, state, sign_in.listener_id, clock=lambda: now).me()
    account_id, name = (_text(told.get("account_id")) or _text(told.get("id"))), _text(told.get("display_name"))
    others = [other for other in sign_ins.all_of(state) if other.listener_id != sign_in.listener_id]
    if account_id and any(other.account_id == account_id for other in others):
        raise SignInError(
            "This Spotify account is connected already, as another listener. Sign out at https://www.spotify.com in the "
            "browser, or choose `Not you?` on the consent page, and try again."
        )
    if account_id and before and before.account_id and before.account_id != account_id:
        raise SignInError(
            "This listener is connected to another Spotify account than the one that was signed in with now. To change "
            "it: groovelog disconnect --listener NAME, and sign in again."
        )
    sign_ins.set_account(state, sign_in.listener_id, account_id, name)
    return sign_ins.of(state, sign_in.listener_id) or sign_in


def _person(home: Home, name: str) -> Listener:
    """Raises NotFoundError for an unknown name."""
    with open_snapshot(home.lake) as snapshot:
        known = snapshot.listeners()
    return people.named(known, people.as_known(known, name))


def _known(home: Home, name: str) -> Listener | None:
    with open_snapshot(home.lake) as snapshot:
        known = snapshot.listeners()
    name = people.as_known(known, name)
    return next((person for person in known if person.name == name), None)


def _before(state: State, listener_id: str) -> tuple[SignIn, Tokens] | None:
    sign_in = sign_ins.of(state, listener_id)
    try:
        return (sign_in, sign_ins.tokens(state, sign_in)) if sign_in else None
    except Unsealable:
        return None


def _users(state: State, without: Listener | None) -> dict[str, int]:
    counts: dict[str, int] = {}
    for sign_in in sign_ins.all_of(state):
        if without is None or sign_in.listener_id != without.listener_id:
            counts[sign_in.client_id] = counts.get(sign_in.client_id, 0) + 1
    return counts


def _about_room(app: App, users: int) -> tuple[str, ...]:
    if users >= app.most_users:
        return (
            f"The app {app.client_id} has {users} people already, and Spotify lets it have {app.most_users}: it will "
            f"turn away one more. Set up another app for them.",
        )
    if users + 1 == app.most_users:
        return (f"With this listener the app {app.client_id} has its full number of {app.most_users} people.",)
    return ()


def _about_scopes(asked: Collection[str], granted: Collection[str]) -> tuple[str, ...]:
    missing = scopes.missing_in_words(asked, granted)
    return (f"Not allowed, so without it: {missing}. Sign in again to allow it.",) if missing else ()


def _word(returned: Returned) -> str:
    """The error that came back in the address, as far as it is a plain word: anybody may have written it."""
    error = returned.error or ""
    return error[:40] if error.replace("_", "").isalnum() and error.isascii() else "without a reason"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
