from datetime import date

import pytest

from groovelog.dashboard import listed
from groovelog.dashboard.charts import bump, shares
from groovelog.dashboard.listed import Row
from groovelog.dashboard.periods import ALL_TIME, DATES, MONTH, WEEK, YEAR, Period, before, period
from groovelog.dashboard.steps import Steps, steps_of
from groovelog.dashboard.texts import tops
from groovelog.dashboard.texts.tops import LANE, Place
from groovelog.dashboard.texts.wording import NB, Headline
from groovelog.dashboard.theme import CATEGORICAL, colour

HOUR = 3_600_000
EVER = Period(ALL_TIME)


def place(rank: int, name: str, plays: int, *, then: int | None = None, days: int | None = None) -> Place:
    return Place(rank, name, "", plays, plays * 180_000, days, then)


POLLEN, ROOKERY = place(1, "Pollen Index", 40, then=9), place(2, "Rookery", 20, then=0)


def test_the_headline_marks_who_leads_now() -> None:
    told = tops.headline([POLLEN, ROOKERY], "Plays", period(YEAR, "2024"), "Rookery")
    assert told == Headline("Pollen Index led 2024. ", "Rookery", " leads now.")
    assert str(tops.headline([POLLEN, ROOKERY], "Plays", EVER, "Pollen Index")) == (
        "Pollen Index leads the whole record, and leads now."
    )
    assert str(tops.headline([POLLEN], "Plays", period(WEEK, "2024-W20"), None)) == "Pollen Index led these days."


def test_the_headline_makes_no_claim_of_level_places() -> None:
    level = [place(1, "Pollen Index", 40, days=3), place(2, "Rookery", 20, days=3)]
    assert str(tops.headline(level, "Days", EVER, None)) == "The first place is shared."
    assert str(tops.headline(level, "Plays", EVER, None)) == "Pollen Index leads the whole record."
    assert str(tops.headline([], "Plays", EVER, None)) == "Nothing to rank here."


def test_the_ranking_says_how_far_the_first_leads() -> None:
    assert tops.ranking_title([POLLEN, ROOKERY], "Plays", 80) == f"Pollen Index leads with 40{NB}plays, 50{NB}% of all"
    assert tops.ranking_title([POLLEN, place(2, "Rookery", 39)], "Time", None) == (
        f"Pollen Index leads with 2{NB}h, closely before Rookery"
    )
    assert (
        tops.ranking_title([POLLEN, place(2, "Rookery", 40)], "Plays", 80)
        == "Pollen Index and Rookery are level at the top"
    )


def test_more_than_two_that_are_level_are_not_named() -> None:
    level = [place(rank, name, 3) for rank, name in enumerate(("One", "Two", "Three"), start=1)]
    assert tops.ranking_title(level, "Plays", 9) == f"Several are level at the top, with 3{NB}plays each"


@pytest.mark.parametrize(
    ("rank", "then", "told"),
    [
        (1, 9, ("up", f"▲{NB}8 from{NB}9")),
        (7, 1, ("down", f"▼{NB}6 from{NB}1")),
        (3, 3, ("same", "as before")),
        (3, 0, ("new", "new")),
        (3, None, ("", "")),
    ],
)
def test_movement_is_said_in_signs_and_words(rank: int, then: int | None, told: tuple[str, str]) -> None:
    assert tops.movement(place(rank, "Rookery", 5, then=then)) == told


@pytest.mark.parametrize(
    ("looked_at", "then"),
    [
        (period(YEAR, "2024"), period(YEAR, "2023")),
        (period(MONTH, "2024-01"), period(MONTH, "2023-12")),
        (period(WEEK, "2024-W01"), period(WEEK, "2023-W52")),
        (Period(DATES, date(2024, 3, 1), date(2024, 3, 10)), Period(DATES, date(2024, 2, 20), date(2024, 2, 29))),
        # Cut at the ends of the record, it is still held against a whole one.
        (Period(YEAR, date(2024, 5, 1), date(2024, 12, 31)), period(YEAR, "2023")),
        (EVER, None),
    ],
)
def test_the_period_before(looked_at: Period, then: Period | None) -> None:
    assert before(looked_at) == then


@pytest.mark.parametrize(
    ("looked_at", "steps"),
    [
        (EVER, Steps(date(2017, 9, 15), date(2026, 11, 26), "year")),
        (Period(DATES, date(2024, 1, 1), date(2025, 12, 31)), Steps(date(2024, 1, 1), date(2025, 12, 31), "quarter")),
        (period(YEAR, "2024"), Steps(date(2024, 1, 1), date(2024, 12, 31), "month")),
        (period(MONTH, "2024-05"), Steps(date(2023, 6, 1), date(2024, 5, 31), "month")),
        (period(MONTH, "2017-12"), Steps(date(2017, 9, 15), date(2017, 12, 31), "month")),
    ],
)
def test_steps_suit_the_length_of_the_period(looked_at: Period, steps: Steps) -> None:
    assert steps_of(looked_at, date(2017, 9, 15), date(2026, 11, 26)) == steps


def moved(*steps: tuple[str, ...]) -> list[dict[str, object]]:
    """Of each step the names from the first place down; the first has ten plays, the others one less each."""
    return [
        {"starts_on": date(2024, month, 1), "rank": rank, "name": name, "plays": 11 - rank}
        for month, names in enumerate(steps, start=1)
        for rank, name in enumerate(names, start=1)
    ]


def test_moves_are_told_of_the_last_leader_and_of_the_one_of_most_plays() -> None:
    told = tops.moves(
        moved(("Rookery", "Quay", "Tin"), ("Rookery", "Tin"), ("Pollen", "Rookery")), "month", "Unnamed", 3
    )
    assert told.title == "Pollen came from below the ten to first"
    assert (told.marked, told.second) == ("Pollen", "Rookery")
    assert told.lines == {"Pollen": (LANE, LANE, 1), "Rookery": (1, 1, 2), "Tin": (3, 2, LANE)}


def test_a_leader_who_stood_first_for_long_did_not_climb() -> None:
    assert tops.moves_title("Rookery", (1, 1, 1), "month") == "Rookery never left the first place"
    assert tops.moves_title("Rookery", (1, 4, 1), "month") == f"Rookery held the first place in 2 of 3{NB}months"
    assert tops.moves_title("Rookery", (9, 4, 1), "month") == "Rookery came from ninth to first"


def test_lines_are_places_with_the_finding_marked_and_named_at_the_end() -> None:
    lines = {"Pollen & Co": (LANE, 3, 1), "Rookery": (1, 1, LANE), "Tin": (2, 2, LANE)}
    figure = bump.lines(["Jan", "Feb", "Mar"], ["J", "F", "M"], lines, ("Pollen & Co", "Rookery"), "light", lane=LANE)
    places = {trace.hovertemplate.split(",")[0]: list(trace.y) for trace in figure.data if trace.mode == "markers"}
    assert places == {"Pollen &amp; Co": [LANE, 3, 1], "Rookery": [1, 1, LANE], "Tin": [2, 2, LANE + 1]}
    assert figure.data[-1].marker.color == colour("marker-line", "light")
    assert {note.text for note in figure.layout.annotations} == {"<b>Pollen &amp; Co</b>", "<b>Rookery</b>", "Tin"}
    assert figure.layout.yaxis.title.text == "Place"
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    assert min(min(trace.y) for trace in figure.data) == 1


def test_shares_are_per_cent_and_everyone_else_is_pale() -> None:
    figure = shares.stacked(["Jan", "Feb"], ["J", "F"], {"Rookery": [0.9, None], "Rest": [0.1, None]}, "Rest", "dark")
    rookery, rest = figure.data
    assert list(rookery.y) == [90, None]
    assert (rookery.marker.color, rest.marker.color) == (CATEGORICAL["dark"][0], colour("sunk", "dark"))
    assert figure.layout.yaxis.title.text == "Share of plays, %"
    assert tuple(figure.layout.yaxis.range) == (0, 100)


def test_small_shares_get_the_room_and_the_rest_is_left_out() -> None:
    figure = shares.stacked(["Jan", "Feb"], ["J", "F"], {"Rookery": [0.25, 0.3], "Rest": [0.75, 0.7]}, "Rest", "light")
    (rookery,) = figure.data
    assert list(rookery.y) == [25, 30]
    assert tuple(figure.layout.yaxis.range) == (0, 40)


def share(month: int, plays: int, of: int) -> list[dict[str, object]]:
    return [
        {
            "starts_on": date(2024, month, 1),
            "rank": rank,
            "artist_name": name,
            "plays": part,
            "share_of_plays": part / of,
        }
        for rank, name, part in ((1, "Rookery", plays), (None, "everyone else", of - plays))
    ]


def test_the_share_of_the_first_and_when_it_was_largest() -> None:
    rows = [*share(1, 10, 40), *share(2, 30, 40)]
    assert (
        tops.shares_title(rows, "month") == f"Rookery has 50{NB}% of these plays, and had 75{NB}% in February{NB}2024"
    )
    assert tops.shares_title(share(1, 10, 40), "month") == f"Rookery has 25{NB}% of these plays"


def span(ms: int, change: float | None = None, *, known: bool = True) -> dict[str, object]:
    return {
        "from_date": date(2024, 2, 1), "to_date": date(2024, 2, 28), "ms_played": ms, "counted_plays": 9, "artists": 3,
        "new_artists": 1, "change_ms": change, "in_record": known,
    }  # fmt: skip


def test_a_period_is_held_against_the_one_before_beyond_a_tenth() -> None:
    assert tops.compare_title(span(HOUR), span(HOUR, -0.4)) == f"40{NB}% less music than in the 28{NB}days before"
    assert tops.compare_title(span(HOUR), span(HOUR, 0.09)).startswith("About as much music as in the")
    assert tops.compare_title(span(HOUR), span(0, None, known=False)) == f"1{NB}h in 28{NB}days"


def test_what_lies_before_the_record_is_not_compared() -> None:
    told = tops.compare_facts([span(HOUR), span(2 * HOUR), span(0, known=False)])
    assert told[0] == ("Time", f"1{NB}h", f"2{NB}h before")
    alone = tops.compare_facts([span(HOUR), span(0, known=False), span(0, known=False)])
    assert alone[0][2] == "nothing to compare with yet"


def in_ranges(name: str, *ranks: int | None) -> dict[str, object]:
    return {"name": name, **{f"rank_{of}": rank for (of, _, _), rank in zip(tops.RANGES, ranks, strict=True)}}


def test_the_ranges_say_who_has_now_and_who_the_year() -> None:
    assert tops.ranges_title([in_ranges("Rookery", 1, 2, 2), in_ranges("Tin", 2, 1, 1)]) == (
        "Rookery has these four weeks, Tin the year"
    )
    assert tops.ranges_title([in_ranges("Tin", 1, 1, 1)]) == "Tin has all three ranges of time"
    assert (
        tops.ranges_title([in_ranges("Tin", None, 1, 1)])
        == "Tin has the year, and nothing counts in its last four weeks"
    )


def test_a_row_escapes_names_and_keeps_its_place() -> None:
    html = listed.ranked(Row(7, "<b>Tin</b>", "<i>x</i>", "", 0.5, ("9 plays", "1 h"), ("up", "▲ 1 from 8")))
    assert 'start="7"' in html
    assert "<b>Tin" not in html
    assert "<i>x" not in html
    assert '<span class="moved up">▲ 1 from 8</span>' in html
