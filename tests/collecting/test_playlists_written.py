"""A playlist in a new order, written to a stand-in Spotify: a new one, or over the old one; and never unasked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from scene import CLIENT, NOON, SECRET, TRACKS, Setting, account, songs

from calling import Call
from groovelog.demo.standin import Entry, Playlist
from groovelog.pipeline.references import add_reference

Setup = Callable[..., Setting]
ENERGIES = (0.9, 0.1, 0.5, 0.3, 0.7, 0.2)
SIX = [track.uri for track in TRACKS[:6]]
NEVER = [f"spotify:track:{place:022}" for place in (1, 2, 3)]
RISING = [SIX[place] for place in (1, 5, 3, 2, 4, 0)]


@pytest.fixture
def at(setting: Setup, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Setting:
    """Ann has a playlist of six songs at Spotify, and a reference that knows them."""
    mix = Playlist("M" * 22, "ann", "Mix", tuple(Entry(uri, NOON, "ann") for uri in SIX))
    made = setting(account("ann", songs(6, NOON), playlists=(mix,)))
    for name, value in {
        "SPOTIFY_CLIENT_ID": CLIENT, "SPOTIFY_CLIENT_SECRET": SECRET,
        "GROOVELOG_SPOTIFY_API_URL": made.setup.api_url, "GROOVELOG_SPOTIFY_ACCOUNTS_URL": made.setup.accounts_url,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    made.collect(rest=True)
    path = tmp_path / "songs.csv"
    rows = [f"{uri.rpartition(':')[2]},{uri},X,{energy},120" for uri, energy in zip(SIX, ENERGIES, strict=True)]
    path.write_text("track_id,track_name,artists,energy,tempo\n" + "\n".join(rows) + "\n", encoding="utf-8")
    add_reference(made.home, path, now=NOON)
    made.standin.calls.clear()
    return made


def kept(at: Setting) -> dict[str, list[str]]:
    """Every playlist that Spotify has, by name."""
    return {one.name: [entry.uri for entry in one.entries] for one in at.standin.library.playlists.values()}


def test_a_new_playlist_is_made_and_the_old_one_stays(at: Setting, call: Call) -> None:
    at.sign_in("ann", writing=True)
    answer = call("playlist", "optimize", "Mix", "--arc", "warm-up", "--write", "--yes", "--json")
    assert answer.code == 0
    assert (answer.json["written"]["name"], answer.json["written"]["tracks"]) == ("Mix (warm-up)", 6)
    assert kept(at) == {"Mix": SIX, "Mix (warm-up)": RISING}
    assert answer.err == "groovelog: 6 tracks are in a new private playlist 'Mix (warm-up)'.\n"


def test_the_old_one_is_changed_where_that_is_asked_for(at: Setting, call: Call) -> None:
    at.sign_in("ann", writing=True)
    answer = call("playlist", "optimize", "Mix", "--arc", "cool-down", "--write", "--replace", "--yes")
    assert answer.code == 0
    assert kept(at) == {"Mix": RISING[::-1]}
    assert "Nothing was written" not in answer.out


def test_nothing_is_written_unless_asked_nor_where_nobody_can_answer(at: Setting, call: Call) -> None:
    at.sign_in("ann", writing=True)
    assert call("playlist", "optimize", "Mix").code == 0
    unasked = call("playlist", "optimize", "Mix", "--write")
    assert unasked.code == 1
    assert "Add --yes, or leave --write out." in unasked.err
    assert kept(at) == {"Mix": SIX}
    assert at.paths() == []


def test_who_did_not_allow_it_is_told_how(at: Setting, call: Call) -> None:
    answer = call("playlist", "optimize", "Mix", "--write", "--yes", "--json")
    assert answer.code == 1
    assert answer.json["error"]["message"].endswith("groovelog login --listener NAME --write")
    assert kept(at) == {"Mix": SIX}


def test_suggestions_become_a_new_playlist_in_their_order(at: Setting, call: Call, tmp_path: Path) -> None:
    at.sign_in("ann", writing=True)
    path = tmp_path / "others.csv"
    rows = [f"{uri.rpartition(':')[2]},Never {place},Y{place},0.5,120,{90 - place}" for place, uri in enumerate(NEVER)]
    path.write_text("track_id,track_name,artists,energy,tempo,popularity\n" + "\n".join(rows) + "\n", encoding="utf-8")
    add_reference(at.home, path, now=NOON)
    answer = call("recommend", "--novelty", "1", "--create-playlist", "Mornings", "--yes", "--json")
    assert answer.code == 0, answer.err
    uris = [one["track_id"] for one in answer.json["suggestions"] if one["track_id"]]
    assert sorted(uris) == sorted(NEVER)
    assert kept(at) == {"Mix": SIX, "Mornings": uris}
    assert answer.json["playlist"]["tracks"] == len(uris)
