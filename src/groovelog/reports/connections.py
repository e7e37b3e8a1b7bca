"""Who is connected to Spotify, until when, and how much of each app's quota is used."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from groovelog.errors import Blocked
from groovelog.lake.snapshot import Snapshot
from groovelog.spotify import quota, scopes
from groovelog.spotify.apps import App, Setup
from groovelog.spotify.tokens import unreadable
from groovelog.state import ledger, polls, sign_ins
from groovelog.state.database import State
from groovelog.state.ledger import Caller
from groovelog.state.sign_ins import MONTH, WEEK, SignIn


@dataclass(frozen=True)
class Connection:
    """A listener's sign-in as it stands now; `why` says in words what keeps it from being ok."""

    name: str
    sign_in: SignIn
    state: Literal["ok", "reauth_required", "blocked"]
    why: str | None
    next_poll_at: datetime | None

    @property
    def not_allowed(self) -> str:
        """What a sign-in asks for and this one was not granted; empty where nothing is missing."""
        return scopes.missing_in_words(scopes.READING, self.sign_in.scopes)


@dataclass(frozen=True)
class AppUse:
    """An app's requests of the last 24 hours, until when its developer account may send no more, and how many it still may."""

    client_id: str
    blocked_until: datetime | None
    calls_24h: int
    calls_left: int


def connections(snapshot: Snapshot, state: State, setup: Setup, now: datetime) -> list[Connection]:
    """Every listener who is connected, by name."""
    names = {person.listener_id: person.name for person in snapshot.listeners()}
    found = [sign_in for sign_in in sign_ins.all_of(state) if sign_in.listener_id in names]
    told = [_connection(names[sign_in.listener_id], sign_in, state, setup, now) for sign_in in found]
    return sorted(told, key=lambda connection: connection.name)


def app_uses(state: State, setup: Setup, now: datetime) -> list[AppUse]:
    """Every app that is set up, or that a listener is connected through."""
    apps = {app.client_id: app for app in setup.apps}
    apps |= {sign_in.client_id: _app(setup, sign_in) for sign_in in sign_ins.all_of(state)}
    return [
        AppUse(
            client_id, _blocked(state, setup, app, "", now)[0], ledger.calls_24h(state, [client_id], now),
            _calls_left(state, setup, app, now),
        )
        for client_id, app in apps.items()
    ]  # fmt: skip


def calls_left(state: State, setup: Setup, sign_in: SignIn, now: datetime) -> int:
    """How many calls the developer account, whose quota the listener's app uses, may still send in these 24 hours."""
    return _calls_left(state, setup, _app(setup, sign_in), now)


def about_consent(name: str, sign_in: SignIn, now: datetime) -> str | None:
    """A warning a month before consent ends, and a more urgent one in the last week; else None."""
    left = sign_in.consent_expires_at - now
    if sign_in.state != "ok" or left > MONTH:
        return None
    day = f"{sign_in.consent_expires_at:%Y-%m-%d}"
    when = "this week" if left <= WEEK else "within a month"
    return f"{name}: Spotify's consent ends {when}, on {day}. Sign in again before: groovelog login --listener {name!r}"


def _connection(name: str, sign_in: SignIn, state: State, setup: Setup, now: datetime) -> Connection:
    next_poll_at = polls.next_poll_at(state, sign_in.listener_id)
    if sign_in.state != "ok":
        return Connection(name, sign_in, "reauth_required", "Spotify has ended the consent", next_poll_at)
    if unreadable(state, sign_in):
        return Connection(name, sign_in, "reauth_required", "the key of the tokens is lost or another", next_poll_at)
    if scopes.PLAYS not in sign_in.scopes:
        return Connection(name, sign_in, "reauth_required", "they did not allow to read new plays", next_poll_at)
    if all(app.client_id != sign_in.client_id for app in setup.apps):
        missing = f"The API app {sign_in.client_id}, which they signed in with, is not set up here any more"
        return Connection(name, sign_in, "blocked", missing, next_poll_at)
    until, why = _blocked(state, setup, _app(setup, sign_in), sign_in.listener_id, now)
    return Connection(name, sign_in, "blocked" if until else "ok", why, next_poll_at)


def _calls_left(state: State, setup: Setup, app: App, now: datetime) -> int:
    return max(0, setup.daily_budget - quota.used(state, app.account, now))


def _app(setup: Setup, sign_in: SignIn) -> App:
    """The app as it is set up; one that no longer is has nothing but its name."""
    return next((app for app in setup.apps if app.client_id == sign_in.client_id), App(sign_in.client_id))


def _blocked(
    state: State, setup: Setup, app: App, listener_id: str, now: datetime
) -> tuple[datetime, str] | tuple[None, None]:
    try:
        quota.check(setup, state, Caller(app.account, app.client_id, listener_id), quota.RECENTLY_PLAYED, now)
    except Blocked as error:
        return error.until, error.message
    return None, None
