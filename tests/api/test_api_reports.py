"""Reports over HTTP: the numbers of `groovelog report`, in every form, page by page."""

import io
import json

import pyarrow as pa
import pyarrow.parquet
import pytest
from api_scene import Scene

from calling import Call
from groovelog.api.reports import FORMS
from groovelog.errors import GroovelogError
from groovelog.lake.snapshot import open_snapshot
from groovelog.reports import REPORTS, Question, listing, run


def test_every_report_says_what_it_says_elsewhere(scene: Scene, ann: str) -> None:
    answers = 0
    with open_snapshot(scene.home.lake) as snapshot:
        for report in REPORTS:
            over_http = scene.ask(f"/v1/reports/{report.name}", ann)
            try:
                said = run(snapshot, report.name, Question("Ann")).as_json()
                answers += 1
            except GroovelogError as error:
                # What a surface advises follows the sentence.
                said = over_http.json() | {"detail": error.message + over_http.json()["detail"][len(error.message) :]}
            assert over_http.json() == said
    assert answers > 50


def test_parameters_are_those_of_the_command(scene: Scene, ann: str, call: Call) -> None:
    asked = {
        "from": "2020-01-01",
        "to": "2020-02-29",
        "timezone": "Asia/Tokyo",
        "count": "all",
        "top": "3",
        "by": "time",
    }
    words = [word for name, value in asked.items() for word in (f"--{name}", value)]
    said = call("--home", scene.home.root, "report", "top-tracks", "--listener", "Ann", *words, "--json")
    assert scene.ask("/v1/reports/top-tracks", ann, params=asked).json() == said.json
    assert len(said.json["rows"]) == 3


def test_reports_are_listed(scene: Scene, ann: str) -> None:
    assert scene.ask("/v1/reports", ann).json() == listing()


def test_other_forms_have_the_same_rows(scene: Scene, ann: str) -> None:
    plain = scene.ask("/v1/reports/top-tracks", ann).json()
    rows = plain.pop("rows")
    assert rows[0]["plays"] == 20  # the last 20 of 30

    def asked(form: str) -> bytes:
        by_name = scene.ask("/v1/reports/top-tracks", ann, params={"format": form})
        by_accept = scene.ask("/v1/reports/top-tracks", ann, headers={"Accept": f"{FORMS[form]}, */*;q=0.1"})
        assert by_name.content == by_accept.content
        assert by_name.headers["content-type"].startswith(FORMS[form])
        return by_name.content

    for table in (
        pa.ipc.open_stream(asked("arrow")).read_all(),
        pyarrow.parquet.read_table(io.BytesIO(asked("parquet"))),
    ):
        assert table.to_pylist() == rows
        assert json.loads(table.schema.metadata[b"groovelog"]) == plain
    header, first, *_ = asked("csv").decode().splitlines()
    assert header.split(",") == list(rows[0])
    assert first.split(",")[:2] == ["1", "Again"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/*;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("text/html, application/json;q=0.2, */*;q=0.1", "application/json"),
        ("text/html, text/csv;q=0.9, */*;q=0", "text/csv; charset=utf-8"),
    ],
)
def test_accept_chooses_the_form(scene: Scene, ann: str, accept: str, kind: str) -> None:
    assert scene.ask("/v1/reports/overview", ann, headers={"Accept": accept}).headers["content-type"] == kind


def test_pages_make_up_the_whole(scene: Scene, ann: str) -> None:
    whole = scene.ask("/v1/reports/top-tracks", ann).json()["rows"]
    assert len(whole) == 11
    rows, path = [], "/v1/reports/top-tracks?limit=4"
    seen = []
    while path:
        answer = scene.ask(path, ann)
        assert answer.headers["x-total-count"] == "11"
        rows += answer.json()["rows"]
        seen.append(sorted(answer.links))
        path = answer.links.get("next", {}).get("url", "").removeprefix("/api")
    assert rows == whole
    assert seen == [["first", "last", "next"], ["first", "last", "next", "prev"], ["first", "last", "prev"]]


def test_answers_are_kept_by_nobody_on_the_way(scene: Scene, ann: str) -> None:
    assert scene.ask("/v1/reports/overview", ann).headers["cache-control"] == "no-store"


def test_playlists_are_those_of_the_reports(scene: Scene, ann: str) -> None:
    listed = scene.ask("/v1/playlists", ann).json()["playlists"]
    assert {one["playlist_name"]: one["entries"] for one in listed} == {"Mornings": 3, "Nights": 1}
    mornings = next(one["playlist_id"] for one in listed if one["playlist_name"] == "Mornings")
    tracks = scene.ask(f"/v1/playlists/{mornings}/tracks", ann, params={"limit": 2})
    assert [track["track_name"] for track in tracks.json()["tracks"]] == ["One", "Two"]
    assert tracks.headers["x-total-count"] == "3"


def test_recommendations_are_one_s_own_with_reasons(scene: Scene, ann: str) -> None:
    told = scene.ask("/v1/recommendations", ann, params={"novelty": 0, "n": 2}).json()
    assert told["listener"] == "Ann"
    # Ann has 30 plays, too few to go by; what she played is all there is to suggest.
    assert (told["method"], len(told["suggestions"])) == ("popularity", 2)
    assert all(one["heard"] and one["reasons"] for one in told["suggestions"])
    for asked in ({"context": "sleep"}, {"novelty": 2}, {"n": 0}, {"mood": "x"}):
        assert scene.ask("/v1/recommendations", ann, params=asked).status_code == 422


def test_listeners_are_those_one_sees(scene: Scene, ann: str) -> None:
    assert scene.ask("/v1/listeners", ann).json() == {
        "listeners": [{"name": "Ann", "timezone": "UTC", "plays": 30, "invented": False, "shares": "nothing"}]
    }
    with scene.personal():
        told = scene.ask("/v1/listeners").json()["listeners"]
    assert {one["name"]: one["shares"] for one in told} == {"Ann": "nothing", "Ben": "totals", "Cleo": "nothing"}
