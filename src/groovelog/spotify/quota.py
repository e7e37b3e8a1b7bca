"""May a call be sent now? Each developer account has a number of calls a day; what matters most goes first.

Recently-played may use the whole budget: a play that is not read in time is lost. The other kinds leave it what it needs:
72 calls a day for each listener (one in 20 minutes), top items twelve (two pages of two kinds in three ranges), playlists
and saved tracks six; single look-ups get what is left.
"""

from datetime import UTC, datetime, timedelta

from groovelog.errors import Blocked
from groovelog.spotify.apps import Setup
from groovelog.spotify.faults import Fault, Kind
from groovelog.state import ledger, sign_ins
from groovelog.state.database import State
from groovelog.state.ledger import DAY, RATE_WINDOW, Block, Caller

# Kind of call -> its place in the order; the last two are not asked for by the clock, but by a person who waits.
RECENTLY_PLAYED, TOP_ITEMS, PLAYLISTS, SAVED_TRACKS, TRACK = (
    "recently_played",
    "top_items",
    "playlists",
    "saved_tracks",
    "track",
)
PROFILE, WRITING = "profile", "writing"
ORDER = {RECENTLY_PLAYED: 0, PROFILE: 0, WRITING: 0, TOP_ITEMS: 1, PLAYLISTS: 2, SAVED_TRACKS: 2, TRACK: 3}

# Calls a day that each place in the order has for itself, for each listener.
NEEDED = (72, 12, 6)
# However many listeners there are, the later places together keep this share of the budget.
LEAST_SHARE = 0.1

# Spotify's rate limit is a number of calls in 30 seconds that it does not tell. One request after the other, as they are
# sent here, hardly gets there; several processes may.
CALLS_30S = 200

# An app whose owner pays again works after "a few hours"; someone put on the allowlist works at once, by signing in anew.
PREMIUM_RETRY, ALLOWLIST_RETRY = timedelta(hours=4), timedelta(hours=24)

BUDGET = "budget"
WHY = {
    Kind.RATE_LIMIT: "Spotify's rate limit is reached",
    Kind.QUOTA_EXCEEDED: "Spotify's daily quota of this developer account is used up",
    Kind.PREMIUM_LAPSED: "The owner of the API app has no Spotify Premium at present, which Spotify asks for",
    Kind.NOT_ON_ALLOWLIST: (
        "This listener's Spotify account is not on the allowlist of the API app (dashboard, User Management). "
        "Put it there and sign in again"
    ),
    BUDGET: "The calls that Groovelog sends in a day for this are used up",
}


def check(setup: Setup, state: State, caller: Caller, kind: str, now: datetime) -> None:
    """Raises Blocked where the call may not be sent now; nothing is sent, and nothing waits."""
    for block in ledger.blocks(state, now):
        if (block.scope, block.key) in {("account", caller.account), ("listener", caller.listener_id)}:
            raise _blocked(block)
    calls = [(at, told) for at, told in ledger.times(state, caller.account, now, DAY) if told in ORDER]
    _check_room([at for at, _ in calls], setup.daily_budget, DAY)
    _check_room([at for at, _ in calls if at > now - RATE_WINDOW], CALLS_30S, RATE_WINDOW)
    place = ORDER[kind]
    if place:
        later = [at for at, told in calls if ORDER[told] >= place]
        _check_room(later, _left_for(place, setup.daily_budget, _listeners(setup, state, caller.account)), DAY)


def block_for(fault: Fault, caller: Caller, now: datetime) -> Block | None:
    """What a fault blocks, and until when; None where it concerns one call alone."""
    match fault.kind:
        case Kind.RATE_LIMIT | Kind.QUOTA_EXCEEDED:
            return rest(caller, now, timedelta(seconds=fault.retry_after_s), fault.kind)
        case Kind.PREMIUM_LAPSED:
            return rest(caller, now, PREMIUM_RETRY, fault.kind)
        case Kind.NOT_ON_ALLOWLIST:
            return Block("listener", caller.listener_id, now, now + ALLOWLIST_RETRY, fault.kind)
    return None


def rest(caller: Caller, now: datetime, length: timedelta, reason: str) -> Block:
    """A block of the whole developer account."""
    return Block("account", caller.account, now, now + length, reason)


def keep(state: State, block: Block) -> Blocked:
    """Keep the block for all processes; returns the error to raise."""
    ledger.block(state, block)
    return _blocked(block)


def iso(instant: datetime) -> str:
    """ISO 8601 in UTC, to the second, as people and JSON are told."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _listeners(setup: Setup, state: State, account: str) -> int:
    theirs = {app.client_id for app in setup.apps if app.account == account}
    return sum(sign_in.client_id in theirs and sign_in.state == "ok" for sign_in in sign_ins.all_of(state))


def _left_for(place: int, budget: int, listeners: int) -> int:
    """Calls a day for this place in the order and those behind it."""
    needed = sum(NEEDED[:place]) * max(listeners, 1)
    return max(budget - needed, round(budget * LEAST_SHARE / place))


def _check_room(times: list[datetime], limit: int, window: timedelta) -> None:
    """Raises Blocked where the window is full, until its oldest calls have left it."""
    if len(times) >= limit:
        until = (times[len(times) - limit] if limit else times[-1]) + window
        message = f"{WHY[BUDGET]}. It goes on at {iso(until)}."
        raise Blocked(message, until=until, reason=BUDGET, whole_account=False)


def _blocked(block: Block) -> Blocked:
    message = f"{WHY.get(block.reason, block.reason)}. It goes on at {iso(block.until)}."
    return Blocked(message, until=block.until, reason=block.reason, whole_account=block.scope == "account")
