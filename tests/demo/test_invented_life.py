from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from groovelog.demo.catalogue import Catalogue
from groovelog.demo.days import ORDINARY, Sessions, midnight, rates, spell_of
from groovelog.demo.export import SEED
from groovelog.demo.habits import Person, Routine, Spell, Tastes
from groovelog.demo.life import clock, live
from groovelog.demo.outcome import begun
from groovelog.demo.people import JUNO, MARA
from groovelog.demo.quarters import first_day, quarter_of
from groovelog.demo.taste import Taste, per_scene, weights

EXAMS = Spell("exams", (6, 1), (6, 10), rates={"desk": 3, "bus": 0})
SOMEBODY = Person(
    name="Somebody",
    timezone="UTC",
    country="PT",
    since=date(2024, 1, 10),
    routines=(
        Routine("desk", (0, 1, 2, 3, 4), hour=9, spread=1, rate=0.5, plays=4, device="desktop"),
        Routine("bus", (0, 5), hour=18, spread=1, rate=2.0, plays=4, device="phone"),
    ),
    tastes=Tastes(scenes={}, known_at_first=5, found_per_quarter=1, obsession=0, skip=0),
    spells=(EXAMS,),
)


def test_quarters_are_numbered_through_the_years() -> None:
    assert quarter_of(date(2023, 12, 31)) + 1 == quarter_of(date(2024, 1, 1)) == 8096
    assert first_day(8097) == date(2024, 4, 1)


def test_rates_follow_weekday_and_spell() -> None:
    monday, saturday, exam_monday = date(2024, 5, 6), date(2024, 5, 11), date(2024, 6, 3)
    assert rates(SOMEBODY, monday, spell_of(SOMEBODY, monday)) == [0.5, 2.0]
    assert rates(SOMEBODY, saturday, spell_of(SOMEBODY, saturday)) == [0.0, 2.0]
    assert rates(SOMEBODY, exam_monday, spell_of(SOMEBODY, exam_monday)) == [1.5, 0.0]
    assert rates(SOMEBODY, date(2024, 1, 9), ORDINARY) == [0.0, 0.0]  # the day before the first


def test_a_spell_holds_both_its_days() -> None:
    days = [date(2024, 5, 31), date(2024, 6, 1), date(2024, 6, 10), date(2024, 6, 11)]
    assert [spell_of(SOMEBODY, day) for day in days] == [ORDINARY, 0, 0, ORDINARY]


def test_midnight_is_that_of_the_zone() -> None:
    # Kolkata is 5 h 30 min ahead: its 2 January begins at 18:30 UTC on the 1st, 66,600 s into the day.
    new_year = 1_704_067_200
    assert midnight(date(2024, 1, 2), ZoneInfo("Asia/Kolkata")) == new_year + 66_600


def test_a_session_waits_for_the_one_before_it() -> None:
    sat = Sessions(
        begins=np.array([1000, 1100, 5000]), routine=np.zeros(3, int), spell=np.zeros(3, int), plays=np.array([2, 1, 1])
    )
    # 1000 + 60 and + 90 more; the second session begins at 1150 instead of 1100; the third is on time.
    assert clock(sat, np.array([60, 90, 10, 7])).tolist() == [1060, 1150, 1160, 5007]


def test_a_play_begins_as_the_one_before_it_ended() -> None:
    ends = np.array(["trackdone", "fwdbtn", "logout", "trackdone"])
    first = np.array([True, False, False, True])
    reasons = begun(ends, first, np.random.default_rng(1)).tolist()
    assert reasons[1:3] == ["trackdone", "fwdbtn"]
    assert {reasons[0], reasons[3]} <= {"clickrow", "playbtn", "appload", "remote"}


def test_only_what_is_found_out_and_not_dropped_can_be_played() -> None:
    liked = Taste(
        appeal=np.array([2.0, 2.0, 2.0, 2.0]),
        found=np.array([100, 101, 100, 100]),
        released=np.array([90, 90, 101, 90]),
        scene=np.array([0, 0, 0, 0]),
        until=np.array([200, 200, 200, 100]),
    )
    # In quarter 100 the first alone, just found: the second is not found yet, the third not out, the fourth dropped.
    assert weights(liked, 100, per_scene({"ambient": 3})).tolist() == [6.0, 0.0, 0.0, 0.0]


def test_a_scene_that_does_not_exist_is_told() -> None:
    with pytest.raises(ValueError, match="polka"):
        per_scene({"polka": 2})


def test_a_later_end_adds_plays_and_changes_none(catalogue: Catalogue) -> None:
    early = live(JUNO, catalogue, end=date(2022, 3, 2), seed=SEED)
    late = live(JUNO, catalogue, end=date(2022, 6, 1), seed=SEED)
    assert len(early) > 1_000
    assert len(late) > len(early)
    for name, column in vars(early).items():
        assert getattr(late, name)[: len(early)].tolist() == column.tolist(), name


def test_another_seed_is_another_life(catalogue: Catalogue) -> None:
    lives = [live(JUNO, catalogue, end=date(2022, 1, 1), seed=seed) for seed in (1, 2)]
    assert lives[0].told_at.tolist() != lives[1].told_at.tolist()


def test_plays_stand_in_order_do_not_overlap_and_end_before_the_end(catalogue: Catalogue) -> None:
    life = live(MARA, catalogue, end=date(2019, 12, 1), seed=SEED)
    began_ms = life.stopped_at * 1000 - life.ms_played
    assert (began_ms[1:] >= life.stopped_at[:-1] * 1000).all()
    assert life.told_at[-1] < 1_575_158_400  # 2019-12-01T00:00:00Z
    assert (life.ms_played <= catalogue.lengths[life.item]).all()


def test_three_plays_of_the_flight_are_told_at_once(catalogue: Catalogue) -> None:
    life = live(MARA, catalogue, end=date(2019, 12, 1), seed=SEED)
    flight = np.flatnonzero(life.uploaded)
    assert len(flight) == 3
    assert len(set(life.item[flight].tolist())) == len(set(life.told_at[flight].tolist())) == 1
    assert len(set(life.stopped_at[flight].tolist())) == 3
