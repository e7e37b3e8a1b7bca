"""One listener's line to the Web API: what is sent, what is not, and what becomes of bad answers."""

import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from fake_spotify import CLIENT_ID, FakeSpotify, Order, fault, in_json
from turned_clock import NOW, Clock

from groovelog.errors import (
    Blocked,
    NotAtSpotify,
    NotSignedIn,
    ReauthRequired,
    Refused,
    ScopeMissing,
    SpotifyDown,
    SpotifyError,
)
from groovelog.spotify import quota
from groovelog.spotify.apps import Setup
from groovelog.spotify.client import Client, connect
from groovelog.state import ledger, sign_ins
from groovelog.state.database import State, open_state
from groovelog.state.ledger import Caller
from groovelog.state.sign_ins import SignIn, Tokens

RECENT = "/v1/me/player/recently-played"
EMPTY = {"items": [], "next": None, "cursors": None}


def test_it_asks_for_a_page_of_50_with_the_token_and_writes_the_call_down(
    client: Client, spotify: FakeSpotify, state: State
) -> None:
    spotify.answers[RECENT] = EMPTY
    assert client.recently_played(after_ms=1_700_000_000_000) == EMPTY
    (asked,) = spotify.asked
    assert asked.query == {"limit": "50", "after": "1700000000000"}
    assert asked.headers["authorization"] == "Bearer access-0"
    assert (client.calls, ledger.calls_24h(state, [CLIENT_ID], NOW)) == (1, 1)


def test_the_route_of_each_call(client: Client, spotify: FakeSpotify) -> None:
    page = {"items": [], "next": None, "total": 0}
    paths = ["/me/top/artists", "/me/playlists", "/playlists/p1/items", "/me/tracks", "/tracks/t1"]
    spotify.answers |= {f"/v1{path}": page for path in paths}
    client.top("artists", "long_term", offset=50)
    client.playlists()
    client.playlist_items("p1", offset=100)
    client.saved_tracks(offset=50)
    client.track("t1")
    assert [asked.path for asked in spotify.asked] == [f"/v1{path}" for path in paths]
    assert [asked.query for asked in spotify.asked] == [
        {"time_range": "long_term", "limit": "50", "offset": "50"},
        {"limit": "50", "offset": "0"},
        {"limit": "50", "offset": "100", "additional_types": "track,episode"},
        {"limit": "50", "offset": "50"},
        {},
    ]


def test_a_refused_token_is_refreshed_once_and_the_call_sent_once_more(client: Client, spotify: FakeSpotify) -> None:
    spotify.good.remove("access-0")
    spotify.answers[RECENT] = EMPTY
    assert client.recently_played() == EMPTY
    assert spotify.paths() == [RECENT, "/api/token", RECENT]


def test_a_fresh_token_that_is_refused_is_not_refreshed_again(client: Client, spotify: FakeSpotify) -> None:
    spotify.order(RECENT, *[fault(401, "Invalid access token")] * 5)
    with pytest.raises(SpotifyDown):
        client.recently_played()
    assert spotify.paths() == [RECENT, "/api/token", RECENT]


def test_after_invalid_grant_nothing_more_is_sent(
    client: Client, spotify: FakeSpotify, setup: Setup, state: State, sign_in: SignIn
) -> None:
    spotify.good.clear()
    with pytest.raises(ReauthRequired):
        client.recently_played()
    sent = len(spotify.asked)
    for _ in range(2):
        with pytest.raises(ReauthRequired):
            client.recently_played()
    with pytest.raises(ReauthRequired):
        connect(setup, state, sign_in.listener_id)
    assert len(spotify.asked) == sent
    kept = sign_ins.of(state, sign_in.listener_id)
    assert kept is not None
    assert (kept.state, kept.reason) == ("reauth_required", "consent_ended")


@pytest.mark.parametrize(
    "trouble",
    [
        Order(503, b"<html>no</html>", {"Content-Type": "text/html"}),
        Order(200, b"not json"),
        Order(200, b'["a"]'),
        in_json(200, {"access_token": 5}),
        in_json(500, {"error": "invalid_grant"}),
        Order(200, b"{}", waits_s=0.4),
    ],
)
def test_a_token_endpoint_in_trouble_is_no_dead_consent(
    client: Client, spotify: FakeSpotify, state: State, clock: Clock, trouble: Order
) -> None:
    clock.now += timedelta(hours=1)
    spotify.answers[RECENT] = EMPTY
    spotify.order("/api/token", trouble)
    with pytest.raises(SpotifyDown):
        client.recently_played()
    assert client.recently_played() == EMPTY
    kept = sign_ins.of(state, "ann-id")
    assert kept is not None
    assert kept.state == "ok"


def test_a_throttled_token_endpoint_is_left_alone(client: Client, spotify: FakeSpotify, clock: Clock) -> None:
    clock.now += timedelta(hours=1)
    spotify.order("/api/token", Order(429, b"", {"Retry-After": "50"}))
    for _ in range(2):
        with pytest.raises(Blocked) as blocked:
            client.recently_played()
        assert blocked.value.until == clock() + timedelta(seconds=50)
    assert spotify.paths() == ["/api/token"]


@pytest.mark.parametrize("told", [{}, {"refresh_token": ""}, {"refresh_token": None}])
def test_the_refresh_token_stays_where_none_or_an_empty_one_comes(
    *, client: Client, spotify: FakeSpotify, state: State, sign_in: SignIn, clock: Clock, told: dict[str, str | None]
) -> None:
    clock.now += timedelta(hours=1)
    spotify.good.add("access-1")
    spotify.answers[RECENT] = EMPTY
    spotify.order("/api/token", in_json(200, {"access_token": "access-1", "expires_in": 3600, **told}))
    client.recently_played()
    kept = sign_ins.tokens(state, sign_in)
    assert (kept.access, kept.refresh) == ("access-1", "refresh-0")


def test_a_new_refresh_token_takes_the_place_of_the_old(
    client: Client, spotify: FakeSpotify, state: State, sign_in: SignIn, clock: Clock
) -> None:
    clock.now += timedelta(hours=1)
    spotify.rotates = True
    spotify.answers[RECENT] = EMPTY
    client.recently_played()
    assert sign_ins.tokens(state, sign_in).refresh == spotify.given[-1]


def test_a_short_rate_limit_is_waited_for_once(client: Client, spotify: FakeSpotify, clock: Clock) -> None:
    spotify.order(RECENT, fault(429, "API rate limit exceeded", Retry_After="2"))
    spotify.answers[RECENT] = EMPTY
    assert client.recently_played() == EMPTY
    assert clock.slept == [2]
    assert client.calls == 2


@pytest.mark.parametrize(
    ("answer", "reason", "seconds"),
    [
        (fault(429, "API rate limit exceeded", Retry_After="40"), "rate_limit", 40),
        (Order(429, b"Too many requests"), "rate_limit", 30),
        (fault(429, "Too many requests", "QUOTA_EXCEEDED", Retry_After="72000"), "quota_exceeded", 72_000),
        (fault(429, "Too many requests", "QUOTA_EXCEEDED", Retry_After="-5"), "quota_exceeded", 3_600),
        (fault(429, "Too many requests", "QUOTA_EXCEEDED", Retry_After="99999999999999"), "quota_exceeded", 129_600),
        (Order(403, b"Active premium subscription required for the owner of the app."), "premium_lapsed", 14_400),
    ],
)
def test_a_block_holds_for_every_listener_of_the_account_also_in_another_process(
    *, client: Client, spotify: FakeSpotify, setup: Setup, tmp_path: Path, answer: Order, reason: str, seconds: int
) -> None:
    spotify.order(RECENT, answer)
    with pytest.raises(Blocked) as blocked:
        client.recently_played()
    until = NOW + timedelta(seconds=seconds)
    assert (blocked.value.reason, blocked.value.until, blocked.value.whole_account) == (reason, until, True)
    assert quota.iso(until) in blocked.value.message

    spotify.answers[RECENT] = EMPTY
    spotify.good.add("access-2")
    with open_state(tmp_path / "home") as later:
        other = SignIn("bob-id", CLIENT_ID, None, None, client.sign_in.scopes, NOW)
        sign_ins.save(later, other, Tokens("access-2", NOW + timedelta(days=3), "refresh-2"))
        for moment in (NOW, until - timedelta(seconds=1)):
            with pytest.raises(Blocked):
                connect(setup, later, "bob-id", clock=Clock(moment)).recently_played()
        assert len(spotify.asked) == 1
        assert connect(setup, later, "bob-id", clock=Clock(until)).recently_played() == EMPTY


@pytest.mark.parametrize("text", [b"User not registered in the Developer Dashboard", b"User not approved for app"])
def test_one_who_is_not_on_the_allowlist_is_blocked_alone(
    *, client: Client, spotify: FakeSpotify, setup: Setup, state: State, clock: Clock, text: bytes
) -> None:
    spotify.order(RECENT, Order(403, text))
    with pytest.raises(Blocked, match="allowlist") as blocked:
        client.recently_played()
    assert not blocked.value.whole_account
    with pytest.raises(Blocked):
        client.recently_played()
    quota.check(setup, state, Caller(CLIENT_ID, CLIENT_ID, "bob-id"), quota.RECENTLY_PLAYED, clock())
    assert len(spotify.asked) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (fault(403, "Forbidden"), Refused),
        (fault(403, "Insufficient client scope"), ScopeMissing),
        (Order(403, b"", {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}), ScopeMissing),
        (in_json(403, {"error": "Forbidden"}), Refused),
        (in_json(400, ["Invalid limit"]), Refused),
        (fault(404, "Resource not found"), NotAtSpotify),
        (Order(302, b"", {"Location": "http://127.0.0.1:1/elsewhere"}), SpotifyDown),
    ],
)
def test_a_call_that_will_not_work_is_sent_once_and_blocks_no_other(
    client: Client, spotify: FakeSpotify, answer: Order, error: type[SpotifyError]
) -> None:
    spotify.order(RECENT, *[answer] * (3 if error is SpotifyDown else 1))
    with pytest.raises(error):
        client.recently_played()
    spotify.answers[RECENT] = EMPTY
    assert client.recently_played() == EMPTY


@pytest.mark.parametrize(
    "trouble",
    [
        Order(502, b"<html>Bad gateway</html>"),
        Order(500, b""),
        Order(200, b'{"items": [{"track": "a long one"}]}', cut=True),
        Order(200, b'{"items": ['),
        Order(200, b"[]"),
        Order(200, b""),
    ],
)
def test_nonsense_is_asked_again_twice_and_each_time_counts(
    client: Client, spotify: FakeSpotify, state: State, clock: Clock, trouble: Order
) -> None:
    spotify.order(RECENT, trouble, trouble)
    spotify.answers[RECENT] = EMPTY
    assert client.recently_played() == EMPTY
    assert clock.slept == [0.5, 1.5]
    spotify.order(RECENT, trouble, trouble, trouble)
    with pytest.raises(SpotifyDown):
        client.recently_played()
    assert client.calls == ledger.calls_24h(state, [CLIENT_ID], clock()) == len(spotify.asked) == 6


@pytest.mark.parametrize(
    "hang", [Order(200, b"{}", waits_s=0.6), Order(200, b'{"items": "' + b"x" * 100, drips_s=0.02)]
)
def test_what_hangs_or_drips_ends_in_time_and_is_not_tried_again(
    impatient: Setup, state: State, sign_in: SignIn, *, spotify: FakeSpotify, clock: Clock, hang: Order
) -> None:
    client = connect(impatient, state, sign_in.listener_id, clock=clock, sleep=clock.sleep)
    spotify.order(RECENT, hang)
    began = time.monotonic()
    with pytest.raises(SpotifyDown) as down:
        client.recently_played()
    assert down.value.hung
    assert time.monotonic() - began < 1
    assert len(spotify.asked) == 1


def test_a_scope_that_was_not_granted_costs_no_call(
    setup: Setup, state: State, spotify: FakeSpotify, sign_in: SignIn, client: Client
) -> None:
    sign_ins.save_tokens(state, sign_in, sign_ins.tokens(state, sign_in), frozenset({"user-read-recently-played"}))
    with pytest.raises(ScopeMissing, match=r"user-top-read \(top tracks and artists\)"):
        client.top("tracks", "short_term")
    assert spotify.asked == []


def test_one_who_never_signed_in(setup: Setup, state: State) -> None:
    with pytest.raises(NotSignedIn):
        connect(setup, state, "nobody-id")


def test_next_is_followed_on_its_own_host_alone(client: Client, spotify: FakeSpotify) -> None:
    spotify.answers["/v1/me/tracks"] = {"items": [], "next": None}
    assert client.next_page({"next": f"{spotify.address}/v1/me/tracks?offset=50&limit=50"}) == {
        "items": [],
        "next": None,
    }
    assert spotify.asked[0].query == {"offset": "50", "limit": "50"}
    assert client.next_page({"next": None}) is None
    for elsewhere in ("http://127.0.0.1:1/v1/me/tracks", "https://api.spotify.com.example/v1/me/tracks", 5, "//x"):
        with pytest.raises(SpotifyDown):
            client.next_page({"next": elsewhere})
    assert len(spotify.asked) == 1


def test_an_id_that_would_lead_elsewhere_is_not_sent(client: Client, spotify: FakeSpotify) -> None:
    for wrong in ("../me", "a/b", "", "a?b"):
        with pytest.raises(Refused):
            client.playlist_items(wrong)
    assert spotify.asked == []


def test_a_netrc_file_does_not_take_the_place_of_the_token(
    client: Client, spotify: FakeSpotify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    client.me()
    assert spotify.asked[0].headers["authorization"] == "Bearer access-0"


class TestWriting:
    URIS = tuple(f"spotify:track:t{number}" for number in range(150))

    def test_a_playlist_is_private(self, client: Client, spotify: FakeSpotify) -> None:
        spotify.order("/v1/me/playlists", in_json(201, {"id": "p1"}))
        assert client.create_playlist("Mine", "Made here") == {"id": "p1"}
        told = {"name": "Mine", "public": False, "collaborative": False, "description": "Made here"}
        assert json.loads(spotify.asked[0].body) == told

    def test_one_that_was_made_all_the_same_is_found_again(self, client: Client, spotify: FakeSpotify) -> None:
        made = {"id": "p1", "name": "Mine", "description": "", "items": {"total": 0}}
        spotify.order("/v1/me/playlists", Order(502), in_json(200, {"items": [None, made]}))
        assert client.create_playlist("Mine") == made
        assert [asked.method for asked in spotify.asked] == ["POST", "GET"]

    def test_items_go_in_hundreds(self, client: Client, spotify: FakeSpotify) -> None:
        spotify.answers["/v1/playlists/p1/items"] = {"total": 0, "snapshot_id": "s"}
        client.replace_items("p1", list(self.URIS))
        sent = [(asked.method, len(json.loads(asked.body)["uris"])) for asked in spotify.asked if asked.body]
        assert sent == [("PUT", 100), ("POST", 50)]

    @pytest.mark.parametrize(("carried_out", "posts"), [(True, 2), (False, 3)])
    def test_a_502_never_doubles(self, client: Client, spotify: FakeSpotify, carried_out: bool, posts: int) -> None:
        path = "/v1/playlists/p1/items"
        lengths = [7, 107] if carried_out else [7, 7]
        before, after = (in_json(200, {"total": length}) for length in lengths)
        good = in_json(201, {"snapshot_id": "s"})
        spotify.order(path, before, Order(502, b"<html>"), after, *[good] * (posts - 1))
        client.add_items("p1", list(self.URIS))
        assert [asked.method for asked in spotify.asked if asked.method == "POST"] == ["POST"] * posts

    def test_unfollow_goes_by_the_route_of_2026(self, client: Client, spotify: FakeSpotify) -> None:
        spotify.order("/v1/me/library", Order(200, b""))
        client.unfollow("p1")
        (asked,) = spotify.asked
        assert (asked.method, asked.query, asked.body) == ("DELETE", {"uris": "spotify:playlist:p1"}, b"")

    def test_what_is_no_track_is_not_sent(self, client: Client, spotify: FakeSpotify) -> None:
        with pytest.raises(Refused):
            client.add_items("p1", ["spotify:local:::song:200"])
        assert spotify.asked == []
