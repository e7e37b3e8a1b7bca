"""A group's lake: each member sends what they share from a home of their own, and whoever pulls has that and nothing else."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from export_rows import account, extended
from kept import NOW, Kept, bring, everything, plays, plays_anew, sound, text_of
from told import bring_sources, lastfm_row, poll, song

from groovelog.errors import GroovelogError, LakeError, NotFoundError, UsageError
from groovelog.lake import people
from groovelog.lake.erase import Erasure, record
from groovelog.lake.folder import Folder
from groovelog.lake.home import Home, LakeElsewhere
from groovelog.lake.purge import SPOTIFY_API
from groovelog.lake.snapshot import open_snapshot
from groovelog.model import Listener
from groovelog.pipeline import (
    change_zone,
    forget,
    give_feedback,
    share,
)
from groovelog.pipeline.group_lake import group_lake
from groovelog.pipeline.pulling import Pulled, pull
from groovelog.pipeline.pushing import Pushed, push
from groovelog.pipeline.running import running
from groovelog.pipeline.signing_in import forget_source
from groovelog.reports import run
from groovelog.reports.question import Question

LATER = NOW + timedelta(days=1)
# Words of Bo's, who shows totals alone, and of Cy's, who shows nothing: in no byte of the group's lake.
BOS = ("Only Bo Knows", "Bo and the Bos", "q" * 22, "Bos Album")
CYS = ("Cy Alone", "The Cys", "w" * 22, "Cys Album")


class Group:
    """The group's lake and its members' homes, all under one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.at = folder / "group"

    def home(self, name: str) -> Home:
        return Home(self.folder / name)

    def seen_from(self, home: Home) -> LakeElsewhere:
        return group_lake(home, Folder(self.at), "--to")

    def push(self, name: str, *, web_api: bool = False, listener: str | None = None) -> Pushed:
        home = self.home(name)
        return push(home, self.seen_from(home), web_api=web_api, listener=listener, now=NOW)

    def pull(self, name: str) -> Pulled:
        home = self.home(name)
        return pull(home, self.seen_from(home), now=NOW)

    @property
    def itself(self) -> Home:
        """The group's lake, to be looked at as any other: its folder is named lake in a home of its own."""
        root = self.folder / "looked-at"
        root.mkdir(exist_ok=True)
        if not (root / "lake").exists():
            (root / "lake").symlink_to(self.at)
        return Home(root)

    def text(self) -> str:
        """Every byte in the group's lake, and every value of its Parquet files, with their paths."""
        return "".join(str(path) + text_of(path) for path in self.at.rglob("*") if path.is_file())


def of(words: tuple[str, ...], stop: str, **other: object) -> dict[str, object]:
    """A row of extended history in these words."""
    title, artist, uri, album = words
    return extended(
        stop,
        master_metadata_track_name=title,
        master_metadata_album_artist_name=artist,
        master_metadata_album_album_name=album,
        spotify_track_uri=f"spotify:track:{uri}",
        **other,
    )


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada shows all, Bo (who is called me) totals, Cy nothing; Dee, who is called me too, has said nothing yet."""
    group = Group(tmp_path_factory.mktemp("members"))
    ada, bo, cy, dee = (group.home(name) for name in ("ada", "bo", "cy", "dee"))
    bring(
        ada,
        extended("2020-12-31 23:50:00"),
        extended("2021-01-01 00:10:00", "b"),
        account("2021-06-05 12:00", "c"),
        listener="Ada",
    )
    bring(bo, of(BOS, "2021-01-31 22:59:00"), of(BOS, "2021-01-31 23:30:00", ms=29_999), of(BOS, "2021-03-01 12:00:00"))
    bring(cy, of(CYS, "2021-02-01 12:00:00"), listener="Cyprian")
    bring(dee, extended("2021-02-02 12:00:00"), extended("2021-02-03 12:00:00"))
    share(ada, "Ada", "all", now=NOW)
    share(bo, "me", "totals", now=NOW)
    share(dee, "me", "all", now=NOW)
    return group.folder


@pytest.fixture
def group(homes: Path, tmp_path: Path) -> Group:
    return Group(Path(shutil.copytree(homes, tmp_path / "members")))


def runs(home: Home) -> int:
    with open_snapshot(home.lake) as snapshot:
        return snapshot.number


def names(home: Home) -> dict[str, str | None]:
    with open_snapshot(home.lake) as snapshot:
        return {person.name: person.origin for person in snapshot.listeners()}


def opaque(home: Home, name: str) -> str:
    with open_snapshot(home.lake) as snapshot:
        return next(person.listener_id for person in snapshot.listeners() if person.name == name)


def told(rows: Kept) -> Kept:
    """What is told of plays, without the run that wrote them."""
    return [{name: value for name, value in row.items() if name != "run_id"} for row in rows]


def test_each_shares_what_they_said_and_no_more(group: Group) -> None:
    (ada,) = group.push("ada").listeners
    (bo,) = group.push("bo").listeners
    with pytest.raises(
        UsageError, match=r"Cyprian shares nothing; to share: groovelog listeners share 'Cyprian' totals\|all"
    ):
        group.push("cy")
    assert (ada.there.added, bo.there.added, bo.there.months) == (3, 0, 3)

    pulled = group.pull("dee")
    bo_here = f"me ({opaque(group.home('bo'), 'me')[:4]})"
    assert {(one.here.name, one.shares) for one in pulled.members} == {("Ada", "all"), (bo_here, "totals")}
    dee = group.home("dee")
    assert names(dee) == {"me": None, "Ada": "group", bo_here: "group"}
    assert told(plays(dee, "Ada")) == told(plays(group.home("ada"), "Ada")) == told(plays(group.itself, "Ada"))
    assert plays_anew(dee, "Ada") == plays(dee, "Ada")
    assert len(plays(dee)) == 2
    assert sound(dee)
    assert sound(group.itself)

    # Bo's Berlin clocks: 22:59 UTC is 23:59 on the 31st, 23:30 is the next month already, and too short to count.
    assert [tuple(row.values())[1:] for row in everything(dee)["shared_totals"]] == [
        (date(2021, 1, 1), 1, 1, 60_000, 1, 1, 1, 1),
        (date(2021, 2, 1), 1, 0, 0, 0, 0, 0, 0),
        (date(2021, 3, 1), 1, 1, 60_000, 1, 1, 1, 1),
    ]
    everything_there = group.text()
    for word in (*BOS, *CYS, "Cyprian"):
        assert word not in everything_there
    # Where Bo lives is nobody's business: months need no zone.
    with open_snapshot(group.itself.lake) as snapshot:
        assert [person.timezone for person in snapshot.listeners()] == ["Europe/Berlin", "UTC"]


def test_again_is_no_harm_and_only_what_is_new_is_sent(group: Group) -> None:
    ada, dee = group.home("ada"), group.home("dee")
    group.push("ada")
    group.push("bo")
    group.pull("dee")
    before = runs(group.itself), runs(dee)
    group.push("ada")
    group.push("bo")
    group.pull("dee")
    assert (runs(group.itself), runs(dee)) == before
    bring(ada, extended("2020-12-31 23:55:00"), extended("2022-01-01 00:10:00", "b"), listener="Ada")
    bring(group.home("bo"), of(BOS, "2021-03-01 13:00:00"))
    assert [one.there.added for one in group.push("ada").listeners] == [2]
    assert [one.there.months for one in group.push("bo").listeners] == [1]
    assert [(one.here.added, one.here.months) for one in group.pull("dee").members] in (
        [(2, 0), (0, 1)],
        [(0, 1), (2, 0)],
    )
    assert told(plays(dee, "Ada")) == told(plays(ada, "Ada"))
    assert sound(dee)
    assert sound(group.itself)


def test_what_is_shared_no_longer_is_taken_out(group: Group) -> None:
    ada, dee = group.home("ada"), group.home("dee")
    for name in ("ada", "bo", "dee"):
        group.push(name)
    group.pull("dee")
    share(ada, "Ada", "totals", now=LATER)
    (pushed,) = group.push("ada").listeners
    assert (pushed.there.taken_out, pushed.there.months) == (3, 2)
    for word in ("Coaltar", "B-52s", "Boogie"):
        assert word not in group.text()
    group.pull("dee")
    assert plays(dee, "Ada") == []
    assert "Coaltar" not in "".join(text_of(path) for path in (dee.root / "lake").rglob("*.parquet"))
    share(ada, "Ada", "nothing", now=LATER)
    assert [one.withdrawn for one in group.push("ada").listeners] == [True]
    assert opaque(ada, "Ada") not in group.text()
    assert group.pull("dee").gone == ("Ada",)
    assert opaque(ada, "Ada") not in "".join(
        str(path) + text_of(path) for path in (dee.root / "lake").rglob("*") if path.is_file()
    )
    share(ada, "Ada", "all", now=LATER)
    group.push("ada")
    group.pull("dee")
    assert told(plays(dee, "Ada")) == told(plays(ada, "Ada"))
    assert sound(dee)
    assert sound(group.itself)


def test_removed_is_withdrawn_and_forgotten_stays_gone(group: Group) -> None:
    ada, dee = group.home("ada"), group.home("dee")
    group.push("ada")
    group.pull("dee")
    copy = Home(group.folder / "copy")
    shutil.copytree(ada.root, copy.root)
    old_group = shutil.copytree(group.at, group.folder / "old-group")
    ada_id = opaque(ada, "Ada")
    forget(ada, "Ada", now=LATER)
    pushed = group.push("ada")
    assert (pushed.listeners, pushed.erasures) == ((), 1)
    assert {path.parent.name for path in group.at.rglob("*.parquet") if ada_id in text_of(path)} == {"erasures"}
    assert group.pull("dee").gone == ("Ada",)
    assert names(dee) == {"me": None}
    # A home that never heard of it: its consent is older, too.
    (refused,) = group.push("copy").listeners
    assert refused.forgotten_at == LATER
    assert refused.there.added == 0
    assert group.pull("copy").erased_elsewhere == ("Ada",)
    assert len(plays(copy, "Ada")) == 3
    # An older copy of the group's lake brings nobody back.
    shutil.rmtree(group.at)
    shutil.copytree(old_group, group.at)
    pulled = group.pull("dee")
    assert (pulled.members, pulled.kept_out) == ((), 1)
    # What came later, of somebody who shares it anew.
    group.push("ada")
    share(copy, "Ada", "nothing", now=LATER + timedelta(days=1))
    share(copy, "Ada", "all", now=LATER + timedelta(days=1))
    (again,) = group.push("copy").listeners
    assert (again.there.added, again.erased) == (0, 3)
    assert sound(group.itself)


def test_who_was_pulled_and_forgotten_here_stays_away_and_there(group: Group) -> None:
    group.push("ada")
    group.pull("dee")
    dee = group.home("dee")
    forget(dee, "Ada", now=NOW)
    pulled = group.pull("dee")
    assert (pulled.members, pulled.kept_out) == ((), 1)
    group.push("dee")
    assert len(plays(group.itself, "Ada")) == 3


def test_plays_of_private_sessions_stay_at_home_whoever_told_of_them(group: Group, tmp_path: Path) -> None:
    ada = group.home("eve")
    private = song(0, ("Secret", "Nobody")) | {"incognito_mode": True}
    bring_sources(ada, tmp_path / "1", lastfm_row(2, ("Secret", "Nobody")), lastfm_row(5_000), listener="Eve")
    share(ada, "Eve", "all", now=NOW)
    group.push("eve")
    assert "Secret" in group.text()
    bring_sources(ada, tmp_path / "2", private, song(9_000), listener="Eve")
    (pushed,) = group.push("eve").listeners
    assert (pushed.there.added, pushed.there.taken_out, pushed.private) == (1, 1, 2)
    assert "Secret" not in group.text()
    assert len(plays(group.itself, "Eve")) == 2
    assert sound(group.itself)


def test_what_the_web_api_told_goes_only_when_asked_for_and_stays_gone(group: Group, tmp_path: Path) -> None:
    eve = group.home("eve")
    bring_sources(eve, tmp_path / "1", song(0), poll(70_000, ("Polled", "Nobody"), uri="z"), listener="Eve")
    share(eve, "Eve", "all", now=NOW)
    (pushed,) = group.push("eve").listeners
    assert (pushed.there.added, pushed.of_web_api) == (1, 1)
    (pushed,) = group.push("eve", web_api=True).listeners
    assert (pushed.there.added, pushed.of_web_api) == (1, 0)
    group.pull("dee")
    assert len(plays(group.home("dee"), "Eve")) == 2
    shutil.copytree(eve.root, group.folder / "copy")
    forget_source(eve, "Eve", SPOTIFY_API, now=LATER)
    assert group.push("eve", web_api=True).erasures == 1
    assert "Polled" not in group.text()
    # A copy of the home that still has the rows.
    (refused,) = group.push("copy", web_api=True).listeners
    assert (refused.there.added, refused.erased) == (0, 1)
    group.pull("dee")
    assert [play["track_name"] for play in plays(group.home("dee"), "Eve")] == ["Água"]
    assert sound(group.itself)
    assert sound(group.home("dee"))


def test_a_zone_that_changes_travels(group: Group) -> None:
    ada = group.home("ada")
    group.push("ada")
    group.pull("dee")
    change_zone(ada, "Ada", "Asia/Tokyo", now=NOW)
    group.push("ada")
    group.pull("dee")
    assert told(plays(group.home("dee"), "Ada")) == told(plays(ada, "Ada"))


def test_the_group_is_in_reports_of_whoever_pulled(group: Group) -> None:
    for name in ("ada", "bo"):
        group.push(name)
    group.pull("dee")
    bo = f"me ({opaque(group.home('bo'), 'me')[:4]})"
    with open_snapshot(group.home("dee").lake) as snapshot:

        def rows(name: str, **asked: Any) -> Kept:
            told: Kept = run(snapshot, name, Question(listener="me", **asked)).as_json()["rows"]
            return told

        board = [[row[name] for name in ("listener", "plays", "ms_played", "tracks")] for row in rows("leaderboard")]
        assert board == [["Ada", 3, 180_000, 3], ["me", 2, 120_000, 1], [bo, 2, 120_000, None]]
        # January lies in the period whole, March does not; by another rule nothing is known of Bo.
        board = rows("leaderboard", from_date=date(2021, 1, 1), to_date=date(2021, 3, 30))
        assert [(row["listener"], row["plays"]) for row in board] == [("Ada", 2), ("me", 2), (bo, 1)]
        assert [row["listener"] for row in rows("leaderboard", count="all")] == ["Ada", "me"]
        assert [(row["first_listener"], row["next_listener"]) for row in rows("who-heard-first")] == [("Ada", "me")]
        assert [(row["listener"], row["other"]) for row in rows("compatibility")] == [("Ada", "me")]


def test_who_was_pulled_is_nobody_to_change_here(group: Group) -> None:
    group.push("ada")
    group.pull("dee")
    dee = group.home("dee")
    for act in (
        lambda: share(dee, "Ada", "nothing", now=NOW),
        lambda: change_zone(dee, "Ada", "UTC", now=NOW),
        lambda: give_feedback(dee, "Ada", "spotify:track:a", "up", now=NOW),
        lambda: bring(dee, extended("2020-12-31 23:50:00"), listener="Ada"),
        lambda: group.push("dee", listener="Ada"),
    ):
        with pytest.raises(UsageError, match="came from the group's lake"):
            act()
    # The only one of this Groovelog is still who an import is for.
    with open_snapshot(dee.lake) as snapshot:
        assert Question().choose(snapshot.listeners()).name == "me"


def test_places_that_are_no_groups_lake(group: Group, tmp_path: Path) -> None:
    ada = group.home("ada")
    strange = tmp_path / "photos"
    strange.mkdir()
    (strange / "holiday.jpg").write_bytes(b"")
    a_file = tmp_path / "file"
    a_file.touch()

    def to(place: object) -> None:
        push(ada, group_lake(ada, Folder(Path(str(place))), "--to"), now=NOW)

    for place, words in (
        (ada.root / "lake", "own lake"),
        (ada.root, "own lake"),
        (strange, "holiday.jpg"),
        (tmp_path / "no" / "such", "cannot be reached"),
        (a_file, "is a file"),
        (group.home("bo").root, "something that is no lake"),
        (group.home("bo").root / "lake", "somebody's own lake"),
    ):
        with pytest.raises(GroovelogError, match=words):
            to(place)
    with pytest.raises(UsageError, match="--to or GROOVELOG_GROUP_LAKE"):
        group_lake(ada, None, "--to")
    with pytest.raises(UsageError, match="first `groovelog lake push` makes it"):
        group.pull("dee")
    with pytest.raises(NotFoundError):
        group.push("ada", listener="Nobody")
    assert not group.at.exists()


@pytest.mark.parametrize("what", ["id", "zone", "erasure"])
def test_what_no_groovelog_writes_is_not_used(group: Group, what: str) -> None:
    """Ids, zones and scopes become part of SQL and of paths; whoever writes into the group's lake could write anything."""
    group.push("ada")
    ada = opaque(group.home("ada"), "Ada")
    with running(group.itself, NOW) as changed:
        if what == "id":
            people.state(changed, Listener("../../x", "Eve", ((None, "UTC"),), False, origin="group"), removed=False)
            people.set_zone(changed, "../../x", "UTC", None)
        elif what == "zone":
            people.set_zone(changed, ada, "UTC' THEN 1 END; DROP TABLE plays --", date(2020, 1, 1))
        else:
            record(changed, [Erasure(ada, NOW, "x' OR true --")])
        changed.publish("test")
    before = runs(group.home("dee"))
    for verb in (group.pull, group.push):
        with pytest.raises(LakeError, match="which no Groovelog writes"):
            verb("dee")
    assert runs(group.home("dee")) == before
