"""`groovelog train` and `groovelog evaluate`, from the shell's side."""

import json
from pathlib import Path

import numpy as np
import pytest
from drawn_history import NOBODY
from heard import bring

from calling import Call
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline.training import preference_of
from groovelog.recommend import stored
from spotify_export import extended, text

PLAYS = 2_600
SCORES = {"name", "auc", "log_loss", "calibration_error"}


def export(count: int = PLAYS, *, skips: float = 0.8) -> bytes:
    """Plays of five songs at every third hour; even ones are skipped before noon, odd ones later, so often; else seldom."""
    rng = np.random.default_rng(0)
    rows = []
    for number in range(count):
        song, hour = int(rng.integers(5)), (10 + 3 * number) % 24
        disliked = (song % 2 == 0) == (hour < 12)
        skipped = bool(rng.random() < (skips if disliked else skips / 8))
        rows.append(
            extended(
                number * 180,
                master_metadata_track_name=f"Song {song}",
                spotify_track_uri=f"spotify:track:{song:022}",
                ms_played=5_000 if skipped else 180_000,
                reason_end="fwdbtn" if skipped else "trackdone",
                skipped=skipped,
            )
        )
    return text(*rows)


@pytest.fixture
def filled(home: Path, tmp_path: Path) -> Home:
    return bring(home, tmp_path / "files", {"Streaming_History_Audio_2020_0.json": export()})


def folder(home: Home) -> Path:
    with open_snapshot(home.lake) as snapshot:
        (person,) = snapshot.listeners()
    return home.models / person.listener_id


@pytest.mark.long
def test_train_keeps_a_model_that_forget_takes_away(filled: Home, call: Call) -> None:
    done = call("train", "--json")
    assert done.code == 0
    told, ranking = json.loads(done.out)["models"]
    assert (ranking["kind"], ranking["trained"]) == ("ranking", True)
    assert (told["listener"], told["kind"], told["trained"], told["seed"]) == ("me", "preference", True, 0)
    assert told["scores"]["finish"]["margin"] > 0.1
    place = folder(filled) / "preference"
    about = stored.about(filled, place.parent.name, "preference")
    assert about is not None
    assert about.run == told["run"]
    assert not about.more["include_api"]
    card = (place / "card.md").read_text()
    for words in ("2,600 plays of 5 songs", "## Features", "## Limits", "every source but the Web API", "voting"):
        assert words in card
    model = preference_of(filled, place.parent.name)
    assert model is not None
    assert model.names == about.features
    assert model.predict(np.zeros((2, len(model.names)), dtype=np.float32)).shape == (2,)

    (place / "finish.ubj").write_bytes(b"not a model")
    with pytest.raises(stored.ModelRefused, match="groovelog train"):
        preference_of(filled, place.parent.name)

    assert call("forget", "--listener", "me", "--yes").code == 0
    assert not place.parent.exists()


@pytest.mark.long
def test_evaluate_needs_no_training_before(filled: Home, call: Call) -> None:
    done = call("evaluate", "--listener", "me", "--json")
    assert done.code == 0
    told = json.loads(done.out)
    assert {"preference", "ranking"} <= told.keys()
    models = {row["name"]: row for row in told["preference"]["models"]}
    assert set(models) == {"random_forest", "xgboost", "voting"}
    assert all(row.keys() >= SCORES for row in models.values())
    assert all({"name", "auc"} <= row.keys() for row in told["preference"]["baselines"])
    low, high = models["voting"]["auc_interval"]
    assert low <= models["voting"]["auc"] <= high
    assert sum(place["plays"] for place in models["voting"]["calibration_curve"]) == told["preference"]["plays"]
    assert "What me finishes" in (folder(filled) / "preference-evaluation.md").read_text()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (export(60), "36 plays whose end is known are too few to learn from; it takes 1,000."),
        (export(1_800, skips=8), "it takes 50 of both kinds"),
    ],
    ids=["too little", "all skipped"],
)
def test_too_little_is_said(home: Path, tmp_path: Path, call: Call, content: bytes, sentence: str) -> None:
    bring(home, tmp_path / "files", {"Streaming_History_Audio_2020_0.json": content})
    told, _ = json.loads(call("train", "--json").out)["models"]
    assert not told["trained"]
    assert sentence in told["why_not"]
    assert "rules stand in" in told["why_not"]
    done = call("evaluate", "--json")
    assert done.code == 0
    told = json.loads(done.out)["preference"]
    assert told["models"] == []
    assert sentence in told["notes"][0]


def test_nobody_to_learn_from(call: Call) -> None:
    for command in ("train", "evaluate"):
        told = call(command, "--json")
        assert told.code == 1
        assert "groovelog import" in json.loads(told.out)["error"]["message"]


def test_an_unknown_listener(filled: Home, call: Call) -> None:
    assert call("train", "--listener", NOBODY.name).code == 1
