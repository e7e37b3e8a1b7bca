"""Faults on order. Every one is seen over HTTP."""

import http.client
import json
import time
from datetime import timedelta

import pytest
from standin_asking import (
    APP,
    NOON,
    Signed,
    Stage,
    ask,
    code_for,
    every_five_minutes,
    exchanged,
    play,
    sign_in,
    standin_of,
    token,
)

from groovelog.demo.standin import Account, Clock, Fault, Playlist, Standin, served

PATH = "/me/player/recently-played"
TIMES = ["12:00:00.000Z", "11:55:00.000Z", "11:50:00.000Z"]


@pytest.fixture
def standin() -> Standin:
    return standin_of(*every_five_minutes(3))


@pytest.fixture
def ann(stage: Stage, standin: Standin) -> Signed:
    return sign_in(stage.show(standin))


@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        (Fault("unauthorized"), 401, '{"error":{"status":401,"message":"The access token expired"}}'),
        (Fault("forbidden"), 403, '{"error":{"status":403,"message":"Forbidden"}}'),
        (Fault("not_registered"), 403, "User not registered in the Developer Dashboard"),
        (
            Fault("premium_lapsed"), 403,
            "Active premium subscription required for the owner of the app. When the subscription status changes, "
            "it can take a few hours before requests are allowed again.",
        ),
        (Fault("not_found"), 404, '{"error":{"status":404,"message":"Resource not found"}}'),
        (Fault("nonsense"), 200, "ok, said the heron"),
    ],
)  # fmt: skip
def test_an_answer_is_replaced(standin: Standin, ann: Signed, fault: Fault, status: int, body: str) -> None:
    standin.faults.order(fault)
    answer = ann.ask(PATH)
    assert (answer.status, answer.body.decode()) == (status, body)
    assert ann.played() == TIMES


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("rate_limited", {"status": 429, "message": "API rate limit exceeded"}),
        ("quota_exceeded", {"status": 429, "message": "Too many requests", "reason": "QUOTA_EXCEEDED"}),
    ],
)
def test_both_limits_say_when_to_come_back(standin: Standin, ann: Signed, kind: str, error: object) -> None:
    standin.faults.order(Fault(kind, retry_after=72_000))
    answer = ann.ask(PATH)
    assert (answer.status, answer.headers["Retry-After"], answer.told) == (429, "72000", {"error": error})


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_is_a_page(standin: Standin, ann: Signed, status: int) -> None:
    standin.faults.order(Fault("server_error", status=status))
    answer = ann.ask(PATH)
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert answer.body.startswith(b"<html>")


def test_a_hanging_answer_comes_late(standin: Standin, ann: Signed) -> None:
    standin.faults.order(Fault("hang", seconds=0.05))
    with pytest.raises(TimeoutError):
        ask(ann.address, f"/v1{PATH}", timeout=0.02, Authorization=f"Bearer {ann.token}")
    assert ann.played() == TIMES


def test_a_stand_in_stops_while_an_answer_hangs() -> None:
    standin = standin_of()
    with served(standin) as address:
        signed = sign_in(address)
        standin.faults.order(Fault("hang", seconds=60))
        with pytest.raises(TimeoutError):
            ask(address, f"/v1{PATH}", timeout=0.02, Authorization=f"Bearer {signed.token}")
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert [(call.path, call.status) for call in standin.calls[2:]] == [(f"/v1{PATH}", 200)]


def test_an_answer_without_rows_cannot_lose_any(standin: Standin, ann: Signed) -> None:
    for kind in ("missing", "duplicate", "damaged_track", "damaged_time"):
        standin.faults.order(Fault(kind))
        assert ann.ask("/me").told["display_name"] == "Ann"


def test_truncated_json_cannot_be_parsed(standin: Standin, ann: Signed) -> None:
    standin.faults.order(Fault("truncated"))
    answer = ann.ask(PATH)
    assert (answer.status, answer.headers["content-length"]) == (200, str(len(answer.body)))
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.body)


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        (Fault("stale", minutes=7), TIMES[2:]),
        (Fault("missing", plays=2), TIMES[2:]),
        (Fault("duplicate", plays=2), [TIMES[0], TIMES[0], TIMES[1], TIMES[1], TIMES[2]]),
    ],
)
def test_a_list_is_not_as_it_should_be(standin: Standin, ann: Signed, fault: Fault, shown: list[str]) -> None:
    standin.faults.order(fault)
    assert ann.played() == shown
    assert ann.played() == TIMES


def test_a_row_is_damaged(standin: Standin, ann: Signed) -> None:
    standin.faults.order(Fault("damaged_track"))
    standin.faults.order(Fault("damaged_time"))
    no_track, no_time = (ann.ask(PATH).told["items"] for _ in range(2))
    assert ([row["track"] is None for row in no_track], no_track[0]["played_at"][11:]) == (
        [True, False, False],
        TIMES[0],
    )
    assert ["played_at" in row for row in no_time] == [False, True, True]
    assert no_time[0]["track"] is not None


def test_a_fault_befalls_as_many_requests_as_ordered_of_a_path_a_method_and_a_user(stage: Stage) -> None:
    standin = Standin(Clock(NOON), [Account("ann", "Ann"), Account("bo", "Bo")], [APP])
    address = stage.show(standin)
    ann, bo = sign_in(address), sign_in(address, "bo")
    standin.faults.order(Fault("not_found", times=2, path="/v1/me/player", user_id="ann", method="GET"))
    statuses = [
        signed.ask(path, method).status
        for signed, path, method in (
            (ann, "/me", "GET"), (bo, PATH, "GET"), (ann, PATH, "GET"), (ann, PATH, "GET"), (ann, PATH, "GET"),
        )
    ]  # fmt: skip
    assert statuses == [200, 200, 404, 404, 200]
    standin.faults.order(Fault("not_found", method="POST"))
    assert ann.ask("/me").status == 200
    standin.faults.clear()
    assert ann.ask("/me/playlists", "POST", {"name": "New"}).status == 201


def test_faults_befall_in_the_order_they_were_ordered(standin: Standin, ann: Signed) -> None:
    for status in (500, 502):
        standin.faults.order(Fault("server_error", status=status))
    assert [ann.ask(PATH).status for _ in range(3)] == [500, 502, 200]


def test_a_write_can_be_carried_out_and_still_fail(stage: Stage) -> None:
    standin = Standin(Clock(NOON), [Account("ann", "Ann", playlists=(Playlist("own", "ann", "Mine"),))], [APP])
    ann = sign_in(stage.show(standin))
    for carried_out, total in ((False, 0), (True, 1)):
        standin.faults.order(Fault("server_error", status=502, method="POST", carried_out=carried_out))
        assert ann.ask("/playlists/own/items", "POST", [play(0, NOON).track.uri]).status == 502
        assert ann.ask("/playlists/own/items").told["total"] == total


def test_the_token_endpoint_fails_too(standin: Standin, ann: Signed) -> None:
    first = exchanged(ann.address, code_for(ann.address)).told
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    standin.faults.order(Fault("server_error", path="/api/token", user_id="ann"))
    standin.faults.order(Fault("invalid_grant", path="/api/token"))
    assert token(ann.address, **form).status == 503
    answer = token(ann.address, **form)
    assert (answer.status, answer.told["error"]) == (400, "invalid_grant")
    assert token(ann.address, **form).status == 200


def test_the_clock_is_turned_over_http(standin: Standin, ann: Signed) -> None:
    assert ask(ann.address, "/standin/clock", "POST", {"advance_s": -360}).told == {"now": "2026-11-22T11:54:00.000Z"}
    assert ann.played() == TIMES[2:]
    assert ask(ann.address, "/standin/clock", "POST", {"now": "2026-11-22T13:00:00+01:00"}).status == 200
    assert standin.clock.now() == NOON
    for wrong in ({"now": "2026-11-22T12:00:00"}, {"now": "soon"}, {"advance_s": "1"}, [], b"{broken"):
        assert ask(ann.address, "/standin/clock", "POST", wrong).status == 400


def test_faults_are_ordered_over_http(standin: Standin, ann: Signed) -> None:
    ordered = [{"kind": "quota_exceeded", "retry_after": 9, "times": 2}, {"kind": "stale", "minutes": 6}]
    assert ask(ann.address, "/standin/faults", "POST", ordered).status == 204
    assert [ann.ask(PATH).status for _ in range(2)] == [429, 429]
    assert ann.played() == TIMES[2:]
    ask(ann.address, "/standin/faults", "POST", {"kind": "forbidden"})
    ask(ann.address, "/standin/faults", "DELETE")
    assert ann.played() == TIMES
    for wrong in ({"kind": "flood"}, {"kind": "stale", "years": 1}, {}):
        assert ask(ann.address, "/standin/faults", "POST", wrong).status == 400


def test_calls_are_recorded_with_what_was_answered(standin: Standin, ann: Signed) -> None:
    standin.faults.order(Fault("server_error"))
    ann.ask(PATH, limit=50)
    standin.clock.advance(timedelta(minutes=1))
    ann.ask("/me/")
    ask(ann.address, "/v1/me")
    assert [(call.path, call.query, call.user_id, call.status, call.at - NOON) for call in standin.calls[-3:]] == [
        ("/v1/me/player/recently-played", "limit=50", "ann", http.client.SERVICE_UNAVAILABLE, timedelta()),
        ("/v1/me", "", "ann", http.client.OK, timedelta(minutes=1)),
        ("/v1/me", "", None, http.client.UNAUTHORIZED, timedelta(minutes=1)),
    ]
