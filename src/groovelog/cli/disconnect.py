"""`groovelog disconnect`: delete a listener's tokens."""

import sys
from typing import Annotated

import typer

from groovelog.config import Settings
from groovelog.pipeline import signing_in
from groovelog.state.database import open_state


def disconnect(
    context: typer.Context,
    listener: Annotated[str, typer.Option(help="Whom to disconnect.", metavar="NAME")],
) -> None:
    """Delete a listener's Spotify tokens and what is planned for them. What was collected stays."""
    with open_state(context.obj.root, Settings().sealing_key) as state:
        was_connected = signing_in.disconnect(context.obj, state, listener)
    sys.stderr.write(f"{listener} {'is disconnected' if was_connected else 'was not connected'}. All plays are kept.\n")
    if was_connected:
        sys.stderr.write("To take Groovelog off the account's list of apps: https://www.spotify.com/account/apps\n")
