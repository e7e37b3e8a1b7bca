"""`groovelog disconnect`: delete a listener's tokens, and what the Web API told, if asked."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from groovelog.config import Settings
from groovelog.lake.purge import SPOTIFY_API
from groovelog.pipeline import signing_in
from groovelog.state.database import open_state

AT_SPOTIFY = "To take Groovelog off the account's list of apps: https://www.spotify.com/account/apps\n"


def disconnect(
    context: typer.Context,
    listener: Annotated[str, typer.Option(help="Whom to disconnect.", metavar="NAME")],
    purge: Annotated[
        bool, typer.Option("--purge", help="Erase all that the Web API told of them, too; what exports told stays.")
    ] = False,
) -> None:
    """Delete a listener's Spotify tokens and what is planned for them."""
    with open_state(context.obj.root, Settings().sealing_key) as state:
        was_connected = signing_in.disconnect(context.obj, state, listener)
    sys.stderr.write(f"{listener} {'is disconnected' if was_connected else 'was not connected'}.\n")
    if purge:
        rows = signing_in.forget_source(context.obj, listener, SPOTIFY_API, now=datetime.now(UTC))
        told = ", ".join(f"{table}: {count:,}" for table, count in rows.items() if count) or "nothing was there"
        sys.stderr.write(f"What the Web API told is erased, row by row ({told}).\n")
    else:
        sys.stderr.write("What was collected is kept; --purge erases it.\n")
    if was_connected:
        sys.stderr.write(AT_SPOTIFY)
