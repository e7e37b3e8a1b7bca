from datetime import date

import pytest

from groovelog.dashboard.periods import ALL_TIME, MONTH, WEEK, YEAR, Period, period
from groovelog.dashboard.texts import bringing, listening, wording
from groovelog.dashboard.texts.wording import NB

HOUR = 3_600_000
EVER = Period(ALL_TIME)


def hours_by_month(*hours: float) -> dict[date, int]:
    return {date(2024, number, 1): int(ms * HOUR) for number, ms in enumerate(hours, start=1)}


def week(**hours: float) -> dict[tuple[int, int], int]:
    """All 168 cells, empty but for `d4h23=3.5`: Friday at 23:00 has 3.5 hours."""
    cells = dict.fromkeys([(weekday, hour) for weekday in range(7) for hour in range(24)], 0)
    for name, value in hours.items():
        weekday, hour = name[1:].split("h")
        cells[int(weekday), int(hour)] = int(value * HOUR)
    return cells


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0 min"),
        (29_999, "under 1 min"),
        (44 * 60_000, "44 min"),
        (59.6 * 60_000, "1 h"),
        (HOUR * 6 + 43 * 60_000, "6 h 43 min"),
        (HOUR * 100, "100 h"),
        (HOUR * 4589.4, "4,589 h"),
    ],
)
def test_a_duration_has_minutes_below_a_hundred_hours_and_never_breaks(ms, words) -> None:
    assert wording.duration(ms) == words.replace(" ", NB)


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(64, 100, "64 %"), (1, 1000, "under 1 %"), (0, 5, "0 %"), (0, 0, "0 %")]
)
def test_a_share(part, whole, words) -> None:
    assert wording.percent(part, whole) == words.replace(" ", NB)


def test_the_fullest_month_is_named_with_the_usual_one() -> None:
    finding = listening.months_finding(hours_by_month(10, 12, 30, 11), EVER)
    assert finding.title == f"March{NB}2024 was the fullest month: 30{NB}h, usual 11{NB}h{NB}30{NB}min"
    assert finding.marked == date(2024, 3, 1)


def test_months_that_hardly_differ_have_no_fullest() -> None:
    finding = listening.months_finding(hours_by_month(10, 10.5, 10, 10.2), EVER)
    assert finding.title == f"An even record: about 10{NB}h{NB}6{NB}min a month"
    assert finding.marked is None


def test_three_months_are_too_few_to_say_what_is_usual() -> None:
    assert listening.months_finding(hours_by_month(1, 9, 1), EVER).marked is None


def test_a_chosen_month_is_ranked_among_all() -> None:
    finding = listening.months_finding(hours_by_month(10, 12, 30, 11), period(MONTH, "2024-02"))
    assert finding.title.endswith("number 2 of 4 months")
    assert finding.marked == date(2024, 2, 1)


def test_a_year_speaks_of_its_own_months_only() -> None:
    hours = hours_by_month(10, 12, 30, 11) | {date(2023, 12, 1): 99 * HOUR}
    assert listening.months_finding(hours, period(YEAR, "2024")).marked == date(2024, 3, 1)


def test_a_week_makes_no_claim_about_months() -> None:
    assert listening.months_finding(hours_by_month(10, 12), period(WEEK, "2024-W02")).marked is None


@pytest.mark.parametrize(
    ("cells", "title", "marked"),
    [
        (week(d4h23=3, d0h7=2), "Friday at 23:00 beats every other hour of the week", (4, 23)),
        (week(d4h23=3, d0h7=2.9), "Friday at 23:00 is the fullest hour, closely before Monday at 07:00", (4, 23)),
        (week(d4h23=3, d0h7=3), "No single hour of the week stands out", None),
    ],
)
def test_an_hour_beats_the_others_only_by_more_than_a_tenth(cells, title, marked) -> None:
    assert listening.week_finding(cells, 100) == listening.HourFinding(title, marked)


def test_a_handful_of_plays_makes_no_rhythm() -> None:
    assert listening.week_finding(week(d4h23=3), 29).marked is None


def test_a_receipt_that_does_not_add_up_says_so() -> None:
    assert bringing.sum_line(7, 2, 1, 10) == "The sum is right: 7 + 2 + 1 = 10"
    assert bringing.sum_line(7, 2, 0, 10).startswith("The sum is wrong: 7 + 2 + 0 is not 10.")
    assert "Every row" not in str(bringing.record_headline(10, accounted_for=False))


@pytest.mark.parametrize(
    ("reason", "general"),
    [
        ('ms_played is negative: "-5"', "ms_played is negative"),
        ("the same row stands in a/my.zip/b/audio_0.json, row 21", "the same row stands in audio_0.json"),
        ("known from an earlier import", "known from an earlier import"),
    ],
)
def test_equal_reasons_are_told_together(reason, general) -> None:
    assert bringing.reason_in_general(reason) == general


@pytest.mark.parametrize(
    ("label", "given"),
    [("exports/my.zip/a/b.json", "my.zip"), ("exports/b.json", "b.json"), ("my.zip/inner.zip/b.json", "my.zip")],
)
def test_what_was_given_is_the_outermost_zip(label, given) -> None:
    assert bringing.given_name(label) == given


def test_what_was_brought_is_said_of_rows_and_of_what_is_no_play() -> None:
    assert bringing.brought_title(1, {"playlists": 3}) == "1\u00a0new row brought in"
    assert bringing.brought_title(1_234, {}) == "1,234\u00a0new rows brought in"
    saved = {"playlists": 3, "playlist_tracks": 1_200, "saved_tracks": 0}
    assert bringing.brought_title(0, saved) == "3 playlists and 1,200 tracks in playlists brought in"
    assert bringing.brought_title(0, {"playlists": 0}) == "Nothing new in it: every row was known already"


def test_of_many_files_the_first_are_named() -> None:
    assert wording.names_some(["a.zip"]) == "a.zip"
    assert wording.names_some(list("abcdef")) == "a, b, c, d, e, f"
    assert wording.names_some(list("abcdefgh")) == "a, b, c, d, e, f and 2 more"
