"""The registry, its answers in every form, and whose plays they are of."""

import csv
import inspect
import io
import json
import subprocess
import sys
from datetime import date

import pyarrow.parquet
import pytest

from groovelog.errors import NotFoundError, NothingToTell, UsageError
from groovelog.model import Listener
from groovelog.reports import REPORTS, Answer, Question, find, listing, run
from groovelog.reports.supply import MADE, metric_of
from groovelog.tables import TABLES
from metrics.histories import ME, LakeDouble, play, two_months

OF_PLAYS = ["overview", "top-tracks", "top-artists", "top-albums", "listening-by-month", "heatmap"]
OF_ROWS = ["sources", "sources-by-month", "sources-by-run", "missing-values", "data-quality"]
OF_SAVED = ["playlist-list", "playlist-tracks", "library"]
NAMES = [*OF_PLAYS, "coverage", *OF_ROWS, *OF_SAVED]
ANNA = Listener("b2", "anna", ((None, "Asia/Tokyo"),), invented=False)
ROBOT = Listener("c3", "robot", ((None, "UTC"),), invented=True)


@pytest.fixture
def lake() -> LakeDouble:
    return two_months()


def test_the_registry_names_every_report_once_and_each_has_its_metric() -> None:
    assert len({report.name for report in REPORTS}) == len(REPORTS)
    for report in REPORTS:
        given = inspect.signature(metric_of(report)).parameters
        tables = {*MADE, *(table.name for table in TABLES)}
        asked = {parameter.name for parameter in report.parameters}
        assert set(given) - tables <= asked, report.name


def test_listing_is_the_json_of_the_command() -> None:
    reports = listing()["reports"]
    assert [list(report) for report in reports] == [["name", "title", "definition", "parameters"]] * len(REPORTS)
    takes = {report["name"]: [parameter["name"] for parameter in report["parameters"]] for report in reports}
    assert takes["heatmap"] == ["listener", "from", "to", "timezone", "count", "kind", "artist", "track"]
    assert takes["top-artists"] == ["listener", "from", "to", "timezone", "count", "kind", "by", "top"]
    assert takes["sources"] == ["listener", "from", "to", "timezone", "kind"]
    assert takes["data-quality"] == ["listener"]
    assert takes["library"] == ["listener", "top"]


def test_an_unknown_report_suggests_the_nearest() -> None:
    with pytest.raises(NotFoundError, match=r"Did you mean top-artists\?"):
        find("top-artist")
    with pytest.raises(NotFoundError, match="There are overview, top-tracks"):
        find("zzz")


def test_answer_as_json(lake: LakeDouble) -> None:
    assert run(lake, "top-artists", Question()).as_json() == {
        "report": "top-artists",
        "listener": "me",
        "from": "2024-05-31",
        "to": "2024-06-02",
        "timezone": "Europe/Lisbon",
        "count": "30s",
        "kind": "track",
        "coverage": None,
        "basis": {
            "plays": 4,
            "counted_plays": 3,
            "undecided_plays": 0,
            "untimed_plays": 0,
            "estimated_share": 0.0,
            "by_kind": {"track": 4, "episode": 1, "audiobook": 0, "unknown": 0},
        },
        "columns": [
            {"name": "rank", "type": "BIGINT", "unit": None},
            {"name": "artist_name", "type": "VARCHAR", "unit": None},
            {"name": "plays", "type": "BIGINT", "unit": None},
            {"name": "ms_played", "type": "BIGINT", "unit": "ms"},
        ],
        "rows": [
            {"rank": 1, "artist_name": "Band", "plays": 2, "ms_played": 420_000},
            {"rank": 2, "artist_name": "黒い海", "plays": 1, "ms_played": 120_000},
        ],
    }


@pytest.mark.parametrize("name", OF_PLAYS)
def test_the_columns_told_are_the_columns_of_the_rows(lake: LakeDouble, name: str) -> None:
    answer = run(lake, name, Question()).as_json()
    assert answer["rows"]
    assert all(list(row) == [column["name"] for column in answer["columns"]] for row in answer["rows"])
    json.dumps(answer)


def test_dates_and_instants_in_json(lake: LakeDouble) -> None:
    (totals,) = run(lake, "overview", Question()).as_json()["rows"]
    # Lisbon is an hour ahead of UTC in summer
    assert (totals["first_play"], totals["last_play"]) == ("2024-05-31T22:59:00Z", "2024-06-02T09:00:00Z")
    assert run(lake, "listening-by-month", Question()).as_json()["rows"][0]["month"] == "2024-05-01"


def test_a_period_asked_for_is_echoed_and_a_side_left_open_is_told(lake: LakeDouble) -> None:
    asked = run(lake, "overview", Question(from_date=date(2020, 1, 1), to_date=date(2024, 6, 1)))
    assert (asked.from_date, asked.to_date) == (date(2020, 1, 1), date(2024, 6, 1))
    assert run(lake, "overview", Question(from_date=date(2024, 6, 1))).to_date == date(2024, 6, 2)


def test_a_zone_asked_for_moves_the_dates(lake: LakeDouble) -> None:
    answer = run(lake, "listening-by-month", Question(timezone="Asia/Tokyo"))
    assert answer.timezone == "Asia/Tokyo"
    # 23:59 in Lisbon is 07:59 of the next day in Tokyo, so that May keeps the skip alone
    assert [row["plays"] for row in answer.as_json()["rows"]] == [0, 3]


def test_no_plays_is_no_answer_but_a_sentence() -> None:
    with pytest.raises(NothingToTell, match=r"me has no plays yet\. Bring some in: groovelog import PATH"):
        run(LakeDouble(), "overview", Question())


def test_a_period_without_plays_tells_when_there_are_some(lake: LakeDouble) -> None:
    asked = Question(from_date=date(2020, 1, 1), to_date=date(2020, 12, 31))
    said = "me has no plays from 2020-01-01 to 2020-12-31. Their plays run from 2024-05-31 to 2024-06-03."
    with pytest.raises(NothingToTell, match=said):
        run(lake, "top-artists", asked)


def test_a_kind_that_was_not_played_is_an_answer(lake: LakeDouble) -> None:
    answer = run(lake, "top-tracks", Question(kind="audiobook")).as_json()
    assert (answer["rows"], answer["from"], answer["basis"]["plays"]) == ([], None, 0)
    assert answer["basis"]["by_kind"]["track"] == 4


def test_nothing_told_is_an_answer() -> None:
    for name in (*OF_ROWS, *OF_SAVED):
        answer = run(LakeDouble(), name, Question()).as_json()
        assert (answer["rows"], answer["basis"], answer["from"]) == ([], {"rows": 0}, None)


def test_an_answer_tells_nothing_of_what_its_report_does_not_take() -> None:
    answer = run(LakeDouble(), "sources", Question()).as_json()
    assert (answer["count"], answer["kind"], answer["timezone"]) == (None, "all", "Europe/Lisbon")
    answer = run(LakeDouble(), "library", Question()).as_json()
    assert [answer[name] for name in ("from", "to", "timezone", "count", "kind")] == [None] * 5


def test_undecided_plays_are_told() -> None:
    lake = LakeDouble([play("2024-06-01T10:00"), play("2024-06-01T11:00", reason_end="fwdbtn")])
    basis = run(lake, "overview", Question(count="finished")).basis
    assert (basis.plays, basis.counted_plays, basis.undecided_plays) == (2, 0, 2)


def test_an_incognito_play_decides_the_plays_of_its_own_listener_only() -> None:
    plays = [
        play("2024-06-01T10:00", minutes=4, reason_end="trackdone", incognito=True),
        play("2024-06-01T11:00", minutes=1, reason_end="fwdbtn"),
        play("2024-06-01T12:00", minutes=1, reason_end="fwdbtn", listener_id=ANNA.listener_id),
    ]
    lake = LakeDouble(plays, listeners=[ME, ANNA])
    mine = run(lake, "overview", Question(count="finished", listener="me")).basis
    hers = run(lake, "overview", Question(count="finished", listener="anna")).basis
    assert (mine.plays, mine.counted_plays, mine.undecided_plays) == (2, 1, 0)
    assert (hers.plays, hers.counted_plays, hers.undecided_plays) == (1, 0, 1)


def test_csv(lake: LakeDouble) -> None:
    text = run(lake, "top-tracks", Question()).as_csv()
    assert text.splitlines()[0] == "rank,track_name,artist_name,plays,ms_played"
    assert list(csv.reader(io.StringIO(text)))[2] == ["2", 'Say "x, y"', "黒い海", "1", "120000"]


def test_parquet_tells_what_it_is_of(lake: LakeDouble) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(run(lake, "overview", Question()).as_parquet()))
    assert [str(field.type) for field in table.schema][-2:] == ["timestamp[us, tz=UTC]"] * 2
    told = json.loads(table.schema.metadata[b"groovelog"])
    assert (told["count"], told["timezone"], told["from"]) == ("30s", "Europe/Lisbon", "2024-05-31")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (Question(timezone="Mars/Olympus"), "Mars/Olympus"),
        (Question(timezone="localtime"), "localtime"),
        (Question(count="30"), "Did you mean 30s?"),
        (Question(kind="song"), "Choose one of track, episode, audiobook, unknown, all"),
        (Question(top=0), "at least 1"),
        (Question(from_date=date(2024, 6, 2), to_date=date(2024, 6, 1)), "ends before it begins"),
    ],
)
def test_a_question_that_cannot_be_right(lake: LakeDouble, question: Question, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        run(lake, "top-tracks", question)
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("name", "question", "said"),
    [
        ("heatmap", Question(top=3), "has no top. It takes listener, from, to, timezone, count, kind, artist, track."),
        ("sources", Question(count="30s"), "has no count. It takes listener, from, to, timezone, kind."),
        ("data-quality", Question(from_date=date(2024, 6, 1)), "has no from. It takes listener."),
        ("library", Question(kind="track"), "has no kind. It takes listener, top."),
        ("playlist-list", Question(timezone="UTC"), "has no timezone. It takes listener, top."),
    ],
)
def test_what_a_report_does_not_take_is_refused(lake: LakeDouble, name: str, question: Question, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        run(lake, name, question)
    assert refused.value.message == f"The report {name} {said}"


@pytest.mark.parametrize(
    ("known", "name", "chosen"),
    [
        ([ANNA], None, "anna"),
        ([ANNA, ROBOT], None, "anna"),
        ([ROBOT], None, "robot"),
        ([ANNA, ME], None, "me"),
        ([ANNA, ME], "anna", "anna"),
    ],
)
def test_whose_plays(known: list[Listener], name: str | None, chosen: str) -> None:
    plays = [play("2024-06-01T10:00", listener_id=person.listener_id) for person in known]
    assert run(LakeDouble(plays, listeners=known), "overview", Question(listener=name)).listener == chosen


def test_a_listener_who_cannot_be_told() -> None:
    with pytest.raises(NotFoundError, match=r"named zoe\. Known: anna, me"):
        run(LakeDouble(listeners=[ANNA, ME]), "overview", Question(listener="zoe"))
    with pytest.raises(NotFoundError, match="Import an export first"):
        run(LakeDouble(listeners=[]), "overview", Question())
    bert = Listener("d4", "bert", ((None, "UTC"),), invented=False)
    with pytest.raises(UsageError, match="several listeners: anna, bert"):
        run(LakeDouble(listeners=[ANNA, bert]), "overview", Question())


def test_naming_reports_loads_neither_ibis_nor_pandas_and_answering_no_pandas() -> None:
    program = """if True:
        import sys
        from groovelog.cli import report as command
        from groovelog.reports import Question, listing, run
        listing()
        assert not {"ibis", "pandas", "rich"} & set(sys.modules), "before"
        import duckdb
        from types import SimpleNamespace
        from groovelog.model import Listener
        from groovelog.tables import TABLES
        connection = duckdb.connect()
        connection.execute("SET TimeZone = 'UTC'")
        for table in TABLES:
            columns = ", ".join(f"NULL::{column.type} AS {column.name}" for column in table.columns)
            connection.execute(f"CREATE TABLE {table.view} AS SELECT {columns}")
        connection.execute("UPDATE plays SET listener_id = 'a', kind = 'track', timezone = 'UTC', "
            "local_date = '2024-06-01', started_at = '2024-06-01', ms_played = 60000")
        lake = SimpleNamespace(connection=connection, listeners=lambda: [Listener("a", "me", ((None, "UTC"),), False)],
            once=lambda query: connection.execute(query).fetchall(),
            made=lambda query: connection.execute(f"CREATE TABLE made AS {query}") and "made",
            cut=lambda table, listener_id: connection.execute(
                f'CREATE OR REPLACE VIEW "{table.of(listener_id)}" AS FROM {table.view}') and table.of(listener_id))
        answer = run(lake, "overview", Question())
        assert answer.as_json()["rows"][0]["first_play"] == "2024-06-01T00:00:00Z"
        answer.as_csv(), answer.as_parquet()
        assert "pandas" not in sys.modules, "after"
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_answers_are_the_same_every_time(lake: LakeDouble) -> None:
    def text() -> list[str]:
        return [json.dumps(Answer.as_json(run(lake, name, Question()))) for name in NAMES]

    assert text() == text()
