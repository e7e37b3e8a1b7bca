"""Signing in to the stand-in Spotify: consent, tokens, and how they end. Over HTTP, as an app would."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from standin_asking import (
    APP,
    CALLBACK,
    NOON,
    Signed,
    Stage,
    ask,
    authorize_url,
    code_for,
    exchanged,
    sign_in,
    standin_of,
    token,
)

from groovelog.demo.standin import Account, App, Clock, Standin, approved, served
from groovelog.demo.standin.clock import months_after

# RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
PUBLIC = App("public", None, (CALLBACK,))
ROTATING = App("rotating", "secret-r", (CALLBACK, "http://127.0.0.1/any"), rotates=True)
CLOSED = App("closed", "secret-c", (CALLBACK,), users=frozenset({"bo"}))


@dataclass(frozen=True)
class At:
    address: str
    standin: Standin
    clock: Clock


@pytest.fixture
def at(stage: Stage) -> At:
    clock = Clock(NOON)
    accounts = [Account("ann", "Ann & Co"), Account("bo", None)]
    standin = Standin(clock, accounts, [APP, PUBLIC, ROTATING, CLOSED])
    return At(stage.show(standin), standin, clock)


def test_the_page_asks_for_each_scope(at: At) -> None:
    page = ask(at.address, authorize_url("", "user-top-read user-library-read")).body.decode()
    assert page.count('type="checkbox"') == 2
    assert 'value="user-top-read" checked' in page
    assert '<option value="ann">Ann &amp; Co</option>' in page
    assert 'name="decision" value="approve"' in page
    assert 'name="decision" value="deny"' in page


def test_approval_leads_back_with_a_code_and_the_state(at: At) -> None:
    back = approved(authorize_url(at.address), "ann")
    assert back.startswith(f"{CALLBACK}?code=")
    assert back.endswith("&state=s1")


def test_denial_leads_back_with_an_error_and_the_state(at: At) -> None:
    assert approved(authorize_url(at.address), "ann", decision="deny") == f"{CALLBACK}?error=access_denied&state=s1"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"scope": "user-read-mind"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "invalid_request"),
        ({"client_id": "public"}, "invalid_request"),
    ],
)
def test_a_wrong_wish_leads_back_with_an_error(at: At, more: dict[str, str], error: str) -> None:
    answer = ask(at.address, authorize_url("", **more))
    assert (answer.status, answer.parameters) == (303, {"error": error, "state": "s1"})


@pytest.mark.parametrize(
    ("client_id", "redirect_uri", "status"),
    [
        ("client-a", CALLBACK, 200),
        ("client-a", f"{CALLBACK}/", 400),
        ("client-a", "http://127.0.0.1:8889/callback", 400),
        ("client-a", "http://localhost:8888/callback", 400),
        ("nobody", CALLBACK, 400),
        # registered without a port
        ("rotating", "http://127.0.0.1:4711/any", 200),
        ("rotating", "http://127.0.0.1:4711/other", 400),
    ],
)
def test_redirect_uris_match_letter_by_letter(at: At, client_id: str, redirect_uri: str, status: int) -> None:
    asked = authorize_url("", client_id=client_id, redirect_uri=redirect_uri)
    assert ask(at.address, asked).status == status


def test_a_code_and_the_secret_bring_tokens(at: At) -> None:
    answer = exchanged(at.address, code_for(at.address, scope="user-top-read user-library-read"))
    told = answer.told
    assert answer.status == 200
    assert (told["token_type"], told["expires_in"], told["scope"]) == (
        "Bearer",
        3600,
        "user-top-read user-library-read",
    )
    assert Signed(at.address, told["access_token"]).ask("/me").told["display_name"] == "Ann & Co"


def test_less_can_be_granted_than_was_asked(at: At) -> None:
    back = approved(authorize_url(at.address, "user-top-read user-library-read"), "ann", without=("user-top-read",))
    code = back.partition("code=")[2].partition("&")[0]
    assert exchanged(at.address, code).told["scope"] == "user-library-read"


def test_a_code_is_good_once(at: At) -> None:
    code = code_for(at.address)
    assert exchanged(at.address, code).status == 200
    again = exchanged(at.address, code)
    assert (again.status, again.told["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(("minutes", "status"), [(9.9, 200), (10, 400)])
def test_a_code_is_good_for_ten_minutes(at: At, minutes: float, status: int) -> None:
    code = code_for(at.address)
    at.clock.advance(timedelta(minutes=minutes))
    assert exchanged(at.address, code).status == status


@pytest.mark.parametrize(
    ("client", "error"),
    [
        ("client-a:wrong", "invalid_client"),
        ("nobody:secret-a", "invalid_client"),
        ("rotating:secret-r", "invalid_grant"),
    ],
)
def test_another_client_gets_nothing_for_a_code(at: At, client: str, error: str) -> None:
    form = {"grant_type": "authorization_code", "code": code_for(at.address), "redirect_uri": CALLBACK}
    answer = token(at.address, client, **form)
    assert (answer.status, answer.told["error"]) == (400, error)


def test_a_code_without_challenge_needs_the_secret(at: At) -> None:
    form = {"grant_type": "authorization_code", "code": code_for(at.address), "redirect_uri": CALLBACK}
    assert token(at.address, None, client_id="client-a", **form).told["error"] == "invalid_client"


def test_another_redirect_uri_gets_nothing_for_a_code(at: At) -> None:
    form = {"grant_type": "authorization_code", "code": code_for(at.address), "redirect_uri": f"{CALLBACK}/"}
    assert token(at.address, **form).told["error"] == "invalid_grant"


@pytest.mark.parametrize("client_id", ["public", "client-a"])
def test_pkce_needs_no_secret(at: At, client_id: str) -> None:
    pkce = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    form = {"grant_type": "authorization_code", "redirect_uri": CALLBACK, "client_id": client_id}
    wrong, right = (code_for(at.address, client_id=client_id, **pkce) for _ in range(2))
    assert token(at.address, None, code=wrong, code_verifier="w" * 43, **form).told["error"] == "invalid_grant"
    told = token(at.address, None, code=right, code_verifier=VERIFIER, **form).told
    assert Signed(at.address, told["access_token"]).ask("/me").status == 200
    refreshed = token(
        at.address, None, grant_type="refresh_token", refresh_token=told["refresh_token"], client_id=client_id
    )
    assert refreshed.status == 200


def test_an_access_token_lives_an_hour(at: At) -> None:
    ann = sign_in(at.address)
    at.clock.advance(timedelta(seconds=3599))
    assert ann.ask("/me").status == 200
    at.clock.advance(timedelta(seconds=1))
    answer = ann.ask("/me")
    assert (answer.status, answer.told["error"]["message"]) == (401, "The access token expired")


def test_a_refresh_keeps_the_refresh_token(at: At) -> None:
    first = exchanged(at.address, code_for(at.address)).told
    for _ in range(2):
        at.clock.advance(timedelta(hours=2))
        told = token(at.address, grant_type="refresh_token", refresh_token=first["refresh_token"]).told
        assert "refresh_token" not in told
        assert Signed(at.address, told["access_token"]).ask("/me").status == 200


def test_a_rotating_app_gets_a_new_refresh_token_and_the_old_one_dies(at: At) -> None:
    client = "rotating:secret-r"
    code = code_for(at.address, client_id="rotating")
    first = token(at.address, client, grant_type="authorization_code", code=code, redirect_uri=CALLBACK).told
    at.clock.advance(timedelta(days=181))  # 22 November to 22 May, the day before the end of the consent
    at.clock.set(datetime(2027, 5, 22, 11, 59, tzinfo=UTC))
    second = token(at.address, client, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert second.status == 200
    assert second.told["refresh_token"] != first["refresh_token"]
    old = token(at.address, client, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert (old.status, old.told["error"]) == (400, "invalid_grant")
    # a new token is no new consent
    at.clock.set(datetime(2027, 5, 22, 12, tzinfo=UTC))
    late = token(at.address, client, grant_type="refresh_token", refresh_token=second.told["refresh_token"])
    assert late.told == {"error": "invalid_grant", "error_description": "Refresh token expired"}


def test_a_refresh_token_dies_six_months_after_the_consent(at: At) -> None:
    first = exchanged(at.address, code_for(at.address)).told
    at.clock.set(datetime(2027, 5, 22, 11, 59, 59, tzinfo=UTC))
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    assert token(at.address, **form).status == 200
    at.clock.set(datetime(2027, 5, 22, 12, tzinfo=UTC))
    answer = token(at.address, **form)
    assert answer.status == 400
    assert answer.told == {"error": "invalid_grant", "error_description": "Refresh token expired"}


def test_months_end_where_they_end() -> None:
    assert months_after(datetime(2026, 8, 31, tzinfo=UTC), 6) == datetime(2027, 2, 28, tzinfo=UTC)
    assert months_after(datetime(2027, 8, 31, tzinfo=UTC), 6) == datetime(2028, 2, 29, tzinfo=UTC)
    assert months_after(datetime(2026, 6, 30, tzinfo=UTC), 6) == datetime(2026, 12, 30, tzinfo=UTC)
    assert months_after(datetime(2026, 12, 31, tzinfo=UTC), 6) == datetime(2027, 6, 30, tzinfo=UTC)


def test_a_consent_can_be_taken_back(at: At) -> None:
    first = exchanged(at.address, code_for(at.address)).told
    bo = sign_in(at.address, "bo")
    at.standin.oauth.withdraw("ann")
    assert Signed(at.address, first["access_token"]).ask("/me").status == 401
    answer = token(at.address, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert answer.told == {"error": "invalid_grant", "error_description": "Refresh token revoked"}
    assert bo.ask("/me").status == 200


def test_who_is_not_on_the_allowlist_can_sign_in_and_call_nothing(at: At) -> None:
    ann, bo = (sign_in(at.address, user_id, client="closed:secret-c") for user_id in ("ann", "bo"))
    answer = ann.ask("/me")
    assert (answer.status, answer.body) == (403, b"User not registered in the Developer Dashboard")
    assert answer.headers["content-type"].startswith("text/plain")
    assert bo.ask("/me").status == 200


@pytest.mark.parametrize(
    ("headers", "message"),
    [({}, "No token provided"), ({"Authorization": "Bearer of news"}, "Invalid access token")],
)
def test_without_a_token_nothing_is_told(at: At, headers: dict[str, str], message: str) -> None:
    answer = ask(at.address, "/v1/me", **headers)
    assert (answer.status, answer.told) == (401, {"error": {"status": 401, "message": message}})


def test_the_record_of_calls_has_no_secret(at: At) -> None:
    pkce = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    code = code_for(at.address, **pkce)
    told = exchanged(at.address, code, code_verifier=VERIFIER).told
    token(at.address, grant_type="refresh_token", refresh_token=told["refresh_token"])
    Signed(at.address, told["access_token"]).ask("/me/top/tracks", limit=3)
    calls = ask(at.address, "/standin/calls").told
    assert [(call["method"], call["path"], call["user_id"], call["status"]) for call in calls] == [
        ("POST", "/authorize", None, 303),
        ("POST", "/api/token", "ann", 200),
        ("POST", "/api/token", "ann", 200),
        ("GET", "/v1/me/top/tracks", "ann", 200),
    ]
    assert {call["client_id"] for call in calls} == {"client-a"}
    assert [call["query"] for call in calls[1:]] == [
        "grant_type=authorization_code", "grant_type=refresh_token", "limit=3",
    ]  # fmt: skip
    shown = repr(calls)
    assert not any(
        secret in shown
        for secret in (code, VERIFIER, CHALLENGE, told["access_token"], told["refresh_token"], "s1", "secret")
    )


def test_a_stopped_stand_in_gives_its_port_back() -> None:
    with served(standin_of()) as address:
        port = int(address.rpartition(":")[2])
        assert ask(address, "/standin/clock").told == {"now": "2026-11-22T12:00:00.000Z"}
    with served(standin_of(), port) as again:
        assert again == address
        assert ask(again, "/v1/me").status == 401
