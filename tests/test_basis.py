"""What an answer stands on, of any period, against counting the kept plays one by one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from groovelog import pipeline, reports
from groovelog.lake.home import Home
from groovelog.lake.snapshot import Snapshot, open_snapshot
from groovelog.reports import Question
from spotify_export import extended, text

NOW = datetime(2024, 3, 1, tzinfo=UTC)
# Minutes: some of each day, and over midnight in Tokyo.
MINUTES = [number * 317 for number in range(40)]


@pytest.fixture
def snapshot(tmp_path: Path) -> Iterator[Snapshot]:
    rows = [
        extended(
            minute, ms_played=30_000 if number % 3 else 29_999, spotify_track_uri=f"spotify:track:{number:022}"
        )
        for number, minute in enumerate(MINUTES)
    ]  # fmt: skip
    path = tmp_path / "Streaming_History_Audio_2020_0.json"
    path.write_bytes(text(*rows))
    home = Home(tmp_path / "home")
    pipeline.import_exports(home, [path], listener="Ann", timezone="UTC", now=NOW)
    with open_snapshot(home.lake) as opened:
        yield opened


def counted(snapshot: Snapshot, first: date | None, last: date | None, zone: str | None = None) -> tuple[int, int]:
    """Kept and counted plays, of the rows themselves."""
    rows = snapshot.connection.execute("SELECT started_at::TIMESTAMP, ms_played FROM plays").fetchall()
    shifted = timedelta(hours=9 if zone == "Asia/Tokyo" else 0)
    days = [((began + shifted).date(), ms) for began, ms in rows]
    within = [ms for day, ms in days if (first is None or day >= first) and (last is None or day <= last)]
    return len(within), sum(ms >= 30_000 for ms in within)


@pytest.mark.parametrize("zone", [None, "Asia/Tokyo"])
@pytest.mark.parametrize(
    ("first", "last"),
    [(None, None), (date(2020, 1, 3), None), (None, date(2020, 1, 5)), (date(2020, 1, 3), date(2020, 1, 3))],
)
def test_a_period_stands_on_its_plays(
    snapshot: Snapshot, first: date | None, last: date | None, zone: str | None
) -> None:
    basis = reports.run(snapshot, "overview", Question("Ann", first, last, timezone=zone)).basis
    plays, counts = counted(snapshot, first, last, zone)
    assert (basis.plays, basis.counted_plays, basis.undecided_plays, basis.untimed_plays) == (plays, counts, 0, 0)
    assert 0 < counts < plays


def test_days_are_counted_once_for_every_period(snapshot: Snapshot) -> None:
    for day in range(1, 8):
        reports.run(snapshot, "overview", Question("Ann", date(2020, 1, day)))
    tables = snapshot.connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall()
    assert tables == [(1,)]


def test_askers_at_once_get_the_same(snapshot: Snapshot) -> None:
    def ask(_number: int) -> int:
        return reports.run(snapshot.again(), "overview", Question("Ann", date(2020, 1, 3))).basis.plays

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(24))) == {counted(snapshot, date(2020, 1, 3), None)[0]}
