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


def write_new(client: Client, name: str, uris: Sequence[str]) -> Written:
    """Make a private playlist with these items. Raises SpotifyError; what was made stays, and is named so."""
    check_items(uris)
    playlist_id = str(client.create_playlist(name, MADE_BY)["id"])
    client.add_items(playlist_id, list(uris))
    return Written(playlist_id, name, len(uris), replaced=False)


def write_over(client: Client, playlist_id: str, name: str, uris: Sequence[str]) -> Written:
    """Let a playlist have these items, and no others. Raises SpotifyError."""
    check_items(uris)
    client.replace_items(playlist_id, list(uris))
    return Written(playlist_id, name, len(uris), replaced=True)


def check_items(uris: Sequence[str]) -> None:
    """Raises UsageError where there is nothing that Spotify takes."""
    if not uris:
        raise UsageError("None of these tracks has an address at Spotify: there is nothing to write.")
