"""What is added, dropped and swapped: the fewest changes, and reasons that are so."""

from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from order_twin import some_songs

from groovelog.errors import NothingToTell, UsageError
from groovelog.recommend.playlists import additions, aims, balance, told
from groovelog.recommend.playlists.additions import MOST_OF_ARTIST
from groovelog.recommend.playlists.assignment import assign
from groovelog.recommend.playlists.curves import smoothness
from groovelog.recommend.playlists.proposal import Wish, proposed
from groovelog.recommend.playlists.songs import Song

TODAY = date(2026, 11, 28)


def song(name: str, artist: str = "Ash", **known: object) -> Song:
    told_ = {"energy": 0.5, "valence": 0.5, "acousticness": 0.2, "danceability": 0.5, "tempo": 100.0, **known}
    return Song(name, artist, **{"uri": f"spotify:track:{name}", "recording": name, **told_})


@given(st.integers(1, 5), st.integers(0, 3), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_an_assignment_is_the_cheapest_there_is(rows: int, more: int, seed: int) -> None:
    cost = np.random.default_rng(seed).integers(0, 20, (rows, rows + more)).astype(float)
    found = assign(cost)
    assert len(set(found)) == rows
    every = (sum(cost[row, column] for row, column in enumerate(of)) for of in permutations(range(rows + more), rows))
    assert sum(cost[row, column] for row, column in enumerate(found)) == min(every)


def test_a_share_is_reached_by_the_fewest_swaps_each_for_the_nearest() -> None:
    playlist = [song(f"loud {at}", acousticness=0.1, energy=at / 10, tempo=60 + 5 * at) for at in range(10)]
    near = [song(f"soft {at}", "Birch", acousticness=0.9, energy=at / 10, tempo=60 + 5 * at) for at in range(10)]
    made = balance.swaps(playlist, near, 0.3)
    assert len(made) == 3
    for swap in made:
        assert playlist[swap.place - 1] is swap.out
        assert swap.into.name == swap.out.name.replace("loud", "soft")
        assert swap.reasons[0].startswith("acousticness 0.90 for 0.10, energy")
    assert balance.swaps(playlist, near[:1], 1)[0].into is near[0]
    assert balance.swaps(playlist, near, 0) == []


def test_what_is_in_the_playlist_is_not_put_in_again() -> None:
    playlist = [song("One"), song("Two", acousticness=0.9)]
    again = song("Two", acousticness=0.9, uri="spotify:track:other", recording="other")
    assert balance.swaps(playlist, [again], 1) == []
    assert additions.additions(playlist, [again], aims.middle(playlist), 3) == []


def test_songs_that_fit_are_added_from_the_library_first() -> None:
    playlist = [song("In it")]
    known = song("Known", "Birch", plays=20, last_played=date(2026, 1, 2))
    new = song("New", "Cedar", reference="songs")
    far = song("Far", "Elm", energy=1.0, plays=20)
    one, other = additions.additions(playlist, [far, new, known], aims.middle(playlist), 2)
    assert (one.song, other.song) == (known, new)
    assert one.reasons == (
        "20 plays, the last on 2026-01-02",
        "energy 0.50, where the playlist's middle is 0.50, tempo 100 BPM, where the playlist's middle is 100",
    )
    assert other.reasons[0] == "never played here; songs knows it"


def test_no_artist_is_added_more_than_twice_and_no_karaoke_of_a_reference() -> None:
    playlist = [song("In it", "Birch")]
    offered = [song(f"Song {at}") for at in range(5)]
    offered.append(song("Hit - Karaoke Version", "Elm", reference="songs"))
    made = additions.additions(playlist, offered, aims.middle(playlist), 6)
    assert [one.song.artist for one in made] == ["Ash"] * MOST_OF_ARTIST


def test_what_is_asked_for_decides_and_is_the_reason() -> None:
    playlist = [song("In it")]
    wanted = {**aims.middle(playlist), aims.ENERGY: 0.9}
    loud, still = song("Loud", energy=0.88, valence=0.2), song("Still", energy=0.5)
    (one,) = additions.additions(playlist, [still, loud], wanted, 1, asked={aims.ENERGY: 0.9})
    assert (one.song, one.reasons[1]) == (loud, "energy 0.88, where 0.90 is wanted")


def test_a_track_is_dropped_for_what_is_so() -> None:
    playlist = [
        song("Kept", plays=3, last_played=date(2026, 11, 1)),
        song("Twice", plays=3, last_played=date(2026, 11, 1)),
        song("Twice - Remastered", plays=3, last_played=date(2026, 11, 1), recording="Twice"),
        song("Loud", energy=1.0, acousticness=0.0, danceability=0.9, valence=0.9, plays=3, last_played=date(2026, 11, 1)),
        song("Never", plays=0),
        song("Old", plays=3, last_played=date(2025, 11, 1)),
    ]  # fmt: skip
    made = additions.drops(playlist, aims.middle(playlist), 9, TODAY)
    assert [(one.place, one.reasons) for one in made] == [
        (3, ("the same recording as number 2",)),
        (5, ("never played",)),
        (4, ("energy 1.00, where the playlist's middle is 0.50",)),
        (6, ("not played since 2025-11-01",)),
    ]


def test_half_and_double_time_are_one() -> None:
    assert aims.octaves(70, 140) == aims.octaves(140, 35) == 0
    assert aims.octaves(100, 200 / 1.1) == pytest.approx(aims.octaves(100, 110))


def test_tracks_without_a_sound_keep_their_places() -> None:
    before = [
        song("C", energy=0.9),
        Song("Mute", "Elm"),
        song("A", energy=0.1),
        Song("Silent", "Elm"),
        song("B", energy=0.4),
    ]
    made = proposed("Mix", before, Wish("warm-up"), lambda _: [], TODAY)
    assert [placed.song.name for placed in made.after] == ["A", "Mute", "B", "Silent", "C"]
    assert [placed.was for placed in made.after] == [3, 2, 5, 4, 1]
    assert [point.wanted for point in made.curves[1]] == [0.1, None, 0.4, None, 0.9]
    assert told.kept_places(made) == "2 of 5 keep their places: no audio features are known of them."
    assert told.verdict(made).endswith("No other order of these tracks costs less.")


def test_everything_at_once_adds_up() -> None:
    before = some_songs(24, 2)
    offered = [song(f"New {at}", f"artist {at}", acousticness=0.9, energy=at / 30) for at in range(30)]
    made = proposed("Mix", before, Wish("peak", acoustic=1, add=3, drop=4), lambda _: offered, TODAY)
    assert (len(made.dropped), len(made.added), len(made.after)) == (4, 3, 23)
    gone = {one.song.name for one in made.dropped} | {swap.out.name for swap in made.swapped}
    come = {one.song.name for one in made.added} | {swap.into.name for swap in made.swapped}
    names = [one.name for one in made.songs]
    assert len(set(names)) == 23
    assert not gone & set(names)
    assert come <= set(names)
    assert {placed.song.name for placed in made.after if placed.was is None} == come
    assert made.acoustic[1] == 1
    for placed in made.after:
        assert placed.was is None or before[placed.was - 1] is placed.song


def test_energy_asked_for_is_come_nearer() -> None:
    before = [song(f"Song {at}", f"artist {at}", energy=at / 20) for at in range(20)]
    offered = [song(f"New {at}", f"other {at}", energy=0.8) for at in range(5)]
    made = proposed("Mix", before, Wish(energy=0.8), lambda _: offered, TODAY)
    assert (len(made.added), len(made.dropped)) == (2, 2)
    after = [one.energy for one in made.songs]
    assert sum(after) / len(after) > sum(one.energy for one in before) / len(before)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ([song("Only")], "'Mix' has one track: there is nothing to put in order."),
        ([Song("Mute", "Elm"), Song("Silent", "Elm")], "None of the 2 entries of 'Mix' has audio features"),
        ([song("One"), Song("Mute", "Elm")], "Audio features are known of 1 of the 2 entries of 'Mix'"),
    ],
)
def test_where_there_is_nothing_to_put_in_order_it_says_so(before: list[Song], words: str) -> None:
    with pytest.raises(NothingToTell, match=words):
        proposed("Mix", before, Wish(), lambda _: [], TODAY)


@pytest.mark.parametrize(
    ("wished", "words"),
    [
        ({"arc": "peek"}, "There is no arc 'peek'. Choose one of flat, warm-up, peak, cool-down."),
        ({"acoustic": 1.5}, "acoustic goes from 0 to 1; 1.5 was asked for."),
        ({"energy": 0.5, "mood": 0.5}, "Give --energy or --mood."),
        ({"add": -1}, "add goes from 0 to 200; -1 was asked for."),
    ],
)
def test_what_cannot_be_wished_is_refused(wished: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Wish(**wished)


def test_smoothness_is_counted_by_hand() -> None:
    songs = [
        song("A", "Ash", energy=0.2, tempo=100, key=0, mode=1),
        Song("Mute", "Ash"),
        song("B", "Elm", energy=0.6, tempo=200, key=7, mode=1),
        song("C", "Ash", energy=0.5, tempo=None, key=1, mode=1),
    ]
    smooth = smoothness(songs)
    assert smooth.energy_step == pytest.approx((0.4 + 0.1) / 2)
    assert smooth.tempo_step == 0
    assert (smooth.harmonic, smooth.keyed) == (1, 2)  # C to G is one hour, G to C sharp six
    assert smooth.crowded == 3


def test_a_list_as_text() -> None:
    text = told.m3u("Mix\nand more", [song("A"), Song("Local", "Me")])
    assert text.splitlines() == [
        "#EXTM3U", "#PLAYLIST:Mix and more", "#EXTINF:-1,Ash - A", "spotify:track:A", "#EXTINF:-1,Me - Local",
        "# no address is known",
    ]  # fmt: skip
