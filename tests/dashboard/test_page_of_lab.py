"""What the playlist lab says and draws, from songs known by hand."""

from datetime import date

from groovelog.dashboard.charts import lab as charts
from groovelog.dashboard.texts import lab as texts
from groovelog.dashboard.texts.wording import NB
from groovelog.recommend.playlists.proposal import Proposal, Wish, proposed
from groovelog.recommend.playlists.songs import Song

ENERGIES = (0.9, 0.1, 0.5, 0.3)


def proposal(*energies: float | None, arc: str = "warm-up") -> Proposal:
    before = [
        Song(
            f"S{place}", "Ash" if place < 2 else f"artist {place}", energy=energy, tempo=energy and 100.0, key=0, mode=1
        )
        for place, energy in enumerate(energies or ENERGIES)
    ]
    return proposed("Mix", before, Wish(arc), lambda _: [], date(2026, 11, 28))


def test_the_headline_tells_the_steps_of_energy() -> None:
    # Before 0.8, 0.4, 0.2; in the arc's order 0.2, 0.2, 0.4.
    assert str(texts.headline(proposal())) == "Mix could run in steps of 0.27 energy, not 0.47."
    assert str(texts.headline(proposal(0.1, 0.2, 0.3))) == "Mix stands well as it is."


def test_how_far_the_order_is_from_its_arc() -> None:
    assert texts.curves_title(proposal()) == "Warm-up: energy is 0.00 from the arc in the mean"


def test_the_facts_are_beside_those_of_before() -> None:
    told = {fact.label: (fact.value, fact.context) for fact in texts.facts(proposal())}
    assert told["Energy step"] == ("0.27", "before 0.47")
    assert told["Tempo step"] == (f"0{NB}%", f"before 0{NB}%")
    assert told["Steps in key"] == ("3 of 3", "before 3 of 3")
    assert told["Same artist"] == ("1", "pairs within 3 places, before 1")


def test_how_many_stand_elsewhere() -> None:
    # 0.1 0.3 0.5 0.9: only the third stands where it stood.
    assert texts.moved(proposal()) == f"3 of 4{NB}songs stand elsewhere than before"


def test_the_picture_has_before_after_and_the_arc() -> None:
    told = proposal(*ENERGIES, None)
    figure = charts.curves(*told.curves, "light")
    before, after = figure.data[0], figure.data[1]
    assert list(before.y) == [*ENERGIES, None]
    assert list(after.y) == [0.1, 0.3, 0.5, 0.9, None]
    assert list(figure.data[-1].y) == [0.1, 0.3, 0.5, 0.9, None]
    assert list(figure.data[5].y) == [8, 8, 8, 8, 8]  # C major is 8B, and a key is told without a sound
    assert after.customdata[0][0] == f"1. S1, Ash<br>energy 0.10, 100{NB}BPM, 8B"
    assert charts.curves(*told.curves, "dark").to_json() != figure.to_json()


def test_names_are_escaped_in_the_picture() -> None:
    told = proposed(
        "Mix", [Song("<b>", "&", energy=0.1), Song("x", "", energy=0.2)], Wish(), lambda _: [], date(2026, 1, 1)
    )
    words = str(charts.curves(*told.curves, "light").data[0].customdata)
    assert "&lt;b&gt;, &amp;" in words
