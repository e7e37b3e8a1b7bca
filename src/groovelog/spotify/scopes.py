"""Scopes: what a listener grants, and what each is for."""

from collections.abc import Collection

PLAYS = "user-read-recently-played"
TOP = "user-top-read"
PLAYLISTS = "playlist-read-private"
SHARED_PLAYLISTS = "playlist-read-collaborative"
SAVED = "user-library-read"
PROFILE = "user-read-private"

WRITE_PLAYLISTS = "playlist-modify-private"
WRITE_PUBLIC_PLAYLISTS = "playlist-modify-public"
WRITE_LIBRARY = "user-library-modify"

# Asked for at a first sign-in: reading only.
READING = (PLAYS, TOP, PLAYLISTS, SHARED_PLAYLISTS, SAVED, PROFILE)
# Asked for when a playlist is written for the first time. Taking one out of the library (DELETE /me/library) needs the
# last two by the API's description, whether it is public or not.
WRITING = (WRITE_PLAYLISTS, WRITE_PUBLIC_PLAYLISTS, WRITE_LIBRARY)

FOR = {
    PLAYS: "new plays",
    TOP: "top tracks and artists",
    PLAYLISTS: "private playlists",
    SHARED_PLAYLISTS: "collaborative playlists",
    SAVED: "saved tracks",
    PROFILE: "the account's name",
    WRITE_PLAYLISTS: "writing playlists",
    WRITE_PUBLIC_PLAYLISTS: "taking playlists out of the library",
    WRITE_LIBRARY: "taking playlists out of the library",
}


def missing_in_words(wanted: Collection[str], granted: Collection[str]) -> str:
    """What was not granted and what fails without it, in the order asked; empty where nothing is missing."""
    return ", ".join(f"{scope} ({FOR[scope]})" for scope in (*READING, *WRITING) if scope in set(wanted) - set(granted))
