"""Songs that are played in one session: item-item co-listening, of one's own sessions and of consenting friends'.

Of seeds (what is played just now) the score of a song is the sum over the seeds of c / sqrt(a b): c sessions with both, a
and b sessions with either, all before the moment (cosine of the two columns of sessions; G. Linden, B. Smith & J. York 2003).
"""

import numpy as np

from groovelog.recommend.history import History
from groovelog.recommend.music import Music
from groovelog.recommend.songs import Floats, Ints

MOST_SESSIONS = 200  # of a seed, the last ones: a song of years says enough with them


class Together:
    """Sessions and their songs, to be asked as of a moment."""

    def __init__(self, history: History, music: Music) -> None:
        friends = music.friends
        _, own = np.unique(history.session, return_inverse=True)
        who = friends.friend * (int(friends.session.max(initial=0)) + 1) + friends.session
        _, theirs = np.unique(who, return_inverse=True)
        session = np.concatenate([own, theirs + own.max(initial=-1) + 1]).astype(np.int64)
        song = np.concatenate([history.song, friends.song])
        at = np.concatenate([history.at, friends.at])
        count = int(session.max(initial=-1)) + 1
        # A session counts once it is over, and a song in it once.
        ends = np.zeros(count, dtype=np.int64)
        np.maximum.at(ends, session, at)
        pairs = np.unique(session * len(music) + song)
        self._songs = len(music)
        self._session, self._song = pairs // len(music), pairs % len(music)
        self._ends = ends
        self._session_from = np.searchsorted(self._session, np.arange(count + 1))
        by_song = np.lexsort((ends[self._session], self._song))
        self._of_song = self._session[by_song]
        self._song_from = np.searchsorted(self._song[by_song], np.arange(len(music) + 1))
        self._ends_of_song = ends[self._of_song]
        # (song, end) as one ascending number, to count the sessions of many songs at once.
        self._begin = int(ends.min()) if count else 0
        self._span = int(ends.max(initial=self._begin)) - self._begin + 2
        self._keys = self._song[by_song] * self._span + (self._ends_of_song - self._begin)

    def sessions(self, song: int, at: int) -> Ints:
        """The last sessions with the song that ended before `at`."""
        begin, end = self._song_from[song], self._song_from[song + 1]
        end = begin + np.searchsorted(self._ends_of_song[begin:end], at)
        found: Ints = self._of_song[max(begin, end - MOST_SESSIONS) : end]
        return found

    def count(self, songs: Ints, at: int) -> Ints:
        """Of each song the sessions that ended before `at`."""
        since = min(max(at - self._begin, 0), self._span - 1)
        return np.searchsorted(self._keys, songs * self._span + since) - self._song_from[songs]

    def beside(self, song: int, at: int) -> tuple[Ints, Ints]:
        """The songs of the sessions with a song, and in how many of these each is."""
        sessions = self.sessions(song, at)
        if not len(sessions):
            return sessions, sessions
        parts = [self._song[self._session_from[one] : self._session_from[one + 1]] for one in sessions]
        found, count = np.unique(np.concatenate(parts), return_counts=True)
        other = found != song
        return found[other], count[other].astype(np.int64)

    def scores(self, seeds: Ints, at: int) -> tuple[Ints, Floats]:
        """The songs beside the seeds, and their scores; the seeds are not among them."""
        parts = [(song, *self.beside(int(song), at)) for song in np.unique(seeds)]
        if not parts:
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        songs = np.unique(np.concatenate([found for _, found, _ in parts]))
        heard = np.minimum(self.count(songs, at), MOST_SESSIONS).astype(float)
        score = np.zeros(len(songs))
        for seed, found, count in parts:
            mine = min(int(self.count(np.array([seed]), at)[0]), MOST_SESSIONS)
            place = np.searchsorted(songs, found)
            score[place] += count / np.sqrt(mine * heard[place])
        kept = ~np.isin(songs, seeds)
        return songs[kept], score[kept]
