"""Spotify: keys, API apps, quota, consent, polls, gaps. What is kept here is looked at; Spotify is not asked."""

from collections.abc import Iterator
from datetime import timedelta

from groovelog.lake import gaps as lake_gaps
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.doctor.finding import Finding, Installation, ok, problem, warning
from groovelog.reports.connections import Connection, about_consent, app_uses, connections
from groovelog.spotify.apps import DASHBOARD, REDIRECT_URI
from groovelog.spotify.quota import iso
from groovelog.spotify.tokens import unreadable
from groovelog.state import sign_ins
from groovelog.state.database import open_state

# A poll waits for hours at most (pipeline/cadence.py); after a day, plays are likely missed.
LATE, VERY_LATE = timedelta(hours=6), timedelta(days=1)


def keys(this: Installation) -> Iterator[Finding]:
    with open_state(this.home.root, this.key) as state:
        signed_in = sign_ins.all_of(state)
        lost = [one for one in signed_in if unreadable(state, one)]
    if lost:
        yield problem(
            f"The key of the tokens opens {len(signed_in) - len(lost)} of {len(signed_in)} Spotify sign-ins.",
            f"Put the secret.key that they were sealed with into {this.home.root}, or set GROOVELOG_SECRET_KEY as it was; "
            "or sign in again: groovelog login --listener NAME",
        )
    elif signed_in:
        yield ok(f"The key of the tokens opens all {len(signed_in)} Spotify sign-ins.")
    else:
        yield ok("No tokens are kept.")


def apps(this: Installation) -> Iterator[Finding]:
    if not this.setup.apps and not this.faults:
        yield ok("No Spotify API app is set up: plays come from exports and scrobbles.")
    for app in this.setup.apps:
        where = f"The API app {app.client_id} has the redirect address {app.redirect_uri}"
        # Servers and `login` listen for it there; anything else is answered by nobody.
        if not app.redirect_uri.endswith("/callback"):
            yield warning(
                f"{where}, which does not end in /callback: nobody answers there.",
                f"Set it to {REDIRECT_URI}, or to the server's https address and /callback, here and on {DASHBOARD}.",
            )
        elif app.secret is None:
            yield ok(f"{where}, which Spotify takes; without a secret it signs in with PKCE.")
        else:
            yield ok(f"{where}, which Spotify takes.")


def quota(this: Installation) -> Iterator[Finding]:
    with open_state(this.home.root, this.key) as state:
        uses = app_uses(state, this.setup, this.now)
    for app in uses:
        if app.blocked_until is not None:
            yield warning(
                f"The API app {app.client_id} may send nothing before {iso(app.blocked_until)}; it sent {app.calls_24h} calls "
                "in 24 hours.",
                "Wait: it goes on by itself. `groovelog status` tells why.",
            )
        else:
            yield ok(
                f"The API app {app.client_id} sent {app.calls_24h} calls in 24 hours, and may send {app.calls_left} more."
            )


def consent(this: Installation) -> Iterator[Finding]:
    for connection in _connections(this):
        soon = about_consent(connection.name, connection.sign_in, this.now)
        again = f"groovelog login --listener {connection.name!r}"
        if connection.state == "reauth_required":
            yield problem(f"{connection.name} is not connected any more: {connection.why}.", f"Sign in again: {again}")
        elif soon:
            yield warning(soon, again)
        else:
            yield ok(f"{connection.name}: consent until {connection.sign_in.consent_expires_at:%Y-%m-%d}.")


def polls(this: Installation) -> Iterator[Finding]:
    for connection in _connections(this):
        planned = connection.next_poll_at
        if connection.state != "ok" or planned is None:
            continue
        late = this.now - planned
        mend = "Keep a server running (groovelog serve), or call groovelog collect from cron or a systemd timer."
        told = f"{connection.name} was to be asked for plays at {iso(planned)}, and was not"
        if late > VERY_LATE:
            yield problem(f"{told}: plays are likely missed.", mend)
        elif late > LATE:
            yield warning(f"{told}.", mend)
        else:
            yield ok(f"{connection.name}: asked for plays in time.")


def gaps(this: Installation) -> Iterator[Finding]:
    with open_snapshot(this.home.lake) as snapshot:
        missed = lake_gaps.gaps(snapshot, this.now, [one.sign_in.listener_id for one in _connections(this)])
    still = [gap for gap in missed if gap.closed_at is None]
    if still:
        plays = sum(gap.expected_plays for gap in still)
        yield warning(
            f"{len(still)} stretch(es) in which some {plays:,.0f} plays were likely missed; the first began "
            f"{iso(still[0].began_at)}.",
            "Ask Spotify for your extended streaming history, and import it: it brings these plays.",
        )
    else:
        yield ok("No stretch in which plays were likely missed.")


def _connections(this: Installation) -> list[Connection]:
    with open_state(this.home.root, this.key) as state, open_snapshot(this.home.lake) as snapshot:
        return connections(snapshot, state, this.setup, this.now)
