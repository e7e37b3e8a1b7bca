"""What a listener had listened to by a moment, added up: songs, artists, hours of the day, sounds.

It only moves forward, so that what it says of a moment stands on earlier plays alone. Counts fade: after a half-life a
play counts half.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groovelog.recommend.history import DAY_US, History
from groovelog.recommend.labels import finished
from groovelog.recommend.music import Music
from groovelog.recommend.neighbours import GROUPS, SOUND
from groovelog.recommend.songs import Floats, Ints

SONG_HALF_LIVES = (3.0, 14.0, 60.0, 365.0)  # days
ARTIST_HALF_LIVES = (14.0, 120.0)
SOUND_HALF_LIFE = 120.0
SLOTS = 48  # the hours of a workday, then those of a day of the weekend
SATURDAY = 5
HOURS_NEAR = 1.5  # standard deviation of the bell over hours: a routine is not kept to the minute
OTHER_DAYS = 0.3  # what the same hour counts on the other kind of day
FRESH = 20  # plays that what is near in time is told from, where no session is under way


@dataclass(frozen=True)
class Moment:
    """When music is to be put on (µs; local hour and weekday, 0 Monday), and the plays (places) of the session so far."""

    at: int
    hour: int
    weekday: int
    session: Ints


def slot(hour: Ints, weekday: Ints) -> Ints:
    return hour + 24 * (weekday >= SATURDAY)


def nearness(moment: Moment) -> Floats:
    """How much a play of each slot says of the moment: a bell over the hours around it, less on the other kind of day."""
    hours = np.arange(24)
    apart = np.minimum((hours - moment.hour) % 24, (moment.hour - hours) % 24)
    bell = np.exp(-0.5 * (apart / HOURS_NEAR) ** 2)
    mine, others = bell, OTHER_DAYS * bell
    return np.concatenate([others, mine] if moment.weekday >= SATURDAY else [mine, others])


class Listened:
    """Sums over the plays before `at` (µs). Songs and artists never played are the last place of each sum, which stays 0."""

    def __init__(self, history: History, music: Music) -> None:
        songs, artists = music.own + 1, music.own_artists + 1
        self.history, self.music = history, music
        self.at = int(history.at[0]) if len(history) else 0
        self.upto = 0  # plays that are counted
        self.plays = np.zeros(songs)
        self.faded = np.zeros((len(SONG_HALF_LIVES), songs))
        self.here = np.zeros((songs, SLOTS), dtype=np.float32)
        self.first = np.full(songs, np.nan)
        self.last = np.full(songs, np.nan)
        self.skips = np.zeros(songs)
        self.artist_plays = np.zeros(artists)
        self.artist_faded = np.zeros((len(ARTIST_HALF_LIVES), artists))
        self.artist_here = np.zeros((artists, SLOTS))
        self.artist_first = np.full(artists, np.nan)
        self.artist_skips = np.zeros(artists)
        self.sounds = np.zeros((SLOTS, 1 + 2 * len(SOUND)))  # of each slot the weight, sums and squares of points
        # By system (-1, nobody tells, is the last): where music is played says what for.
        systems = int(history.platform.max(initial=0)) + 2
        self.artist_on = np.zeros((artists, systems))
        self.group_on = np.zeros((GROUPS + 1, systems))
        self._system = history.platform % systems
        self.group_here = np.zeros((GROUPS + 1, SLOTS))
        self._group = music.group[history.song]
        self._skipped = finished(history) == 0
        self._slot = slot(history.hour, history.weekday)
        points = music.points[history.song].astype(float) if len(history) else np.zeros((0, len(SOUND)))
        known = ~np.isnan(points).any(axis=1)
        self._sound = np.where(known[:, None], np.column_stack([np.ones(len(points)), points, points**2]), 0.0)

    def advance(self, at: int) -> None:
        """Count the plays that began before `at` too."""
        end = int(np.searchsorted(self.history.at, at))
        new = slice(self.upto, end)
        days = max(at - self.at, 0) / DAY_US
        age = (at - self.history.at[new]) / DAY_US
        song, artist, place = self.history.song[new], self.history.artist[new], self._slot[new]
        sums = ((self.faded, SONG_HALF_LIVES, song), (self.artist_faded, ARTIST_HALF_LIVES, artist))
        for faded, half_lives, which in sums:
            for row, half_life in enumerate(half_lives):
                faded[row] *= 0.5 ** (days / half_life)
                _add(faded[row], which, 0.5 ** (age / half_life))
        self.sounds *= 0.5 ** (days / SOUND_HALF_LIFE)
        np.add.at(self.sounds, place, self._sound[new] * (0.5 ** (age / SOUND_HALF_LIFE))[:, None])
        one = np.ones(end - self.upto)
        _add(self.plays, song, one)
        _add(self.artist_plays, artist, one)
        _add(self.here.reshape(-1), song * SLOTS + place, one)
        _add(self.artist_here.reshape(-1), artist * SLOTS + place, one)
        _add(self.group_here.reshape(-1), self._group[new] * SLOTS + place, one)
        systems = self.artist_on.shape[1]
        _add(self.artist_on.reshape(-1), artist * systems + self._system[new], one)
        _add(self.group_on.reshape(-1), self._group[new] * systems + self._system[new], one)
        _add(self.skips, song, self._skipped[new].astype(float))
        _add(self.artist_skips, artist, self._skipped[new].astype(float))
        when = self.history.at[new].astype(float)
        self.last[song] = when  # of several the last one stays: plays are in order of time
        for first, which in ((self.first, song), (self.artist_first, artist)):
            unknown = np.isnan(first[which])
            first[which[unknown][::-1]] = when[unknown][::-1]
        self.upto, self.at = end, max(at, self.at)

    def fresh(self, moment: Moment) -> Ints:
        """The songs that tell what is wanted just now: those of the session so far, else the last ones that were not skipped."""
        if len(moment.session):
            return self.history.song[moment.session]
        before = np.arange(max(self.upto - 2 * FRESH, 0), self.upto)
        songs: Ints = self.history.song[before[~self._skipped[before]]][-FRESH:]
        return songs

    def system(self, moment: Moment) -> Floats | None:
        """1 for the system that the session so far is played on, 0 for others; None where no session is under way."""
        if not len(moment.session):
            return None
        one: Floats = (np.arange(self.artist_on.shape[1]) == self._system[moment.session[-1]]).astype(float)
        return one

    def profile(self, weight: Floats) -> tuple[Floats, Floats]:
        """Mean and spread of the sounds played, slots weighted so (SLOTS); zeros and ones where too little is known."""
        sums = weight @ self.sounds
        width = len(SOUND)
        if sums[0] < 1e-6:
            return np.zeros(width), np.ones(width)
        mean = sums[1 : 1 + width] / sums[0]
        spread = np.sqrt(np.maximum(sums[1 + width :] / sums[0] - mean**2, 0.0))
        return mean, spread + 0.1  # a sound played once only is no rule


def _add(sums: NDArray[np.floating], places: Ints, values: Floats) -> None:
    """Add values at places, of which some may be equal: in one go where they are many."""
    if len(places) > len(sums) // 4:
        sums += np.bincount(places, weights=values, minlength=len(sums)).astype(sums.dtype)
    else:
        np.add.at(sums, places, values)


def moment_of(history: History, play: int) -> Moment:
    """The moment before a play of the history: its hour, its weekday, and the plays of its session before it."""
    begin = play
    while begin and history.session[begin - 1] == history.session[play]:
        begin -= 1
    return Moment(int(history.at[play]), int(history.hour[play]), int(history.weekday[play]), np.arange(begin, play))
