"""Who is refused what, each with its status and a problem+json sentence that gives nothing away."""

import socket
from urllib.parse import urlsplit

import pytest
import requests
from api_scene import SMALL, Scene

from groovelog.access import Viewer
from groovelog.reports import REPORTS
from groovelog.state import api_keys, looks
from groovelog.state.database import State, open_state


def refused(answer: requests.Response, status: int) -> str:
    """The sentence."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"].startswith("urn:groovelog:problem:")
    assert "Traceback" not in answer.text
    return str(told["detail"])


OPERATIONS = [
    ("GET", "/v1/reports"),
    ("GET", "/v1/reports/overview"),
    ("GET", "/v1/listeners"),
    ("GET", "/v1/playlists"),
    ("GET", "/v1/playlists/any/tracks"),
    ("GET", "/v1/recommendations"),
    ("GET", "/v1/imports"),
    ("POST", "/v1/imports?name=a.zip"),
    ("GET", "/v1/imports/any"),
    ("GET", "/v1/imports/any/receipt"),
    ("GET", "/v1/imports/any/rows"),
    ("POST", "/v1/collect"),
    ("GET", "/v1/events"),
    ("GET", "/v1/keys"),
    ("POST", "/v1/lake/backup"),
    ("POST", "/v1/lake/push"),
    ("POST", "/v1/lake/pull"),
    ("POST", "/v1/keys"),
    ("DELETE", "/v1/keys/any"),
]


def test_every_operation_is_listed_here(scene: Scene) -> None:
    described = scene.ask("/v1/openapi.json").json()["paths"]
    count = sum(len(operations) for operations in described.values())
    assert count == len(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_without_key_or_session_nothing_is_told(scene: Scene, method: str, path: str) -> None:
    answer = scene.ask(path, method=method)
    assert "Sign in, or send a key" in refused(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_key_to_submit_does_nothing_here(scene: Scene, method: str, path: str) -> None:
    needed = "read" if method == "GET" else "write"
    said = refused(scene.ask(path, scene.key("Ann", "submit"), method, json={"scope": "read"}), 403)
    assert said == f"A key of scope submit cannot do that; it needs one of scope {needed}."


@pytest.mark.parametrize(("method", "path"), [one for one in OPERATIONS if one[0] != "GET"])
def test_a_key_to_read_changes_nothing(scene: Scene, ann: str, method: str, path: str) -> None:
    refused(scene.ask(path, ann, method, json={"scope": "read"}), 403)


@pytest.mark.parametrize("sent", ["Bearer wrong", "Bearer", "Basic QW5uOnB3", "Token ", "Bearer {key} more", "{key}"])
def test_what_is_no_key_is_refused(scene: Scene, ann: str, sent: str) -> None:
    headers = {"Authorization": sent.format(key=ann)}
    said = refused(scene.ask("/v1/reports", headers=headers), 401)
    assert ann not in said
    with scene.personal():  # a key narrows; a wrong one is no way around it
        refused(scene.ask("/v1/reports", headers=headers), 401)


def test_a_key_is_taken_in_both_ways(scene: Scene, ann: str) -> None:
    assert scene.ask("/v1/listeners", headers={"Authorization": f"Token {ann}"}).status_code == 200
    assert scene.ask("/v1/listeners", headers={"Authorization": f"bearer {ann}"}).status_code == 200


def test_a_revoked_key_is_refused_at_once(scene: Scene) -> None:
    key = scene.key("Ann")
    assert scene.ask("/v1/listeners", key).status_code == 200
    state = State(scene.home.root)
    (made, *_) = reversed(api_keys.all_of(state, scene.ids["Ann"]))
    assert api_keys.revoke(state, made.key_id, made.created_at)
    state.close()
    assert "revoked" in refused(scene.ask("/v1/listeners", key), 401)


@pytest.mark.parametrize("report", [report.name for report in REPORTS if report.takes("listener")][::6])
def test_another_is_as_one_who_is_not_there(scene: Scene, ann: str, report: str) -> None:
    """Ben shows totals, Cleo nothing, and Dora is nobody: of none their own reports."""
    said = {
        name: refused(scene.ask(f"/v1/reports/{report}", ann, params={"listener": name}), 404).replace(name, "NAME")
        for name in ("Ben", "Cleo", "Dora")
    }
    assert len(set(said.values())) == 1


def test_no_other_way_leads_to_another(scene: Scene, ann: str) -> None:
    write = scene.key("Ann", "write")
    paths = ("/v1/recommendations", "/v1/playlists", "/v1/playlists/any/tracks", "/v1/imports", "/v1/events")
    for name in ("Ben", "Cleo", "Dora"):
        for path in paths:
            refused(scene.ask(path, ann, params={"listener": name}), 404)
        refused(scene.ask("/v1/imports", write, "POST", params={"listener": name, "name": "a.json"}, data=b"[]"), 404)
        refused(scene.ask("/v1/collect", write, "POST", params={"listener": name}), 404)
        refused(scene.ask("/v1/keys", write, "POST", json={"scope": "read", "listener": name}), 404)
    texts = [scene.ask(path, ann).text for path in ("/v1/imports", "/v1/events", "/v1/keys", "/v1/listeners")]
    assert all("Ben" not in text and "Cleo" not in text for text in texts)


def test_runs_and_keys_of_others_are_not_there(scene: Scene, ann: str) -> None:
    bens_key = scene.key("Ben", "write")
    run = scene.ask("/v1/imports", bens_key).json()["imports"][0]["run"]
    assert scene.ask(f"/v1/imports/{run}/receipt", bens_key).json()["stored"] == 25
    key = scene.ask("/v1/keys", bens_key).json()["keys"][0]["id"]
    for path in (f"/v1/imports/{run}", f"/v1/imports/{run}/receipt", f"/v1/imports/{run}/rows"):
        assert f"There is no import {run} of yours" in refused(scene.ask(path, ann), 404)
    refused(scene.ask(f"/v1/keys/{key}", scene.key("Ann", "write"), "DELETE"), 404)
    assert scene.ask("/v1/listeners", bens_key).status_code == 200


def test_a_report_of_the_group_tells_what_is_shared_and_no_names_beside(scene: Scene, ann: str) -> None:
    told = scene.ask("/v1/reports/leaderboard", ann).json()
    assert {row["listener"] for row in told["rows"]} == {"Ann", "Ben"}
    said = {
        name: refused(scene.ask("/v1/reports/leaderboard", ann, params={"with": name}), 404).replace(name, "NAME")
        for name in ("Cleo", "Dora")
    }
    assert len(set(said.values())) == 1
    # compatibility needs all, and Ben shows totals
    assert "Ben" not in refused(scene.ask("/v1/reports/compatibility", ann), 404)
    refused(scene.ask("/v1/reports/compatibility", ann, params={"with": "Ben"}), 404)


def test_who_looked_is_kept_for_whom_a_report_of_the_group_tells_of(scene: Scene, ann: str) -> None:
    assert scene.ask("/v1/reports/leaderboard", ann).status_code == 200
    assert scene.ask("/v1/reports/overview", ann).status_code == 200
    with open_state(scene.home.root) as state:
        assert [(look.viewer_id, look.what) for look in looks.at(state, scene.ids["Ben"])] == [
            (scene.ids["Ann"], "leaderboard")
        ]
        assert looks.at(state, scene.ids["Cleo"]) == []


def test_a_session_is_as_good_as_a_key_and_a_key_goes_before_it(scene: Scene, ann: str) -> None:
    scene.front.viewer = Viewer(scene.ids["Ben"])
    try:
        assert scene.ask("/v1/listeners").json()["listeners"][0]["name"] == "Ben"
        assert scene.ask("/v1/listeners", ann).json()["listeners"][0]["name"] == "Ann"
    finally:
        scene.front.viewer = None


def test_who_was_taken_out_is_told_so(scene: Scene) -> None:
    scene.front.viewer = Viewer("gone")
    try:
        assert refused(scene.ask("/v1/reports/overview"), 404) == "You are no longer in this Groovelog."
        assert scene.ask("/v1/listeners").json() == {"listeners": []}
    finally:
        scene.front.viewer = None


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/v1/reports/top-artist", 404, "There is no report 'top-artist'. Did you mean top-artists?"),
        ("/v1/reports/overview?top=3", 422, "The report overview has no top."),
        ("/v1/reports/overview?form=csv", 422, "There is nothing called form to ask here."),
        ("/v1/reports/overview?from=2024-02-31", 422, "'2024-02-31' is not a date."),
        ("/v1/reports/overview?from=yesterday", 422, "from: String should match pattern"),
        ("/v1/reports/overview?from=2025-01-01&to=2024-01-01", 422, "The period ends before it begins"),
        ("/v1/reports/overview?timezone=Mars/Base", 422, "There is no time zone 'Mars/Base'."),
        ("/v1/reports/overview?count=29s", 422, "There is no counting rule '29s'. Choose one of all, 30s"),
        ("/v1/reports/top-artists?top=0", 422, "top: Input should be greater than or equal to 1."),
        ("/v1/reports/top-artists?top=ten", 422, "top: Input should be a valid integer"),
        ("/v1/reports/top-artists?artist=%00", 422, "artist: String should match pattern"),
        ("/v1/reports/overview?format=xml", 422, "There is no format 'xml'."),
        ("/v1/reports/overview?from=2019-01-01&to=2019-01-02", 404, "Ann has no plays from 2019-01-01 to 2019-01-02."),
        ("/v1/events?after=yesterday", 422, "after: String should match pattern"),
        ("/v1/playlists/none/tracks", 404, "There is no playlist none with entries."),
        ("/v1/imports/none", 404, "There is no import none of yours."),
        ("/v1/nothing", 404, "There is nothing at this address."),
        ("/v1/reports/", 404, "There is nothing at this address."),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_right(scene: Scene, ann: str, path: str, status: int, said: str) -> None:
    assert refused(scene.ask(path, ann), status).startswith(said)


@pytest.mark.parametrize("value", ["' OR 1=1 --", "x'; DROP TABLE plays; --", "{{7*7}}", "<script>", "%", "\\"])
def test_no_parameter_is_an_expression(scene: Scene, ann: str, value: str) -> None:
    for name in ("artist", "track"):
        assert (
            refused(scene.ask("/v1/reports/overview", ann, params={name: value}), 404)
            == f"Ann has no plays of {value}."
        )
    for name in ("count", "kind", "timezone", "listener"):
        assert scene.ask("/v1/reports/overview", ann, params={name: value}).status_code in {404, 422}
    assert scene.ask("/v1/reports/session-story", ann, params={"session": value}).status_code in {404, 422}
    assert scene.ask("/v1/listeners", ann).json()["listeners"][0]["plays"] == 30


def test_a_form_that_there_is_not(scene: Scene, ann: str) -> None:
    assert "Accept asks for none of them" in refused(
        scene.ask("/v1/reports/overview", ann, headers={"Accept": "text/html"}), 406
    )


def test_a_method_that_there_is_not(scene: Scene, ann: str) -> None:
    answer = scene.ask("/v1/imports", ann, "PUT")
    refused(answer, 405)
    assert answer.headers["allow"] == "GET, POST"


def test_bodies_have_a_bound(scene: Scene) -> None:
    key = scene.key("Ann", "write")
    announced = {"Content-Length": str(10 * 1024**3)}
    url = urlsplit(scene.address)
    with socket.create_connection((url.hostname, url.port), timeout=10) as connection:
        head = f"POST /api/v1/imports?name=a.zip HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
        connection.sendall(f"{head}Content-Length: {announced['Content-Length']}\r\n\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 413")
    pieces = (b"x" * 50_000 for _ in range(SMALL // 50_000 + 1))
    said = refused(scene.ask("/v1/imports?name=a.zip", key, "POST", data=pieces), 413)
    assert said == "The body is larger than the 0.2 MB that are taken here."
    assert not list(scene.home.scratch.glob("run-*/upload*"))
    refused(scene.ask("/v1/keys", key, "POST", data=b" " * 70_000), 413)
    # Nothing of it is under way.
    assert scene.ask("/v1/imports?name=a.json", key, "POST", data=b"").status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[]", b'{"scope": "owner"}', b'{"scope": "read", "id": 1}'])
def test_a_body_that_cannot_be_read(scene: Scene, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    refused(scene.ask("/v1/keys", scene.key("Ann", "write"), "POST", data=body, headers=headers), 422)


def test_forms_of_a_browser_are_no_upload(scene: Scene) -> None:
    key = scene.key("Ann", "write")
    assert "--data-binary" in refused(scene.ask("/v1/imports?name=a.zip", key, "POST", files={"file": b"x"}), 415)
    assert "--data-binary" in refused(scene.ask("/v1/imports?name=a.zip", key, "POST", data=b""), 422)


def test_nobody_is_connected(scene: Scene) -> None:
    key = scene.key("Ann", "write")
    assert refused(scene.ask("/v1/collect", key, "POST"), 409).startswith("Ann is not connected to Spotify.")
    with scene.personal():
        assert refused(scene.ask("/v1/collect", method="POST"), 409).startswith("Nobody is connected")


def test_faults_tell_no_place_on_the_disk(fresh: Scene) -> None:
    key = fresh.key("Ann")
    assert fresh.ask("/v1/listeners", key).status_code == 200
    (fresh.home.root / "lake" / "commits").rename(fresh.home.root / "lake" / "elsewhere")
    said = refused(fresh.ask("/v1/reports/overview", key), 503)
    assert said == "What this Groovelog keeps cannot be used just now. Its log says why, to whoever runs it."
    fresh.home.root.joinpath("state.db").write_bytes(b"not a database, but long enough to be looked at" * 100)
    assert str(fresh.home.root) not in refused(fresh.ask("/v1/listeners", key), 503)
