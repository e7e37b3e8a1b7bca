from datetime import date
from typing import Any

from groovelog.dashboard.cards.overlaps import triangle
from groovelog.dashboard.charts import order
from groovelog.dashboard.charts.order import Entry, smoothed
from groovelog.dashboard.texts import playlists, wording
from groovelog.dashboard.texts.wording import NB
from groovelog.dashboard.theme import MARKER


def health(name: str = "Mix", **told: Any) -> dict[str, Any]:
    usual = {"plays": 10, "tracks": 40, "entries": 40, "never_played": 2, "silent_year": 12, "duplicates": 0}
    return {"playlist_name": name, **usual, **told}


def pair(name: str, other: str, **told: Any) -> dict[str, Any]:
    usual = {"tracks": 20, "other_tracks": 40, "common": 5, "jaccard": 0.1, "near_duplicate": False, "contained": False}
    return {
        "playlist_name": name,
        "other_playlist": other,
        "playlist_id": name,
        "other_playlist_id": other,
        **usual,
        **told,
    }


def test_the_headline_says_what_part_of_the_plays_playlists_hold() -> None:
    assert str(playlists.headline(5, 0.27)) == f"5{NB}playlists hold 27{NB}% of what you play."
    assert str(playlists.headline(1, 0.27)) == f"1{NB}playlist holds 27{NB}% of what you play."
    assert str(playlists.headline(1, None)) == f"1{NB}playlist."


def test_the_lead_counts_the_lists_that_nobody_heard() -> None:
    assert (
        playlists.lead([health(), health(silent_year=40)])
        == f"80{NB}entries in all. 1 of 2{NB}lists had not one play in a year."
    )
    assert playlists.lead([health(), health(tracks=0, silent_year=0)]).endswith("in all.")


def test_who_is_played_most_or_nobody_or_two() -> None:
    assert playlists.health_title([health("A", plays=20), health("B")]) == f"A is played most: 20{NB}plays"
    assert playlists.health_title([health("A", plays=10), health("B")]) == "A and B are played most, about equally"
    assert playlists.health_title([health(plays=0)]) == "None of these tracks has been played yet"


def test_what_of_a_playlist_nobody_hears() -> None:
    assert playlists.unheard(health()) == "12 of 40 not played for a year"
    assert playlists.unheard(health(silent_year=0)) == "all played within a year"
    assert playlists.unheard(health(never_played=40, silent_year=40)) == "none of 40 ever played"
    assert playlists.unheard(health(tracks=0)) == "no track in it"


def test_what_no_source_tells_is_said() -> None:
    row = health(age_days=None, fresh_share=None, effective_artists=None)
    assert (playlists.age(row), playlists.fresh(row), playlists.variety(row)) == ("not told", "not told", "no artists")


def test_stale_playlists() -> None:
    row = {
        "playlist_name": "Old",
        "days_silent": 390,
        "modified_on": None,
        "last_added": date(2023, 1, 1),
        "last_played": None,
    }
    assert playlists.stale_title([row], 2) == f"Old: silent for 13{NB}months"
    assert playlists.stale_title([], 2) == "No playlist is stale"
    heard, _ = playlists.stale_row({**row, "tracks": 3, "never_played": 3})
    assert heard == f"never heard, last changed on 1{NB}January{NB}2023"


def test_how_alike_two_playlists_are() -> None:
    assert playlists.overlap_title([]) == "No two playlists share a track"
    assert playlists.overlap_title([pair("A", "B")]) == f"A and B have most in common: 5{NB}tracks"
    assert playlists.overlap_title([pair("A", "B", near_duplicate=True)]).startswith("A and B are nearly the same")
    inside = pair("A", "B", contained=True, common=20)
    assert playlists.overlap_title([inside]) == f"A is nearly all in B: 20{NB}tracks of 20"


def test_the_triangle_has_every_pair_once_and_escapes_names() -> None:
    html = triangle([("a", "A"), ("b", "<b>"), ("c", "C")], [pair("a", "c", common=7, jaccard=0.95)])
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert html.count('class="none"') == 2
    assert '<td class="step-9 most" style="background:var(--step-9)">7</td>' in html


def test_a_curve_builds_up_winds_down_or_keeps_its_level() -> None:
    assert playlists.curve_title("Mix", [0.2, 0.3, 0.5, 0.5, 0.7, 0.9]) == (
        "Mix builds up: energy 0.25 in its first third, 0.80 in its last", 5,
    )  # fmt: skip
    assert playlists.curve_title("Mix", [0.9, 0.7, 0.5, 0.5, 0.3, 0.2])[0].startswith("Mix winds down")
    assert playlists.curve_title("Mix", [0.5] * 6) == ("Mix keeps its level: energy 0.50 from first to last", 0)


def test_a_curve_of_which_little_is_known_makes_no_claim() -> None:
    known = [0.2, 0.3, 0.5, 0.5, 0.7, 0.9]
    assert playlists.curve_title("Mix", known + [None] * 9)[1] == 5
    assert playlists.curve_title("Mix", known + [None] * 10) == ("Too little is known of Mix to say how it runs", None)
    assert playlists.curve_title("Mix", known[:5])[1] is None
    assert "would draw this curve" in playlists.curve_coverage(1, 11)
    assert playlists.curve_coverage(1, 10) == f"Audio features are known of 10{NB}% of its entries (1 of 10)."


def test_the_curve_is_two_panels_over_one_order() -> None:
    entries = [Entry(1, "One", 0.25, 100.0), Entry(2, "<Two>", None, None), Entry(3, "Three", 0.75, 140.0)]
    figure = order.curve(entries, 3, "light")
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert [list(line.y) for line in lines] == [[0.5, 0.5, 0.5], [120, 120, 120]]
    assert [list(trace.y) for trace in figure.data if trace.marker.color == MARKER] == [[0.75]]
    assert figure.layout.yaxis.title.text == "Energy, 0 still to 1 loud"
    assert figure.layout.yaxis2.title.text == "Tempo, BPM"
    assert figure.layout.xaxis2.title.text == "Place in the playlist"


def test_the_mean_of_neighbours_breaks_where_none_is_known() -> None:
    assert smoothed([0.2, None, None, None, None, None, 0.4]) == [0.2, 0.2, 0.2, None, 0.4, 0.4, 0.4]


def test_a_name_that_looks_like_markdown_stays_as_it_is() -> None:
    assert wording.literal("Mix [2]: *new* :smile:") == r"Mix \[2\]\: \*new\* \:smile\:"
