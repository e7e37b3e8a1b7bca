"""Which plays Spotify's files show, and what they hide: nothing here changes a life."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from groovelog.demo.catalogue import Catalogue
from groovelog.demo.columns import Bools, Ints
from groovelog.demo.habits import Packing, Person
from groovelog.demo.life import Life
from groovelog.demo.members import account_place, extended_place
from groovelog.demo.quarters import second_of, year_begins

EXTENDED_ROWS = 15_000  # in a file of about 12 MB
ACCOUNT_ROWS = 10_000
ACCOUNT_DAYS = 365
CARRIED_OVER = 2  # rows of one file that the next begins with
REPEATED = 3  # rows of one file that stand in it twice
NAMELESS_ONE_IN = 3_989
UNTOLD_ONE_IN = 6_007
NAMED_SINCE = year_begins(2023)  # rows without names are old ones

SOUND, NEGATIVE, EPOCH = 0, 1, 2  # what is wrong with a row: nothing, a negative length, a stop in 1970


@dataclass(frozen=True)
class File:
    """One file of an export; `plays` are places in the life as shown, `faults` tells what is wrong with a row."""

    path: str
    plays: Ints
    faults: Ints


@dataclass(frozen=True)
class Shown:
    """What the exports show of a life. A row of a `nameless` play has a URI alone, that of an `untold` one nothing."""

    extended: tuple[File, ...]
    account: tuple[File, ...]
    nameless: frozenset[int]
    untold: frozenset[int]


def in_chunks(plays: Ints, size: int) -> list[Ints]:
    return [plays[start : start + size] for start in range(0, len(plays), size)]


def with_repeats(chunk: Ints, before: Ints) -> Ints:
    """The chunk after the last rows of the one before it, some of its own rows standing twice."""
    twice = np.linspace(0, len(chunk), REPEATED + 2).astype(np.int64)[1:-1]
    return np.concatenate([before[-CARRIED_OVER:], np.insert(chunk, twice, chunk[twice])])


def audio_file(path: str, chunk: Ints, before: Ints) -> File:
    """A file with two spoiled rows between the sound ones."""
    plays = with_repeats(chunk, before)
    spoiled = np.array([len(plays) // 5, len(plays) // 3])
    faults = np.insert(np.full(len(plays), SOUND), spoiled, [NEGATIVE, EPOCH])
    return File(path, np.insert(plays, spoiled, plays[spoiled]), faults)


def sound_file(path: str, plays: Ints) -> File:
    return File(path, plays, np.full(len(plays), SOUND))


def years(told_at: Ints) -> str:
    first, last = (datetime.fromtimestamp(second, UTC).year for second in told_at[[0, -1]].tolist())
    return f"{first}" if first == last else f"{first}-{last}"


def extended_files(life: Life, packing: Packing, until: int) -> tuple[File, ...]:
    told = life.told_at < until
    chunks = in_chunks(np.flatnonzero(told & ~life.video), EXTENDED_ROWS)
    nothing = np.array([], dtype=np.int64)
    files = []
    for number, (before, chunk) in enumerate(zip([nothing, *chunks], chunks, strict=False)):
        new = f"Streaming_History_Audio_{years(life.told_at[chunk])}_{number}.json"
        name = f"endsong_{number}.json" if packing.old_names else new
        files.append(audio_file(f"{extended_place(packing)}/{name}", chunk, before))
    video = np.flatnonzero(told & life.video)
    if len(video):
        new = f"Streaming_History_Video_{years(life.told_at[video])}.json"
        name = "endvideo.json" if packing.old_names else new
        files.append(sound_file(f"{extended_place(packing)}/{name}", video))
    return tuple(files)


def account_files(life: Life, kinds: dict[str, Bools], packing: Packing, shown: Bools) -> tuple[File, ...]:
    """Account data; the old form knows music alone."""
    # Its rows have no more than the minute, the names and the length: equal rows would say nothing twice.
    rows = np.stack([life.told_at // 60, life.item, life.ms_played])[:, shown]
    shown = np.isin(np.arange(len(life)), np.flatnonzero(shown)[np.unique(rows, axis=1, return_index=True)[1]])
    name, told = ("StreamingHistory", ("music",)) if packing.old_names else ("StreamingHistory_{}_", sorted(kinds))
    return tuple(
        sound_file(f"{account_place(packing)}/{name.format(kind)}{number}.json", chunk)
        for kind in told
        for number, chunk in enumerate(in_chunks(np.flatnonzero(shown & kinds[kind]), ACCOUNT_ROWS))
    )


def kinds_of(life: Life, catalogue: Catalogue) -> dict[str, Bools]:
    tracks, spoken = len(catalogue.tracks), len(catalogue.tracks) + len(catalogue.episodes)
    return {
        "music": life.item < tracks,
        "podcast": (life.item >= tracks) & (life.item < spoken),
        "audiobook": life.item >= spoken,
    }


def one_in(count: int, life: Life, among: Bools) -> Bools:
    places: Bools = np.arange(len(life)) % count == count // 2
    return among & places


def show(person: Person, catalogue: Catalogue, life: Life, end: date) -> Shown:
    kinds = kinds_of(life, catalogue)
    heard_before = np.full(len(life), True)
    heard_before[np.unique(life.item, return_index=True)[1]] = False
    # A nameless row is never the first of its track, so that another row can tell the names.
    old_music = kinds["music"] & (life.told_at < NAMED_SINCE) & heard_before & ~life.uploaded
    nameless = one_in(NAMELESS_ONE_IN, life, old_music)
    untold = one_in(UNTOLD_ONE_IN, life, old_music) & ~nameless
    lately = life.told_at >= second_of(end - timedelta(days=ACCOUNT_DAYS))
    until = second_of(end - timedelta(days=person.packing.extended_days_behind))
    return Shown(
        extended=extended_files(life, person.packing, until),
        account=account_files(life, kinds, person.packing, lately & ~nameless & ~untold),
        nameless=frozenset(np.flatnonzero(nameless).tolist()),
        untold=frozenset(np.flatnonzero(untold).tolist()),
    )
