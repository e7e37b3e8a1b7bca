"""Suggestions, models and the playlist lab show a member nothing of another, and do nothing for one."""

import json
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from two_members import NOW, TRACK, Group, everything, fill, opened

from groovelog import pipeline
from groovelog.dashboard import lab
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Listener
from groovelog.pipeline.playlists import Written
from groovelog.recommend import stored
from groovelog.state import sessions
from groovelog.state.database import open_state

LIST, CARD = "Bertils Stair Songs", "Words of Bertils card"
SCORES = {"models": [{"name": "voting", "auc": 0.61}], "baselines": [{"name": "artist_skips", "auc": 0.58}]}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Group:
    """Bertil has a model, a playlist and a song put aside."""
    folder = tmp_path_factory.mktemp("group")
    made = fill(folder / "home", folder)
    lists = folder / "Playlist1.json"
    items = [{"track": {"trackName": TRACK, "artistName": "A", "albumName": "B", "trackUri": "spotify:track:" + "7" * 22},
              "episode": None, "localTrack": None, "addedDate": "2024-01-01"}]  # fmt: skip
    told = [
        {
            "name": LIST,
            "lastModifiedDate": "2024-01-01",
            "items": items * 3,
            "description": None,
            "numberOfFollowers": 0,
        }
    ]
    lists.write_text(json.dumps({"playlists": told}), encoding="utf-8")
    pipeline.import_exports(made.home, [lists], listener="Bertil", now=NOW)
    pipeline.give_feedback(made.home, "Bertil", track_of(made.home), "later", now=NOW)
    about = stored.About(stored.RANKING, made.bertil, 1, 0, "2024-03-01T00:00:00Z", (), {})
    about = replace(about, kind=stored.PREFERENCE, scores={"finish": SCORES})
    stored.save(made.home, about, boosters={}, estimators={}, texts={"card.md": CARD})
    return made


def track_of(home: Home) -> str:
    """The key of Bertil's song."""
    with open_snapshot(home.lake) as snapshot:
        rows = snapshot.connection.execute("SELECT track_id FROM tracks WHERE track_name = ?", [TRACK]).fetchall()
    return str(rows[0][0])


def playlist_of(home: Home) -> str:
    with open_snapshot(home.lake) as snapshot:
        ((playlist_id,),) = snapshot.connection.execute("SELECT DISTINCT playlist_id FROM playlists").fetchall()
    return str(playlist_id)


def people(home: Home) -> dict[str, Listener]:
    with open_snapshot(home.lake) as snapshot:
        return {person.name: person for person in snapshot.listeners()}


def feedback(home: Home) -> list[Any]:
    with open_snapshot(home.lake) as snapshot:
        return snapshot.connection.execute("SELECT listener_id, verdict FROM feedback").fetchall()


@pytest.mark.parametrize(("view", "secret"), [("foryou", TRACK), ("model", CARD), ("playlist_lab", LIST)])
def test_its_owner_sees_it_and_another_member_does_not(
    group: Group, browser: dict[str, str], view: str, secret: str
) -> None:
    address = {"listener": "Bertil", "playlist": playlist_of(group.home)}
    browser[sessions.COOKIE] = group.word(group.bertil)
    assert secret in everything(opened(view, **address))
    browser[sessions.COOKIE] = group.word(group.mara)
    shown = everything(opened(view, **address))
    assert secret not in shown
    assert "Bertil" not in shown


def test_a_thumb_pressed_after_the_sign_out_is_not_kept(group: Group, browser: dict[str, str]) -> None:
    browser[sessions.COOKIE] = word = group.word(group.mara)
    app = opened("foryou")
    with open_state(group.home.root) as state:
        sessions.end(state, word)
    before = feedback(group.home)
    app.button(key="say-1-up").click().run()
    assert feedback(group.home) == before
    assert before == [(group.bertil, "later")]


def test_a_thumb_is_its_own_listener_s(group: Group, browser: dict[str, str]) -> None:
    browser[sessions.COOKIE] = group.word(group.mara)
    app: AppTest = opened("foryou", listener="Bertil")
    app.button(key="say-1-down").click().run()
    assert sorted(feedback(group.home)) == sorted([(group.bertil, "later"), (group.mara, "down")])


@pytest.mark.parametrize("signed_in", [True, False])
def test_nobody_writes_a_playlist_for_another(
    group: Group, browser: dict[str, str], monkeypatch: pytest.MonkeyPatch, signed_in: bool
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(lab, "connect", lambda _setup, _state, listener_id, **_: asked.append(listener_id))
    monkeypatch.setattr(lab.writing, "write", lambda _client, name, uris: Written("1", name, len(uris), replaced=False))
    browser[sessions.COOKIE] = group.word(group.mara) if signed_in else "guessed"
    known = people(group.home)
    assert not lab.write(group.home, known["Bertil"], "Mine now", ["spotify:track:1"]).done
    assert asked == []
    assert lab.write(group.home, known["Mara"], "Mine", ["spotify:track:1"]).done == signed_in
    assert asked == [group.mara] * signed_in
