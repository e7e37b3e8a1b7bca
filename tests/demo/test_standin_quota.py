"""How the stand-in Spotify counts calls. Asked over HTTP."""

from datetime import timedelta

from standin_asking import APP, NOON, Stage, sign_in

from groovelog.demo.standin import Account, App, Clock, Limits, Standin

OTHER_APP = App("client-b", "secret-b", APP.redirect_uris)
STRANGER = App("client-c", "secret-c", APP.redirect_uris, developer="another")
CLIENTS = ("client-a:secret-a", "client-b:secret-b", "client-c:secret-c")


def standin(clock: Clock, limits: Limits) -> Standin:
    return Standin(clock, [Account("ann", "Ann")], [APP, OTHER_APP, STRANGER], limits=limits)


def test_the_rate_is_rolling_over_thirty_seconds(stage: Stage) -> None:
    clock = Clock(NOON)
    ann = sign_in(stage.show(standin(clock, Limits(per_30_s=3))))
    for _ in range(3):
        assert ann.ask("/me").status == 200
        clock.advance(timedelta(seconds=5))
    answer = ann.ask("/me")
    assert (answer.status, answer.headers["Retry-After"]) == (429, "15")
    assert answer.told == {"error": {"status": 429, "message": "API rate limit exceeded"}}
    clock.advance(timedelta(seconds=14.9))
    assert ann.ask("/me").status == 429
    clock.advance(timedelta(seconds=0.1))
    assert ann.ask("/me").status == 200
    # the second of the first three is still within 30 s, and leaves in 5
    assert ann.ask("/me").headers["Retry-After"] == "5"


def test_the_quota_is_rolling_over_a_day_and_shared_by_the_apps_of_a_developer(stage: Stage) -> None:
    clock = Clock(NOON)
    shown = standin(clock, Limits(per_24_h=4))
    address = stage.show(shown)
    one, other, stranger = (sign_in(address, client=client) for client in CLIENTS)
    for signed in (one, other, one, other):
        assert signed.ask("/me").status == 200
        clock.advance(timedelta(minutes=10))
    answer = other.ask("/me")
    assert answer.status == 429
    assert answer.told == {"error": {"status": 429, "message": "Too many requests", "reason": "QUOTA_EXCEEDED"}}
    assert answer.headers["Retry-After"] == str(24 * 3600 - 40 * 60)
    assert stranger.ask("/me").status == 200
    assert shown.quota.used("developer", clock.now()) == 4
    clock.set(NOON + timedelta(hours=24))
    one = sign_in(address)
    assert one.ask("/me").status == 200
    assert one.ask("/me").headers["Retry-After"] == "600"
    assert shown.quota.used("developer", clock.now()) == 4


def test_tokens_cost_no_calls(stage: Stage) -> None:
    shown = standin(Clock(NOON), Limits(per_24_h=1))
    address = stage.show(shown)
    for _ in range(3):
        sign_in(address)
    assert shown.quota.used("developer", NOON) == 0
