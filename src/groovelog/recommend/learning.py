"""The learning table: of each play, or of each song one might play now, what was known before that moment.

A row knows the moment (hour, weekday, system, shuffle, why the play began), the session so far, earlier plays of the song, of
its artist and at such hours, what became of them, the song's audio features and how far they are from what was played so far,
and the playlists it had been added to. What becomes of the play itself, or of a later one, it does not know. What is not
known is NaN.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groovelog.recommend.before import Before
from groovelog.recommend.history import BEGAN, DAY_US, US, History
from groovelog.recommend.moments import Asked, Moments, of_plays, with_asked
from groovelog.recommend.songs import AUDIO, Floats, Ints

BEGAN_AS = {word: place for place, word in enumerate(BEGAN)}
# A rate leans on the one above it (song on artist, artist and hour on the listener) as if that had been seen so many times.
PRIOR_PLAYS = 10
FIRST_RATE = 0.25  # skips of a listener of whom nothing is known
HOURS_IN_PART = 4  # a part of the day, told apart by weekday and weekend
SATURDAY = 5
HOURS = 48  # of a weekday and of a day of the weekend
WEEK, MONTH, QUARTER = 7 * DAY_US, 30 * DAY_US, 90 * DAY_US
# The audio features that a listener's profile is of; key, mode and time signature have no middle.
PROFILE = (
    "danceability", "energy", "loudness", "speechiness", "acousticness", "instrumentalness", "liveness", "valence", "tempo",
)  # fmt: skip
LEANING = ("energy", "valence", "tempo", "acousticness")  # how far above or below the profile
THOUSAND = 1_000  # profiles are sums of thousandths: whole numbers, so that they are exact
LEAST_PLAYED = 20  # plays with audio features before there is a profile

Row = dict[str, NDArray[np.generic]]


@dataclass(frozen=True)
class Table:
    """`values` has a row for each play or question and a column for each of `names` (float32, NaN where not known)."""

    names: tuple[str, ...]
    values: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.values)

    def column(self, name: str) -> NDArray[np.float32]:
        return self.values[:, self.names.index(name)]


def plays_table(history: History) -> Table:
    """One row per play, in order."""
    return _table(of_plays(history), None)


def asked_table(history: History, asked: Asked) -> Table:
    """One row per question. Plays from its instant on, and the other questions, do not count for it."""
    return _table(*with_asked(history, asked))


def songs_table(history: History, moment: Asked) -> Table:
    """One row per song of the history, all at the one moment that is asked about, whose song does not matter."""
    songs = np.arange(len(history.songs))
    every = {
        name: np.repeat(getattr(moment, name)[:1], len(songs))
        for name in ("at", "hour", "weekday", "session", "platform", "shuffle")
    }
    return asked_table(
        history,
        Asked(**every, song=songs, artist=history.songs.artist, audio=history.songs.audio, genre=history.songs.genre),
    )


def _table(rows: Moments, places: Ints | None) -> Table:
    told: Row = {}
    for part in (_moment, _session, _known, _lists, _audio):
        for name, values in part(rows).items():
            told[name] = (values if places is None else values[places]).astype(np.float32)
    return Table(tuple(told), np.column_stack(list(told.values())))


def _moment(rows: Moments) -> Row:
    turn = 2 * np.pi * rows.hour / 24
    untold = rows.began == BEGAN_AS["untold"]
    began = {f"began_{word}": np.where(untold, np.nan, rows.began == BEGAN_AS[word]) for word in list(BEGAN)[2:]}
    return {
        "hour": rows.hour,
        "hour_sin": np.sin(turn),
        "hour_cos": np.cos(turn),
        "weekday": rows.weekday,
        "weekend": rows.weekday >= SATURDAY,
        "shuffle": rows.shuffle,
        "offline": rows.offline,
        **began,
    }


def _session(rows: Moments) -> Row:
    session = Before(rows.session, rows.at, rows.real)
    known, skipped = _outcomes(rows)
    told = session.sum(known)
    # Whole minutes: an export tells the end of a play and its length, and to the millisecond the beginning that follows from
    # these gives away how the play ended.
    return {
        "session_position": session.count(),
        "session_minutes": (rows.at - session.first(rows.at.astype(np.float64))) // (60 * US),
        "session_skips": np.where(told > 0, session.sum(skipped) / np.maximum(told, 1), np.nan),
        "previous_finished": session.last(rows.finished),
        "pause_minutes": (rows.at - session.last(rows.stop.astype(np.float64))) // (60 * US),
    }


def _outcomes(rows: Moments) -> tuple[Ints, Ints]:
    """Whether it is known that a row was finished, and whether it was not: 0 or 1."""
    return (~np.isnan(rows.finished)).astype(np.int64), (rows.finished == 0).astype(np.int64)


def _rate(group: Before, outcomes: tuple[Ints, Ints], above: Floats | float, window_us: int | None = None) -> Floats:
    """The share of skips before each row in its group, leaning on the rate above as on PRIOR_PLAYS more plays."""
    known, skipped = (group.sum(values, window_us) for values in outcomes)
    rate: Floats = (skipped + PRIOR_PLAYS * above) / (known + PRIOR_PLAYS)
    return rate


def part_of_day(rows: Moments) -> Ints:
    """The number of the part of the day: six of four hours, at weekends six others."""
    return rows.hour // HOURS_IN_PART + (rows.weekday >= SATURDAY) * (24 // HOURS_IN_PART)


PARTS = 2 * (24 // HOURS_IN_PART)


def _known(rows: Moments) -> Row:
    """Counts, recency, shares and skips: of all, of the song, of its artist, and at such moments."""

    def by(group: Ints) -> Before:
        return Before(group, rows.at, rows.real)

    at, outcomes, part = rows.at.astype(np.float64), _outcomes(rows), part_of_day(rows)
    every, song, artist = by(np.zeros(len(rows), dtype=np.int64)), by(rows.song), by(rows.artist)
    own = _rate(every, outcomes, FIRST_RATE)
    of_artist = _rate(artist, outcomes, own)
    at_part = by(part)
    of_part = _rate(at_part, outcomes, own)
    there = by(np.where(rows.artist < 0, -1, rows.artist * PARTS + part))
    plays, here = every.count(), at_part.count()
    by_artist, lately = artist.count(), every.count(QUARTER)
    hour = by(rows.hour)
    # Where and when together: who is out running, or at a desk, skips differently at the same hour.
    of_setting = _rate(by((rows.platform + 1) * HOURS + rows.hour + 24 * (rows.weekday >= SATURDAY)), outcomes, of_part)
    of_genre = _rate(by(rows.genre), outcomes, own)
    leaning = _rate(artist, outcomes, np.where(rows.genre < 0, own, of_genre))
    return {
        "plays": plays,
        "song_plays": song.count(),
        "song_plays_week": song.count(WEEK),
        "song_plays_month": song.count(MONTH),
        "artist_plays": by_artist,
        "artist_plays_week": artist.count(WEEK),
        "artist_plays_month": artist.count(MONTH),
        "artist_share": _share(artist.count(QUARTER), lately),
        "artist_share_here": _share(there.count(), by_artist),
        "hour_share": _share(hour.count(), plays),
        "part_share": _share(here, plays),
        "days_since_song": (at - song.last(at)) / DAY_US,
        "days_since_artist": (at - artist.last(at)) / DAY_US,
        "days_known_song": (at - song.first(at)) / DAY_US,
        "days_known_artist": (at - artist.first(at)) / DAY_US,
        "song_previous_finished": song.last(rows.finished),
        "skips": own,
        "skips_month": _rate(every, outcomes, own, MONTH),
        "song_skips": _rate(song, outcomes, of_artist),
        "artist_skips": of_artist,
        "artist_skips_quarter": _rate(artist, outcomes, own, QUARTER),
        "artist_skips_here": _rate(there, outcomes, of_artist * of_part / own),
        "hour_skips": _rate(hour, outcomes, own),
        "part_skips": of_part,
        "weekday_skips": _rate(by(rows.weekday), outcomes, own),
        "platform_skips": _rate(by(rows.platform), outcomes, own),
        "genre_skips": np.where(rows.genre < 0, np.nan, of_genre),
        "genre_artist_skips": leaning,
        "setting_skips": of_setting,
        "expected_skips": leaning * of_setting / own,
    }


def _share(count: Ints, of: Ints) -> Floats:
    share: Floats = np.where(of > 0, count / np.maximum(of, 1), np.nan)
    return share


def _lists(rows: Moments) -> Row:
    """How many lists the song had been added to, and for how long."""
    song, since = rows.listed
    if not len(song):
        return {"lists": np.zeros(len(rows)), "days_listed": np.full(len(rows), np.nan)}
    order = np.lexsort((since, song))
    song, since = song[order], since[order]
    first = int(min(since.min(), rows.at.min(initial=since.min())))
    span = int(max(since.max(), rows.at.max(initial=first))) - first + 2
    keys = song * span + (since - first)
    begin = np.searchsorted(song, rows.song)
    # Added before the moment, not at it: an export tells the day alone, as its first instant.
    count = np.searchsorted(keys, rows.song * span + (rows.at - first)) - begin
    within = np.maximum(count, 0)
    days = (rows.at - since[np.minimum(begin, len(since) - 1)]) / DAY_US
    return {"lists": within, "days_listed": np.where(within > 0, days, np.nan)}


def _audio(rows: Moments) -> Row:
    audio = {name: rows.audio[:, place] for place, name in enumerate(AUDIO)}
    every = Before(np.zeros(len(rows), dtype=np.int64), rows.at, rows.real)
    here = Before(part_of_day(rows), rows.at, rows.real)
    session = Before(rows.session, rows.at, rows.real)
    distances: dict[str, Floats] = {}
    leaning: Row = {}
    for name in PROFILE:
        mean, spread = _profile(every, audio[name])
        off = (audio[name] - mean) / spread
        if name in LEANING:
            leaning[f"{name}_leaning"] = off
        near = {"audio_distance": mean, "audio_distance_here": _mean(here, audio[name], LEAST_PLAYED),
                "audio_distance_session": _mean(session, audio[name], 1)}  # fmt: skip
        for what, middle in near.items():
            squared = ((audio[name] - middle) / spread) ** 2
            distances[what] = distances.get(what, 0) + squared
    return audio | leaning | {what: np.sqrt(squared / len(PROFILE)) for what, squared in distances.items()}


def _whole(feature: Floats) -> tuple[Ints, Ints]:
    """Whether the feature is known, and its thousandths."""
    known = ~np.isnan(feature)
    return known.astype(np.int64), np.rint(np.where(known, feature, 0) * THOUSAND).astype(np.int64)


def _mean(group: Before, feature: Floats, least: int) -> Floats:
    known, whole = _whole(feature)
    count = group.sum(known)
    mean: Floats = np.where(count >= least, group.sum(whole) / np.maximum(count, 1) / THOUSAND, np.nan)
    return mean


def _profile(group: Before, feature: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the feature over what was played before; NaN before there is enough."""
    known, whole = _whole(feature)
    count = group.sum(known)
    least = np.where(count >= LEAST_PLAYED, count, np.nan)
    mean = group.sum(whole) / least
    variance = group.sum(whole * whole) / least - mean * mean
    return mean / THOUSAND, np.sqrt(np.maximum(variance, 1)) / THOUSAND
