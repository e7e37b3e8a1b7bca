"""A push or a pull that dies leaves both lakes whole, and the next one completes it: nothing is lost or doubled."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from export_rows import extended
from kept import NOW, bring, everything, sound
from stopping import Killed

from groovelog.lake.folder import Folder
from groovelog.lake.home import Home
from groovelog.pipeline import forget, share
from groovelog.pipeline.group_lake import group_lake
from groovelog.pipeline.pulling import pull
from groovelog.pipeline.pushing import push

# Written by each run anew.
OF_RUNS = {"run_id", "captured_at", "committed_at"}


@dataclass(frozen=True)
class Deaths:
    """Lets the process die after so many steps, and no more."""

    after: Callable[[int], None]
    no_more: Callable[[], None]


def state(home: Home) -> dict[str, Any]:
    """Every table without what tells of runs; of receipts what they sum up to."""
    kept = everything(home)
    told = {
        name: sorted(str({key: value for key, value in row.items() if key not in OF_RUNS}) for row in rows)
        for name, rows in kept.items()
        if name not in {"commits", "receipts", "listener_zones", "consents", "listeners"}
    }
    return told | {"stored": sum(row["stored"] for row in kept["receipts"])}


@pytest.fixture(scope="module")
def before(empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada shares all and Bo totals, and both pushed; Dee pulled. Then Ada played more, and Bo shows less, or is forgotten."""
    folder = tmp_path_factory.mktemp("before") / "members"
    for name in ("ada", "dee"):
        shutil.copytree(empty_lake, folder / name)
    ada = Home(folder / "ada")
    bring(ada, extended("2020-12-31 23:50:00"), extended("2021-01-01 00:10:00", "b"), listener="Ada")
    bring(ada, extended("2021-01-01 12:00:00", "c"), listener="Bo")
    bring(ada, extended("2021-01-01 13:00:00", "c"), listener="Cy")
    for name in ("Ada", "Bo", "Cy"):
        share(ada, name, "all", now=NOW)
    act(folder, "push")
    act(folder, "pull")
    bring(ada, extended("2020-12-31 23:55:00"), listener="Ada")
    share(ada, "Bo", "totals", now=NOW)
    forget(ada, "Cy", now=NOW)
    return folder


def act(folder: Path, verb: str) -> None:
    home = Home(folder / ("ada" if verb == "push" else "dee"))
    place = group_lake(home, Folder(folder / "group"), "--to")
    if verb == "push":
        push(home, place, now=NOW)
    else:
        pull(home, place, now=NOW)


def reached(folder: Path, verb: str) -> dict[str, Any]:
    root = folder / "looked-at"
    root.mkdir(exist_ok=True)
    if not (root / "lake").exists():
        (root / "lake").symlink_to(folder / "group")
    home = Home(root) if verb == "push" else Home(folder / "dee")
    assert sound(home)
    return state(home)


@pytest.fixture
def die(dies_after: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> Deaths:
    return Deaths(dies_after, monkeypatch.undo)


def survive(before: Path, folder: Path, verb: str, die: Deaths, stride: int) -> int:
    """Die at each `stride`th step; returns how often."""
    start = folder / "start"
    shutil.copytree(before, start)
    if verb == "pull":
        act(start, "push")
    whole = Path(shutil.copytree(start, folder / "whole"))
    act(whole, verb)
    wanted = reached(whole, verb)
    steps = 3
    while True:
        copy = Path(shutil.copytree(start, folder / str(steps)))
        die.after(steps)
        try:
            act(copy, verb)
        except Killed:
            die.no_more()
            reached(copy, verb)
            act(copy, verb)
            assert reached(copy, verb) == wanted
            shutil.rmtree(copy)
            steps += stride
        else:
            die.no_more()
            assert reached(copy, verb) == wanted
            return steps // stride


@pytest.mark.parametrize(("verb", "stride"), [("push", 170), ("pull", 210)])
def test_it_can_die(before: Path, tmp_path: Path, die: Deaths, verb: str, stride: int) -> None:
    assert survive(before, tmp_path, verb, die, stride) >= 2


@pytest.mark.long
@pytest.mark.parametrize("verb", ["push", "pull"])
def test_it_can_die_at_any_step(before: Path, tmp_path: Path, die: Deaths, verb: str) -> None:
    assert survive(before, tmp_path, verb, die, 7) > 30
