"""Status, headers and words of the answers, and who gets which."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from test_listenbrainz_rules import body, listen

from groovelog.api.listenbrainz_rates import WINDOW_S, Rates
from groovelog.api.listenbrainz_rules import LARGEST_BODY
from groovelog.lake import appending, inbox
from groovelog.lake.home import Home
from groovelog.state import api_keys
from groovelog.state.database import State
from keyed import MakeKey

SUBMIT = "/1/submit-listens"


def post(address: str, raw: bytes, token: str | None = None, path: str = SUBMIT, **headers: str) -> requests.Response:
    told = {} if token is None else {"Authorization": f"Token {token}"}
    return requests.post(address + path, data=raw, headers={**told, **headers}, timeout=20)


def get(address: str, path: str, token: str | None = None, **headers: str) -> requests.Response:
    told = {} if token is None else {"Authorization": f"Token {token}"}
    return requests.get(address + path, headers={**told, **headers}, timeout=20)


def count(address: str, token: str) -> Any:
    return get(address, "/1/user/Ann/listen-count", token).json()["payload"]["count"]


def test_both_places_are_one_and_the_first_word_may_be_any(address: str, make_key: MakeKey) -> None:
    key = make_key()
    for path in (SUBMIT, "/apis/listenbrainz/1/submit-listens"):
        for word in ("Token", "Bearer", "token"):
            answer = post(address, body(listen()), path=path, Authorization=f"{word} {key}")
            assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert count(address, key) == 1
    read = get(address, "/apis/listenbrainz/1/user/Ann/listens", key).json()["payload"]
    assert (read["count"], read["user_id"], read["latest_listen_ts"], read["oldest_listen_ts"]) == (
        1,
        "Ann",
        1_600_000_000,
        1_600_000_000,
    )


def test_rate_headers(address: str, make_key: MakeKey) -> None:
    headers = post(address, body(listen()), make_key()).headers
    assert (headers["X-RateLimit-Limit"], headers["X-RateLimit-Remaining"]) == ("5000", "4999")
    assert 0 < int(headers["X-RateLimit-Reset-In"]) <= WINDOW_S
    refused = post(address, b"{", make_key())
    assert (refused.status_code, refused.headers["X-RateLimit-Remaining"]) == (400, "4999")


def test_a_program_gone_wild_is_held_for_a_window() -> None:
    rates, now = Rates(most=2), datetime(2026, 1, 1, 0, 0, 3, tzinfo=UTC)
    assert [rates.count("a", now)[0] for _ in range(3)] == [True, True, False]
    assert rates.count("b", now)[0]
    assert rates.count("a", now)[1] == {
        "X-RateLimit-Limit": "2",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset-In": "7",
        "X-RateLimit-Reset": "1767225610",
    }
    assert rates.count("a", now.replace(second=10))[0]


def test_who_may_bring_listens_in(lived_in: Home, state: State, address: str, make_key: MakeKey) -> None:
    revoked = make_key()
    (key,) = api_keys.all_of(state)
    api_keys.revoke(state, key.key_id, datetime.now(UTC))
    told = body(listen())
    answers = {
        "none": post(address, told),
        "one word": post(address, told, Authorization="Token"),
        "unknown": post(address, told, "5a3c6a0e-0000-4000-8000-000000000000"),
        "revoked": post(address, told, revoked),
        "read": post(address, told, make_key(scope="read")),
    }
    assert {who: answer.status_code for who, answer in answers.items()} == {
        "none": 401,
        "one word": 401,
        "unknown": 401,
        "revoked": 401,
        "read": 403,
    }
    for answer in answers.values():
        assert answer.json()["code"] == answer.status_code
        assert answer.json()["error"]
    assert not lived_in.inbox.exists()
    assert post(address, told, make_key(scope="write")).status_code == 200


def test_who_may_read(address: str, make_key: MakeKey) -> None:
    for scope in api_keys.SCOPES:
        assert get(address, "/1/user/Ann/listens", make_key(scope=scope)).status_code == 200
    assert get(address, "/1/user/Ann/listens").status_code == 401
    assert get(address, "/1/user/Ann/listens", "no-key").status_code == 401


def test_validate_token(address: str, make_key: MakeKey) -> None:
    key = make_key("Bob")
    valid = {"code": 200, "message": "Token valid.", "valid": True, "user_name": "Bob"}
    assert get(address, "/1/validate-token", key).json() == valid
    assert get(address, f"/1/validate-token?token={key}").json() == valid
    invalid = get(address, "/1/validate-token", "no-key")
    assert (invalid.status_code, invalid.json()) == (200, {"code": 200, "message": "Token invalid.", "valid": False})
    assert get(address, "/1/validate-token").status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        "max_ts=1&min_ts=1",
        "count=-1",
        "count=x",
        "count=0",
        "max_ts=1.5",
        "min_ts=",
        "max_ts=1e9",
        "min_ts=99999999999999999999",
    ],
)
def test_spans_that_are_refused(address: str, make_key: MakeKey, asked: str) -> None:
    answer = get(address, f"/1/user/Ann/listens?{asked}", make_key())
    assert (answer.status_code, answer.json()["code"]) == (400, 400)


def test_spans_without_listens(address: str, make_key: MakeKey) -> None:
    key = make_key()
    for asked in ("", "?max_ts=0", "?min_ts=9999999999999999999", "?max_ts=9999999999999999999&count=1000000"):
        answer = get(address, f"/1/user/Ann/listens{asked}", key).json()["payload"]
        assert (answer["count"], answer["listens"]) == (0, [])


def test_bodies_are_refused_whole(lived_in: Home, address: str, make_key: MakeKey) -> None:
    key = make_key()
    assert post(address, body(*[listen()] * 10_000, kind="import"), key).status_code == 400
    assert post(address, body(listen(), listen(listened_at=1), kind="import"), key).status_code == 400
    assert post(address, b"\xff", key).status_code == 400
    assert post(address, b" " * (LARGEST_BODY + 1), key).status_code == 413
    assert requests.get(address + SUBMIT, timeout=20).status_code == 405
    assert not lived_in.inbox.exists()
    assert count(address, key) == 0


def test_a_disk_that_is_full_acknowledges_nothing(
    address: str, make_key: MakeKey, lived_in: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = make_key()
    with monkeypatch.context() as patched:
        patched.setattr(inbox.os, "fsync", full)
        answer = post(address, body(listen()), key)
    assert answer.status_code == 503
    assert str(lived_in.root) not in answer.text
    assert post(address, body(listen()), key).status_code == 200
    assert count(address, key) == 1


def full(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_many_at_once_are_each_kept_once(address: str, make_key: MakeKey) -> None:
    key = make_key()

    def submit(number: int) -> int:
        return post(address, body(listen(listened_at=1_600_000_000 + number % 40)), key).status_code

    with ThreadPoolExecutor(8) as senders:
        assert set(senders.map(submit, range(80))) == {200}
    assert count(address, key) == 40


def test_a_write_that_fails_fails_for_all_it_was_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = appending.Together(Home(tmp_path), "listenbrainz")
    monkeypatch.setattr(inbox.os, "fsync", full)
    for _ in range(2):
        with pytest.raises(Exception, match="No space left"):
            together.append("aa", [{"track_name": "a"}])
    monkeypatch.undo()
    together.append("aa", [{"track_name": "b"}])
    assert [row["track_name"] for row in inbox.waiting(Home(tmp_path), "aa", "listenbrainz")] == ["b"]


def test_errors_are_json(address: str, make_key: MakeKey) -> None:
    answer = get(address, "/1/latest-import", make_key())
    assert (answer.status_code, json.loads(answer.text)["code"]) == (404, 404)
