"""Playlists, saved tracks and the library of the stand-in Spotify. Asked over HTTP."""

from dataclasses import replace
from datetime import timedelta

import pytest
from standin_asking import APP, CATALOGUE, EVERYTHING, NOON, TRACKS, Signed, Stage, sign_in

from groovelog.demo.standin import Account, Clock, Entry, Playlist, Saved, Standin

LOCAL = "spotify:local:The+Herons:At+Home:Low+Tide:187"
EPISODE = CATALOGUE.episodes[0].uri
URIS = [track.uri for track in TRACKS[:8]]


def entries(*uris: str, by: str = "ann") -> tuple[Entry, ...]:
    return tuple(Entry(uri, NOON - timedelta(days=30), by) for uri in uris)


OWN = Playlist("own", "ann", "Mine", entries(URIS[0], LOCAL, EPISODE, "spotify:track:gone"))
OPEN = Playlist("open", "ann", "For all", entries(*URIS[:3]), public=True)
SHARED = Playlist("shared", "bo", "Ours", entries(URIS[1], by="bo"), collaborative=True)
FOREIGN = Playlist("foreign", "spotify", "Made for somebody", entries(*URIS[:5], by="spotify"), public=True)
SAVED = tuple(Saved(uri, NOON - timedelta(days=day)) for day, uri in enumerate(URIS[:5]))


def accounts() -> list[Account]:
    return [
        Account("ann", "Ann", playlists=(OWN, OPEN, SHARED, FOREIGN), saved=SAVED),
        Account("bo", None, playlists=(SHARED,)),
    ]


@pytest.fixture
def standin() -> Standin:
    return Standin(Clock(NOON), accounts(), [APP], items=[*TRACKS, CATALOGUE.episodes[0]])


@pytest.fixture
def ann(stage: Stage, standin: Standin) -> Signed:
    return sign_in(stage.show(standin))


def uris_in(signed: Signed, playlist: str) -> list[str | None]:
    rows = signed.ask(f"/playlists/{playlist}/items", limit=50).told["items"]
    return [row["item"] and row["item"]["uri"] for row in rows]


def test_own_and_followed_playlists_are_listed_without_their_items(ann: Signed) -> None:
    told = ann.ask("/me/playlists").told
    assert [(row["id"], row["owner"]["id"], row["items"]["total"]) for row in told["items"]] == [
        ("own", "ann", 4), ("open", "ann", 3), ("shared", "bo", 1), ("foreign", "spotify", 5),
    ]  # fmt: skip
    assert told["items"][0]["items"]["href"] == f"{ann.address}/v1/playlists/own/items"
    assert (told["items"][0]["public"], told["items"][1]["public"]) == (False, True)


def test_collaborative_playlists_of_others_need_a_scope_of_their_own(ann: Signed) -> None:
    signed = sign_in(ann.address, scope="playlist-read-private")
    assert [row["id"] for row in signed.ask("/me/playlists").told["items"]] == ["own", "open", "foreign"]


def test_items_may_be_local_or_gone_and_episodes_are_told_if_asked_for(ann: Signed) -> None:
    assert uris_in(ann, "own") == [URIS[0], LOCAL, None, None]
    rows = ann.ask("/playlists/own/items", additional_types="track,episode").told["items"]
    assert [row["item"] and row["item"]["type"] for row in rows] == ["track", "track", "episode", None]
    assert [row["is_local"] for row in rows] == [False, True, False, False]
    local = rows[1]["item"]
    assert (local["id"], local["name"], local["artists"][0]["name"], local["duration_ms"]) == (
        None, "Low Tide", "The Herons", 187_000,
    )  # fmt: skip


def test_items_of_others_are_forbidden_unless_one_collaborates(ann: Signed) -> None:
    assert uris_in(ann, "shared") == [URIS[1]]
    answer = ann.ask("/playlists/foreign/items")
    assert (answer.status, answer.told["error"]["message"]) == (403, "Forbidden")
    whole = ann.ask("/playlists/foreign")
    assert whole.status == 200
    assert "items" not in whole.told
    assert ann.ask("/playlists/own").told["items"]["total"] == 4
    assert ann.ask("/playlists/nowhere").status == 404


def test_an_old_entry_does_not_tell_when_it_was_added(ann: Signed, standin: Standin) -> None:
    standin.library.change(OPEN, (Entry(URIS[0]), *OPEN.entries))
    rows = ann.ask("/playlists/open/items").told["items"]
    assert [(row["added_at"], row["added_by"] and row["added_by"]["id"]) for row in rows[:2]] == [
        (None, None), ("2026-10-23T12:00:00Z", "ann"),
    ]  # fmt: skip


def test_pages_of_items_lead_on(ann: Signed) -> None:
    first = ann.ask("/playlists/open/items", limit=2).told
    assert (len(first["items"]), first["total"], first["previous"]) == (2, 3, None)
    assert first["next"] == f"{ann.address}/v1/playlists/open/items?limit=2&offset=2"
    assert ann.ask("/playlists/open/items", limit=2, offset=2).told["next"] is None
    assert ann.ask("/playlists/open/items", limit=100).status == 400


def test_an_app_with_old_names_gets_tracks_and_track(stage: Stage) -> None:
    standin = Standin(Clock(NOON), accounts(), [replace(APP, old_names=True)], items=TRACKS)
    signed = sign_in(stage.show(standin))
    assert signed.ask("/me/playlists").told["items"][0]["tracks"]["total"] == 4
    assert "items" not in signed.ask("/playlists/own").told
    rows = signed.ask("/playlists/own/items").told["items"]
    assert rows[0]["track"]["uri"] == URIS[0]
    assert "item" not in rows[0]


def test_saved_tracks_come_newest_first(ann: Signed) -> None:
    told = ann.ask("/me/tracks", limit=2, offset=1).told
    assert [(row["track"]["uri"], row["added_at"]) for row in told["items"]] == [
        (URIS[1], "2026-11-21T12:00:00Z"), (URIS[2], "2026-11-20T12:00:00Z"),
    ]  # fmt: skip
    assert told["total"] == 5


def test_a_track_can_be_looked_up(ann: Signed) -> None:
    told = ann.ask(f"/tracks/{URIS[3].rpartition(':')[2]}").told
    assert (told["name"], told["uri"]) == (TRACKS[3].name, URIS[3])
    assert not {"popularity", "available_markets", "preview_url"} & told.keys()
    answer = ann.ask("/tracks/nowhere")
    assert (answer.status, answer.told["error"]["message"]) == (404, "Resource not found")


def test_a_new_playlist_is_public_unless_said(ann: Signed) -> None:
    shown, hidden = (ann.ask("/me/playlists", "POST", {"name": "New", **more}) for more in ({}, {"public": False}))
    assert (shown.status, shown.told["public"], hidden.told["public"]) == (201, True, False)
    assert shown.told["id"] != hidden.told["id"]
    assert [row["id"] for row in ann.ask("/me/playlists").told["items"]][:2] == [hidden.told["id"], shown.told["id"]]
    assert ann.ask("/me/playlists", "POST", {"public": False}).status == 400
    assert ann.ask("/me/playlists", "POST", b"{broken").status == 400
    assert ann.ask("/me/playlists", "POST", {"name": "Both", "collaborative": True}).status == 400


@pytest.mark.parametrize("wrapped", [True, False])
def test_items_are_added_at_the_end_or_where_one_says(ann: Signed, wrapped: bool) -> None:
    before = ann.ask("/playlists/open").told["snapshot_id"]
    answer = ann.ask("/playlists/open/items", "POST", {"uris": URIS[5:7]} if wrapped else URIS[5:7])
    assert answer.status == 201
    assert answer.told["snapshot_id"] == ann.ask("/playlists/open").told["snapshot_id"] != before
    assert uris_in(ann, "open") == [*URIS[:3], *URIS[5:7]]
    ann.ask("/playlists/open/items", "POST", {"uris": [URIS[7]], "position": 0})
    assert uris_in(ann, "open") == [URIS[7], *URIS[:3], *URIS[5:7]]


def test_uris_of_the_query_make_the_body_ignored(ann: Signed) -> None:
    ann.ask("/playlists/open/items", "POST", {"uris": [URIS[5]]}, uris=URIS[6], position=1)
    assert uris_in(ann, "open") == [URIS[0], URIS[6], URIS[1], URIS[2]]


@pytest.mark.parametrize(
    "body",
    [None, {}, {"uris": [URIS[0]] * 101}, {"uris": ["spotify:artist:x"]}, {"uris": [1]}, {"uris": [], "position": 9}],
)
def test_what_cannot_be_added_is_refused(ann: Signed, body: object) -> None:
    assert ann.ask("/playlists/open/items", "POST", body).status == 400
    assert uris_in(ann, "open") == URIS[:3]


def test_items_are_replaced_and_moved(ann: Signed) -> None:
    assert ann.ask("/playlists/open/items", "PUT", {"uris": URIS[:5]}).status == 200
    assert uris_in(ann, "open") == URIS[:5]
    ann.ask("/playlists/open/items", "PUT", {"range_start": 0, "insert_before": 5})
    assert uris_in(ann, "open") == [*URIS[1:5], URIS[0]]
    ann.ask("/playlists/open/items", "PUT", {"range_start": 3, "insert_before": 1, "range_length": 2})
    assert uris_in(ann, "open") == [URIS[1], URIS[4], URIS[0], URIS[2], URIS[3]]
    assert (
        ann.ask("/playlists/open/items", "PUT", {"range_start": 4, "insert_before": 0, "range_length": 2}).status == 400
    )


def test_items_are_removed_by_uri_wherever_they_stand(ann: Signed) -> None:
    ann.ask("/playlists/open/items", "POST", [URIS[0]])
    assert ann.ask("/playlists/open/items", "DELETE", {"items": [{"uri": URIS[0]}]}).status == 200
    assert uris_in(ann, "open") == URIS[1:3]
    assert ann.ask("/playlists/open/items", "DELETE", {"items": [URIS[1]]}).status == 400
    assert ann.ask("/playlists/open/items", "DELETE", {"uris": [URIS[1]]}).status == 400


@pytest.mark.parametrize(
    ("playlist", "scope"), [("open", "playlist-modify-public"), ("own", "playlist-modify-private")]
)
def test_writing_needs_the_scope_of_the_playlist(ann: Signed, playlist: str, scope: str) -> None:
    others = " ".join(set(EVERYTHING.split()) - {scope})
    assert sign_in(ann.address, scope=others).ask(f"/playlists/{playlist}/items", "POST", URIS[:1]).status == 403
    assert sign_in(ann.address, scope=scope).ask(f"/playlists/{playlist}/items", "POST", URIS[:1]).status == 201


def test_the_playlists_of_others_cannot_be_written(ann: Signed) -> None:
    assert ann.ask("/playlists/foreign/items", "POST", URIS[:1]).status == 403
    assert ann.ask("/playlists/shared/items", "POST", URIS[:1]).status == 201


def test_the_library_takes_gives_and_tells(ann: Signed) -> None:
    asked = ",".join([URIS[0], URIS[7], "spotify:playlist:own", "spotify:playlist:nowhere"])
    assert ann.ask("/me/library/contains", uris=asked).told == [True, False, True, False]
    saved = ann.ask("/me/library", "PUT", uris=URIS[7])
    assert (saved.status, saved.body) == (200, b"")
    assert ann.ask("/me/library", "DELETE", uris=f"{URIS[0]},spotify:playlist:own").status == 200
    assert ann.ask("/me/library/contains", uris=asked).told == [False, True, False, False]
    assert ann.ask("/me/tracks").told["items"][0]["track"]["uri"] == URIS[7]
    assert [row["id"] for row in ann.ask("/me/playlists").told["items"]] == ["open", "shared", "foreign"]


@pytest.mark.parametrize("uris", ["", ",".join(URIS[:1] * 41), "spotify:artist:x", "nonsense", "spotify:track"])
def test_the_library_refuses_other_uris(ann: Signed, uris: str) -> None:
    assert ann.ask("/me/library", "PUT", uris=uris).status == 400


def test_the_library_needs_the_scope_of_each_kind(ann: Signed) -> None:
    signed = sign_in(ann.address, scope="user-library-modify")
    assert signed.ask("/me/library", "DELETE", uris=URIS[0]).status == 200
    assert signed.ask("/me/library", "DELETE", uris=f"{URIS[1]},spotify:playlist:own").status == 403
    assert signed.ask("/me/library/contains", uris=URIS[1]).status == 403
    assert ann.ask("/me/library/contains", uris=f"{URIS[1]},spotify:playlist:own").told == [True, True]
