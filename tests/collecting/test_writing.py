"""Playlists that Groovelog writes, on a stand-in Spotify that fails in the middle: nothing is doubled, nothing missing."""

from collections.abc import Callable
from functools import partial

import pytest
from scene import TRACKS, Setting, account

from groovelog.demo.standin import Fault
from groovelog.errors import ScopeMissing
from groovelog.spotify import scopes
from groovelog.spotify.client import Client, connect
from groovelog.state import sign_ins

Setup = Callable[..., Setting]
# 250 places; the tracks go round, so that equal batches cannot be told apart by what is in them.
URIS = [TRACKS[place % len(TRACKS)].uri for place in range(250)]
bad_gateway = partial(Fault, "server_error", status=502)


@pytest.fixture
def at(setting: Setup) -> Setting:
    return setting(account("ann"))


@pytest.fixture
def client(at: Setting) -> Client:
    """Of somebody who allowed to write when it was asked for."""
    at.sign_in("ann", writing=True)
    return client_of(at)


def client_of(at: Setting) -> Client:
    (sign_in,) = sign_ins.all_of(at.state)
    return connect(at.setup, at.state, sign_in.listener_id, clock=at.now, sleep=lambda _: None)


def uris(at: Setting, playlist_id: str) -> list[str]:
    return [entry.uri for entry in at.standin.library.playlists[playlist_id].entries]


def test_the_first_sign_in_does_not_ask_to_write(at: Setting) -> None:
    (sign_in,) = sign_ins.all_of(at.state)
    assert set(scopes.WRITING).isdisjoint(sign_in.scopes)
    with pytest.raises(ScopeMissing, match=r"groovelog login --listener NAME --write$"):
        client_of(at).create_playlist("Mine")
    assert at.paths() == []


def test_once_allowed_it_is_asked_for_again(at: Setting, client: Client) -> None:
    at.sign_in("ann")
    (sign_in,) = sign_ins.all_of(at.state)
    assert set(scopes.WRITING) <= sign_in.scopes


@pytest.mark.parametrize("carried_out", [True, False])
def test_a_playlist_is_made_once_and_is_private(at: Setting, client: Client, carried_out: bool) -> None:
    at.standin.faults.order(bad_gateway(method="POST", carried_out=carried_out))
    made = client.create_playlist("Mine", "Made here")
    (kept,) = at.standin.library.playlists.values()
    assert (kept.id, kept.name, kept.public, kept.collaborative) == (made["id"], "Mine", False, False)


@pytest.mark.parametrize("carried_out", [True, False])
def test_items_are_added_once_each_in_their_order(at: Setting, client: Client, carried_out: bool) -> None:
    made = client.create_playlist("Mine")["id"]
    at.standin.faults.order(bad_gateway(method="GET", path=f"/v1/playlists/{made}"))
    at.standin.faults.order(bad_gateway(method="POST", path=f"/v1/playlists/{made}", carried_out=carried_out))
    client.add_items(made, URIS)
    assert uris(at, made) == URIS


@pytest.mark.parametrize("carried_out", [True, False])
def test_replaced_they_are_those_and_no_others(at: Setting, client: Client, carried_out: bool) -> None:
    made = client.create_playlist("Mine")["id"]
    client.add_items(made, URIS[:7])
    for method in ("PUT", "POST"):
        at.standin.faults.order(bad_gateway(method=method, path=f"/v1/playlists/{made}", carried_out=carried_out))
    client.replace_items(made, URIS[::-1])
    assert uris(at, made) == URIS[::-1]
    client.replace_items(made, [])
    assert uris(at, made) == []


@pytest.mark.parametrize("carried_out", [True, False])
def test_a_playlist_is_taken_out_of_the_library(at: Setting, client: Client, carried_out: bool) -> None:
    made = client.create_playlist("Mine")["id"]
    assert client.playlists()["total"] == 1
    at.standin.faults.order(bad_gateway(method="DELETE", carried_out=carried_out))
    client.unfollow(made)
    assert client.playlists()["total"] == 0
    assert at.paths()[-2] == "/me/library"
