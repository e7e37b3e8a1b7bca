"""The cards of a recap: what they say is what the reports say, whatever the names, and no name where none is wanted."""

import re
import struct
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from groovelog import reports
from groovelog.dashboard.recap_cards import fonts, steps, words
from groovelog.dashboard.recap_cards.asking import clocks, filled, told
from groovelog.dashboard.recap_cards.inline import source
from groovelog.dashboard.recap_cards.png import look_here, png, undrawable
from groovelog.dashboard.recap_cards.sequence import cards, keys
from groovelog.dashboard.recap_cards.told import Fact, Look, Recap
from groovelog.dashboard.texts import recap as texts
from groovelog.dashboard.texts.wording import NB, count, duration
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import Question

HOUR = 3_600_000
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
NASTY = "<b>&\"'\x07 Nobody"


def recap(**changes: Any) -> Recap:
    """An invented year in which every card has something to say."""
    fact = Fact(900, 900, 50 * HOUR, "Pollen Index", None)
    facts = {
        "time-listened": Fact(466 * HOUR, 8_000, 466 * HOUR),
        "artists": Fact(40, 7_900, 460 * HOUR),
        "top-artist": fact,
        "top-track": Fact(300, 300, 15 * HOUR, "Electric Weather", "Pollen Index"),
        "new-artists": Fact(3, 700, 20 * HOUR),
        "favourite-discovery": Fact(400, 400, 12 * HOUR, "Rookery", None),
        "on-repeat": Fact(12, 12, HOUR, "Orange Garden", "Rookery", date(2025, 5, 3), date(2025, 5, 3)),
        "longest-streak": Fact(23, 500, 30 * HOUR, None, None, date(2025, 3, 1), date(2025, 3, 23)),
    }
    made = Recap(
        title="2025", first=YEAR[0], last=YEAR[1], listener="Mara", rule="30s", facts=facts,
        days={YEAR[0] + timedelta(days=number): (number % 7) * HOUR for number in range(365)},
        week={(weekday, hour): HOUR for weekday in range(7) for hour in range(24)},
        leaders=[("Pollen Index", 900), ("Rookery", 400), ("黒い海", 300)],
        clocks={"Pollen Index": [0.1] * 24},
        new=[(date(2025, 2, 3), "stayed"), (date(2025, 2, 9), "faded"), (date(2025, 12, 1), "too early")],
        track_days=[date(2025, 5, 3)] * 200 + [date(2025, 6, 1)] * 100,
    )  # fmt: skip
    return replace(made, **changes)


def words_of(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314


@pytest.fixture(scope="module")
def of_mara(home: Home) -> tuple[Recap, dict[str, dict[str, Any]]]:
    snapshot = open_snapshot(home.lake)

    def ask(name: str, **more: Any) -> reports.Answer:
        return reports.run(snapshot, name, Question(listener="Mara", **more))

    answer = ask("recap")
    assert answer.from_date is not None
    assert answer.to_date is not None
    facts = {row["fact"]: row for row in answer.as_json()["rows"]}
    made = told(ask, "2024, so far", answer.from_date, answer.to_date)
    for key in keys(made):
        made = filled(made, ask, key)
    return made, facts


def test_numbers_on_the_cards_are_those_of_the_report(of_mara: tuple[Recap, dict[str, dict[str, Any]]]) -> None:
    made, facts = of_mara
    drawn = {card.key: words_of(card.svg) for card in cards(made, Look())}
    assert list(drawn) == ["volume", "artist", "five", "hours", "new", "track"]
    assert facts["time-listened"]["ms_played"] == 108 * 60_000
    assert duration(facts["time-listened"]["ms_played"]) in drawn["volume"]
    assert facts["top-artist"]["name"] in drawn["artist"]
    artist = facts["top-artist"]
    told_of_it = f"{count(artist['plays'])}{NB}plays, {duration(artist['ms_played'])}, 67{NB}% of all plays."
    assert told_of_it in drawn["artist"]
    assert {"The two", "Pollen Index", f"24{NB}plays", "Rookery", f"12{NB}plays"} <= set(drawn["five"])
    assert duration(72 * 60_000) in drawn["hours"]  # four plays of three minutes on each of six Fridays at 23:00
    assert count(facts["new-artists"]["value"]) in drawn["new"]
    assert {"Electric", "Weather", "Pollen Index"} <= set(drawn["track"])  # two lines of its title, then its artist


def test_every_card_tells_its_period_and_its_rule() -> None:
    for card in cards(recap(rule="finished"), Look()):
        assert f"1{NB}January to 31{NB}December{NB}2025" in words_of(card.svg)
        assert "plays to the end of the track" in words_of(card.svg)


def test_no_two_cards_in_a_row_are_alike() -> None:
    facts = recap().facts
    few = {name: facts[name] for name in ("time-listened", "top-artist", "on-repeat", "top-track")}
    silent = few | {"time-listened": Fact(0, 9, 0)}
    for made in (recap(), recap(facts=few), recap(facts=silent), recap(week={(0, 8): HOUR}, facts=few)):
        sleeves = [re.findall(r'fill="(#\w+)"', card.svg)[0] for card in cards(made, Look())]
        assert all(one != other for one, other in pairwise(sleeves))


def test_without_names_no_name_is_anywhere_and_the_numbers_stay() -> None:
    drawn = cards(recap(), Look(names=False))
    everything = " ".join(part for card in drawn for part in (*words_of(card.svg), card.says))
    for name in (*recap().named, "Mara"):
        assert name not in everything
    assert f"900{NB}plays" in everything


def test_the_listener_is_named_only_if_wanted() -> None:
    assert "Mara" not in words_of(cards(recap(), Look())[0].svg)
    assert "Mara" in words_of(cards(recap(), Look(listener=True))[0].svg)


def test_a_card_of_what_did_not_happen_is_left_out() -> None:
    only = {"time-listened": Fact(180_000, 1, 180_000)}
    one = recap(facts=only, leaders=[("A", 1)], week={(0, 7): 180_000}, new=[], track_days=[], days={YEAR[0]: 180_000})
    assert [card.key for card in cards(one, Look())] == ["volume", "hours"]
    assert cards(recap(facts={}), Look()) == []
    assert cards(recap(facts={"time-listened": Fact(0, 0, 0)}), Look()) == []


def test_any_name_makes_a_whole_picture_within_its_margins() -> None:
    for name in (NASTY, "W" * 300, "very long name " * 30, "黒い海" * 60, "שלום عالم", "e\u0301", "🎵🎶"):
        facts = {**recap().facts, "top-artist": Fact(9, 9, HOUR, name, None), "top-track": Fact(9, 9, HOUR, name, name)}
        for card in cards(recap(facts=facts, leaders=[(name, 9), (name + "2", 8)], listener=name), Look(listener=True)):
            for element in ElementTree.fromstring(card.svg).iter("{http://www.w3.org/2000/svg}text"):  # noqa: S314
                family = element.get("font-family", "").strip("'")
                known = family if family in fonts.FILES else fonts.DISPLAY
                end = float(element.get("x", "0")) + fonts.width(
                    element.text or "", float(element.get("font-size", "0")), known
                )
                assert end < 1080 - 60, (name, card.key, element.text)


def test_the_file_is_as_large_as_a_story_and_opens_without_fonts_of_the_machine() -> None:
    card = cards(recap(), Look())[0]
    made = png(card.svg, system_fonts=False)
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", made[16:24]) == (1080, 1920)
    assert png(card.svg, system_fonts=False) == made


def test_names_that_no_font_here_has_are_told_and_shown_as_prints_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert undrawable("Łódź & Beyoncé · “x”", system_fonts=False) == ""
    assert undrawable("黒い海 A", system_fonts=False) == "黒い海"
    monkeypatch.setattr("groovelog.dashboard.recap_cards.png._drawn", lambda _sign, _system: False)
    look = look_here(recap(), Look())
    assert look.undrawable == {"黒い海"}
    five = next(card for card in cards(recap(), look) if card.key == "five")
    assert "黒い海" not in "".join(words_of(five.svg))
    assert "Rookery" in words_of(five.svg)
    assert "黒" in texts.undrawable("黒い海")


def test_signs_that_the_font_lacks_leave_the_rest_in_it() -> None:
    drawn = words.text("Ida 黒い海 b", 0, 0, size=10, family=fonts.DISPLAY, fill="#000")
    parts = re.findall(r"font-family=\"'?([\w ]+)'?[^>]*>([^<]*)<", drawn)
    assert [(family == fonts.DISPLAY, part) for family, part in parts] == [
        (True, "Ida "),
        (False, "黒い海 "),
        (True, "b"),
    ]


def test_lines_are_broken_at_spaces_and_cut_only_at_the_smallest() -> None:
    assert words.broken("one two", 100, fonts.DISPLAY, 10_000) == ["one two"]
    assert words.broken("one two", 100, fonts.DISPLAY, fonts.width("one t", 100, fonts.DISPLAY)) == ["one", "two"]
    size, lines = words.fitted("word " * 40, (100, 50), fonts.DISPLAY, 400, 2)
    assert (size, len(lines)) == (50, 2)
    assert lines[1].endswith("…")


def test_a_picture_in_the_page_brings_its_fonts() -> None:
    assert source(cards(recap(), Look())[0].svg).startswith("data:image/svg+xml;base64,")


def test_hours_with_few_plays_stay_blank_in_a_print_unless_there_are_no_others() -> None:
    def hour(name: str, number: int, plays: int, of: int) -> dict[str, Any]:
        return {"artist_name": name, "hour": number, "plays": plays, "plays_of_hour": of, "share_of_hour": plays / of}

    rows = [hour("a", 0, 1, 1), hour("a", 1, 50, 99), hour("b", 0, 1, 1)]
    assert clocks(rows) == {"a": [None, 50 / 99, *[0.0] * 22], "b": [1.0, *[0.0] * 23]}


def test_titles_of_periods() -> None:
    def title(first: date, last: date, **more: bool) -> str:
        return texts.title(first, last, **{"year": False, "ever": False, "whole": True, **more}).replace(NB, " ")

    assert title(*YEAR, year=True) == "2025"
    assert title(YEAR[0], date(2025, 5, 1), year=True, whole=False) == "2025, so far"
    assert title(*YEAR, ever=True) == "All time"
    assert title(date(2024, 2, 1), date(2024, 2, 29)) == "February 2024"
    assert title(date(2024, 2, 1), date(2024, 3, 1)) == "1 February to 1 March 2024"
    assert title(date(2023, 12, 31), date(2024, 1, 1)) == "31 December 2023 to 1 January 2024"


def test_the_night_is_of_the_day_it_began_on_and_a_thin_night_gives_way_to_the_fullest_hour() -> None:
    window, night = texts.hours({(4, 23): 2 * HOUR, (5, 3): HOUR, (2, 12): HOUR})
    assert window is texts.NIGHT
    assert (night.big, night.words, night.lines[1]) == ("3", "hours in the dark", "Friday night has most of it.")
    _, hour = texts.hours({(0, 12): 9 * HOUR, (0, 23): HOUR})
    assert hour.big == "12:00"


def test_claims_have_neutral_variants() -> None:
    even = texts.hours({(weekday, 23): HOUR for weekday in range(7)})
    assert even[1].lines[1] == "No night of the week stands out."
    level = texts.artist(Fact(5, 5, HOUR, "A", None), Look(), 10, [("A", 5), ("B", 5)])
    assert "Another artist has as many" in level.lines[1]
    assert texts.artist(Fact(1, 1, HOUR, "A", None), Look(), 1, [("A", 1)]).kicker == "You heard"
    young = texts.new(Fact(1, 1, HOUR), ["too early"], None, Look(), "month")
    assert (young.words, young.lines[1]) == ("new artist", "Too early to say which of them stay.")
    assert texts.new(Fact(1, 1, HOUR), ["faded"], None, Look(), "day").lines == (
        "A dot for each, on the day of the first play.",
        "None of them has stayed for 90 days.",
    )
    few = texts.track(Fact(2, 2, HOUR, "T", None), Look(), {date(2025, 1, 1): 2, date(2025, 2, 1): 0}, "month")
    assert few.lines[1] == f"Spread over 1{NB}month."


def test_steps_that_there_is_room_for() -> None:
    assert steps.for_disc(date(2025, 1, 1), date(2025, 12, 31)) == "day"
    assert steps.for_disc(date(2020, 1, 1), date(2025, 12, 31)) == "week"
    assert steps.for_disc(date(2010, 1, 1), date(2025, 12, 31)) == "month"
    assert [steps.for_columns(date(2025, 1, 1), last) for last in (date(2025, 1, 31), date(2025, 2, 1), date(2027, 1, 1))] == [
        "day", "month", "year",
    ]  # fmt: skip
    days = [date(2025, 1, 31), date(2025, 3, 1), date(2025, 3, 2)]
    assert list(steps.tally(days, date(2025, 1, 5), date(2025, 3, 9), "month").values()) == [1, 0, 2]


def test_the_cards_need_no_streamlit() -> None:
    asked = "from groovelog.dashboard.recap_cards import asking, png, sequence; import sys; sys.exit('streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
