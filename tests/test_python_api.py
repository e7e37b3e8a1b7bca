"""`groovelog.open`: reports and tables from Python, the same as from the shell."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import groovelog
from calling import Call
from groovelog.errors import GroovelogError, NotFoundError, NothingToTell, UsageError
from groovelog.python_api import Groovelog
from groovelog.tables import TABLES
from spotify_export import AUDIO, extended, text


@pytest.fixture
def gl(call: Call, home: Path, tmp_path: Path) -> Iterator[Groovelog]:
    rows = [*map(extended, range(3)), extended(0, ts="2021-02-28T10:00:00Z"), extended(1, ts="2020-12-31T10:00:00Z")]
    (tmp_path / AUDIO).write_bytes(text(*rows))
    assert call("import", tmp_path / AUDIO, "--listener", "Wren").code == 0
    with groovelog.open(home) as opened:
        yield opened


def test_a_report_is_that_of_the_command(gl: Groovelog, call: Call) -> None:
    words = ("top-tracks", "--listener", "Wren", "--count", "all", "--top", "2")
    told = gl.report("top-tracks", listener="Wren", count="all", top=2)
    assert told.to_dict() == call("report", *words, "--json").json
    assert len(told) == 2
    assert told.definition == gl.reports["top-tracks"]
    assert told.columns["ms_played"].endswith("(ms)")


def test_rows_as_every_library_has_them(gl: Groovelog) -> None:
    told = gl.report("top-tracks", count="all")
    rows = told.to_arrow().to_pylist()
    assert [row["plays"] for row in rows] == [2, 2, 1]
    assert told.to_pandas().to_dict("records") == rows
    assert told.to_polars().to_dicts() == rows
    assert gl.report("overview").to_pandas()["first_play"].dt.tz is not None


def test_a_notebook_shows_what_was_counted(gl: Groovelog, call: Call, tmp_path: Path) -> None:
    shown = gl.report("top-artists")._repr_html_()
    assert "<h4>Top artists</h4>" in shown
    assert "<td>Artist</td>" in shown
    assert gl.reports["top-artists"] in shown
    (tmp_path / AUDIO).write_bytes(text(extended(7, master_metadata_album_artist_name="<b>bold</b>")))
    assert call("import", tmp_path / AUDIO, "--listener", "Wren").code == 0
    with groovelog.open() as again:
        assert "&lt;b&gt;bold" in again.report("top-artists")._repr_html_()
    # What was opened before stays as it was.
    assert "bold" not in gl.report("top-artists")._repr_html_()


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2021-02-28", "2021-02-28", "2021-02-28"),
        (("2020-12", "2021-02"), "2020-12-01", "2021-02-28"),
        ((None, "2020"), "2020-01-01", "2020-12-31"),
        ((date(2021, 1, 1), None), "2021-01-01", "2021-02-28"),
        (None, "2020-01-01", "2021-02-28"),
    ],
)
def test_periods(gl: Groovelog, period: object, first: str, last: str) -> None:
    told = gl.report("overview", period=period).to_dict()
    assert told["from"] == first
    assert told["to"] >= last


# Ibis 12 calls DuckDB 2 and pandas 3 by names that are on their way out.
@pytest.mark.filterwarnings("ignore:The 'future.infer_string'")
@pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
def test_tables_are_those_of_the_lake(gl: Groovelog) -> None:
    assert gl.plays.count().execute() == gl.table("source_plays").count().execute() == 5
    assert gl.plays.filter(gl.plays.local_date >= date(2021, 1, 1)).ms_played.sum().execute() % 30_000 == 0
    assert {table.name for table in TABLES} <= set(dir(gl))
    for table in TABLES:
        assert gl.table(table.name).columns == table.names
    assert [person.name for person in gl.listeners] == ["Wren"]


def test_what_cannot_be_answered_says_why(gl: Groovelog) -> None:
    with pytest.raises(NotFoundError, match=r"Did you mean overview\?"):
        gl.report("overviw")
    with pytest.raises(NothingToTell, match="Their plays run from"):
        gl.report("overview", period="1999")
    with pytest.raises(UsageError, match="'June' is no period"):
        gl.report("overview", period="June")
    with pytest.raises(UsageError, match="'2021-13' is no period"):
        gl.report("overview", period="2021-13")
    with pytest.raises(UsageError, match="nothing called 'limit' to ask"):
        gl.report("overview", limit=3)
    with pytest.raises(UsageError, match="There is no table 'songs'"):
        gl.table("songs")
    with pytest.raises(AttributeError, match="no 'songs'"):
        _ = gl.songs
    assert issubclass(NothingToTell, GroovelogError)


def test_importing_groovelog_loads_next_to_nothing() -> None:
    program = "import sys, groovelog; assert not {'duckdb', 'ibis', 'pandas', 'pyarrow'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
