"""Blends, held against every list there is."""

import math
import random
from itertools import combinations

import pytest

from groovelog.recommend.playlists.blending import MOST_OF_ARTIST, blend
from groovelog.recommend.playlists.songs import Song


def song(name: str, artist: str, plays: int) -> Song:
    return Song(name, artist, f"spotify:track:{name}", name, energy=0.5, plays=plays)


def satisfaction(libraries: dict[str, list[Song]], chosen: tuple[str, ...]) -> dict[str, float]:
    """By the words of the documentation, in plain Python; each song is of an artist of its own or shares it."""
    artist_of = {one.name: one.artist for songs in libraries.values() for one in songs}
    told = {}
    for name, songs in libraries.items():
        plays = {one.name: one.plays for one in songs}
        artists: dict[str, int] = {}
        for one in songs:
            artists[one.artist] = artists.get(one.artist, 0) + one.plays
        most, most_artist = max(*plays.values(), 1), max(*artists.values(), 1)
        worth = {
            title: math.log1p(plays[title]) / math.log1p(most)
            if plays.get(title)
            else 0.5 * math.log1p(artists.get(artist, 0)) / math.log1p(most_artist)
            for title, artist in artist_of.items()
        }
        ideal = sum(sorted(worth.values(), reverse=True)[: len(chosen)])
        told[name] = sum(worth[title] for title in chosen) / ideal
    return told


@pytest.mark.parametrize("seed", range(10))
def test_nobody_can_be_better_off_than_the_bound_and_nearly_nobody_than_told(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - plays, and no secret
    libraries = {
        name: [song(f"{name} {at}", f"artist {dice.randrange(30)}", dice.randint(1, 60)) for at in range(4)]
        + [song(f"shared {at}", f"both {at}", dice.randint(0, 60)) for at in range(2)]
        for name in ("Juno", "Mara")
    }
    titles = sorted({one.name for songs in libraries.values() for one in songs})
    best = max(min(satisfaction(libraries, chosen).values()) for chosen in combinations(titles, 3))
    made = blend(libraries, 3)
    assert dict(made.satisfaction) == pytest.approx(satisfaction(libraries, tuple(one.song.name for one in made.songs)))
    assert made.least <= best + 1e-9 <= made.bound + 2e-9
    assert made.least >= 0.9 * best


def test_listeners_with_nothing_in_common_get_half_each() -> None:
    libraries = {
        "Juno": [song(f"J{at}", f"j{at}", 500) for at in range(40)],
        "Mara": [song(f"M{at}", f"m{at}", 2) for at in range(40)],  # who plays little counts as much
    }
    made = blend(libraries, 10)
    assert made.satisfaction == pytest.approx({"Juno": 0.5, "Mara": 0.5})
    assert made.bound == pytest.approx(0.5)
    assert sorted(one.song.name[0] for one in made.songs) == ["J"] * 5 + ["M"] * 5


def test_what_both_play_comes_first_and_is_told_in_plays() -> None:
    libraries = {
        "Juno": [song("Ours", "Ash", 7), song("J", "Birch", 7)],
        "Mara": [song("Ours", "Ash", 1), song("M", "Birch", 1)],
    }
    made = blend(libraries, 1)
    (one,) = made.songs
    assert one.reasons == ("Juno played it 7 times", "Mara played it once")
    assert made.least == 1
    both = blend(libraries, 3).songs
    assert next(one for one in both if one.song.name == "J").reasons == (
        "Juno played it 7 times",
        "Mara plays its artist",
    )


def test_no_artist_fills_it_and_there_may_be_less_than_asked_for() -> None:
    libraries = {name: [song(f"S{at}", "Ash", 5) for at in range(9)] for name in ("Juno", "Mara")}
    made = blend(libraries, 9)
    assert len(made.songs) == MOST_OF_ARTIST
    assert made.bound == pytest.approx(1)


def test_somebody_without_songs_cannot_be_satisfied() -> None:
    made = blend({"Juno": [song("J", "Ash", 3)], "Mara": []}, 5)
    assert made.satisfaction == {"Juno": 1, "Mara": 0}
    assert blend({"Juno": [], "Mara": []}, 5).songs == ()
