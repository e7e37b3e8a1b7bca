"""Compiled queries are kept for the next process: for this very code, about nobody, and as a help alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from calling import Call
from groovelog.reports import kept
from spotify_export import extended, text


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def history(call: Call, tmp_path: Path) -> None:
    history = tmp_path / "Streaming_History_Audio_2024_0.json"
    history.write_bytes(text(*(extended(minute) for minute in range(20))))
    assert call("import", history, "--listener", "Anna O'Hara", "--timezone", "UTC").code == 0


def queries(cache: Path) -> list[Path]:
    return sorted(cache.glob("groovelog/queries/*/*"))


def test_a_query_is_read_as_it_was_kept(cache: Path) -> None:
    assert kept.read("key") is None
    kept.write("key", "SELECT 'é\n'")
    assert kept.read("key") == "SELECT 'é\n'"
    assert kept.read("another key") is None
    assert len(queries(cache)) == 1
    assert not queries(cache)[0].parent.stat().st_mode & 0o077


def test_what_other_code_compiled_is_not_read_and_goes(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.write("key", "SELECT 1")
    monkeypatch.setattr(kept, "_code", lambda: "other code")
    assert kept.read("key") is None
    kept.write("key", "SELECT 2")
    assert [path.read_text() for path in queries(cache)] == ["SELECT 2"]


def test_a_changed_file_is_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "groovelog"
    for folder in ("metrics", "reports"):
        (package / folder).mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "metrics" / "days.py").write_text("DAYS = 7")
    monkeypatch.setattr(kept, "PACKAGE", package)
    told = kept._code.__wrapped__
    before = told()
    assert told() == before
    (package / "metrics" / "days.py").write_text("DAYS = 77")
    assert told() != before


def test_a_folder_that_cannot_be_written_costs_time_alone(cache: Path, history: None, call: Call) -> None:
    cache.write_text("a file where the folder should be")
    assert call("report", "top-artists", "--json").code == 0


def test_a_kept_query_answers_others_and_other_dates_and_names_nobody(cache: Path, history: None) -> None:
    def asked(*more: str) -> subprocess.CompletedProcess[str]:
        report = "import sys; from groovelog.cli import main; sys.argv[0] = 'groovelog'; main()"
        words = ("report", "overview", "--artist", "Artist", "--json", *more)
        return subprocess.run(
            [sys.executable, "-X", "importtime", "-c", report, *words], capture_output=True, text=True, check=True
        )

    first = asked("--from", "2010-03-01")
    assert "import time:" in first.stderr
    assert "ibis" in first.stderr
    written = {path: path.read_text() for path in queries(cache)}
    for private in ("Anna", "O'Hara", "'Artist'", "2010"):
        assert not any(private in query for query in written.values())
    again = asked("--from", "2010-03-01")
    assert again.stdout == first.stdout
    assert "ibis" not in again.stderr, "what is kept is not compiled again"
    later = asked("--from", "2010-03-02")
    assert "ibis" not in later.stderr
    assert json.loads(later.stdout)["from"] == "2010-03-02"
    assert {path: path.read_text() for path in queries(cache)} == written


def test_the_first_page_of_the_next_server_loads_neither_ibis_nor_pandas(
    cache: Path, history: None, home: Path
) -> None:
    prepare = (
        "import sys; from pathlib import Path;"
        "from groovelog.dashboard import ahead, served; from groovelog.lake.home import Home;"
        "served.publish(Home(Path(sys.argv[1]))); ahead.prepare(); print(sorted({'ibis', 'pandas'} & set(sys.modules)))"
    )

    def loaded() -> str:
        asked = [sys.executable, "-c", prepare, str(home)]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()

    assert loaded() == "['ibis']"
    assert loaded() == "[]"
