"""What the server logs: one line each, and no secret in it."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from groovelog.config import Settings
from groovelog.errors import UsageError
from groovelog.server import logs

KEY = "3f2b8c1e-9d4a-4c6b-8f7e-0a1b2c3d4e5f"
WORD = "Zx9_k3JqL0v-Tt4YbN8mRw2PsHc6UeGd1FiOaKj5XhQ"  # 43 characters, as secrets.token_urlsafe gives
CLIENT_SECRET = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def own_handlers() -> Iterator[None]:
    """The handlers of before, again."""
    named = [logger for logger in map(logging.getLogger, list(logging.root.manager.loggerDict)) if logger.handlers]
    before = {logger: (logger.handlers[:], logger.propagate) for logger in (logging.root, *named)}
    factory = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(factory)
    for logger, (handlers, propagate) in before.items():
        logger.handlers[:], logger.propagate = handlers, propagate


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        (f"Authorization: Token {KEY}", KEY),
        ("Authorization: Bearer abcdefghijkl0123", "abcdefghijkl0123"),
        ("{'authorization': 'Basic Y2xpZW50OnNlY3JldDE='}", "Y2xpZW50OnNlY3JldDE"),
        (f"the key {KEY} was used", KEY),
        ("GET /callback?code=short&state=tiny HTTP/1.1", "short"),
        ("GET /callback?code=short&state=tiny HTTP/1.1", "tiny"),
        ('{"access_token": "BQabc", "expires_in": 3600}', "BQabc"),
        ("refresh_token=AQxyz", "AQxyz"),
        ("password='hunter2'", "hunter2"),
        ('{"client_secret":"ab"}', '"ab"'),
        (f"secret {CLIENT_SECRET}.", CLIENT_SECRET),
        (f"/join/{WORD}", WORD),
        (f"cookie session={WORD}; Path=/", WORD),
    ],
)
def test_what_looks_like_a_secret_is_struck_out(said: str, secret: str) -> None:
    told = logs.struck(said)
    assert secret not in told
    assert logs.STRUCK in told
    assert logs.struck(told) == told


@pytest.mark.parametrize(
    "said",
    [
        "GET /1/user/{name}/listens 200 3.1 ms",
        "What came in waits and is tried again: LakeBusyError",
        "The token endpoint did not answer: token authentication failed",
        "somewhere/year=2024/test_that_a_long_name_of_a_function_is_no_secret_at_all_2.py",
        "play 0123456789abcdef joined",
    ],
)
def test_plain_words_stay(said: str) -> None:
    assert logs.struck(said) == said


def test_json_is_an_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json")
    logs.request("GET", "/1/user/{name}/listens", 503, 12.345)
    try:
        raise ValueError(f"Token {KEY}")
    except ValueError:
        logging.getLogger("some.library").exception("It failed\nover %s", KEY)
    logs.request("GET", "/healthz", 200, 1)  # INFO: not from WARNING on
    request, failure = map(json.loads, capsys.readouterr().err.splitlines())
    assert request.pop("time").endswith("+00:00")
    assert request == {
        "level": "WARNING",
        "logger": "groovelog.requests",
        "message": "GET /1/user/{name}/listens 503 12.3 ms",
        "method": "GET",
        "route": "/1/user/{name}/listens",
        "status": 503,
        "ms": 12.3,
    }
    assert failure["message"] == f"It failed\nover {logs.STRUCK}"
    assert "ValueError" in failure["exception"]
    assert KEY not in str(failure)


def test_a_library_that_prints_by_itself_goes_through_ours(capsys: pytest.CaptureFixture[str]) -> None:
    library = logging.getLogger("a.library.of.its.own")
    library.addHandler(logging.StreamHandler(sys.stderr))
    library.propagate = False
    logs.set_up("plain")
    library.warning("Bearer %s", KEY)
    assert capsys.readouterr().err == f"WARNING:a.library.of.its.own:Bearer {logs.STRUCK}\n"


def test_a_handler_that_comes_later_is_told_no_secret_either(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("plain")
    later = logging.getLogger("a.library.that.is.loaded.later")
    later.addHandler(logging.StreamHandler(sys.stderr))
    later.propagate = False
    later.warning("code=%s", "short")
    assert capsys.readouterr().err == f"code={logs.STRUCK}\n"


def test_the_format_is_one_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().logged_as() == "plain"
    monkeypatch.setenv("GROOVELOG_LOG_FORMAT", "JSON")
    assert Settings().logged_as() == "json"
    monkeypatch.setenv("GROOVELOG_LOG_FORMAT", "xml")
    with pytest.raises(UsageError, match="Choose one of plain, json"):
        Settings().logged_as()
