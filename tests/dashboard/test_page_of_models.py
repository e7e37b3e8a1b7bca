"""What the pages For you and Model say and draw."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from groovelog.dashboard.charts import scores
from groovelog.dashboard.charts.scores import Chance, Scored
from groovelog.dashboard.texts import foryou, model
from groovelog.dashboard.texts.wording import NB
from groovelog.recommend.suggestions import CONTEXTS, SOURCES, Suggestion, Suggestions

SONG = Suggestion("<b>Song", "Band & Co", "spotify:track:1", 0.9, ("You played it <twice>.",), "own", True, "key 1")
NAMELESS = Suggestion("Other", "", None, 0.1, ("Its popularity is 5 of 100.",), "audio", False, "reference:5")


def told(*songs: Suggestion, context: str = "focus") -> Suggestions:
    at = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
    return Suggestions("Anna O'Hara", context, 0.25, at, "recency", "No model is trained.", songs)


def test_every_context_and_source_has_its_words() -> None:
    assert set(foryou.CONTEXTS) == set(CONTEXTS)
    assert set(foryou.SOURCES) == set(SOURCES)
    titles = [foryou.title(told(SONG, context=context)).replace(NB, " ") for context in foryou.CONTEXTS]
    assert titles == [
        "1 song for right now", "1 song for a workout", "1 song for focus", "1 song for relaxing", "1 song for a party",
    ]  # fmt: skip


def test_a_suggestion_says_its_reasons_and_no_name_is_taken_for_html() -> None:
    shown = foryou.suggestion(1, SONG)
    assert "<li>You played it &lt;twice&gt;.</li>" in shown
    assert "&lt;b&gt;Song" in shown
    assert "Band &amp; Co" in shown


def test_the_time_is_that_of_the_listener() -> None:
    words = foryou.sub(told(SONG), ZoneInfo("Europe/Lisbon"))
    assert words == "Looked for at 23:30, ordered by what you played lately"


def test_the_command_can_be_pasted_whatever_the_name() -> None:
    assert foryou.command(told(SONG, NAMELESS)) == (
        "groovelog recommend --listener 'Anna O'\"'\"'Hara' --context focus --novelty 0.25 -n 2 --create-playlist 'For focus'"
    )


def test_the_list_as_a_file() -> None:
    assert foryou.as_list([SONG]) == "track_name,artist_name,track_id\n<b>Song,Band & Co,spotify:track:1\n"


def test_a_model_is_better_only_beyond_chance() -> None:
    clear = model.verdict(("voting", 0.64), ("artist_skips", 0.58), clear=True)
    assert clear == "Three models, voting: 0.060 ahead of “skips of the artist”"
    chance = model.verdict(("voting", 0.64), ("artist_skips", 0.58), clear=False)
    assert chance == f"{clear}, which may be chance"
    worse = model.verdict(("xgboost", 0.50), ("hour_skips", 0.58), clear=False)
    assert worse == "Rule: skips at this hour: 0.080 ahead of “boosted trees”"
    assert [model.headline(better, 3).marked for better in (0, 2, 3)] == [
        "clearly better", "beat the rules", "beat the rules",
    ]  # fmt: skip


def test_scores_stand_by_size_with_their_intervals() -> None:
    rows = [Scored("rule", 0.5, None, None, "0.500", False), Scored("<forest>", 0.6, 0.55, 0.7, "0.600", True)]
    figure = scores.dots(rows, "AUC", "light")
    (dots,) = figure.data
    assert list(dots.x) == [0.5, 0.6]
    assert list(dots.y) == ["rule", "&lt;forest&gt;"]
    assert [round(value, 9) for value in dots.error_x.array] == [0, 0.1]
    assert [round(value, 9) for value in dots.error_x.arrayminus] == [0, 0.05]
    assert figure.layout.xaxis.title.text == "AUC"


def test_what_was_foretold_and_what_happened_are_in_per_cent() -> None:
    _, line = scores.calibration([Chance(0.25, 0.2, 40), Chance(0.75, 0.8, 1200)], "dark").data
    assert (list(line.x), list(line.y)) == ([25, 75], [20, 80])
    assert line.customdata[1] == ["1,200"]
