"""`groovelog report`, from words to bytes."""

import doctest
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet
import pytest
import typer
from typer.testing import CliRunner, Result

from groovelog.cli import report as command
from groovelog.errors import UsageError
from groovelog.metrics.rules import RULES
from groovelog.reports import REPORTS, Question, listing, run, words
from groovelog.reports.words import duration
from metrics.histories import LakeDouble, play, track, two_months

Groovelog = Callable[..., Result]


@pytest.fixture
def lake() -> LakeDouble:
    return two_months()


@pytest.fixture
def groovelog(lake: LakeDouble, monkeypatch: pytest.MonkeyPatch) -> Groovelog:
    monkeypatch.setattr(command, "open_snapshot", lambda _: lake)
    monkeypatch.setenv("COLUMNS", "100")
    app = typer.Typer(rich_markup_mode=None)

    @app.callback()
    def home(context: typer.Context) -> None:
        context.obj = SimpleNamespace(lake=Path("lake"))

    app.command("report", cls=command.Command)(command.report)
    return lambda *words: CliRunner().invoke(app, ["report", *words])


def test_command_lists(groovelog: Groovelog) -> None:
    assert json.loads(groovelog("--json").stdout) == listing()
    *lines, last = groovelog().stdout.splitlines()
    assert [line.split()[0] for line in lines] == [report.name for report in REPORTS]
    assert max(map(len, lines)) <= 100
    assert last.startswith(f"{len(REPORTS)} reports.")


def test_command_tells_of_one_report(groovelog: Groovelog) -> None:
    for report in REPORTS:
        told = " ".join(groovelog(report.name, "--help").stdout.split())
        # A word may be broken at its hyphen.
        assert "".join(report.definition.split()) in told.replace(" ", "")
        assert all(f"--{parameter.name} " in told for parameter in report.parameters)
        assert all(column.name in told for column in report.columns)
        assert ("--top " in told) == report.takes("top")


def test_command_answers_in_json(groovelog: Groovelog, lake: LakeDouble) -> None:
    words = ["top-tracks", "--from", "2024-06-01", "--to", "2024-06-02", "--top", "1", "--count", "all"]
    expected = run(lake, "top-tracks", Question(None, date(2024, 6, 1), date(2024, 6, 2), count="all", top=1))
    for form in (["--json"], ["--format", "json"]):
        assert json.loads(groovelog(*words, *form).stdout) == expected.as_json()


def test_command_prints_rows_alone_and_says_elsewhere_what_they_are_of(groovelog: Groovelog) -> None:
    done = groovelog("top-artists", "--format", "csv")
    assert done.stdout == "rank,artist_name,plays,ms_played\n1,Band,2,420000\n2,黒い海,1,120000\n"
    assert done.stderr == "top-artists · me · 2024-05-31 to 2024-06-02 · Europe/Lisbon · count 30s · kind track\n"


def test_command_knows_one_engine(groovelog: Groovelog) -> None:
    assert groovelog("overview", "--json", "--engine", "duckdb").stdout == groovelog("overview", "--json").stdout
    assert groovelog("overview", "--engine", "abacus").exit_code == 2


def test_command_writes_a_file(groovelog: Groovelog, tmp_path: Path) -> None:
    path = tmp_path / "artists.parquet"
    assert groovelog("top-artists", "--format", "parquet", "--output", str(path)).stdout == ""
    assert pyarrow.parquet.read_table(path)["artist_name"].to_pylist() == ["Band", "黒い海"]


def test_command_sends_parquet_to_a_pipe(groovelog: Groovelog) -> None:
    assert groovelog("top-artists", "--format", "parquet").stdout_bytes[:4] == b"PAR1"


def test_a_table_says_period_zone_rule_and_what_counts(groovelog: Groovelog) -> None:
    lines = [line.strip() for line in groovelog("top-artists").stdout.splitlines()]
    assert lines[0] == "Top artists"
    assert f"me · 2024-05-31 to 2024-06-02 · Europe/Lisbon · tracks · {RULES['30s']}" in " ".join(lines)
    assert any(line.split() == ["1", "Band", "2", "7", "min"] for line in lines)
    assert lines[-1] == "3 of 4 plays count."


def test_a_table_says_what_of_the_time_is_not_told(monkeypatch: pytest.MonkeyPatch, groovelog: Groovelog) -> None:
    # Four minutes are told, which are the track's length; another time it is not told, nor what the second track lasts.
    untold = {"track_uri": "spotify:track:2", "track_name": "Hum", "artist_name": "Band"}
    plays = [
        play("2024-06-01T10:00", minutes=4, reason_end="trackdone"),
        play("2024-06-02T10:00", minutes=None),
        play("2024-06-03T10:00", minutes=None, **untold),
    ]
    of_songs = LakeDouble(plays, [track(1, "Song", "Band") | {"duration_ms": 240_000}, track(2, "Hum", "Band")])
    monkeypatch.setattr(command, "open_snapshot", lambda _: of_songs)
    said = " ".join(groovelog("top-artists").stdout.split())
    assert said.endswith(
        "3 of 3 plays count. 50.0 % of the time is estimated from the lengths of tracks. "
        "1 tells no duration and adds no time."
    )
    assert "estimated" not in groovelog("diversity").stdout


def test_a_table_of_totals_has_a_line_for_each(groovelog: Groovelog) -> None:
    lines = [" ".join(line.split()) for line in groovelog("overview").stdout.splitlines()]
    assert {"Counted plays 3", "Played 9 min", "First play 2024-05-31 22:59 UTC"} <= set(lines)


def test_a_table_of_the_week_shades_hours(groovelog: Groovelog) -> None:
    lines = groovelog("heatmap").stdout.splitlines()
    # Saturday 1 June at ten holds the most, 4 min; Sunday the 2nd at ten holds half of it
    saturday, sunday = (next(line for line in lines if line.startswith(day)) for day in ("Sat", "Sun"))
    assert saturday == "Sat  " + "·" * 20 + "██" + "·" * 26
    assert sunday == "Sun  " + "·" * 20 + "▒▒" + "·" * 26


def test_a_name_cannot_steer_the_terminal(groovelog: Groovelog, lake: LakeDouble) -> None:
    lake.connection.execute("UPDATE plays SET artist_name = '[red]\x1b[2J' WHERE artist_name = 'Band'")
    assert "[red]\ufffd[2J" in groovelog("top-artists").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["overview", "--from", "yesterday"], "'yesterday' is not a date"),
        (["overview", "--from", "20200101"], "'20200101' is not a date"),
        (["overview", "--to", "2020-W52-1"], "'2020-W52-1' is not a date"),
        (["overview", "--to", "2020-06-31"], "'2020-06-31' is not a date"),
        (["overview", "--json", "--format", "csv"], "two things"),
        (["--format", "csv"], "Name a report"),
        (["overview", "--format", "csv", "--output", "no/such/folder.csv"], "cannot be written"),
    ],
)
def test_command_refuses(groovelog: Groovelog, words: list[str], said: str) -> None:
    refused = groovelog(*words).exception
    assert isinstance(refused, UsageError)
    assert said in refused.message


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0 s"),
        (59_499, "59 s"),
        (59_500, "1 min"),
        (3_600_000, "1 h"),
        (24_180_000, "6 h 43 min"),
        (3_600_000_000, "1,000 h"),
    ],
)
def test_duration(ms: int, words: str) -> None:
    assert duration(ms) == words


def test_doctests() -> None:
    assert doctest.testmod(words).failed == 0
