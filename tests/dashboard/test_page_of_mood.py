"""What the page of mood says and draws, worked out by hand."""

from datetime import date, timedelta

import pytest

from groovelog.dashboard import mood_parts
from groovelog.dashboard.charts import mood as mood_charts
from groovelog.dashboard.charts import mood_map
from groovelog.dashboard.charts import sound as sound_charts
from groovelog.dashboard.periods import ALL_TIME, WEEK, YEAR, Period, period
from groovelog.dashboard.texts import mood, sound
from groovelog.dashboard.texts.mood import Step
from groovelog.dashboard.texts.wording import NB
from groovelog.dashboard.theme import MARKER, colour

KNOWN, LITTLE = 0.8, 0.39
NASTY = '<img src=x onerror="alert(1)">&'


def weeks(*valences: float, notes: str = "", known: int = 20, energy: float = 0.5) -> list[Step]:
    """Weeks from Monday, 1 January 2024; `notes` has + for a peak, - for a dip, else nothing."""
    notes = notes.ljust(len(valences))
    told = {"+": "peak", "-": "dip", " ": None}
    starts = [date(2024, 1, 1) + timedelta(weeks=number) for number in range(len(valences))]
    return [
        Step(mood.week_name(start), start, 25, known, valence, energy, told[note], None)
        for start, valence, note in zip(starts, valences, notes, strict=True)
    ]


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ("++-", "Of 9 weeks, 2 were brighter than your usual, 1 darker."),
        ("--+", "Of 9 weeks, 2 were darker than your usual, 1 brighter."),
        ("+", "Of 9 weeks, 1 was brighter than your usual."),
        ("", "9 weeks, all within your usual range."),
    ],
)
def test_the_headline_counts_the_weeks_outside_the_usual_range(notes, told) -> None:
    assert str(mood.headline(weeks(*[0.5] * 9, notes=notes), 20, KNOWN)) == told


def test_the_headline_claims_nothing_of_little() -> None:
    week = weeks(0.9, notes="+")
    assert str(mood.headline(week, 20, KNOWN)) == "A week brighter than your usual."
    assert str(mood.headline(week, 7, KNOWN)) == "Too few weeks yet to say what is usual."
    assert str(mood.headline(week, 20, LITTLE)) == "Too little known to speak of a mood here."
    assert str(mood.headline(weeks(0.9, notes="+", known=9), 20, KNOWN)) == "Too few plays to speak of a mood here."


def test_how_much_is_known_is_said_with_its_numbers() -> None:
    assert mood.coverage_words(5_539, 8_670) == (
        f"64{NB}% of counted plays have audio features",
        "(5,539 of 8,670). The rest found no sure match; nothing is guessed.",
    )
    assert mood.coverage_words(3, 3)[1] == "(3 of 3). nothing is guessed.".replace("nothing", "Nothing")
    assert (mood.speaks(0.4), mood.speaks(0.39), mood.speaks(None)) == (True, False, False)
    assert (mood.tells(0.3), mood.tells(0.29), mood.tells(None)) == (True, False, False)


def test_the_map_names_the_brightest_and_the_darkest_if_they_lie_apart() -> None:
    assert mood.map_title(weeks(0.5, 0.4, 0.6), "week", KNOWN) == (
        f"Brightest in the week of 15{NB}Jan, darkest in the week of 8{NB}Jan"
    )
    assert mood.map_title(weeks(0.5, 0.52), "month", KNOWN) == "2 months lie close together: valence 0.50 to 0.52"
    assert mood.map_title(weeks(0.5, 0.4, 0.6), "month", KNOWN, cut=True) == (
        f"Of the last 3 months January{NB}2024 was the brightest, January{NB}2024 the darkest"
    )
    assert mood.map_title(weeks(0.5), "week", KNOWN) == "One week: valence 0.50, energy 0.50"
    assert mood.map_title([], "week", KNOWN) == "Nothing to place"
    assert mood.map_title(weeks(0.5, 0.9), "week", LITTLE) == "Valence and energy, of too few plays to claim anything"


def test_the_steps_fit_the_period() -> None:
    assert mood.per_of(Period(ALL_TIME), 10) == "month"
    assert (mood.per_of(Period(YEAR), 366), mood.per_of(Period(YEAR), 31)) == ("month", "week")
    assert [sound.contexts_per(days) for days in (31, 366, 900, 4000)] == ["month", "month", "quarter", "year"]
    assert mood.step_name("quarter", date(2024, 4, 1)) == f"Q2{NB}2024"
    assert mood.end_of("month", date(2024, 2, 1)) == date(2024, 2, 29)
    assert mood.end_of("week", date(2024, 2, 26)) == date(2024, 3, 3)


def test_the_week_furthest_outside_is_the_finding() -> None:
    told = weeks(0.62, 0.2, 0.5, notes="+-")
    finding = mood.weeks_finding(told, (0.4, 0.6), 20, KNOWN)
    assert finding.title == f"The week of 8{NB}January{NB}2024 was the darkest: valence 0.20, usual 0.40 to 0.60"
    assert finding.marked == 1
    close = mood.weeks_finding(weeks(0.512, notes="+"), (0.3381, 0.5091), 20, KNOWN)
    assert close.title.endswith("valence 0.512, usual 0.338 to 0.509")
    assert mood.weeks_finding(weeks(0.5), (0.4, 0.6), 20, KNOWN).title.startswith(
        "Every week kept to your usual valence"
    )
    assert mood.weeks_finding(told, None, 20, KNOWN).marked is None
    assert mood.weeks_finding(told, (0.4, 0.6), 20, LITTLE).marked is None


def test_a_quadrant_and_a_context_lead_by_more_than_a_tenth() -> None:
    shares = {"happy": 0.3, "tense": 0.08, "sad": 0.56, "calm": 0.06}
    assert mood.quadrants_title(shares, KNOWN) == f"56{NB}% of it sounds dark and still"
    level = {**shares, "happy": 0.55}
    assert mood.quadrants_title(level, KNOWN) == f"56{NB}% sounds dark and still, 55{NB}% bright and lively"
    contexts = {"workout": 0.2, "focus": 0.4, "relaxation": 0.1, "party": 0.0}
    assert sound.contexts_title(contexts, KNOWN) == f"Focus fits most: 40{NB}% of plays"
    assert sound.contexts_title({**contexts, "workout": 0.39}, KNOWN) == "Focus and workout are about level"
    assert sound.contexts_title(dict.fromkeys(contexts, 0.0), KNOWN) == "No play fits a context"
    assert sound.contexts_title(contexts, LITTLE) == mood.no_claim("Contexts")


def test_a_context_peaks_where_it_is_well_above_its_share_over_all() -> None:
    # focus over all: (0.2 * 100 + 0.6 * 100) / 200 = 0.4; 0.2 more than that, two standard errors of 100 plays are 0.098
    shares = {"focus": [0.2, 0.6, None], "party": [0.1, 0.1, None]}
    finding = sound.ridges_finding(shares, [100, 100, 0], ["10:00", "11:00", "12:00"], KNOWN)
    assert finding == sound.RidgeFinding(f"Focus peaks at 11:00: 60{NB}%, 40{NB}% over all", ("focus", 1))
    assert sound.ridges_finding(shares, [20, 20, 0], ["a", "b", "c"], KNOWN).marked is None  # two of 20 plays are 0.219
    level = {"focus": [0.5, 0.52], "party": [0.1, 0.1]}
    assert sound.ridges_finding(level, [50, 50], ["a", "b"], KNOWN).marked is None


def test_two_periods_are_told_apart_by_the_feature_that_differs_most() -> None:
    before = {"energy": 0.46, "valence": 0.43}
    assert sound.profile_title({"energy": 0.55, "valence": 0.45}, before, period(YEAR, "2026"), KNOWN) == (
        "2026 sounds livelier than the whole record: 0.55 against 0.46"
    )
    stiller = sound.profile_title({"energy": 0.3, "valence": 0.45}, before, Period(ALL_TIME), KNOWN)
    assert stiller == "The last twelve months sound stiller than the whole record: 0.30 against 0.46"
    assert sound.profile_title(before, before, period(YEAR, "2026"), KNOWN) == "2026 sounds like the whole record"
    assert (
        sound.profile_title(before, before, period(WEEK, "2026-W02"), KNOWN) == "This week sounds like the whole record"
    )


def test_the_day_tempo_and_keys() -> None:
    assert sound.day_title({7: 0.6, 23: 0.4}, KNOWN) == "Liveliest at 07:00, stillest at 23:00"
    assert sound.day_title({7: 0.6, 23: 0.58}, KNOWN) == "The energy is the same around the clock, about 0.60"
    assert sound.day_title({7: 0.6}, KNOWN) == "Too few hours with plays to compare"
    bins = [(80, 90, 10), (90, 100, 20), (100, 110, 40), (110, 120, 20), (120, 130, 10)]
    assert sound.middle_half(bins) == (90, 120)  # a quarter of 100 lies in the second, three quarters in the fourth
    assert sound.tempo_title(bins, KNOWN) == f"The middle half runs at 90 to 120{NB}BPM"
    assert sound.middle_half([(80, 90, 1)]) == (80, 90)
    assert sound.keys_title({"E major": 0.08, "C major": 0.05}, KNOWN) == f"E major leads with 8{NB}% of plays"
    assert sound.keys_title({"E major": 0.08, "C major": 0.079}, KNOWN).startswith("No key leads")


def test_the_map_marks_the_last_step_and_names_it_and_the_first() -> None:
    path = weeks(0.3, 0.7, 0.5)
    figure = mood_map.path(path, [(0.4, 0.4)], "light")
    others, line, now = figure.data
    assert (list(others.x), list(line.x), list(now.x)) == ([0.4], [0.3, 0.7, 0.5], [0.5])
    assert now.marker.color == MARKER
    words = [note.text for note in figure.layout.annotations]
    assert f"<b>15{NB}Jan</b>" in words
    assert f"<b>1{NB}Jan</b>" in words
    assert {"tense", "happy", "sad", "calm"} <= set(words)
    assert figure.layout.xaxis.title.text == "Valence, 0 dark to 1 bright"
    assert figure.layout.yaxis.title.text == "Energy, 0 still to 1 lively"
    low, high = figure.layout.xaxis.range
    assert low < 0.3
    assert high > 0.7


def test_names_on_the_map_never_lie_on_each_other() -> None:
    ends = (0.0, 1.0)
    assert len(mood_map.labelled(weeks(*[0.5] * 12), ends, ends)) == 1 + 1  # all in one place: the last, the first
    apart = mood_map.labelled(weeks(0.1, 0.9, 0.5), ends, ends)
    assert set(apart) == {0, 1, 2}
    assert mood_map.labelled([], ends, ends) == {}


def test_a_line_breaks_where_weeks_are_missing() -> None:
    first, _, third = weeks(0.4, 0.5, 0.6, notes="  +")
    figure = mood_charts.weeks([first, third], [(0.3, 0.5), None], 1, "light")
    line = figure.data[0]
    assert list(line.y) == [0.4, None, 0.6]
    assert figure.layout.yaxis.title.text == "Valence, 0 to 1"
    assert figure.layout.yaxis2.title.text == "Energy, 0 to 1"
    (band,) = figure.layout.shapes
    assert (band.y0, band.y1, band.fillcolor) == (0.3, 0.5, colour("sunk", "light"))
    assert [note.text for note in figure.layout.annotations] == ["<b>0.60</b>"]


def test_rows_of_bars_share_one_scale_and_tell_their_fullest_step() -> None:
    shares = {"focus": [0.2, 0.4], "party": [0.1, None]}
    figure = sound_charts.ridges(shares, ["10:00", "11:00"], {0: "10"}, "Hour", "light", marked=("focus", 1))
    focus, party = figure.data
    assert list(focus.y) == [0.5, 1.0]
    assert list(party.y) == [0.25, None]
    assert list(focus.marker.color) == [colour("series", "light"), MARKER]
    assert [note.text for note in figure.layout.annotations] == [
        "<b>Focus</b>", f"most 40{NB}%, 11:00", "<b>Party</b>", f"most 10{NB}%, 10:00",
    ]  # fmt: skip


def test_bars_of_tempo_and_keys_are_shares_in_percent() -> None:
    tempo = sound_charts.tempo([(80, 90, 1), (90, 100, 3)], (90, 100), "light")
    assert list(tempo.data[0].y) == [25, 75]
    assert list(tempo.data[0].marker.color) == [colour("rest", "light"), colour("series", "light")]
    assert (tempo.layout.xaxis.title.text, tempo.layout.yaxis.title.text) == (
        "Beats a minute (BPM)",
        "Share of plays, %",
    )
    shares = {("C", "major"): 0.6, ("C", "minor"): 0.4}
    keys = sound_charts.keys(shares, ["C"], ("C", "major"), "light")
    assert [list(bars.y) for bars in keys.data] == [[60], [40]]
    assert keys.data[0].marker.color[0] == MARKER


def test_a_radar_has_the_features_that_both_periods_tell() -> None:
    figure = sound_charts.radar({"energy": 0.5, "valence": 0.4}, {"energy": 0.4}, "dark")
    assert [list(trace.r) for trace in figure.data] == [[0.4, 0.4], [0.5, 0.5]]


def test_names_from_the_data_stay_text() -> None:
    pages = (
        mood_parts.quadrants([mood_parts.Quadrant("sad", "dark", "1 %", 0.01, "1 play", NASTY, True)]),
        mood_parts.contexts([mood_parts.ContextRow(NASTY, 0.1, NASTY, NASTY, NASTY, False)]),
        mood_parts.why("key", NASTY, [(NASTY, NASTY)]),
        mood_parts.coverage(0.5, NASTY, NASTY, ""),
    )
    for page in pages:
        assert "<img src=x" not in page
        assert "&lt;img" in page
