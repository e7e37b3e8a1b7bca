"""What users keep: playlists, one version after another, and saved tracks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from groovelog.demo.standin.accounts import Account, Entry, Playlist, Saved


class Library:
    """The playlists of all, by id; who has which in the library, newest first; and the saved tracks of each, newest first."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.playlists: dict[str, Playlist] = {}
        self.kept: dict[str, list[str]] = {}
        self.saved: dict[str, list[Saved]] = {}
        for account in accounts:
            self.playlists |= {playlist.id: playlist for playlist in account.playlists}
            self.kept[account.user_id] = [playlist.id for playlist in account.playlists]
            self.saved[account.user_id] = sorted(account.saved, key=lambda saved: saved.added_at, reverse=True)

    def playlists_of(self, user_id: str) -> list[Playlist]:
        return [self.playlists[id] for id in self.kept[user_id]]

    def may_read_items(self, user_id: str, playlist: Playlist) -> bool:
        """Of one's own, and of those one collaborates on: collaborative ones in one's library."""
        return playlist.owner == user_id or (playlist.collaborative and playlist.id in self.kept[user_id])

    def create(self, playlist: Playlist) -> None:
        self.playlists[playlist.id] = playlist
        self.kept[playlist.owner].insert(0, playlist.id)

    def change(self, playlist: Playlist, entries: tuple[Entry, ...]) -> Playlist:
        """The next version of a playlist."""
        changed = replace(playlist, entries=entries, version=playlist.version + 1)
        self.playlists[playlist.id] = changed
        return changed

    def save(self, user_id: str, uri: str, now: datetime) -> None:
        kept, saved = self.kept[user_id], self.saved[user_id]
        if uri.startswith("spotify:playlist:"):
            if (id := uri.rpartition(":")[2]) not in kept:
                kept.insert(0, id)
        elif not self.contains(user_id, uri):
            saved.insert(0, Saved(uri, now))

    def remove(self, user_id: str, uri: str) -> None:
        """An own playlist too is only unfollowed: its id still answers, as with Spotify."""
        self.kept[user_id] = [id for id in self.kept[user_id] if f"spotify:playlist:{id}" != uri]
        self.saved[user_id] = [saved for saved in self.saved[user_id] if saved.uri != uri]

    def contains(self, user_id: str, uri: str) -> bool:
        id = uri.rpartition(":")[2]
        return (uri.startswith("spotify:playlist:") and id in self.kept[user_id]) or any(
            saved.uri == uri for saved in self.saved[user_id]
        )
