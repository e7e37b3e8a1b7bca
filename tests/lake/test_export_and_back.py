"""What is exported and imported again gives the same plays, row for row and column for column."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from benchmarks.joining.simulate import simulate
from drawn import ZONES, Export, arrivals, copy_of, exports
from export_rows import account, extended
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import NOW, bring, bring_exports, everything, plays, source_plays
from taken_out import FORMATS, bring_back, said, take_out

from groovelog.errors import UsageError
from groovelog.lake.check import check
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import change_zone, import_exports, receipt_rows
from groovelog.sources.groovelog_export import BESIDE
from groovelog.tables import LISTENERS, TABLES


def hold_when_brought_back(home: Home, form: str) -> None:
    """The export of "me", brought to somebody new and once more to both."""
    with tempfile.TemporaryDirectory() as folder:
        take_out(home, form, Path(folder))
        receipt = bring_back(home, Path(folder), listener=form)
        assert receipt.failed_files == ()
        assert receipt.unreadable == 0
        assert receipt.rows == receipt.stored + receipt.duplicates == len(source_plays(home))
        for listener in ("me", form):
            again = bring_back(home, Path(folder), listener=listener)
            assert again.rows == again.duplicates
    assert plays(home, form) == plays(home)
    assert said(home, form) == said(home, "me")


@settings(max_examples=2, deadline=None, derandomize=True)
@given(exports(), st.sampled_from(ZONES), st.sampled_from(FORMATS), st.data())
def test_the_plays_come_back(
    empty_lake: Path, history: list[Export], zone: str, form: str, data: st.DataObject
) -> None:
    with copy_of(empty_lake) as home:
        for call in arrivals(data.draw, history):
            bring_exports(home, call, timezone=zone)
        hold_when_brought_back(home, form)
        with open_snapshot(home.lake) as snapshot:
            assert check(snapshot) == []


@pytest.mark.long
@settings(max_examples=100, deadline=None)
@given(exports(), st.sampled_from(ZONES), st.sampled_from(FORMATS), st.data())
def test_the_plays_come_back_at_length(
    empty_lake: Path, history: list[Export], zone: str, form: str, data: st.DataObject
) -> None:
    with copy_of(empty_lake) as home:
        for call in arrivals(data.draw, history):
            bring_exports(home, call, timezone=zone)
        hold_when_brought_back(home, form)


def test_the_plays_of_every_source_come_back(home: Home, tmp_path: Path) -> None:
    simulate(tmp_path / "life", 100, artists=20)
    import_exports(home, [tmp_path / "life"], listener="me", timezone="Europe/Berlin", now=NOW)
    assert {row["source"] for row in source_plays(home)} == {
        "spotify_extended", "spotify_account", "spotify_api", "lastfm", "lastfm_minutes", "listenbrainz", "maloja", "koito",
    }  # fmt: skip
    for form in FORMATS:
        hold_when_brought_back(home, form)


def test_what_was_shown_together_is_told(home: Home, new_home: Home, tmp_path: Path) -> None:
    # Two plays uploaded at once, and two spellings of one play from two exports. In one file each pair looks the same.
    at_once = [extended("2021-03-04 10:00:00", offline_timestamp=moment) for moment in (1_600_000_000, 1_600_000_001)]
    bring(home, *at_once, extended("2021-03-04 11:00:00", platform="android"))
    bring(home, extended("2021-03-04 11:00:00", platform="Android OS 11 API 30"))
    assert len(plays(home)) == 3
    take_out(home, "csv", tmp_path / "out")
    shutil.rmtree(home.root)
    receipt = bring_back(new_home, tmp_path / "out", listener="me")
    assert (receipt.rows, receipt.stored, receipt.duplicates) == (4, 3, 1)
    assert [row.reason for row in receipt_rows(new_home, receipt.run_id)] == [
        "a play already known, told in another form (platform, device clock, skipped, incognito or spelling differ)"
    ]
    assert len(plays(new_home)) == 3


def test_zones_come_back_by_date_unless_one_is_told(home: Home, tmp_path: Path) -> None:
    bring(home, extended("2021-03-04 10:00:00"), extended("2022-03-04 10:00:00"), timezone="Europe/Berlin")
    change_zone(home, "me", "Asia/Tokyo", from_date=date(2022, 1, 1), now=NOW)
    change_zone(home, "me", "Asia/Kathmandu", from_date=date(2022, 1, 1), now=NOW)
    for form in FORMATS:
        take_out(home, form, tmp_path / form)
        bring_back(home, tmp_path / form, listener=form)
    bring_back(home, tmp_path / "csv", listener="told", timezone="Pacific/Kiritimati")
    with open_snapshot(home.lake) as snapshot:
        lived = {person.name: person.zones for person in snapshot.listeners()}
    moved = ((None, "Europe/Berlin"), (date(2022, 1, 1), "Asia/Kathmandu"))
    assert lived == {**dict.fromkeys(("me", *FORMATS), moved), "told": ((None, "Pacific/Kiritimati"),)}
    assert [play["local_hour"] for play in sorted(plays(home, "csv"), key=lambda play: play["year"])] == [10, 15]
    with open_snapshot(home.lake) as snapshot:
        assert check(snapshot) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("run_id,from_date,timezone\n1,,Mars/Base\n", "There is no time zone 'Mars/Base'."),
        ("run_id,from_date,timezone\n1,soon,Asia/Tokyo\n", "a row without a zone, or of a first date that is none"),
        ("run_id,from_date,timezone\n1,,\n", "a row without a zone, or of a first date that is none"),
        ("run_id,timezone\n1,Asia/Tokyo\n", "without the column from_date, which `groovelog export` writes"),
        ("run_id,from_date,timezone\n1,,Asia/To", "cut short: the last row has no end"),
    ],
)
def test_zones_that_are_none_fail_and_the_rest_is_read(home: Home, tmp_path: Path, content: str, reason: str) -> None:
    bring(home, extended("2021-03-04 10:00:00"))
    take_out(home, "csv", tmp_path / "out")
    (tmp_path / "out" / "listener_zones.csv").write_text(content)
    receipt = bring_back(home, tmp_path / "out", listener="other")
    assert [note.file for note in receipt.failed_files] == [str(tmp_path / "out" / "listener_zones.csv")]
    assert receipt.failed_files[0].reason.startswith(reason)
    assert receipt.failed_files[0].file not in {note.file for note in receipt.ignored_files}
    assert (receipt.stored, receipt.timezone) == (1, "UTC")


def test_nothing_of_others_and_no_name_is_exported(home: Home, tmp_path: Path) -> None:
    bring(home, extended("2021-03-04 10:00:00", "a"), listener="Ada Planted")
    bring(home, extended("2021-03-04 10:00:00", "b"), account("2021-03-05 10:00", "b"), listener="Bo Planted")
    written = take_out(home, "jsonl", tmp_path / "out", listener="Ada Planted")
    assert {one.table: one.rows for one in written} == {
        "source_plays": 1, "plays": 1, "tracks": 1, "receipts": 1, "listener_zones": 1,
    }  # fmt: skip
    content = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir())
    with open_snapshot(home.lake) as snapshot:
        ids = [person.listener_id for person in snapshot.listeners()]
    for absent in ("Planted", "Boogie", *ids):
        assert absent not in content


def test_every_table_of_a_listener_is_known_to_the_reader() -> None:
    of_listeners = {table.name for table in TABLES if "listener_id" in table.names and table is not LISTENERS}
    assert set(BESIDE) == of_listeners - {"source_plays", "playlists", "saved_tracks"} | {"tracks"}


def test_an_export_does_not_change_the_lake(home: Home, tmp_path: Path) -> None:
    bring(home, extended("2021-03-04 10:00:00"))
    before = everything(home)
    take_out(home, "parquet", tmp_path / "out")
    assert everything(home) == before


def test_what_is_there_already_is_not_overwritten(home: Home, tmp_path: Path) -> None:
    bring(home, extended("2021-03-04 10:00:00"))
    (tmp_path / "plays.csv").write_text("mine")
    with pytest.raises(UsageError, match=r"plays\.csv is there already"):
        take_out(home, "csv", tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["plays.csv"]
    assert (tmp_path / "plays.csv").read_text() == "mine"
    take_out(home, "jsonl", tmp_path)
