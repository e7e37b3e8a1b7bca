"""Who the page of a group names as not in: to a member none but members, to who runs Groovelog for themselves everybody."""

from pathlib import Path

import listening
import pytest
import two_members
from two_members import NOW, Group

from groovelog import access, pipeline
from groovelog.access import Viewer
from groovelog.dashboard import served
from groovelog.dashboard.scene import Scene
from groovelog.dashboard.texts import group as texts
from groovelog.dashboard.texts import wording
from groovelog.dashboard.views.group import _others
from groovelog.errors import NobodyShows
from groovelog.lake.people import consents_since
from groovelog.lake.snapshot import open_snapshot


@pytest.fixture
def group(tmp_path: Path) -> Group:
    """Mara and Bertil are members; Wen's plays were imported for her, and Ida, who is no member either, shares."""
    filled = two_members.fill(tmp_path / "home", tmp_path)
    for name in ("Wen", "Ida"):
        pipeline.import_exports(
            filled.home, [tmp_path / "maras.zip"], listener=name, timezone=listening.ZONE, now=NOW
        )  # fmt: skip
    pipeline.share(filled.home, "Ida", "totals", now=NOW)
    served.publish(filled.home, for_group=True)
    return filled


def named(group: Group, viewer: Viewer) -> tuple[list[str], list[str]]:
    """Those who share with Mara, and those who are said to be not in."""
    with open_snapshot(group.home.lake) as snapshot:
        (mara,) = [person for person in snapshot.listeners() if person.name == "Mara"]
        sharing, silent = _others(Scene(snapshot, viewer, {}), mara, consents_since(snapshot))
    return [one.name for one in sharing], [one.name for one in silent]


def test_a_member_is_not_told_of_who_is_none_and_shows_nothing(group: Group) -> None:
    assert named(group, Viewer(group.mara, owner=True)) == (["Ida"], ["Bertil"])


def test_who_runs_it_for_themselves_has_brought_them_all(group: Group) -> None:
    assert named(group, access.PERSONAL) == (["Ida"], ["Bertil", "Wen"])


def test_members_are_told_of_pages_and_not_of_commands() -> None:
    said = (*texts.how_steps(members=True), texts.alone(members=True))
    assert not any("groovelog " in words or "page Data" in words for words in said)
    error = NobodyShows("Nobody else shows Mara counts and times.", needed="totals")
    assert wording.went_wrong(error) == f"{error.message} Each decides that for themselves, on the page Settings."
