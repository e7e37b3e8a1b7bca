"""A model comes back as it was kept, and what is not one is refused in a sentence."""

import json
from pathlib import Path

import numpy as np
import pytest
import xgboost
from sklearn.linear_model import LogisticRegression

from groovelog.errors import ModelMissing, ModelRefused
from groovelog.lake.home import Home
from groovelog.recommend import stored

ABOUT = stored.About("preference", "abc", 3, 7, "2026-01-01T00:00:00Z", ("one", "two"), {"auc": 0.7}, {"n": 1})
X = np.random.default_rng(0).random((60, 2)).astype(np.float32)
Y = (X[:, 0] > 0.5).astype(float)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def folder(home: Home) -> Path:
    booster = xgboost.train({"objective": "binary:logistic", "nthread": 1}, xgboost.DMatrix(X, Y), 3)
    linear = LogisticRegression().fit(X, Y)
    return stored.save(
        home, ABOUT, boosters={"tree": booster}, estimators={"line": linear}, texts={"card.md": "# Card\n"}
    )


def test_it_comes_back(home: Home, folder: Path) -> None:
    about, boosters, estimators = stored.load(home, "abc", "preference")
    assert about == ABOUT == stored.about(home, "abc", "preference")
    assert boosters.keys() == {"tree"}
    np.testing.assert_array_equal(estimators["line"].predict(X), LogisticRegression().fit(X, Y).predict(X))
    assert sorted(path.name for path in folder.iterdir()) == ["about.json", "card.md", "line.skops", "tree.ubj"]
    assert not [path for path in folder.iterdir() if path.read_bytes()[:1] == b"\x80"]  # how a pickle begins
    assert [path.name for path in folder.parent.iterdir()] == ["preference"]


def test_another_takes_its_place(home: Home, folder: Path) -> None:
    stored.save(home, ABOUT, boosters={}, estimators={}, texts={})
    assert [path.name for path in folder.iterdir()] == ["about.json"]


def test_none_is_there(home: Home) -> None:
    assert stored.about(home, "abc", "preference") is None
    with pytest.raises(ModelMissing, match="groovelog train"):
        stored.load(home, "abc", "preference")


@pytest.mark.parametrize("name", ["tree.ubj", "line.skops", "card.md"])
def test_a_damaged_file_is_refused(home: Home, folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ModelRefused, match=rf"{name} is not what was written.*groovelog train"):
        stored.load(home, "abc", "preference")


@pytest.mark.parametrize("text", ["", "{}", "[]", "\x00", '{"format": 1}', "null"])
def test_a_damaged_about_is_refused(home: Home, folder: Path, text: str) -> None:
    (folder / "about.json").write_text(text)
    with pytest.raises(ModelRefused, match=r"cannot be read.*groovelog train"):
        stored.load(home, "abc", "preference")


def test_another_version_is_refused(home: Home, folder: Path) -> None:
    told = json.loads((folder / "about.json").read_text())
    (folder / "about.json").write_text(json.dumps(told | {"format": 99}))
    with pytest.raises(ModelRefused, match=r"version 99.*version 2.*groovelog train"):
        stored.load(home, "abc", "preference")


def test_types_that_are_not_known_are_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "TRUSTED", frozenset())
    from sklearn.tree import DecisionTreeClassifier

    stored.save(home, ABOUT, boosters={}, estimators={"tree": DecisionTreeClassifier().fit(X, Y)}, texts={})
    with pytest.raises(ModelRefused, match="holds what it may not"):
        stored.load(home, "abc", "preference")


def test_forgotten(home: Home, folder: Path) -> None:
    stored.forget(home, "abc")
    assert not folder.parent.exists()
    stored.forget(home, "abc")


def test_nobody_else_on_the_machine_reads_it(home: Home, folder: Path) -> None:
    stored.keep_card(home, "other", "card.md", "# Card\n")
    for made in (home.root, home.models, folder.parent, folder, home.models / "other"):
        assert made.stat().st_mode & 0o077 == 0, made
