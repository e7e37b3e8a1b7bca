"""What the page Connect says."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from groovelog.dashboard.components import Fact
from groovelog.dashboard.texts.needs import missed
from groovelog.dashboard.texts.times import span
from groovelog.dashboard.texts.wording import NB, Headline, count, counted, day, moment
from groovelog.model import CollectedOf, Gap, Poll
from groovelog.reports.connections import Connection
from groovelog.spotify import scopes
from groovelog.spotify.apps import DASHBOARD, App
from groovelog.state.sign_ins import SignIn

NOT_CONNECTED = Headline("New plays can ", "come by themselves", ".")
LEAD = (
    "An export needs no account. Connected, new plays, top lists, playlists and saved tracks come in as long as Groovelog runs, "
    "straight from Spotify to this machine."
)
ASKED_TITLE = "What Spotify will ask you to allow"
ASKED_SUB = "To read, and nothing else. What you do not allow is left out, and the rest works"
COSTS = (
    "It costs a click on Spotify's own page, now and again every six months. Your password stays with Spotify; what comes "
    "back is kept sealed on this machine, and deleted when you disconnect."
)
CONNECT, AGAIN = "Connect to Spotify", "Sign in to Spotify again"
NEW_ZONE = "Their time zone"
WHOM = "Listener (choose, or type a new name)"
APP_TITLE = "Three lines say which app Groovelog is to Spotify"
APP_SUB = "Once, by whoever runs this Groovelog; it takes a Spotify account with Premium"
APP_GONE = "The API app that this sign-in was made with is not set up here any more. Put its three lines back, or sign in again."
GAPS_SUB = "Spotify lists the last 50 plays and no more. What fell out before anybody asked is estimated by habit"
NO_GAPS = "Nothing was missed, as far as can be told"
GAPS_MENDED = "An export from Spotify that covers such a stretch brings its plays, and closes the gap."
CAUSES = {
    "full_window": "more was played than Spotify lists before Groovelog asked again",
    "reauth_required": "the consent had ended",
    "stopped_host": "Groovelog was not running",
    "blocked": "Spotify allowed no calls",
    "unreachable": "Spotify could not be reached",
}
ALLOWED, NOT_ALLOWED = "allowed", "not allowed"
SCOPES_SUB = "Small, the names that Spotify gives them"
OUTCOMES = {
    "reauth_required": "the consent has ended",
    "blocked": "Spotify allows no calls",
    "unreachable": "Spotify cannot be reached",
}
GAP_COLUMNS = ("Likely missed", "Because", "Plays to expect", "State")
NOW_TITLE = "Groovelog asks by itself"
NOW_SUB = "Every 10 to 90 minutes, by how much is played at that hour. You can also ask now"
COLLECT, COLLECTING = "Collect now", "Asking Spotify"
DISCONNECT = "Disconnect"
DISCONNECT_TITLE = "Disconnect from Spotify"
DISCONNECT_SUB = "Deletes the sign-in and what is planned. Plays stay, unless you say otherwise"
ERASE = "Also erase all that Spotify's Web API told"
ERASE_HELP = "Plays that an export told as well stay, as the export tells them"
REALLY, KEEP = "Yes, disconnect", "Keep it"
INVENTED = "This listener is invented, and has no Spotify account. Type another name to connect yourself."


def connected(connection: Connection, now: datetime, zone: ZoneInfo) -> tuple[Headline, str]:
    """The headline and the sentence below it."""
    name = connection.name
    if connection.state == "reauth_required":
        why = f"Nothing is asked for until then: {connection.why}."
        return Headline(f"{name} has to ", "sign in again", "."), why
    if connection.state == "blocked" and connection.next_poll_at is not None:
        return Headline(
            f"Spotify lets {name} wait ", f"until {when(connection.next_poll_at, now, zone)}", "."
        ), _blocked(connection)
    return Headline(f"{name} is ", "connected", "."), LEAD


def _blocked(connection: Connection) -> str:
    why = (connection.why or "").partition(". It goes on at")[0]
    return f"{why}. Nothing is sent before; plays that fall out of Spotify's list meanwhile are told below as a gap."


def app_steps(env: str, redirect_uri: str) -> tuple[str, ...]:
    return (
        f"Open {DASHBOARD} and choose Create app, Web API.",
        f"Give it exactly this redirect URI: {redirect_uri}",
        "Put every listener on its list (User Management) by name and e-mail.",
        f"Put these three lines into {env}, and let only yourself read it (chmod 600). Then load this page again.",
    )


def app_lines(redirect_uri: str) -> str:
    return (
        "SPOTIFY_CLIENT_ID=(the app's Client ID)\n"
        "SPOTIFY_CLIENT_SECRET=(the app's Client secret)\n"
        f"SPOTIFY_REDIRECT_URI={redirect_uri}"
    )


def elsewhere(app: App, page: str | None) -> str | None:
    """What to do where Spotify leads back to another port of this machine than the page is at; else None."""
    here, back = urlsplit(page or ""), urlsplit(app.redirect_uri)
    if here.port is None or back.scheme == "https" or here.port == back.port:
        return None
    return (
        f"Spotify leads back to port {back.port}, and this page is at port {here.port}. Start Groovelog with "
        f"groovelog serve --port {back.port}, and connect there."
    )


def wanted(granted: Collection[str] = ()) -> list[tuple[str, str]]:
    """Each scope that is asked for at first, and those beyond that are granted, in plain words, with its name."""
    beyond = (scope for scope in scopes.WRITING if scope in granted)
    return [(scopes.FOR[scope].capitalize(), scope) for scope in (*scopes.READING, *beyond)]


def facts(
    connection: Connection, last: Sequence[Poll], quota: tuple[int, int], now: datetime, zone: ZoneInfo
) -> list[Fact]:
    """Account, consent, polls, quota.

    `last` is the last poll that was read, and the failures after it; `quota` the calls left of so many in 24 hours.
    """
    left, budget = quota
    sign_in = connection.sign_in
    expires = sign_in.consent_expires_at
    planned = connection.next_poll_at
    return [
        Fact(
            "Account", sign_in.display_name or "not told", f"since {day(sign_in.authorized_at.astimezone(zone).date())}"
        ),
        Fact("Consent until", day(expires.astimezone(zone).date()), _left(sign_in, now)),
        Fact("Next look", when(planned, now, zone) if planned else "not planned", last_poll(last, now, zone)),
        Fact("Calls left today", count(left), f"of {count(budget)} in any 24 hours, for the whole developer account"),
    ]


def _left(sign_in: SignIn, now: datetime) -> str:
    left = sign_in.consent_expires_at - now
    if sign_in.state != "ok" or left <= timedelta(0):
        return "has ended"
    return f"in {span(max(1, left.days))}"


def last_poll(last: Sequence[Poll], now: datetime, zone: ZoneInfo) -> str:
    if not last:
        return "nothing was asked yet"
    poll = last[-1]
    at = when(poll.asked_at, now, zone)
    if poll.outcome in OUTCOMES:
        return f"since {at} {OUTCOMES[poll.outcome]}"
    return f"last at {at}, {counted(poll.stored, 'new play', 'new plays')}"


def scopes_title(granted: Collection[str]) -> str:
    missing = [scope for scope in scopes.READING if scope not in granted]
    if not missing:
        return "Everything that Groovelog reads is allowed"
    return f"{counted(len(missing), 'thing is', 'things are')} not allowed, and left out"


def gaps_title(gaps: Sequence[Gap]) -> str:
    still = [gap for gap in gaps if gap.closed_at is None]
    if not gaps:
        return NO_GAPS
    if not still:
        return f"All that was missed has come in: {counted(len(gaps), 'gap is', 'gaps are')} closed"
    return missed(still)


def gap_row(gap: Gap, zone: ZoneInfo) -> tuple[str, str, str, str]:
    began = moment(gap.began_at.astimezone(zone))
    ended = "now" if gap.ended_at is None else moment(gap.ended_at.astimezone(zone))
    state = "open" if gap.closed_at is None else f"closed on {day(gap.closed_at.astimezone(zone).date())}"
    return f"{began} to {ended}", CAUSES[gap.cause], count(round(gap.expected_plays)), state


def collected(one: CollectedOf) -> str:
    """What came of a collection, in a sentence or two."""
    if one.fault is not None:
        return one.fault
    said = f"{counted(one.stored, 'new play', 'new plays')}, {count(one.duplicates)} known already"
    if one.unreadable:
        said += f", {count(one.unreadable)} that could not be read"
    missed = " Some plays before them were likely missed, see below." if one.gaps else ""
    notes = "".join(f" {note}" for note in dict.fromkeys(one.notes))
    return f"{said}; {counted(one.calls, 'call', 'calls')} to Spotify.{missed}{notes}"


def disconnected(name: str, erased: int | None) -> str:
    """`erased`: how many rows went; None where they were to stay."""
    told = (
        "What was collected is kept."
        if erased is None
        else f"{counted(erased, 'row', 'rows')} that Spotify told are erased."
    )
    return (
        f"{name} is disconnected. {told} To take Groovelog off the account's own list of apps: "
        "https://www.spotify.com/account/apps"
    )


def when(instant: datetime, now: datetime, zone: ZoneInfo) -> str:
    """An instant near now: the time alone today, with the day's name yesterday and tomorrow, else the whole date."""
    at, today = instant.astimezone(zone), now.astimezone(zone).date()
    days = (at.date() - today).days
    clock = f"{at:%H:%M}"
    if days == 0:
        return clock
    if abs(days) == 1:
        return f"{'tomorrow' if days > 0 else 'yesterday'},{NB}{clock}"
    return moment(at)
