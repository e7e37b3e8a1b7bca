"""Write playlists to Spotify: a new one, or other items into one that is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from groovelog.errors import UsageError
from groovelog.spotify.client import Client

MADE_BY = "Put together by Groovelog."


@dataclass(frozen=True)
class Written:
    """What was written; `replaced` where it was a playlist that was there."""

    playlist_id: str
    name: str
    tracks: int
    replaced: bool


def write(
    client: Client, name: str, uris: Sequence[str], *, into: str | None = None, description: str = MADE_BY
) -> Written:
    """Make a private playlist with these items; or let the one with the id `into` have them, and no others.

    Raises UsageError where there are none, SpotifyError; a playlist that was made by then stays, and has its name.
    """
    check_items(uris)
    playlist_id = into or str(client.create_playlist(name, description)["id"])
    if into:
        client.replace_items(playlist_id, list(uris))
    else:
        client.add_items(playlist_id, list(uris))
    return Written(playlist_id, name, len(uris), replaced=into is not None)


def check_items(uris: Sequence[str]) -> None:
    """Raises UsageError where there is nothing that Spotify takes."""
    if not uris:
        raise UsageError("None of these tracks has an address at Spotify: there is nothing to write.")
