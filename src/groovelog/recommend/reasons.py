"""Why a song is suggested, in words. Each sentence tells what the plays kept show; one that they do not show is not said."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from groovelog.metrics.context_rules import Context
from groovelog.recommend.before import Bools
from groovelog.recommend.candidates import FAVOURITE_PLAYS, FORGOTTEN_DAYS, FRIENDS_DAYS, Candidates
from groovelog.recommend.colistening import Together
from groovelog.recommend.history import DAY_US
from groovelog.recommend.listened import SATURDAY, Listened, Moment
from groovelog.recommend.neighbours import nearest
from groovelog.recommend.songs import AUDIO, Floats, Ints

MOST = 3
# What is said of the hours around a moment needs so many plays then, and a share so much larger than at other times.
LEAST_PLAYS, LEAST_TIMES = 4, 1.5
LEAST_PLAYS_OF_SOUND = 30
LIKED_SONGS = 200  # the songs that another one may be said to sound like: those played most
ALIKE = 1.5  # the largest distance (see `neighbours`) of two songs that are said to sound alike
# Words for sounds: the audio feature, its bounds (not below, below), the word.
SOUNDS = (
    ("tempo", 0.0, 90.0, "slow"),
    ("tempo", 140.0, np.inf, "fast"),
    ("energy", 0.0, 0.35, "quiet"),
    ("energy", 0.8, np.inf, "energetic"),
    ("acousticness", 0.6, np.inf, "acoustic"),
    ("instrumentalness", 0.5, np.inf, "instrumental"),
)
MOST_WORDS = 2
# Parts of the day: first hour, word.
PARTS = ((5, "morning"), (12, "afternoon"), (17, "evening"), (22, "night"))


@dataclass(frozen=True)
class Teller:
    """Tells the reasons for suggestions of one moment. `listened` is advanced to it; `up` are songs thumbed up."""

    listened: Listened
    together: Together
    candidates: Candidates
    moment: Moment
    rule: Context | None
    up: Ints

    def reasons(self, place: int) -> tuple[str, ...]:
        """At most MOST sentences for the candidate at that place, the strongest first; one at least."""
        ways = (self._thumb, self._context, self._hours, self._forgotten, self._artist, self._played, self._friends,
                self._together, self._sound_at_hours, self._sounds_like, self._popular)  # fmt: skip
        told = [sentence for way in ways if (sentence := way(place)) is not None]
        return tuple(told[:MOST]) or (
            f"Of what you never played its sound is among the nearest to what you play {self._when}.",
        )

    def _thumb(self, place: int) -> str | None:
        return "You gave it a thumbs up." if self.candidates.song[place] in self.up else None

    def _context(self, place: int) -> str | None:
        return f"It fits {self.rule.name}: {self.rule.rule}." if self.rule else None

    def _hours(self, place: int) -> str | None:
        """Of the song's plays more than usual are at such hours."""
        of_song = self._plays_of(place)
        now = self._now[of_song]
        here, usual = int(now.sum()), self._now.mean() if len(self._now) else 0.0
        if here < LEAST_PLAYS or here < LEAST_TIMES * usual * len(now):
            return None
        return f"You come back to it {self._when}: {here} of your {len(now)} plays of it."

    def _forgotten(self, place: int) -> str | None:
        own = self.candidates.own[place]
        plays, last = int(self.listened.plays[own]), self.listened.last[own]
        if plays < FAVOURITE_PLAYS or self.moment.at - last <= FORGOTTEN_DAYS * DAY_US:
            return None
        return f"A favourite you have not put on for a while: {plays} plays, the last on {self._last_day(place)}."

    def _played(self, place: int) -> str | None:
        own = self.candidates.own[place]
        plays = int(self.listened.plays[own])
        if not plays or self._forgotten(place):
            return None
        since = self.moment.at - 30 * DAY_US
        lately = int((self.listened.history.at[self._plays_of(place)] >= since).sum())
        if lately > 1:
            return f"You played it {_times(lately)} in the last 30 days."
        return f"You played it {_times(plays)}, the last time on {self._last_day(place)}."

    def _artist(self, place: int) -> str | None:
        artist = self.candidates.artist[place]
        plays = int(self.listened.artist_plays[artist])
        if not plays or self.listened.plays[self.candidates.own[place]]:
            return None
        name = self.listened.music.artist_name[self.candidates.song[place]]
        return f"You never played it, but {name} {_times(plays)}."

    def _friends(self, place: int) -> str | None:
        music, song = self.listened.music, self.candidates.song[place]
        theirs = music.friends
        first, end = np.searchsorted(theirs.at, [self.moment.at - FRIENDS_DAYS * DAY_US, self.moment.at])
        which = (theirs.song[first:end] == song) & theirs.liked[first:end]
        names = [theirs.names[number] for number in np.unique(theirs.friend[first:end][which])]
        if not names:
            return None
        who = names[0] if len(names) == 1 else f"{len(names)} of your friends"
        return f"{who} played it in the last half year, without skipping: {_times(int(which.sum()))}."

    def _together(self, place: int) -> str | None:
        song, at = int(self.candidates.song[place]), self.moment.at
        if not self.candidates.together[place]:
            return None
        best, most = -1, 0
        for seed in np.unique(self.listened.fresh(self.moment)).tolist():
            songs, count = self.together.beside(seed, at)
            found = count[songs == song]
            if len(found) and found[0] > most:
                best, most = seed, int(found[0])
        if not most:
            return None
        sessions = "one session" if most == 1 else f"{most} sessions"
        return f"In {sessions} it was played together with {self._named(best)}, which you played lately."

    def _sound_at_hours(self, place: int) -> str | None:
        """What sounds so is played more at such hours than at others."""
        audio = self.listened.music.audio
        fitting = [one for one in SOUNDS if _within(audio[self.candidates.song[place]][None], one)[0]][:MOST_WORDS]
        if not fitting or not len(self._now):
            return None
        songs = self.listened.history.song[: self.listened.upto]
        sounds = np.all([_within(audio[songs], one) for one in fitting], axis=0)
        known = ~np.isnan(audio[songs]).all(axis=1)
        there, elsewhere = known & self._now, known & ~self._now
        if (sounds & there).sum() < LEAST_PLAYS_OF_SOUND or not elsewhere.any():
            return None
        share, usual = sounds[there].mean(), sounds[elsewhere].mean()
        if share < LEAST_TIMES * usual:
            return None
        words = " ".join(word for *_, word in fitting)
        return (
            f"You come back to {words} songs {self._when}: {share:.0%} of your plays then, {usual:.0%} at other times."
        )

    def _sounds_like(self, place: int) -> str | None:
        music, own = self.listened.music, self.listened.plays[:-1]
        song = self.candidates.song[place]
        if self.listened.plays[self.candidates.own[place]] or np.isnan(music.points[song]).any():
            return None
        loved = set(np.argsort(-own, kind="stable")[:LIKED_SONGS].tolist())
        rows, apart = nearest(music.space, music.points[song], LIKED_SONGS)
        for row, distance in zip(rows.tolist(), apart.tolist(), strict=True):
            if distance > ALIKE:
                return None
            if row in loved and row != song and own[row] > 1:
                return f"It sounds like {self._named(row)}, which you played {_times(int(own[row]))}."
        return None

    def _popular(self, place: int) -> str | None:
        known = self.listened.music.popularity[self.candidates.song[place]]
        return None if np.isnan(known) else f"Its popularity is {known:.0f} of 100, as a reference tells it."

    @property
    def _now(self) -> Bools:
        """Whether each play so far was on such a day, in the same part of it."""
        history, upto = self.listened.history, self.listened.upto
        weekend = (history.weekday[:upto] >= SATURDAY) == (self.moment.weekday >= SATURDAY)
        same: Bools = weekend & (_parts(history.hour[:upto]) == _parts(np.array([self.moment.hour]))[0])
        return same

    @property
    def _when(self) -> str:
        part = PARTS[int(_parts(np.array([self.moment.hour]))[0])][1]
        days = "weekend" if self.moment.weekday >= SATURDAY else "weekday"
        return f"on {days} {part}s"

    def _plays_of(self, place: int) -> Ints:
        return np.flatnonzero(self.listened.history.song[: self.listened.upto] == self.candidates.own[place])

    def _last_day(self, place: int) -> str:
        """The local date of the last play of the song."""
        day = date(1970, 1, 1) + timedelta(days=int(self.listened.history.day[self._plays_of(place)[-1]]))
        return f"{day.day} {day:%B %Y}"

    def _named(self, song: int) -> str:
        music = self.listened.music
        return f"{music.title[song]} by {music.artist_name[song]}"


def _parts(hour: Ints) -> Ints:
    """The place in PARTS of each hour; the night ends at five."""
    return (np.searchsorted([first for first, _ in PARTS], hour, side="right") - 1) % len(PARTS)


def _within(audio: Floats, sound: tuple[str, float, float, str]) -> Bools:
    name, low, high, _ = sound
    values = audio[:, AUDIO.index(name)]
    with np.errstate(invalid="ignore"):
        fits: Bools = (values >= low) & (values < high)
    return fits


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
