"""An import recomputes the stretches of the timeline it falls into, and writes no other partition anew."""

from datetime import timedelta

import duckdb
import pytest
from export_rows import account, extended, instant
from kept import ZONE, Kept, bring, data_files, plays, plays_anew, source_plays
from slow_reconcile import slow_plays

from groovelog.lake.home import Home
from groovelog.lake.touch import create_rows
from groovelog.tables import PLAYS, SAID

DAY_MS = 86_400_000


def by_year(files: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for file in files:
        found.setdefault(file.split("/")[1], set()).add(file)
    return found


def written_anew(home: Home, before: set[str]) -> set[str]:
    """The years of which files are gone."""
    return set(by_year(before - data_files(home, PLAYS)))


def test_an_import_far_away_leaves_other_years_as_they_are(home: Home) -> None:
    bring(home, extended("2019-05-01 10:00:00"), extended("2020-05-01 10:00:00"), extended("2021-05-01 10:00:00"))
    before = data_files(home, PLAYS)
    bring(home, extended("2020-05-01 10:05:00"))
    assert written_anew(home, before) == {"year=2020"}


def test_plays_in_silence_are_appended(home: Home) -> None:
    bring(home, extended("2020-05-01 10:00:00"))
    before = data_files(home, PLAYS)
    bring(home, extended("2020-05-01 12:00:00"), extended("2020-04-30 23:00:00"))
    after = data_files(home, PLAYS)
    assert before < after
    assert len(after) == 2
    assert len(plays(home)) == 3


def test_an_import_of_nothing_new_writes_no_play(home: Home) -> None:
    bring(home, extended("2020-05-01 10:00:00"))
    before = data_files(home, PLAYS)
    bring(home, extended("2020-05-01 10:00:00"))
    assert data_files(home, PLAYS) == before


def test_the_partitions_of_other_listeners_stay(home: Home) -> None:
    bring(home, extended("2020-05-01 10:00:00"), listener="Ada")
    before = data_files(home, PLAYS)
    bring(home, extended("2020-05-01 10:05:00"), listener="Bea")
    assert before < data_files(home, PLAYS)


def test_an_account_row_of_the_old_year_moves_into_a_play_of_the_new(home: Home) -> None:
    # Told to the minute it starts at 23:59:30; the extended row says 00:00:10.
    bring(home, account("2021-01-01 00:00", ms=30_000), account("2020-05-01 10:00"))
    assert [play["year"] for play in plays(home)] == [2020, 2020]
    bring(home, extended("2021-01-01 00:00:40", ms=30_000))
    assert sorted((play["year"], play["sources"]) for play in plays(home)) == [
        (2020, "spotify_account"),
        (2021, "spotify_extended+spotify_account"),
    ]


def chain(first: str, links: int) -> list[dict[str, object]]:
    """Plays of a week, each beginning 30 minutes after the one before."""
    start = instant(first)
    step = timedelta(days=7, minutes=30)
    return [extended(start + n * step, ms=7 * DAY_MS) for n in range(links)]


def sessions(found: Kept) -> int:
    return len({play["session_id"] for play in found})


@pytest.mark.parametrize("held_back", [0, 80, 159])
def test_a_chain_over_three_years_is_one_session_whichever_link_comes_last(home: Home, held_back: int) -> None:
    links = chain("2019-02-01 00:00:00", 160)
    late = links.pop(held_back)
    bring(home, *links)
    assert sessions(plays(home)) == (1 if held_back in (0, 159) else 2)
    bring(home, late)
    found = plays(home)
    assert sessions(found) == 1
    assert found == plays_anew(home) == slow_plays(source_plays(home), ZONE)


SILENCES_S = [1799, 1800, 1801, 1861, 1862, 1863]


@pytest.mark.parametrize(
    ("days", "silence_s"),
    [*((1, silence_s) for silence_s in SILENCES_S), (5, 1800), (5, 1862),
     *(pytest.param(5, silence_s, marks=pytest.mark.long) for silence_s in SILENCES_S if silence_s not in (1800, 1862))],
)  # fmt: skip
def test_the_edge_of_the_window_that_is_read_cuts_no_session(home: Home, days: int, silence_s: int) -> None:
    # One long play reaches from the new one to the edge of the days first read, and across lies another.
    middle = instant("2021-06-15 12:00:00")
    reach = timedelta(days=days)
    stored = [
        extended(middle + reach, ms=days * DAY_MS - 1_000),
        extended(middle - timedelta(seconds=1), ms=days * DAY_MS - 2_000),
        extended(middle + reach + timedelta(seconds=silence_s), ms=0),
        extended(middle - reach - timedelta(seconds=silence_s), ms=0),
        account(middle - reach - timedelta(seconds=silence_s), "b", ms=0),
    ]
    bring(home, *stored)
    bring(home, extended(middle, "c", ms=500))
    assert plays(home) == slow_plays(source_plays(home), ZONE)


def test_only_rows_of_touched_pieces_are_read_back() -> None:
    with duckdb.connect() as connection:
        columns = ", ".join(f"{column.name} {column.type}" for column in SAID)
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(
            f"CREATE TABLE source_plays (listener_id VARCHAR, year INTEGER, source VARCHAR, row_key BIGINT, "
            f"shown_together BOOLEAN, {columns})"
        )
        naive = columns.replace("TIMESTAMPTZ", "TIMESTAMP")
        connection.execute(f"CREATE TABLE staged (source VARCHAR, row_key BIGINT, {naive})")
        stored = [(1, "08:50"), (2, "10:00"), (3, "10:20"), (4, "12:00")]
        for key, stop in stored:
            connection.execute(
                "INSERT INTO source_plays BY NAME SELECT 'me' AS listener_id, 2021 AS year, 'spotify_extended' AS source, "
                "$key AS row_key, false AS shown_together, $stop::TIMESTAMPTZ - INTERVAL 1 MINUTE AS started_at, "
                "$stop::TIMESTAMPTZ AS stopped_at, 60000 AS ms_played",
                {"key": key, "stop": f"2021-06-05 {stop}:00+00"},
            )
        connection.execute(
            "INSERT INTO staged BY NAME SELECT 'spotify_extended' AS source, 9 AS row_key, 60000 AS ms_played, "
            "TIMESTAMP '2021-06-05 10:44:00' AS started_at, TIMESTAMP '2021-06-05 10:45:00' AS stopped_at"
        )
        connection.execute(
            "CREATE TABLE kept AS SELECT 0 AS rid, 2021 AS year, false AS shown_together, true AS counted"
        )
        assert create_rows(connection, "me") == [2021]
        read = connection.execute("SELECT row_key FROM old_rows ORDER BY row_key").fetchall()
    # 08:50 is more than an hour before 10:00, 12:00 more than one after 10:45: pieces of their own, also if plays paused.
    assert read == [(2,), (3,)]


def test_plays_of_one_moment_lie_in_one_piece(home: Home) -> None:
    """Offline plays uploaded together are equal in start and stop; of such heaps an import touches one, and whole."""

    def heap(stop: str) -> list[dict[str, object]]:
        # So many that the engine sorts equals in another order from one window to the next.
        return [
            extended(stop, master_metadata_track_name=f"Song {n}", spotify_track_uri=f"spotify:track:{n:022}")
            for n in range(700)
        ]

    bring(home, *heap("2021-03-04 10:00:00"), *heap("2021-03-05 10:00:00"))
    bring(home, *heap("2021-03-06 10:00:00"))
    bring(home, extended("2021-03-05 10:10:00"))
    bring(home, extended("2021-03-06 10:10:00"), extended("2021-03-04 10:10:00"))
    assert plays(home) == plays_anew(home)
    assert len({play["session_id"] for play in plays(home)}) == 3
