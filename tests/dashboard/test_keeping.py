"""The parts of Data: gaps and stretches of sources, what is said of them, the zip, and being forgotten."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import listening
import pytest

from groovelog import pipeline
from groovelog.dashboard import served
from groovelog.dashboard.keeping.bars import Bar, bars
from groovelog.dashboard.keeping.leaving import zipped
from groovelog.dashboard.keeping.strip import Track, gaps, spans, strip
from groovelog.dashboard.texts import keeping as texts
from groovelog.dashboard.texts.wording import NB
from groovelog.errors import NotFoundError
from groovelog.lake.home import Home
from groovelog.metrics.quality import FILE_CHECKS, STORED_CHECKS

NOW = datetime(2024, 3, 1, tzinfo=UTC)
FIRST, LAST = date(2023, 1, 10), date(2024, 12, 20)


@pytest.fixture
def shown(home: Home) -> Iterator[None]:
    served.publish(home)
    yield
    served._homes.clear()


def days(*silent: tuple[date, int]) -> dict[date, int]:
    plays = {FIRST + timedelta(days=number): 3 for number in range((LAST - FIRST).days + 1)}
    for first, length in silent:
        plays |= {first + timedelta(days=number): 0 for number in range(length)}
    return plays


def test_two_weeks_without_a_play_are_a_gap_and_thirteen_days_are_none() -> None:
    long, short = (date(2023, 5, 1), 14), (date(2024, 5, 1), 13)
    assert gaps(days(long, short)) == [(date(2023, 5, 1), date(2023, 5, 14))]
    assert gaps(days()) == []


def test_months_with_plays_are_stretches_within_the_source() -> None:
    months = [date(2023, 1, 1), date(2023, 2, 1), date(2023, 12, 1), date(2024, 1, 1)]
    assert spans(months, date(2023, 1, 10), date(2024, 1, 5)) == (
        (date(2023, 1, 10), date(2023, 2, 28)),
        (date(2023, 12, 1), date(2024, 1, 5)),
    )


def test_the_strip_has_a_track_for_each_source_and_escapes_its_name() -> None:
    drawn = strip(
        [Track("<b>", ((FIRST, LAST),)), Track("B", ())], [(date(2024, 1, 1), date(2024, 1, 20))], FIRST, LAST
    )
    assert drawn.count("<li>") == 2
    assert "&lt;b&gt;" in drawn
    assert '<i class="kept" style="left:0.00%;width:100.00%">' in drawn
    assert drawn.count('class="gap"') == 2
    assert ">2024</span>" in drawn


def test_what_is_missing_is_said_in_words_the_longest_first() -> None:
    found = [(date(2023, 5, 1), date(2023, 5, 14)), (date(2024, 1, 1), date(2024, 1, 31))]
    lines = texts.gap_lines(found)
    assert lines[0] == f"1{NB}January{NB}2024 to 31{NB}January{NB}2024: no source has a play for 31{NB}days."
    assert lines[-1] == texts.NEW_EXPORT
    assert texts.gap_lines([]) == []
    assert texts.gap_lines(found * 8)[-2] == f"10{NB}more gaps, each of two weeks or more."
    assert texts.sources_title(2, found, FIRST).startswith(f"2{NB}gaps since")
    assert (
        texts.sources_title(1, [], FIRST) == f"One source tells everything since 10{NB}January{NB}2023, without a gap"
    )


def test_matches_are_told_with_their_numbers() -> None:
    assert texts.matches_title(5_539, 8_670) == f"64{NB}% of counted plays have audio features (5,539 of 8,670)"
    assert texts.matches_title(9, 9) == texts.ALL_MATCHED
    assert texts.matches_title(0, 0) == "No counted play yet"


def test_every_check_has_words() -> None:
    assert {*STORED_CHECKS, *FILE_CHECKS} <= texts.CHECKS.keys()
    assert texts.quality_title(7, {}) == f"Nothing missing or odd in 7{NB}rows"


def test_bars_escape_names() -> None:
    assert "&lt;i&gt;" in bars([Bar("<i>", 0.5, "50 %", "3 plays", "rest")])


@pytest.mark.parametrize("form", list(texts.FORMATS))
def test_the_zip_has_everything_and_can_be_brought_again(shown: None, tmp_path: Path, form: str) -> None:
    made = zipped("Mara", form)
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert f"source_plays.{form}" in names
    (tmp_path / "mara.zip").write_bytes(made)
    receipt = pipeline.import_exports(
        Home(tmp_path / "home"), [tmp_path / "mara.zip"], listener="Mara", timezone=listening.ZONE, now=NOW
    )
    assert receipt.stored == listening.PLAYS


def test_nobody_is_not_exported(shown: None) -> None:
    with pytest.raises(NotFoundError):
        zipped("Nobody", "csv")
