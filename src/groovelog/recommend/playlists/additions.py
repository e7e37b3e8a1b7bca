"""What to add to a playlist and what to drop, each with its reasons in words."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from groovelog.names.alike import recording_key
from groovelog.names.titles import parse_title
from groovelog.recommend.playlists import aims
from groovelog.recommend.playlists.aims import Aim
from groovelog.recommend.playlists.songs import Song

FAMILIAR: Final = 0.05  # how much farther a song that is played a lot may be than one that nobody knows
MOST_OF_ARTIST: Final = 2  # songs added of one artist
YEAR_DAYS: Final = 365
# What speaks for dropping a track; how far it is from what the playlist sounds like is added, 0 to 1.
TWICE, NEVER, LONG_AGO = 3.0, 0.4, 0.2
STANDS_OUT: Final = 0.25  # from here on a distance is a reason
WORDS: Final = {aims.ENERGY: "energy", aims.MOOD: "valence", aims.ACOUSTIC: "acousticness"}


@dataclass(frozen=True)
class Suggestion:
    """A song to add or to drop, and why; `place` is its place in the playlist, from 1, of one that is in it."""

    song: Song
    reasons: tuple[str, ...]
    place: int | None = None


def keys(song: Song) -> set[str]:
    """What tells that a song is another one: its recording, and its names."""
    return {recording_key(song.name, song.artist), *({song.recording} if song.recording else ())}


def additions(
    playlist: Sequence[Song],
    candidates: Iterable[Song],
    aim: Aim,
    number: int,
    *,
    asked: Collection[str] = (),
    without: Iterable[Song] = (),
) -> list[Suggestion]:
    """The songs among the candidates that fit the aim best and are not in the playlist, nor among those `without`."""
    known = set().union(*map(keys, (*playlist, *without)), set())
    offered = [song for song in candidates if song.is_known and song.uri and not _is_version(song)]
    most = math.log1p(max((song.plays for song in offered), default=0)) or 1.0

    def score(song: Song) -> tuple[float, str]:
        return aims.distance(song, aim, asked) - FAMILIAR * math.log1p(song.plays) / most, song.uri or ""

    chosen: list[Suggestion] = []
    of_artist: Counter[str] = Counter()
    for song in sorted(offered, key=score):
        if len(chosen) == number:
            break
        if of_artist[song.artist.casefold()] < MOST_OF_ARTIST and known.isdisjoint(keys(song)):
            known |= keys(song)
            of_artist[song.artist.casefold()] += 1
            chosen.append(Suggestion(song, (heard(song), fits(song, aim, asked))))
    return chosen


def drops(
    playlist: Sequence[Song], aim: Aim, number: int, today: date, *, asked: Collection[str] = ()
) -> list[Suggestion]:
    """The tracks that most speaks against, in the order of the weight of it; those of which nothing does are left in."""
    told: list[tuple[float, Suggestion]] = []
    first: dict[str, int] = {}
    anything_played = any(song.plays for song in playlist)
    for place, song in enumerate(playlist, 1):
        weight, reasons = 0.0, []
        own = keys(song) if song.name else set()
        earlier = [first[key] for key in own if key in first]
        if earlier:
            weight += TWICE
            reasons.append(f"the same recording as number {min(earlier)}")
        for key in own:
            first.setdefault(key, place)
        if song.is_known and (far := aims.distance(song, aim, asked)) >= STANDS_OUT:
            weight += far
            reasons.append(stands_out(song, aim, asked))
        if anything_played and not song.plays:
            weight += NEVER
            reasons.append("never played")
        elif song.last_played is not None and (today - song.last_played).days >= YEAR_DAYS:
            weight += LONG_AGO
            reasons.append(f"not played since {song.last_played}")
        if reasons:
            told.append((weight, Suggestion(song, tuple(reasons), place)))
    told.sort(key=lambda one: (-one[0], one[1].place))
    return [suggestion for _, suggestion in told[:number]]


def _is_version(song: Song) -> bool:
    """Whether nobody chose it and it is no original: references are full of karaoke and covers."""
    return song.reference is not None and bool(parse_title(song.name).versions)


def heard(song: Song) -> str:
    """What the listener has of it."""
    if song.reference is not None:
        return f"never played here; {song.reference} knows it"
    if not song.plays:
        return "among your saved tracks, never played"
    times = f"{song.plays:,} play{'' if song.plays == 1 else 's'}"
    return f"{times}, the last on {song.last_played}" if song.last_played else times


def fits(song: Song, aim: Aim, asked: Collection[str] = ()) -> str:
    """How near it is to the aim, by what was asked for, else by energy and tempo."""
    named = [name for name in (*WORDS, "tempo") if name in asked] or [aims.ENERGY, "tempo"]
    beside = "where {} is wanted" if asked else "where the playlist's middle is {}"
    return ", ".join(_beside(song, name, aim[name], beside) for name in named if name in aim) or "its sound is near"


def stands_out(song: Song, aim: Aim, asked: Collection[str] = ()) -> str:
    """Where it is farthest from the aim."""
    apart = {
        name: (aims.ASKED_WEIGHT if name in asked else 1.0) * abs(getattr(song, name) - value)
        for name, value in aim.items()
        if name != "tempo" and getattr(song, name) is not None
    }
    name = max(apart, key=apart.__getitem__)
    return _beside(
        song, name, aim[name], "where {} is wanted" if name in asked else "where the playlist's middle is {}"
    )


def _beside(song: Song, name: str, wanted: float, beside: str) -> str:
    told = getattr(song, name)
    if name == "tempo":
        return f"tempo {'not known' if told is None else f'{told:.0f} BPM'}, {beside.format(f'{wanted:.0f}')}"
    return f"{WORDS.get(name, name)} {'not known' if told is None else f'{told:.2f}'}, {beside.format(f'{wanted:.2f}')}"
