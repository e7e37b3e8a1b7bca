"""What friends who show it all played: what may be told of it, and suggested because of it. Never what was incognito."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from groovelog import access
from groovelog.errors import NothingToTell
from groovelog.lake.people import consents
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener
from groovelog.recommend.allowed import allowed_plays
from groovelog.recommend.before import Bools
from groovelog.recommend.songs import Ints


@dataclass(frozen=True)
class Song:
    """One song of friends, by what a play of it tells."""

    key: str
    track_id: str
    title: str
    artist: str | None


@dataclass(frozen=True)
class Friends:
    """Plays of friends in order of time: the song (as `Music` numbers them), when (µs), whose (a place in `names`), the
    session, and whether it was heard for 30 s and not skipped."""

    names: tuple[str, ...]
    song: Ints
    at: Ints
    friend: Ints
    session: Ints
    liked: Bools


@dataclass(frozen=True)
class Played:
    """The same with songs as `songs` numbers them, before it is known which of them the listener knows."""

    songs: tuple[Song, ...]
    plays: Friends

    def numbered(self, place: dict[str, int]) -> Friends:
        """The plays with songs numbered by `place`, which knows the key of every one."""
        numbers = np.array([place[song.key] for song in self.songs], dtype=np.int64)
        plays = self.plays
        song = numbers[plays.song] if len(numbers) else plays.song
        return Friends(plays.names, song, plays.at, plays.friend, plays.session, plays.liked)


def song_key(title: object, artist: object) -> str | None:
    """What songs are told apart by, as `history` does: title and artist whatever the case; None without a title."""
    if title is None:
        return None
    return f"{str(title).strip().lower()}\x1f{str(artist or '').strip().lower()}"


# Short plays and skips are no sign of liking. A play that does not tell its time is a scrobble: whole, or nearly.
_PLAYS = """
    SELECT track_name, artist_name, coalesce(track_uri, 'track:' || substr(md5(track_name || chr(31)
        || coalesce(artist_name, '')), 1, 16)) AS entry,
        epoch_us(started_at) AS at, session_id, coalesce(ms_played, 30000) >= 30000 AND NOT coalesce(skipped, false) AS liked
    FROM {plays} WHERE kind = 'track' AND track_name IS NOT NULL AND NOT coalesce(incognito, false)
    ORDER BY started_at, play_id
"""


def friends_of(snapshot: Snapshot, person: Listener) -> tuple[Listener, ...]:
    """Those who show the listener all: their tracks may be suggested, and they named for it."""
    try:
        return access.group(person, snapshot.listeners(), consents(snapshot), access.ALL)
    except NothingToTell:
        return ()


def friends_plays(snapshot: Snapshot, person: Listener, *, include_api: bool) -> Played:
    """The plays of these friends, as the sources that may be learnt from tell them."""
    friends = friends_of(snapshot, person)
    songs: dict[str, tuple[int, Song]] = {}
    rows: list[tuple[int, int, int, int, bool]] = []
    for number, friend in enumerate(friends):
        with allowed_plays(snapshot, friend, include_api=include_api) as (connection, plays):
            told = connection.execute(_PLAYS.format(plays=plays)).fetchall()
        for title, artist, entry, at, session, liked in told:
            key = song_key(title, artist) or ""
            place, _ = songs.setdefault(key, (len(songs), Song(key, entry, title, artist)))
            rows.append((place, at, number, session, liked))
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    table = table[np.argsort(table[:, 1], kind="stable")]
    plays_ = Friends(
        tuple(friend.name for friend in friends), table[:, 0], table[:, 1], table[:, 2], table[:, 3], table[:, 4] > 0
    )
    return Played(tuple(song for _, song in songs.values()), plays_)


def friends_songs(played: Played, place: dict[str, int], first: int) -> Sequence[Song]:
    """The songs that `place` does not know, which are given the numbers from `first` on; `place` knows them then."""
    extra = [song for song in played.songs if song.key not in place]
    for number, song in enumerate(extra, first):
        place[song.key] = number
    return extra
