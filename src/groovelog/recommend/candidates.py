"""Which songs are looked at for a moment: some hundreds, from several sources; the same for every method."""

from dataclasses import dataclass

import numpy as np

from groovelog.recommend.before import Bools
from groovelog.recommend.colistening import Together
from groovelog.recommend.history import DAY_US
from groovelog.recommend.listened import Listened, Moment, nearness
from groovelog.recommend.neighbours import nearest
from groovelog.recommend.rerank import RESTS_HOURS
from groovelog.recommend.songs import Floats, Ints
from groovelog.recommend.suggestions import SOURCES

# How many of each source at most.
OWN_EACH = 120  # by each of four ways to count own plays
FORGOTTEN = 60
OF_ARTISTS = 150
OF_FRIENDS = 60
BESIDE = 80
BY_SOUND = 80
POPULAR = 40
# A favourite is forgotten, as in the report forgotten-favourites, after so many plays and so many silent days.
FAVOURITE_PLAYS, FORGOTTEN_DAYS = 15, 90
FRIENDS_DAYS = 180  # what friends played before that is no news


@dataclass(frozen=True)
class Candidates:
    """One value per candidate. `own`: its place in the sums of `Listened`, `artist` likewise. `source`: places in SOURCES.

    `together` is the co-listening score, `week` the plays of the last week, `friends_plays` those of friends in the last
    FRIENDS_DAYS, `friends` how many friends that were.
    """

    song: Ints
    own: Ints
    artist: Ints
    source: Ints
    together: Floats
    week: Floats
    friends_plays: Floats
    friends: Floats

    def __len__(self) -> int:
        return len(self.song)

    def picked(self, places: Ints) -> "Candidates":
        return Candidates(**{name: getattr(self, name)[places] for name in self.__dataclass_fields__})


def find(listened: Listened, together: Together, moment: Moment, left_out: Ints) -> Candidates:
    """The candidates for a moment, to which `listened` has been advanced; none of `left_out`, none played in the last day.

    They are in an order that tells nothing, and the same for the same plays.
    """
    music, plays = listened.music, listened.plays[:-1]
    beside, scores = together.scores(listened.fresh(moment), moment.at)
    friends_plays, friends = _friends(listened, moment.at)
    unheard = np.append(listened.plays[:-1] == 0, True)[np.minimum(np.arange(len(music)), music.own)]
    found = {
        "own": _own(listened, moment),
        "forgotten": _forgotten(listened, moment.at),
        "artist": _of_artists(listened),
        "friends": _best(np.where(unheard, friends_plays, 0.0), OF_FRIENDS, music.luck),
        "colistening": beside[_best(scores, BESIDE, music.luck[beside])],
        "audio": _by_sound(listened, moment),
        "popular": _popular(listened),
    }
    source = np.full(len(music), len(SOURCES))
    for name in reversed(SOURCES):
        source[found[name]] = SOURCES.index(name)
    # A song that was not played yet, that no reference has and no friend played, is not known to be there.
    rests = np.append(moment.at - listened.last[:-1] < RESTS_HOURS * 3_600_000_000, False)
    song = np.flatnonzero(source < len(SOURCES))
    song = song[~rests[np.minimum(song, music.own)] & ~np.isin(song, left_out)]
    # As new as a song seems, it is none that was played: `own` may be told from 'played before' alone.
    song = song[np.argsort(music.luck[song], kind="stable")]
    together_score = np.zeros(len(music))
    together_score[beside] = scores
    week = np.bincount(_since(listened, moment.at - 7 * DAY_US), minlength=music.own + 1).astype(float)
    own = np.minimum(song, music.own)
    played = plays[np.minimum(own, music.own - 1)] > 0 if music.own else np.zeros(len(song), dtype=bool)
    kind = np.where(~played & (source[song] <= SOURCES.index("forgotten")), SOURCES.index("artist"), source[song])
    return Candidates(
        song,
        own,
        np.minimum(music.artist[song], music.own_artists),
        kind,
        together_score[song],
        week[own],
        friends_plays[song],
        friends[song],
    )


def _best(score: Floats, count: int, luck: Ints) -> Ints:
    """The places of the highest scores above 0, in the order of `luck` where they tie."""
    places = np.flatnonzero(score > 0)
    if len(places) > count:
        least = np.partition(score[places], len(places) - count)[len(places) - count]
        places = places[score[places] >= least]
    return places[np.lexsort((luck[places], -score[places]))[:count]]


def _own(listened: Listened, moment: Moment) -> Ints:
    """What is played most: of all time, lately, and at such hours."""
    luck = listened.music.luck[: listened.music.own]
    here = (listened.here[:-1] @ nearness(moment).astype(np.float32)).astype(float)
    ways = (listened.plays[:-1], listened.faded[1, :-1], listened.faded[2, :-1], here)
    return np.unique(np.concatenate([_best(way, OWN_EACH, luck) for way in ways]))


def _forgotten(listened: Listened, at: int) -> Ints:
    plays = listened.plays[:-1]
    with np.errstate(invalid="ignore"):
        silent = at - listened.last[:-1] > FORGOTTEN_DAYS * DAY_US
    favourite = np.where(silent & (plays >= FAVOURITE_PLAYS), plays, 0.0)
    return _best(favourite, FORGOTTEN, listened.music.luck[: listened.music.own])


def _unheard(listened: Listened) -> Bools:
    """Songs that can be known to be there though the listener never played them."""
    music = listened.music
    unheard = music.told.copy()
    unheard[: music.own] &= listened.plays[:-1] == 0
    return unheard


def _of_artists(listened: Listened) -> Ints:
    """Unheard songs of the artists heard most, lately more than once."""
    music = listened.music
    liked = listened.artist_faded.sum(axis=0)[np.minimum(music.artist, music.own_artists)]
    return _best(np.where(_unheard(listened), liked, 0.0), OF_ARTISTS, music.luck)


def _friends(listened: Listened, at: int) -> tuple[Floats, Floats]:
    """Of each song of `Music` how often friends played it lately and liked it, and how many friends."""
    theirs = listened.music.friends
    first, end = np.searchsorted(theirs.at, [at - FRIENDS_DAYS * DAY_US, at])
    liked = theirs.liked[first:end]
    song, friend = theirs.song[first:end][liked], theirs.friend[first:end][liked]
    count = np.bincount(song, minlength=len(listened.music)).astype(float)
    each = np.unique(song * (len(theirs.names) + 1) + friend) // (len(theirs.names) + 1)
    friends = np.bincount(each, minlength=len(listened.music)).astype(float)
    return count, friends


def _by_sound(listened: Listened, moment: Moment) -> Ints:
    """Unheard songs nearest in sound to what is played at such hours, and to what is played just now."""
    music = listened.music
    if not len(music.space.rows):
        return np.zeros(0, dtype=np.int64)
    centres = [listened.profile(nearness(moment))[0]]
    fresh = music.points[listened.fresh(moment)]
    fresh = fresh[~np.isnan(fresh).any(axis=1)]
    if len(fresh):
        centres.append(fresh.mean(axis=0))
    unheard = _unheard(listened)
    near = [nearest(music.space, centre.astype(np.float32), 4 * BY_SOUND)[0] for centre in centres]
    return np.unique(np.concatenate([rows[unheard[rows]][:BY_SOUND] for rows in near]))


def _popular(listened: Listened) -> Ints:
    known = np.nan_to_num(listened.music.popularity)
    return _best(np.where(_unheard(listened), known, 0.0), POPULAR, listened.music.luck)


def _since(listened: Listened, at: int) -> Ints:
    first = np.searchsorted(listened.history.at[: listened.upto], at)
    songs: Ints = listened.history.song[first : listened.upto]
    return songs
