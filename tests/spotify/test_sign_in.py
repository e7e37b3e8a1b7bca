"""Signing in, from the command line to the kept tokens; the browser is one of a few lines."""

import io
import logging
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fake_spotify import CLIENT_ID, SECRET, FakeSpotify, Order, fault

from calling import Answer, Call, ended, started
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.spotify import scopes
from groovelog.state import sign_ins
from groovelog.state.database import open_state
from groovelog.state.sign_ins import SignIn

Login = Callable[..., Answer]


class _Stay(urllib.request.HTTPRedirectHandler):
    """Lets a test see where it is sent."""

    def redirect_request(self, *_: object) -> None:
        return None


def location(address: str) -> str:
    """Where Spotify's page sends the browser once somebody has answered it."""
    with pytest.raises(urllib.error.HTTPError) as sent:
        urllib.request.build_opener(_Stay).open(address, timeout=5)
    with closing(sent.value):
        return str(sent.value.headers["Location"])


def visit(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        with closing(error):
            return error.code, error.read().decode()


@pytest.fixture
def environment(spotify: FakeSpotify, redirect_uri: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = {
        "GROOVELOG_SPOTIFY_API_URL": f"{spotify.address}/v1/",
        "GROOVELOG_SPOTIFY_ACCOUNTS_URL": spotify.address,
        "SPOTIFY_CLIENT_ID": CLIENT_ID,
        "SPOTIFY_CLIENT_SECRET": SECRET,
        "SPOTIFY_REDIRECT_URI": redirect_uri,
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """A browser whose owner agrees to everything; the list has what it shows in the end."""
    shown: list[tuple[int, str]] = []

    def opened(address: str) -> bool:
        threading.Thread(target=lambda: shown.append(visit(address)), daemon=True).start()
        return True

    monkeypatch.setattr(webbrowser, "open", opened)
    return shown


@pytest.fixture
def pasted(spotify: FakeSpotify, monkeypatch: pytest.MonkeyPatch, call: Call) -> Login:
    """`groovelog login --no-browser` with these lines pasted; the right one last."""

    def login(*before: str, listener: str = "Ann") -> Answer:
        read, write = os.pipe()

        class Terminal(io.StringIO):
            def write(self, text: str) -> int:
                if text.startswith(spotify.address):
                    os.write(write, "\n".join([*before, location(text.strip())]).encode() + b"\n")
                return real.write(text)

        real = sys.stdout
        with os.fdopen(read) as lines, os.fdopen(write, "w"):
            monkeypatch.setattr(sys, "stdout", Terminal())
            monkeypatch.setattr(sys, "stdin", lines)
            return call("login", "--listener", listener, "--no-browser")

    return login


def kept(home: Path, name: str = "Ann") -> SignIn | None:
    with open_snapshot(Home(home).lake) as snapshot:
        known = {person.name: person.listener_id for person in snapshot.listeners()}
    with open_state(home) as state:
        return sign_ins.of(state, known[name]) if name in known else None


@pytest.mark.usefixtures("environment")
class TestLogin:
    def test_with_the_secret(
        self, call: Call, home: Path, browser: list[tuple[int, str]], spotify: FakeSpotify, redirect_uri: str
    ) -> None:
        told = call("login", "--listener", "Ann")
        assert (told.code, told.out) == (0, "")
        # Spotify tells of a wrong one on its own page alone.
        assert (
            f"INVALID_CLIENT, compare the app at https://developer.spotify.com/dashboard: its Client ID with {CLIENT_ID}"
            in told.err
        )
        assert f"letter by letter, with {redirect_uri}\n" in told.err
        assert "Ann is connected to Spotify as Ann" in told.err
        sign_in = kept(home)
        assert sign_in is not None
        assert (sign_in.account_id, sign_in.state) == ("account-1", "ok")
        asked = spotify.asked[0].query
        assert asked["scope"].split() == sorted(sign_in.scopes)
        assert not [scope for scope in sign_in.scopes if "modify" in scope]
        assert asked["show_dialog"] == "true"

    @pytest.mark.usefixtures("browser")
    def test_with_write_it_asks_to_write_playlists(self, call: Call, home: Path, spotify: FakeSpotify) -> None:
        assert call("login", "--listener", "Ann", "--write").code == 0
        assert set(spotify.asked[0].query["scope"].split()) == {*scopes.READING, *scopes.WRITING}

    def test_without_a_secret_by_pkce(
        self,
        call: Call,
        home: Path,
        browser: list[tuple[int, str]],
        spotify: FakeSpotify,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        spotify.secret = None
        monkeypatch.delenv("SPOTIFY_CLIENT_SECRET")
        assert call("login", "--listener", "Ann").code == 0
        assert spotify.asked[0].query["code_challenge_method"] == "S256"
        assert "authorization" not in next(asked.headers for asked in spotify.asked if asked.path == "/api/token")
        assert kept(home) is not None

    def test_the_redirected_address_as_a_line(self, pasted: Login, home: Path) -> None:
        told = pasted("", "nonsense", "http://127.0.0.1:8888/callback?code=stolen&state=foreign")
        assert told.code == 0
        assert "This is not an address" in told.err
        assert "not the sign-in that Groovelog waits for" in told.err
        assert kept(home) is not None

    def test_fewer_scopes_than_asked_are_named(self, pasted: Login, home: Path, spotify: FakeSpotify) -> None:
        spotify.withheld = {"user-top-read"}
        told = pasted()
        assert told.code == 0
        assert "user-top-read (top tracks and artists)" in told.err
        sign_in = kept(home)
        assert sign_in is not None
        assert "user-top-read" not in sign_in.scopes
        assert "user-read-recently-played" in sign_in.scopes

    def test_denied(self, pasted: Login, home: Path, spotify: FakeSpotify) -> None:
        spotify.denies = True
        told = pasted()
        assert told.code == 1
        assert "did not allow" in told.err
        assert kept(home) is None

    @pytest.mark.parametrize(
        ("trouble", "said"),
        [
            (Order(400, b'{"error": "invalid_client"}'), "does not know this client id or secret"),
            (Order(400, b'{"error": "invalid_grant"}'), "too old, or was used"),
            (Order(400, b'{"error": "invalid_request", "error_description": "Invalid redirect URI"}'), "redirect URI"),
            (Order(503, b"<html>"), "in trouble"),
            (Order(200, b'{"access_token": "a", "expires_in": 3600}'), "no lasting token"),
        ],
    )
    def test_a_failed_exchange_connects_nobody(
        self, *, pasted: Login, home: Path, spotify: FakeSpotify, trouble: Order, said: str
    ) -> None:
        spotify.order("/api/token", trouble)
        told = pasted()
        assert told.code == 1
        assert said in told.err
        assert kept(home) is None

    def test_one_who_is_not_on_the_allowlist_is_told_what_to_do(
        self, pasted: Login, home: Path, spotify: FakeSpotify
    ) -> None:
        spotify.order("/v1/me", Order(403, b"User not registered in the Developer Dashboard"))
        told = pasted()
        assert told.code == 1
        assert "allowlist" in told.err
        assert pasted().code == 0

    def test_signed_in_all_the_same_while_the_api_is_down(
        self, pasted: Login, home: Path, spotify: FakeSpotify
    ) -> None:
        spotify.order("/v1/me", fault(429, "Too many requests", "QUOTA_EXCEEDED", Retry_After="72000"))
        told = pasted()
        assert told.code == 0
        assert "does not tell whose account" in told.err
        assert kept(home) is not None

    def test_an_account_is_one_listeners(self, pasted: Login, home: Path, spotify: FakeSpotify) -> None:
        assert pasted().code == 0
        told = pasted(listener="Bob")
        assert told.code == 1
        assert "connected already" in told.err
        assert kept(home, "Bob") is None

    def test_another_account_does_not_take_the_place_of_the_first(
        self, pasted: Login, home: Path, spotify: FakeSpotify
    ) -> None:
        assert pasted().code == 0
        first = kept(home)
        spotify.answers["/v1/me"] = {"id": "bob", "display_name": None}
        assert pasted().code == 1
        assert kept(home) == first

    def test_a_full_app_is_warned_of(self, pasted: Login, spotify: FakeSpotify) -> None:
        for number in range(5):
            spotify.answers["/v1/me"] = {"account_id": f"account-{number}"}
            told = pasted(listener=f"Person {number}")
            assert ("full number of 5" in told.err) is (number == 4)
        assert "will turn away one more" in pasted(listener="Person 5").err

    def test_a_port_that_another_program_has(
        self, call: Call, spotify: FakeSpotify, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SPOTIFY_REDIRECT_URI", f"{spotify.address}/callback")
        told = call("login", "--listener", "Ann")
        assert told.code == 1
        assert "Another program listens" in told.err

    def test_a_running_server_is_asked(
        self, *, home: Path, spotify: FakeSpotify, redirect_uri: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        port = urlsplit(redirect_uri).port
        server = started(home, "serve", "--port", str(port))
        assert server.stderr is not None
        assert f":{port}" in server.stderr.readline()
        try:
            login = started(home, "login", "--listener", "Ann", "--no-browser", stdin=subprocess.DEVNULL)
            assert login.stdout is not None
            address = login.stdout.readline().strip()
            status, page = visit(address)
            assert (status, "Ann is connected" in page) == (200, True)
            told = ended(login)
            assert told.code == 0
            assert "Ann is connected" in told.err
            begun = location(f"http://127.0.0.1:{port}/connect?listener=Ann")
            assert location(location(begun)) == "/spotify?listener=Ann"
            assert "modify" not in begun
            assert "playlist-modify-private" in location(f"http://127.0.0.1:{port}/connect?listener=Ann&write=yes")
            assert visit(location(begun).replace("state=", "state=x"))[0] == 400
        finally:
            server.terminate()
            ended(server)

    def test_the_end_of_the_input_is_no_abort_and_a_foreign_state_is_refused(
        self, home: Path, spotify: FakeSpotify, redirect_uri: str
    ) -> None:
        login = started(home, "login", "--listener", "Ann", "--no-browser", stdin=subprocess.DEVNULL)
        assert login.stdout is not None
        address = login.stdout.readline().strip()
        assert address.startswith(f"{spotify.address}/authorize?")
        assert visit(f"{redirect_uri}?code=a&state=foreign")[0] == 400
        assert visit(f"{redirect_uri}x?code=a&state={parse_qs(urlsplit(address).query)['state'][0]}")[0] == 404
        assert visit(address)[0] == 200
        assert ended(login).code == 0
        assert kept(home) is not None

    def test_an_input_that_stays_open_does_not_hold_it_up(self, home: Path, spotify: FakeSpotify) -> None:
        with started(home, "login", "--listener", "Ann", "--no-browser", stdin=subprocess.PIPE) as login:
            assert login.stdout is not None
            assert login.stderr is not None
            assert visit(login.stdout.readline().strip())[0] == 200
            assert login.wait(20) == 0
            assert "Fatal" not in login.stderr.read()

    def test_an_account_that_spotify_does_not_show_is_connected_all_the_same(
        self, pasted: Login, home: Path, spotify: FakeSpotify
    ) -> None:
        spotify.order("/v1/me", fault(403, "Insufficient client scope"))
        assert pasted().code == 0
        sign_in = kept(home)
        assert sign_in is not None
        assert sign_in.account_id is None

    def test_status_and_disconnect(self, pasted: Login, call: Call, home: Path) -> None:
        assert call("status", "--json").json == {
            "listeners": [],
            "apps": [{"client_id": CLIENT_ID, "blocked_until": None, "calls_24h": 0}],
            "gaps": [],
        }
        pasted()
        sign_in = kept(home)
        assert sign_in is not None
        told = call("status", "--json").json
        until = sign_ins.months_later(sign_in.authorized_at, 6).strftime("%Y-%m-%dT%H:%M:%SZ")
        listed = {"name": "Ann", "state": "ok", "consent_expires_at": until, "next_poll_at": None}
        assert told["listeners"] == [listed]
        assert told["apps"][0]["calls_24h"] == 1
        assert "Ann" in call("status").out
        assert call("disconnect", "--listener", "Ann").code == 0
        assert call("status", "--json").json["listeners"] == []
        assert "was not connected" in call("disconnect", "--listener", "Ann").err
        assert call("disconnect", "--listener", "Nobody").code == 1

    def test_nothing_secret_in_any_output_at_debug_level(
        self, *, pasted: Login, call: Call, home: Path, spotify: FakeSpotify, monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:  # fmt: skip
        monkeypatch.setenv("GROOVELOG_LOG_LEVEL", "DEBUG")
        caplog.set_level(logging.DEBUG)
        for name in ("spotipy", "urllib3"):  # as in a new process
            caplog.set_level(logging.DEBUG, name)
        spotify.order("/api/token", Order(400, b'{"error": "invalid_grant"}'))
        spotify.order("/v1/me", fault(401, "The access token expired"), Order(502, b"<html>"))
        answers = [
            pasted(),
            pasted(),
            call("status"),
            call("status", "--json"),
            call("disconnect", "--listener", "Ann"),
        ]
        assert [answer.code for answer in answers] == [1, 0, 0, 0, 0]
        shown = caplog.text + "".join(answer.err + answer.out for answer in answers)
        assert len(spotify.given) >= 5  # two codes, two access tokens, a refresh token
        for secret in [*spotify.given, SECRET, (home / "secret.key").read_text().strip()]:
            assert secret not in shown


class TestNoCredentials:
    @pytest.fixture(autouse=True)
    def _nothing_set(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
        for name in ("SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET", "SPOTIFY_REDIRECT_URI"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.chdir(tmp_path)
        return

    @pytest.mark.parametrize(
        ("words", "code"), [(("login", "--listener", "Ann"), 1), (("collect",), 1), (("status",), 0)]
    )
    def test_the_three_lines_are_said(self, call: Call, home: Path, words: tuple[str, ...], code: int) -> None:
        told = call(*words)
        assert told.code == code
        for line in (
            "SPOTIFY_CLIENT_ID=",
            "SPOTIFY_CLIENT_SECRET=",
            "SPOTIFY_REDIRECT_URI=http://127.0.0.1:8888/callback",
        ):
            assert f"\n{line}" in told.out + told.err
        assert "https://developer.spotify.com/dashboard" in told.out + told.err
        assert not (home / "state.db").exists()
