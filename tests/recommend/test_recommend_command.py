"""`groovelog recommend` and `groovelog feedback`, from exports to words."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xgboost

from calling import Call
from groovelog.access import PERSONAL
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.recommending import moment_at, recommend, whose
from groovelog.recommend import stored
from groovelog.recommend.evidence import NAMES
from groovelog.recommend.history import history
from groovelog.recommend.ranking import PARAMETERS
from groovelog.recommend.suggestions import Wanted
from spotify_export import extended, text

DAY = 24 * 60
NEXT_MORNING = datetime(2020, 3, 2, 10, tzinfo=UTC)
HEAD = (
    "track_id,track_name,artists,popularity,danceability,energy,key,loudness,mode,speechiness,acousticness,"
    "instrumentalness,liveness,valence,tempo,time_signature,duration_ms\n"
)


def row(number: int, artist: str, energy: float, tempo: float, name: str | None = None) -> str:
    return (
        f"{number:022},{name or f'Title {number}'},{artist},{number},0.5,{energy},5,-8,1,0.05,{1 - energy:.2f},0.1,0.1,0.4,"
        f"{tempo},4,200000\n"
    )


@pytest.fixture
def lived(call: Call, tmp_path: Path) -> Path:
    """60 days of me: songs 0 to 4 every morning, of Ann; song 5, of Bob, twice in all. Ben plays song 20, and shows all.

    The reference has them, and of Ann and of Zoe songs that nobody played.
    """
    mine = [
        extended(
            day * DAY + 4 * song,
            ms_played=200_000,
            master_metadata_track_name=f"Title {song}",
            master_metadata_album_artist_name="Ann" if song < 5 else "Bob",
            spotify_track_uri=f"spotify:track:{song:022}",
        )
        for day in range(60)
        for song in (*range(5), *((5,) if day in (10, 20) else ()))
    ]
    ben = [
        extended(
            day * DAY, ms_played=200_000, master_metadata_track_name="Title 20", master_metadata_album_artist_name="Kim",
            spotify_track_uri=f"spotify:track:{20:022}", incognito_mode=hidden,
        )
        for day, hidden in ((30, False), (31, False), (32, False))
    ] + [
        extended(
            day * DAY, ms_played=200_000, master_metadata_track_name="Secret", master_metadata_album_artist_name="Kim",
            spotify_track_uri=f"spotify:track:{21:022}", incognito_mode=True,
        )
        for day in (33, 34)
    ]  # fmt: skip
    for name, rows in (("me", mine), ("Ben", ben)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "Streaming_History_Audio_2020_0.json").write_bytes(text(*rows))
        assert call("import", tmp_path / name, "--listener", name, "--timezone", "UTC").code == 0
    songs = [
        row(number, "Ann" if number < 5 or number in (6, 7) else "Zoe", 0.1 * (number % 10), 90 + 5 * number)
        for number in range(12)
    ]
    songs[5] = row(5, "Bob", 0.9, 150)
    (tmp_path / "songs.csv").write_text(HEAD + "".join(songs), encoding="utf-8")
    return tmp_path


def asked(call: Call, *words: str) -> dict[str, Any]:
    answer = call("recommend", "--listener", "me", "--json", *words)
    assert answer.code == 0, answer.err
    told: dict[str, Any] = json.loads(answer.out)
    return told


def names(told: dict[str, Any]) -> list[str]:
    return [one["track_name"] for one in told["suggestions"]]


def test_without_a_model_a_rule_is_used_and_said(call: Call, lived: Path) -> None:
    told = asked(call, "--novelty", "0")
    assert told["method"] == "recency"
    assert "No model is trained" in told["why"]
    assert set(told["suggestions"][0]) >= {"track_name", "artist_name", "track_id", "score", "reasons"}
    # Five songs of Ann's, but two of an artist at most; Bob's is the third.
    assert len(names(told)) == 3
    assert names(told)[-1] == "Title 5"
    assert "Nobody else here shows you" in " ".join(told["notes"])


def test_every_reason_is_so(call: Call, lived: Path) -> None:
    told = asked(call, "--novelty", "0")
    (bob,) = (one for one in told["suggestions"] if one["artist_name"] == "Bob")
    # Played twice: the second time on day 20 of 2020.
    assert "You played it twice, the last time on 21 January 2020." in bob["reasons"]
    (ann, *_) = (one for one in told["suggestions"] if one["artist_name"] == "Ann")
    assert any("60 times" in reason or "60 plays" in reason for reason in ann["reasons"])


def test_the_dial_brings_what_was_never_played_and_friends_come_with_consent_alone(
    call: Call, home: Path, lived: Path
) -> None:
    call("reference", "add", lived / "songs.csv", "--name", "songs")

    def new() -> dict[str, str]:
        with open_snapshot(Home(home).lake) as snapshot:
            told = recommend(Home(home), snapshot, PERSONAL, "me", Wanted(novelty=1.0, n=20), NEXT_MORNING)
        return {one.track_name: one.reasons[0] for one in told.suggestions if not one.heard}

    assert new()
    assert "Title 20" not in new()
    assert call("listeners", "share", "Ben", "all").code == 0
    assert new()["Title 20"] == "Ben played it in the last half year, without skipping: 3 times."
    assert "Secret" not in new()
    assert call("listeners", "share", "Ben", "totals").code == 0
    assert "Title 20" not in new()


def test_now_knows_the_hour_and_the_session_under_way(call: Call, home: Path, lived: Path) -> None:
    """Songs begin at 9:56:40 and every four minutes: at 10:08 of the last day three have begun."""
    with open_snapshot(Home(home).lake) as snapshot:
        person = whose(PERSONAL, snapshot, "me")
        told = history(snapshot, person)
        moment = moment_at(told, person, datetime(2020, 2, 29, 10, 8, tzinfo=UTC))
        later = moment_at(told, person, datetime(2020, 2, 29, 11, 0, tzinfo=UTC))
    assert (moment.hour, moment.weekday) == (10, 5)
    assert told.songs.track_name[told.song[moment.session]].tolist() == ["Title 0", "Title 1", "Title 2"]
    assert later.session.tolist() == []


def test_a_context_is_kept_to_and_told(call: Call, lived: Path) -> None:
    answer = call("recommend", "--listener", "me", "--context", "workout", "--json")
    assert answer.code == 1
    assert "audio features" in json.loads(answer.out)["error"]["message"]
    call("reference", "add", lived / "songs.csv", "--name", "songs")
    call("match")
    told = asked(call, "--context", "workout", "-n", "20")
    # energy ≥ 0.7 and tempo > 120: Bob's, and of Zoe 8 and 9.
    assert {*names(told)} <= {"Title 5", "Title 7", "Title 8", "Title 9"}
    assert "Title 5" in names(told)
    assert all(one["reasons"][0] == "It fits workout: energy ≥ 0.7 and tempo > 120 BPM." for one in told["suggestions"])


def test_thumbs_down_is_never_suggested_again_and_later_is_a_list(call: Call, lived: Path) -> None:
    first = asked(call, "--novelty", "0")["suggestions"][0]
    answer = call("feedback", "--listener", "me", first["key"], "down", "--json")
    assert answer.code == 0, answer.err
    assert json.loads(answer.out)["feedback"][0]["track_name"] == first["track_name"]
    for novelty in ("0", "0.5", "1"):
        assert first["track_name"] not in names(asked(call, "--novelty", novelty, "-n", "100"))
    call("feedback", "--listener", "me", "Title 5", "later")
    assert "for later: Title 5 / Bob" in call("feedback", "--listener", "me").out
    assert "Taken back." in call("feedback", "--listener", "me", first["key"], "none").err
    assert first["track_name"] in names(asked(call, "--novelty", "0"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--context", "sleep"), "no context"),
        (("--novelty", "1.5"), "Novelty runs"),
        (("-n", "0"), "From 1 to 100"),
        (("--listener", "Nobody"), "no listener"),
    ],
)
def test_what_cannot_be_asked_is_told(call: Call, lived: Path, words: tuple[str, ...], said: str) -> None:
    answer = call("recommend", "--listener", "me", *words)
    assert answer.code == 1
    assert said in answer.err


def test_nothing_kept_and_too_little_kept(call: Call, tmp_path: Path) -> None:
    call("listeners", "add", "New", "--timezone", "UTC")
    answer = call("recommend", "--listener", "New")
    assert answer.code == 1
    assert "nothing to suggest yet" in answer.err
    (tmp_path / "songs.csv").write_text(HEAD + row(1, "Zoe", 0.5, 100) + row(2, "Kim", 0.5, 100), encoding="utf-8")
    call("reference", "add", tmp_path / "songs.csv", "--name", "songs")
    told = json.loads(call("recommend", "--listener", "New", "--json").out)
    assert told["method"] == "popularity"
    assert "You have 0 plays here" in told["why"]
    assert names(told) == ["Title 2", "Title 1"]


def test_who_skips_everything_is_answered(call: Call, tmp_path: Path) -> None:
    rows = [
        extended(
            number * 700, ms_played=4_000, skipped=True, reason_end="fwdbtn",
            spotify_track_uri=f"spotify:track:{number % 7:022}", master_metadata_track_name=f"Title {number % 7}",
        )
        for number in range(80)
    ]  # fmt: skip
    (tmp_path / "Streaming_History_Audio_2020_0.json").write_bytes(text(*rows))
    call("import", tmp_path / "Streaming_History_Audio_2020_0.json", "--listener", "me", "--timezone", "UTC")
    assert len(asked(call)["suggestions"]) == 2  # all are of one artist
    answer = call("train", "--listener", "me", "--json")
    assert answer.code == 0, answer.err
    (ranking,) = (one for one in json.loads(answer.out)["models"] if one["kind"] == "ranking")
    assert ranking["trained"] is False
    assert re.search(r"ranker needs \d+", ranking["why_not"])


def test_a_playlist_is_shown_before_it_is_written(call: Call, lived: Path) -> None:
    answer = call("recommend", "--listener", "me", "--create-playlist", "Mornings")
    assert answer.code == 0
    assert "Nothing is written yet. With --yes" in answer.err
    answer = call("recommend", "--listener", "me", "--create-playlist", "Mornings", "--yes")
    assert answer.code == 1
    assert "login" in answer.err


@pytest.mark.parametrize("harm", ["damaged", "version"])
def test_a_model_that_cannot_be_used_is_named_and_a_rule_used(call: Call, home: Path, lived: Path, harm: str) -> None:
    with open_snapshot(Home(home).lake) as snapshot:
        (person,) = (one for one in snapshot.listeners() if one.name == "me")
    place = home / "models" / person.listener_id / "ranking"
    place.mkdir(parents=True)
    (place / "about.json").write_text("{" if harm == "damaged" else '{"format": 99, "files": {}}', encoding="utf-8")
    told = asked(call)
    assert told["method"] == "recency"
    assert "groovelog train" in told["why"]
    assert ("damaged" if harm == "damaged" else "version 99") in told["why"]


@pytest.mark.parametrize(("own", "method"), [(0.3, "ranker"), (0.1, "last_week")])
def test_the_ranker_is_used_where_its_lists_as_shown_are_the_better_ones(
    call: Call, home: Path, lived: Path, own: float, method: str
) -> None:
    """Before they were made varied the order was the other way round: that does not count."""
    with open_snapshot(Home(home).lake) as snapshot:
        (person,) = (one for one in snapshot.listeners() if one.name == "me")
    rules = [{"name": "recency", "ndcg_at_10": 0.1}, {"name": "last_week", "ndcg_at_10": 0.2}]
    scores = {
        "models": [{"name": "xgboost_ranker", "ndcg_at_10": 0.3 - own}],
        "baselines": rules,
        "shown": {"models": [{"name": "xgboost_ranker_reranked", "ndcg_at_10": own}], "baselines": rules},
    }
    rows = np.random.default_rng(0).random((50, len(NAMES)), dtype=np.float32)
    matrix = xgboost.DMatrix(rows, label=np.arange(50) % 2, qid=np.zeros(50), feature_names=list(NAMES))
    booster = xgboost.train(PARAMETERS, matrix, 2)
    about = stored.About("ranking", person.listener_id, 1, 0, "2020-03-02T00:00:00Z", NAMES, scores)
    stored.save(Home(home), about, boosters={"ranker": booster}, estimators={}, texts={})
    told = asked(call)
    assert told["method"] == method
    assert f"{own:.3f}" in told["why"]
    assert "0.200" in told["why"]
    assert "made varied" in told["why"]
