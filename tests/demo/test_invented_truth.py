"""The truth of a life of seven plays, worked out by hand."""

from datetime import date

import numpy as np

from groovelog.demo.catalogue import SCENES, Album, Artist, Catalogue, Track
from groovelog.demo.habits import Person, Tastes
from groovelog.demo.lens import EPOCH, SOUND, File, Shown
from groovelog.demo.life import Life
from groovelog.demo.spoken import Episode, Show
from groovelog.demo.truth import FileTruth, TopArtist, TopTrack, tell
from groovelog.demo.words import TONGUES

HERON, KETTLE = (Artist(name, TONGUES[0], SCENES[0], 0.5, 0.5, 0.5) for name in ("Heron", "Kettle"))
WORLD = Catalogue(
    artists=(HERON, KETTLE),
    tracks=(
        Track("spotify:track:1", "Dawn", Album("Birds", HERON, date(2000, 1, 1)), 200_000),
        Track("spotify:track:2", "Boil", Album("Tea", KETTLE, date(2000, 1, 1)), 200_000),
    ),
    episodes=(Episode("spotify:episode:1", "One", Show("Maps", date(2000, 1, 1), 30), 1_800_000),),
    chapters=(),
)
NOBODY = Person("Nobody", "Asia/Kolkata", "IN", date(2024, 1, 1), (), Tastes({}, 1, 1, 0, 0))
JANUARY_31 = 1_706_659_200  # 2024-01-31T00:00:00Z, 05:30 of a Wednesday in Kolkata
HOUR = 3600


def life(item: list[int], stopped_at: list[int], ms_played: list[int]) -> Life:
    no = np.full(len(item), False)
    word = np.full(len(item), "phone")
    return Life(
        ms_played=np.array(ms_played), seconds=np.array(ms_played) // 1000, reason_start=word, reason_end=word,
        cut_short=no, device=word, country=word, shuffle=no, offline=no, incognito=no, video=no, uploaded=no,
        item=np.array(item), stopped_at=np.array(stopped_at), told_at=np.array(stopped_at),
    )  # fmt: skip


def file(path: str, plays: list[int], faults: list[int] | None = None) -> File:
    return File(path, np.array(plays), np.array(faults or [SOUND] * len(plays)))


LIFE = life(
    item=[0, 0, 1, 2, 1, 0, 1],
    stopped_at=[
        JANUARY_31 + HOUR,
        JANUARY_31 + HOUR + 100,
        JANUARY_31 + 18 * HOUR + 1800 + 10,  # ten seconds into 1 February in Kolkata, begun on 31 January
        JANUARY_31 + 19 * HOUR,
        JANUARY_31 + 20 * HOUR,
        JANUARY_31 + 21 * HOUR,
        JANUARY_31 + 22 * HOUR + 30,  # account data alone tell it, as of 22:00: begun at 21:59:20 UTC, 03:29 in Kolkata
    ],
    ms_played=[200_000, 29_999, 30_000, 1_800_000, 50_000, 60_000, 40_000],
)
SHOWN = Shown(
    extended=(
        file("a", [0, 1, 1, 2, 3, 3], [SOUND, SOUND, SOUND, SOUND, EPOCH, SOUND]),
        file("b", [3, 4, 5]),
    ),
    account=(file("c", [5, 6]),),
    nameless=frozenset(),
    untold=frozenset({4}),
)
TRUTH = tell(NOBODY, WORLD, LIFE, SHOWN)


def test_receipts() -> None:
    assert TRUTH.files == (
        FileTruth("a", "spotify_extended", rows=6, stored=4, duplicates=1, unreadable=1),
        FileTruth("b", "spotify_extended", rows=3, stored=2, duplicates=1, unreadable=0),
        FileTruth("c", "spotify_account", rows=2, stored=2, duplicates=0, unreadable=0),
    )
    assert (TRUTH.rows, TRUTH.stored, TRUTH.duplicates, TRUTH.unreadable) == (11, 8, 2, 1)
    # Stored: of a 0, 1, 2 (tracks) and 3 (episode), of b 4 (untold) and 5, of c 5 and 6.
    assert TRUTH.by_kind == {"track": 6, "episode": 1, "audiobook": 0, "unknown": 1}


def test_plays_after_joining() -> None:
    assert (TRUTH.plays, TRUTH.joined, TRUTH.account_only) == (7, 1, 1)
    assert TRUTH.ms_played == 200_000 + 29_999 + 30_000 + 1_800_000 + 50_000 + 60_000 + 40_000


def test_rankings_count_from_thirty_seconds() -> None:
    # Counted: 0 and 5 (Dawn), 2 and 6 (Boil); 1 is a millisecond short, 3 an episode, 4 untold. Two each: the name decides.
    assert TRUTH.counted_plays == 4
    assert TRUTH.top_tracks == (TopTrack("Boil", "Kettle", 2, 70_000), TopTrack("Dawn", "Heron", 2, 260_000))
    assert TRUTH.top_artists == (TopArtist("Heron", 2, 260_000), TopArtist("Kettle", 2, 70_000))


def test_months_and_hours_are_local_and_of_the_start() -> None:
    # Starts in Kolkata: 06:26:40 and 23:59:40 on Wednesday 31 January; 02:29 and 03:29:20 on Thursday 1 February.
    assert TRUTH.plays_by_month == {"2024-01": 2, "2024-02": 2}
    hours = {
        (day, hour): plays
        for day, row in enumerate(TRUTH.plays_by_weekday_and_hour)
        for hour, plays in enumerate(row)
        if plays
    }
    assert hours == {(2, 6): 1, (2, 23): 1, (3, 2): 1, (3, 3): 1}
