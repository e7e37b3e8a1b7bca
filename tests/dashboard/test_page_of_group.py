"""What the page of the group says and draws, worked out by hand."""

from datetime import date

from groovelog.dashboard import group_parts
from groovelog.dashboard.charts import group as charts
from groovelog.dashboard.texts import group as texts
from groovelog.dashboard.texts.group import Pair
from groovelog.dashboard.texts.wording import NB
from groovelog.dashboard.theme import SEQUENTIAL

NASTY = '<img src=x onerror="alert(1)">&'


def pairs(*scores: int | None) -> list[Pair]:
    names = [("Ida", "Mara"), ("Ida", "Wen"), ("Mara", "Wen")]
    return [Pair(*two, score, 10, 100, 0.25) for two, score in zip(names, scores, strict=False)]


def test_the_closest_pair_is_named_if_it_is_alone_with_its_number() -> None:
    assert str(texts.headline(pairs(43, 40, 33), 3)) == "Ida and Mara are closest: 43 of 100."
    assert str(texts.headline(pairs(43, 43, 33), 3)) == "3 of you share their listening."
    assert texts.triangle_title(pairs(43, 40, 33)) == "Closest pair: Ida and Mara, 43 of 100"
    assert texts.triangle_title(pairs(43, 43, 33)) == "Pairs lie between 33 and 43 of 100"
    assert texts.triangle_title(pairs(43)) == "Ida and Mara: 43 of 100"
    assert texts.triangle_title(pairs(None, None)) == "Too few plays to compare tastes: each needs 500"
    assert texts.triangle_note(pairs(43, None, 33)) == f"3{NB}pairs, 1 left empty: under 500 counted plays"


def test_what_somebody_shows_is_told_with_its_day() -> None:
    assert texts.shown("totals", date(2026, 5, 3)) == f"Shows counts and times, since 3{NB}May{NB}2026"
    assert texts.shown("all", None) == "Shows tracks, artists, counts and times"
    assert "show them nothing" in texts.own("nothing")
    assert texts.own("totals") == "You show them counts and times."


def test_a_pair_is_told_by_what_it_has_in_common() -> None:
    (pair,) = pairs(43)
    assert texts.pair_why(pair) == f"10{NB}artists in common, 25{NB}% of all that either plays, and 100{NB}tracks."


def test_favourites_and_firsts_and_leaders_have_a_neutral_variant() -> None:
    assert texts.favourites_title(["Pollen Index"], [3], 3) == "Pollen Index comes first of what all 3 play"
    assert texts.favourites_title(["Pollen Index"], [2], 3) == "Pollen Index comes first of what several play"
    assert texts.favourites_title([], [], 3) == "Nothing yet that two of you play"
    assert texts.first_title(["Mara", "Ida", "Mara"]) == "Mara heard 2 of the latest 3 first"
    assert texts.first_title(["Mara", "Ida"]) == "Mara and Ida take turns at hearing it first"
    assert texts.first_title([]) == "Nothing yet that one heard after another"
    assert texts.later("Ida", 0) == "Ida the same day"
    assert texts.later("Ida", 1) == f"Ida 1{NB}day later"
    assert texts.board_title([("Mara", 20), ("Ida", 10)], "plays", "20 plays") == "Mara has the most plays: 20 plays"
    assert texts.board_title([("Mara", 20), ("Ida", 19)], "plays", "20 plays") == "Mara and Ida are about level"
    assert texts.board_title([("Mara", 0)], "plays", "0 plays") == "Nobody has a counted play in this period"


def test_every_pair_has_one_cell_with_its_number() -> None:
    people = ["Mara", "Ida", "Wen"]
    scores = {frozenset(("Ida", "Mara")): 43, frozenset(("Ida", "Wen")): None, frozenset(("Mara", "Wen")): 90}
    figure = charts.triangle(people, scores, frozenset(("Mara", "Wen")), "light")
    ground, cells = figure.data
    assert [list(row) for row in cells.z] == [[43, None], [90, None]]
    assert [list(row) for row in ground.z] == [[1, None], [1, 1]]
    assert [note.text for note in figure.layout.annotations] == ["<b>43</b>", "<b>90</b>"]
    # Ink on the lighter steps, white on the darker.
    assert [note.font.color for note in figure.layout.annotations] == ["#17143A", "#FFFFFF"]
    (outline,) = figure.layout.shapes
    assert (outline.x0, outline.y0) == (-0.49, 0.52)
    assert list(figure.layout.xaxis.ticktext) == ["Mara", "Ida"]
    assert list(figure.layout.yaxis.ticktext) == ["Ida", "Wen"]
    assert len(cells.colorscale) == len(SEQUENTIAL["light"])


def test_names_from_the_data_stay_text() -> None:
    pages = (
        group_parts.sharing([group_parts.Sharing(NASTY, NASTY)]),
        group_parts.pair("mint", NASTY, NASTY, 1, [[1.0] * 24, [0.0] * 24]),
        group_parts.firsts([group_parts.First(NASTY, NASTY, NASTY, NASTY)]),
    )
    for page in pages:
        assert "<img src=x" not in page
        assert "&lt;img" in page
    figure = charts.triangle(["<b>Ida</b>", "Wen"], {}, None, "light")
    assert list(map(list, figure.data[1].customdata)) == [["Wen and &lt;b&gt;Ida&lt;/b&gt;"]]
    names = figure.layout.xaxis.ticktext
    assert list(names) == ["&lt;b&gt;Ida&lt;/b&gt;"]
