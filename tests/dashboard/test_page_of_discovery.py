from datetime import date

from groovelog.dashboard.charts import fates
from groovelog.dashboard.charts.fates import Column
from groovelog.dashboard.texts import discovery
from groovelog.dashboard.texts.wording import NB
from groovelog.dashboard.theme import MARKER, colour


def months(*values: float) -> list[tuple[date, float]]:
    return [(date(2024, month, 1), value) for month, value in enumerate(values, 1)]


def test_the_headline_counts_who_stayed() -> None:
    assert str(discovery.headline({"stayed": 3, "faded": 2})) == f"5{NB}new artists. 3 stayed."
    assert str(discovery.headline({"too early": 1})) == f"1{NB}new artist. Who stays is still open."
    assert str(discovery.headline({"faded": 2})) == f"2{NB}new artists. None of them stayed."
    assert str(discovery.headline({})) == "Nothing new in this time, and that is fine."


def test_the_lead_tells_the_others_where_there_are_some() -> None:
    assert discovery.lead({"stayed": 3, "faded": 2, "too early": 1}).startswith(
        "2 faded; of 1 it is too early to say. Stayed"
    )
    assert discovery.lead({"too early": 1}).startswith("Of 1 it is too early to say. Stayed means")
    assert discovery.lead({"stayed": 1}).startswith("Stayed means")
    assert discovery.lead({}) == ""


def test_the_month_that_brought_most_stands_out_or_the_stream_is_steady() -> None:
    assert discovery.columns_title(months(2, 2, 5, 2), "month") == (
        f"March{NB}2024 brought most who stayed: 5, usual 2", date(2024, 3, 1),
    )  # fmt: skip
    assert discovery.columns_title(months(0, 0, 5, 0), "month")[0] == f"March{NB}2024 brought most who stayed: 5"
    assert discovery.columns_title(months(3, 3, 3, 2), "month") == ("A steady stream: about 3 a month who stayed", None)
    assert discovery.columns_title(months(3, 9), "month") == ("New artists, and what became of them", None)


def test_repeat_and_explore() -> None:
    assert discovery.explore_title(0.06, 100) == "You repeat: 94 of 100 plays were of tracks you knew"
    assert discovery.explore_title(0.7, 100) == "You explore: 70 of 100 plays were the first of their track"
    assert discovery.explore_title(0.5, 100) == "Half and half: 50 of 100 plays were of something new"
    assert discovery.explore_title(1.0, 29) == "Too few plays to tell repeating from exploring"
    assert discovery.explore_title(None, 0) == "Too few plays to tell repeating from exploring"


def test_popularity_is_claimed_only_where_enough_is_known_and_it_moved() -> None:
    years = {date(year, 1, 1): value for year, value in zip(range(2020, 2024), (50, 48, 46, 40), strict=True)}
    assert discovery.mainstream_title(years, 0.8, "year") == (
        "Away from the charts: from 50 in 2020 to 40 in 2023", date(2023, 1, 1),
    )  # fmt: skip
    assert discovery.mainstream_title(years, 0.39, "year")[1] is None
    even = dict.fromkeys(years, 45.0)
    assert (
        discovery.mainstream_title(even, 0.8, "year")[0]
        == "Neither charts nor cellar: about 45 of 100, year after year"
    )
    assert discovery.mainstream_title({}, 0.0, "year") == ("How popular your tracks are is not known", None)


def test_columns_are_stacked_by_fate_and_the_finding_is_marked() -> None:
    told = [Column(date(2024, 1, 1), "January", 2, 1, 0), Column(date(2024, 2, 1), "February", 4, 0, 1)]
    figure = fates.columns(told, "month", "light", marked=date(2024, 2, 1), label="4")
    assert [list(bars.y) for bars in figure.data] == [[2, 4], [1, None], [None, 1]]
    assert list(figure.data[0].marker.color) == [colour("series", "light"), MARKER]
    assert figure.layout.barmode == "stack"
    assert figure.layout.yaxis.title.text == "New artists a month"
    assert figure.layout.yaxis.range[0] == 0
