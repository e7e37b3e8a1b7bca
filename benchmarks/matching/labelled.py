"""Queries whose answer is known, by category, half for tuning and half for the test."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.matching import damage
from benchmarks.matching.damage import Asked, Change, plainly
from benchmarks.matching.songs import Song
from groovelog.names import parse_artists, parse_title, recording_key

# A query of these has an answer, unless the song is one that was taken out of the reference.
KNOWN: dict[str, tuple[Change, int]] = {
    "exact": (damage.exact, 10),
    "case, punctuation, diacritics": (damage.dressed, 12),
    "several artists": (damage.several, 8),
    "featuring credits": (damage.featuring, 8),
    "edition suffix": (damage.edition, 10),
    "typo": (damage.typo, 8),
    "cut": (damage.cut, 4),
    "misread": (damage.misread, 4),
    "romanised": (damage.romanised, 4),
    "alias": (damage.alias, 4),
}
# Of lone guest credits that a reference lacks, so many are the same recording (counted in histories by hand).
GUEST_IS_SAME = 0.75
ABSENT = {"version": 8, "near title": 6, "same title by another": 6, "absent": 8, "lone guest": 2}
TAKEN_OUT = 0.12
UNKNOWN_LENGTH = 0.0


@dataclass(frozen=True)
class Query:
    """A song asked for; `answers` are the rows that are right, none where the reference lacks it."""

    query_id: str
    title: str
    artist: str
    album: str
    length_ms: int | None
    answers: frozenset[str]
    category: str
    tuning: bool


def label(songs: list[Song], count: int, seed: int) -> tuple[list[Song], list[Query]]:
    """The reference (some songs taken out) and `count` queries about it, in an order of chance."""
    rng = Random(seed)  # noqa: S311
    by_key: dict[str, list[Song]] = defaultdict(list)
    for song in songs:
        by_key[recording_key(song.title, song.artists[0])].append(song)
    keys = sorted(by_key)
    gone = set(rng.sample(keys, round(len(keys) * TAKEN_OUT)))
    kept = [song for key in keys if key not in gone for song in by_key[key]]
    told = [*_known(kept, by_key, count, rng), *_absent(by_key, keys, gone, kept, count, rng)]
    rng.shuffle(told)
    queries = [
        Query(f"q{number}", asked.title, asked.artist, album, length, answers, category, rng.random() < 0.5)
        for number, (asked, album, length, answers, category) in enumerate(told)
    ]
    return kept, queries


Told = tuple[Asked, str, int | None, frozenset[str], str]


def _known(kept: list[Song], by_key: dict[str, list[Song]], count: int, rng: Random) -> Iterator[Told]:
    total = sum(share for _, share in KNOWN.values()) + sum(ABSENT.values())
    for category, (change, share) in KNOWN.items():
        made = tried = 0
        while made < count * share // total and tried < 40 * count:
            tried += 1
            song = rng.choice(kept)
            asked = change(song, rng)
            if asked is not None and asked.title.strip() and asked.artist.strip():
                made += 1
                yield asked, _album(song, rng), _length(song.length_ms, rng), _answers(song, by_key), category


def _answers(song: Song, by_key: dict[str, list[Song]]) -> frozenset[str]:
    return frozenset(other.ref_id for other in by_key[recording_key(song.title, song.artists[0])])


def _album(song: Song, rng: Random) -> str:
    return song.album if rng.random() < 0.5 else ""


def _length(length_ms: int, rng: Random) -> int | None:
    """Catalogues agree to the second, mostly; other masterings and fades differ by more."""
    if not length_ms:
        return None
    chance = rng.random()
    if chance < 0.4:
        return length_ms
    if chance < 0.94:
        return length_ms + round(rng.gauss(0, 900))
    return max(20_000, length_ms + rng.choice((-1, 1)) * rng.randint(4_000, 40_000))


def _other_length(length_ms: int, rng: Random) -> int | None:
    return max(20_000, length_ms + round(rng.gauss(0, 45_000))) if length_ms else None


def _absent(  # noqa: PLR0917
    by_key: dict[str, list[Song]], keys: list[str], gone: set[str], kept: list[Song], count: int, rng: Random
) -> Iterator[Told]:
    total = sum(share for _, share in KNOWN.values()) + sum(ABSENT.values())
    lost = [by_key[key][0] for key in sorted(gone)]
    by_artist: dict[str, list[Song]] = defaultdict(list)
    for song in kept:
        by_artist[song.artists[0]].append(song)
    there = {recording_key(song.title, song.artists[0]) for song in kept}
    # Invented artists appear together under one name ("A e B"), and titles repeat: what a row credits to an artist beside
    # another one would in life be that artist's song.
    there |= {recording_key(song.title, name) for song in kept for name in _credited(song)}
    everyone = sorted(by_artist)
    none: frozenset[str] = frozenset()
    wanted = {category: count * share // total for category, share in ABSENT.items()}
    for _ in range(wanted["absent"]):
        song = rng.choice(lost)
        if recording_key(song.title, song.artists[0]) not in there:
            yield plainly(song), _album(song, rng), _length(song.length_ms, rng), none, "absent"
    for _ in range(wanted["version"]):
        song = rng.choice(kept)
        asked = damage.other_version(song, rng)
        if recording_key(asked.title, song.artists[0]) not in there:
            yield asked, _album(song, rng), _other_length(song.length_ms, rng), none, "version"
    for _ in range(wanted["same title by another"]):
        song, artist = rng.choice(kept), rng.choice(everyone)
        if recording_key(song.title, artist) not in there:
            yield Asked(song.title, artist), "", _other_length(song.length_ms, rng), none, "same title by another"
    for _ in range(wanted["near title"]):
        song = rng.choice(kept)
        asked = Asked(_near(song.title, kept, rng), plainly(song).artist)
        if recording_key(asked.title, song.artists[0]) not in there:
            yield asked, "", _other_length(song.length_ms, rng), none, "near title"
    alone = [song for song in kept if len(song.artists) == 1]
    for _ in range(wanted["lone guest"]):
        song, guest = rng.choice(alone), rng.choice(everyone)
        same = rng.random() < GUEST_IS_SAME
        asked = Asked(f"{song.title} (feat. {guest})", song.artists[0])
        length = (_length if same else _other_length)(song.length_ms, rng)
        yield asked, _album(song, rng), length, _answers(song, by_key) if same else none, "lone guest"


def _credited(song: Song) -> frozenset[str]:
    return frozenset(parse_artists(";".join(song.artists)).names + parse_title(song.title).guests)


def _near(title: str, kept: list[Song], rng: Random) -> str:
    """Another song that an artist might have as well: a word exchanged, added or taken away, or another part."""
    words = title.partition(" - ")[0].split()
    other = rng.choice(rng.choice(kept).title.split())
    at = rng.randrange(len(words))
    ways = [
        [*words[:at], other, *words[at + 1 :]],
        [*words, other],
        [*words, "II"],
        [*words, "Part", "2"],
        [*words, "(Interlude)"],
    ]
    if len(words) > 2 and len(words[0]) > 3:
        ways.append(words[1:])
    return " ".join(rng.choice(ways))
