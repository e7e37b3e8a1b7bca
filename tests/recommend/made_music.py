"""What may be suggested beside a made history: its songs, and others that a reference has. Without a lake."""

import numpy as np

from groovelog.recommend.friends import Friends
from groovelog.recommend.history import History
from groovelog.recommend.music import Music
from groovelog.recommend.songs import AUDIO

NOTHING = np.zeros(0, dtype=np.int64)
NO_FRIENDS = Friends((), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING > 0)


def words(values: list[str]) -> np.ndarray:
    return np.array(values, dtype=object)


def music_of(history: History, *, unheard: int = 4, friends: Friends = NO_FRIENDS, known: bool = True) -> Music:
    """The songs of the history and so many others, each of an artist of its own; all are in a reference if `known`."""
    songs = history.songs
    own, artists = len(songs), int(songs.artist.max(initial=-1)) + 1
    count = own + unheard
    rng = np.random.default_rng(1)
    names = [f"song {number}" for number in range(count)]
    return Music(
        own=own,
        own_artists=artists,
        key=words([f"spotify:track:{number}" for number in range(count)]),
        uri=words([f"spotify:track:{number}" for number in range(count)]),
        title=words(names),
        artist_name=words([f"artist {number}" for number in range(count)]),
        artist=np.concatenate([songs.artist, artists + np.arange(unheard)]),
        recording=words(names),
        audio=np.vstack([songs.audio, rng.random((unheard, len(AUDIO)))]),
        popularity=np.linspace(1, 100, count),
        told=np.full(count, known),
        friends=friends,
        places={f"song {number}\x1fartist {number}": number for number in range(count)},
    )
