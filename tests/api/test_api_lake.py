"""Looking after the lake over HTTP: who may, and where it goes."""

from pathlib import Path

import pytest
from api_scene import NOW, Scene

from groovelog.lake.folder import Folder
from groovelog.lake.home import Home, LakeElsewhere
from groovelog.pipeline.backup import shelf
from groovelog.pipeline.backup.store import FolderStore
from groovelog.pipeline.pulling import pull
from groovelog.state import members
from groovelog.state.database import open_state
from groovelog.state.members import MEMBER, OWNER, Member, Role


def join(fresh: Scene, name: str, role: Role) -> None:
    with open_state(fresh.home.root) as state, state.writing() as connection:
        members.put(connection, Member(fresh.ids[name], role, None, NOW))


@pytest.fixture
def backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "elsewhere" / "backups"
    monkeypatch.setenv("GROOVELOG_BACKUP_TO", str(place))
    return place


def test_the_owner_makes_one_where_the_server_says(fresh: Scene, backups: Path) -> None:
    join(fresh, "Ann", OWNER)
    join(fresh, "Ben", MEMBER)
    answer = fresh.ask("/v1/lake/backup", fresh.key("Ann", "write"), "POST")
    assert answer.status_code == 200, answer.text
    made = answer.json()
    (kept,) = shelf.read(FolderStore(backups)).manifests
    assert (made["id"], made["plays"], made["backups"]) == (kept.backup_id, 75, 1)
    assert str(backups) not in answer.text
    again = fresh.ask("/v1/lake/backup", fresh.key("Ann", "write"), "POST").json()
    assert (again["backups"], again["run"]) == (2, made["run"])


def test_another_member_makes_none(fresh: Scene, backups: Path) -> None:
    join(fresh, "Ann", OWNER)
    join(fresh, "Ben", MEMBER)
    answer = fresh.ask("/v1/lake/backup", fresh.key("Ben", "write"), "POST")
    assert (answer.status_code, answer.json()["detail"]) == (403, "That is for the owner of this Groovelog alone.")
    assert fresh.ask("/v1/lake/backup", fresh.key("Ann", "read"), "POST").status_code == 403
    assert not backups.exists()


def test_without_members_a_key_to_write_is_enough(fresh: Scene, backups: Path) -> None:
    assert fresh.ask("/v1/lake/backup", fresh.key("Ben", "write"), "POST").status_code == 200
    with fresh.personal():
        assert fresh.ask("/v1/lake/backup", None, "POST").json()["backups"] == 2
    assert backups.exists()


def test_no_place_is_taken_from_who_asks(fresh: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GROOVELOG_BACKUP_TO", raising=False)
    answer = fresh.ask("/v1/lake/backup", fresh.key("Ann", "write"), "POST", params={"to": str(tmp_path / "chosen")})
    assert (answer.status_code, "GROOVELOG_BACKUP_TO" in answer.json()["detail"]) == (409, True)
    assert not (tmp_path / "chosen").exists()


def test_a_place_that_cannot_be_used_is_told_without_its_name(fresh: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROOVELOG_BACKUP_TO", str(fresh.home.root / "inside"))
    answer = fresh.ask("/v1/lake/backup", fresh.key("Ann", "write"), "POST")
    assert answer.status_code == 503
    assert str(fresh.home.root) not in answer.text


@pytest.fixture
def group_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "shared" / "group"
    place.parent.mkdir()
    monkeypatch.setenv("GROOVELOG_GROUP_LAKE", str(place))
    return place


def test_a_member_elsewhere_brings_what_was_pushed_here(fresh: Scene, group_lake: Path, tmp_path: Path) -> None:
    pushed = fresh.ask("/v1/lake/push", fresh.key("Ann", "write"), "POST")
    assert pushed.status_code == 200, pushed.text
    told = {one["name"]: (one["shares"], one["sent"], one["months"]) for one in pushed.json()["listeners"]}
    # Ben's 25 plays lie in January to April of 2020.
    assert told == {"Ann": ("nothing", 0, 0), "Ben": ("totals", 0, 4), "Cleo": ("nothing", 0, 0)}
    assert str(group_lake) not in pushed.text
    elsewhere = Home(tmp_path / "dora")
    pulled = pull(elsewhere, LakeElsewhere(elsewhere.root, at=Folder(group_lake)), now=NOW)
    assert [(one.here.name, one.here.months) for one in pulled.members] == [("Ben", 4)]
    back = fresh.ask("/v1/lake/pull", fresh.key("Ann", "write"), "POST").json()
    assert back == {"listeners": [], "gone": [], "kept_out": 0, "erased_elsewhere": [], "erasures": 0}


@pytest.mark.parametrize("verb", ["push", "pull"])
def test_pushing_and_pulling_are_for_the_owner(fresh: Scene, group_lake: Path, verb: str) -> None:
    join(fresh, "Ann", OWNER)
    assert fresh.ask(f"/v1/lake/{verb}", fresh.key("Ben", "write"), "POST").status_code == 403
    assert not group_lake.exists()


@pytest.mark.parametrize("verb", ["push", "pull"])
def test_without_a_group_s_lake_it_is_said_what_to_set(
    fresh: Scene, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.delenv("GROOVELOG_GROUP_LAKE", raising=False)
    answer = fresh.ask(f"/v1/lake/{verb}", fresh.key("Ann", "write"), "POST")
    assert (answer.status_code, "GROOVELOG_GROUP_LAKE" in answer.json()["detail"]) == (409, True)


def test_a_group_s_lake_that_is_not_there_is_told_without_its_name(
    fresh: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROOVELOG_GROUP_LAKE", str(tmp_path / "no-disk" / "group"))
    for verb in ("push", "pull"):
        answer = fresh.ask(f"/v1/lake/{verb}", fresh.key("Ann", "write"), "POST")
        assert (answer.status_code, str(tmp_path) in answer.text) == (409, False)


@pytest.mark.parametrize("verb", ["push", "pull", "backup"])
@pytest.mark.parametrize("place", ["s3://key:hush@music/lake", "s3://Music/lake", "https://me:hush@nas.example.org/x"])
def test_a_place_that_is_none_is_told_to_nobody_who_asks_nor_its_keys_to_the_log(
    fresh: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, verb: str, place: str
) -> None:
    monkeypatch.setenv("GROOVELOG_BACKUP_TO" if verb == "backup" else "GROOVELOG_GROUP_LAKE", place)
    answer = fresh.ask(f"/v1/lake/{verb}", fresh.key("Ann", "write"), "POST")
    assert answer.status_code in {409, 503}
    assert not any(word in answer.text for word in ("hush", "usic/lake", "nas"))
    assert "could not answer" in caplog.text
    assert "hush" not in caplog.text


def test_the_own_lake_is_no_group_s_and_its_place_is_not_told(fresh: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROOVELOG_GROUP_LAKE", str(fresh.home.root / "lake"))
    answer = fresh.ask("/v1/lake/push", fresh.key("Ann", "write"), "POST")
    assert (answer.status_code, str(fresh.home.root) in answer.text) == (409, False)


def test_who_was_dismissed_may_no_longer(fresh: Scene, backups: Path) -> None:
    join(fresh, "Ann", OWNER)
    join(fresh, "Ben", OWNER)
    key = fresh.key("Ben", "write")
    with open_state(fresh.home.root) as state:
        members.dismiss(state, fresh.ids["Ben"], NOW)
    assert fresh.ask("/v1/lake/backup", key, "POST").status_code in {401, 403}
    assert not backups.exists()
