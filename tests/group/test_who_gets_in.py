"""Who gets into a group's server, and who does not: over the wire, as browsers would."""

import hashlib
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from visitor import Visitor

from conftest import ANNS, OWNERS, Group, serving
from groovelog.config import Hosting
from groovelog.errors import UsageError
from groovelog.lake.home import Home
from groovelog.server import is_for_group, serve
from groovelog.state.database import open_state


class TestWithoutSignIn:
    @pytest.mark.parametrize("path", ["/", "/data", "/spotify?listener=Ann", "/connect?listener=Ann"])
    def test_a_page_leads_to_the_sign_in_and_back(self, group: Group, path: str) -> None:
        visitor = group.visitor()
        answer = visitor.ask(path)
        assert (answer.status, answer.to.startswith("/signin?next=%2F")) == (303, True)
        word = visitor.ask(answer.to).body.split('name="form" value="')[1].split('"')[0]
        back = visitor.post("/signin", form=word, next=path, name="Ann", password=ANNS)
        assert (back.status, back.to) == (303, path)

    @pytest.mark.parametrize(
        "path",
        ["/_stcore/health", "/_stcore/host-config", "/media/0123456789abcdef.png", "/static/js/index.js", "/any.json"],
    )
    def test_anything_else_is_401(self, group: Group, path: str) -> None:
        assert group.visitor().ask(path, Accept="*/*").status == 401

    @pytest.mark.parametrize(("method", "path"), [("POST", "/"), ("PUT", "/_stcore/upload_file/a/b"), ("DELETE", "/x")])
    def test_no_other_method_gets_through(self, group: Group, method: str, path: str) -> None:
        assert group.visitor().ask(path, method).status == 401

    def test_a_websocket_is_refused(self, group: Group) -> None:
        status, connection = group.visitor().websocket()
        connection.close()
        assert status == 401

    @pytest.mark.parametrize("path", ["/healthz", "/signin", "/app/static/instrument-sans-LICENSE.txt"])
    def test_the_way_in_and_health_are_open(self, group: Group, path: str) -> None:
        assert group.visitor().ask(path).status == 200


class TestPassword:
    def test_who_has_one_is_in(self, group: Group) -> None:
        assert group.member("Ann", ANNS).is_in()

    def test_a_wrong_one_and_an_unknown_name_are_told_alike(self, group: Group) -> None:
        wrong, unknown = (group.visitor().signs_in(name, "not the password") for name in ("Ann", "Nobody at all"))
        assert (wrong.status, unknown.status) == (403, 403)
        told = "This name and this password do not belong together."
        assert told in wrong.body
        assert told in unknown.body

    def test_a_name_is_shown_as_text(self, group: Group) -> None:
        answer = group.visitor().signs_in('"><script>alert(1)</script>', "x")
        assert "<script>" not in answer.body

    def test_after_five_failures_the_right_one_waits_too_but_not_the_others(self, tmp_path: Path) -> None:
        home = Home(tmp_path / "home")
        with serving(home.root) as (port, link):
            path = link[link.index("/join/") :]
            assert Visitor(port).send(path, name="Olga", password=OWNERS).status == 303
            statuses = [Visitor(port).signs_in("Olga", "wrong").status for _ in range(6)]
            assert statuses == [403] * 5 + [429]
            held = Visitor(port).signs_in("Olga", OWNERS)
            assert held.status == 429
            assert 1 <= int(held.headers["Retry-After"]) <= 15
            assert Visitor(port).signs_in("Bea", "wrong").status == 403
            with (
                open_state(home.root) as state,
                state.writing() as connection,
            ):  # as if the quarter of an hour were over
                connection.execute("UPDATE failed_attempts SET at = '2026-01-01T00:00:00.000000Z'")
            assert Visitor(port).signs_in("Olga", OWNERS).status == 303

    def test_state_db_has_no_password_session_or_invitation(self, group: Group) -> None:
        path = group.invitation("Somebody New")
        ann = group.member("Ann", ANNS)
        kept = b"".join(part.read_bytes() for part in group.home.root.glob("state.db*"))
        for secret in (ANNS, OWNERS, ann.cookies["groovelog"], path.removeprefix("/join/")):
            assert secret.encode() not in kept


class TestForms:
    def test_one_that_another_site_sends_is_refused(self, group: Group) -> None:
        ann = group.member("Ann", ANNS)
        fields = "form=guessed&everywhere=1"
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert ann.ask("/signout", "POST", fields, Origin="http://evil.example", **kind).status == 403
        assert ann.ask("/signout", "POST", fields, **kind).status == 403  # without our word
        assert ann.is_in()

    def test_a_sign_in_without_our_word_is_refused(self, group: Group) -> None:
        visitor = group.visitor()
        assert visitor.post("/signin", name="Ann", password=ANNS).status == 403
        assert not visitor.is_in()

    @pytest.mark.parametrize(
        "to", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
    )
    def test_the_way_back_leads_nowhere_else(self, group: Group, to: str) -> None:
        assert group.visitor().send("/signin", name="Ann", password=ANNS, next=to).to == "/"


class TestCookie:
    def test_no_script_and_no_other_site_has_it(self, group: Group) -> None:
        answer = group.visitor().signs_in("Ann", ANNS)
        (line,) = [line for line in answer.headers.get_all("Set-Cookie") or [] if line.startswith("groovelog=")]
        assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(line.split("; "))

    def test_after_sign_out_it_opens_nothing(self, group: Group) -> None:
        ann, other = group.member("Ann", ANNS), group.member("Ann", ANNS)
        kept = dict(ann.cookies)
        assert ann.send("/signout").to == "/signin"
        assert "groovelog" not in ann.cookies
        ann.cookies = kept
        assert not ann.is_in()
        assert other.is_in()

    def test_sign_out_everywhere_is_everywhere(self, group: Group) -> None:
        ann, other, olga = group.member("Ann", ANNS), group.member("Ann", ANNS), group.member("Olga", OWNERS)
        ann.send("/signout", everywhere="1")
        assert (other.is_in(), olga.is_in()) == (False, True)

    def test_a_made_up_one_opens_nothing(self, group: Group) -> None:
        visitor = Visitor(group.port, cookies={"groovelog": hashlib.sha256(b"").hexdigest()})
        assert not visitor.is_in()

    def test_one_not_seen_for_thirty_days_has_ended(self, group: Group) -> None:
        ann = group.member("Ann", ANNS)
        word = hashlib.sha256(ann.cookies["groovelog"].encode()).hexdigest()
        for days, held in (("-29 days", True), ("-30 days", False)):
            with open_state(group.home.root) as state, state.writing() as connection:
                change = (
                    "UPDATE sessions SET last_seen_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?) WHERE word_hash = ?"
                )
                connection.execute(change.replace("%fZ", "%f000Z"), (days, word))
            assert ann.is_in() is held


class TestWebsocket:
    def open(self, group: Group, visitor: Visitor) -> socket.socket:
        status, connection = visitor.websocket()
        assert status == 101
        return connection

    def test_it_is_closed_when_its_session_ends(self, group: Group) -> None:
        ann = group.member("Ann", ANNS)
        with closing(self.open(group, ann)) as connection:
            ann.send("/signout")
            assert closed_with(connection) == 4401

    def test_another_session_of_the_same_member_keeps_its_own(self, group: Group) -> None:
        ann, other = group.member("Ann", ANNS), group.member("Ann", ANNS)
        with closing(self.open(group, other)) as connection:
            ann.send("/signout")
            connection.settimeout(1.5)
            with pytest.raises(TimeoutError):
                closed_with(connection)

    def test_another_site_gets_none(self, group: Group) -> None:
        ann = group.member("Ann", ANNS)
        status, connection = ann.websocket(Origin="http://evil.example")
        connection.close()
        assert status == 403


def closed_with(connection: socket.socket) -> int | None:
    """The code with which the server closes; reads over the frames before."""
    stream = connection.makefile("rb", buffering=0)

    def read(count: int) -> bytes:
        came = b""
        while len(came) < count:
            more = stream.read(count - len(came))
            if not more:
                raise AssertionError("it ended without a word")
            came += more
        return came

    while True:
        first, length = read(2)
        length &= 0x7F
        if length == 126:
            length = int.from_bytes(read(2))
        elif length == 127:
            length = int.from_bytes(read(8))
        body = read(length)
        if first & 0x0F == 8:
            return int.from_bytes(body[:2])


class TestInvitation:
    def test_it_is_used_once(self, group: Group) -> None:
        path = group.invitation("Cleo")
        first, second = group.visitor(), group.visitor()
        assert "Welcome, Cleo" in first.ask(path).body
        assert first.send(path, password="cleo's own password").status == 303
        assert first.is_in()
        assert second.ask(path).status == 403
        assert second.post(path, password="somebody else's one").status == 403
        assert not second.is_in()

    def test_a_guessed_one_and_a_replaced_one_open_nothing(self, group: Group) -> None:
        old = group.invitation("Dora")
        new = group.invitation("Dora")
        assert group.visitor().ask(old).status == 403
        assert group.visitor().ask("/join/" + "A" * 43).status == 403
        assert group.visitor().ask(new).status == 200

    def test_it_is_for_its_own_name(self, group: Group) -> None:
        path = group.invitation("Edda")
        visitor = group.visitor()
        assert visitor.send(path, name="Olga", password="edda's own password").status == 303
        assert group.visitor().signs_in("Olga", "edda's own password").status == 403
        assert group.member("Edda", "edda's own password").is_in()

    @pytest.mark.parametrize("password", ["", "short", "9 letters", "x" * 257])
    def test_a_password_that_is_none_is_said(self, group: Group, password: str) -> None:
        path = group.invitation("Fay")
        answer = group.visitor().send(path, password=password)
        assert (answer.status, "at least 10 characters" in answer.body) == (400, True)

    def test_who_is_dismissed_is_out_at_once(self, group: Group) -> None:
        path = group.invitation("Gil")
        gil = group.visitor()
        gil.send(path, password="gil's own password")
        assert gil.is_in()
        status, connection = gil.websocket()
        assert status == 101
        words = [sys.executable, "-c", "from groovelog.cli import main; main()", "--home", str(group.home.root)]
        said = subprocess.run([*words, "listeners", "dismiss", "Gil"], capture_output=True, text=True, check=False)
        assert "no member any more" in said.stderr
        with closing(connection):
            assert closed_with(connection) == 4401
        assert not gil.is_in()
        assert group.visitor().signs_in("Gil", "gil's own password").status == 403

    def test_a_new_link_for_a_member_makes_a_new_password_and_ends_their_sessions(self, group: Group) -> None:
        path = group.invitation("Hal")
        hal = group.visitor()
        hal.send(path, password="hal's first password")
        group.visitor().send(group.invitation("Hal"), password="hal's other password")
        assert not hal.is_in()
        assert group.visitor().signs_in("Hal", "hal's first password").status == 403
        assert group.member("Hal", "hal's other password").is_in()


class TestBodies:
    def test_a_huge_one_is_refused_unread(self, group: Group) -> None:
        ann = group.member("Ann", ANNS)
        for visitor, path, status in (
            (group.visitor(), "/signin", 413),
            (ann, "/signin", 413),
            (ann, "/_stcore/upload_file/a/b", 413),
            (group.visitor(), "/_stcore/upload_file/a/b", 401),
        ):
            assert refused(visitor, path, f"Content-Length: {10 * 1024**3}\r\n", b"") == status

    def test_one_that_does_not_tell_its_length_is_counted(self, group: Group) -> None:
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        assert refused(group.visitor(), "/signin", "Transfer-Encoding: chunked\r\n", chunk * 2 + b"0\r\n\r\n") == 413


def refused(visitor: Visitor, path: str, head: str, body: bytes) -> int:
    with closing(socket.create_connection(("127.0.0.1", visitor.port), timeout=20)) as connection:
        method = "POST" if path == "/signin" else "PUT"
        cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        lines = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{visitor.port}\r\nCookie: {cookie}\r\n{head}\r\n"
        connection.sendall(lines.encode() + body)
        return int(connection.recv(65_536).split(b" ")[1])


class TestHosts:
    @pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "10.0.0.1:{port}"])
    @pytest.mark.parametrize("path", ["/", "/signin", "/healthz", "/join/x", "/app/static/instrument-sans-LICENSE.txt"])
    def test_another_name_gets_nothing(self, group: Group, host: str, path: str) -> None:
        assert Visitor(group.port, host.replace("{port}", str(group.port))).ask(path).status == 421

    def test_every_page_tells_the_browser_what_it_may_not(self, group: Group) -> None:
        for visitor, path in ((group.visitor(), "/signin"), (group.member("Ann", ANNS), "/")):
            headers = visitor.ask(path).headers
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert "unsafe-eval" not in headers["Content-Security-Policy"]
            assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")

    def test_behind_a_proxy_cookies_are_for_https_and_this_host(self, tmp_path: Path) -> None:
        public = "https://music.example.org"
        with serving(tmp_path / "home", GROOVELOG_PUBLIC_URL=public) as (port, link):
            assert link.startswith(f"{public}/join/")
            visitor = Visitor(port, "music.example.org")
            answer = visitor.send(link.removeprefix(public), name="Olga", password=OWNERS)
            (line,) = [
                line for line in answer.headers.get_all("Set-Cookie") or [] if line.startswith("__Host-groovelog=")
            ]
            assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(line.split("; "))
            assert visitor.is_in()
            assert visitor.ask("/", Origin="http://music.example.org").status == 403
            assert visitor.ask("/", Origin=public).status == 200
            # A cookie that a neighbour's site could have planted.
            assert not Visitor(port, "music.example.org", {"groovelog": visitor.cookies["__Host-groovelog"]}).is_in()


@pytest.mark.parametrize(
    ("hosting", "host", "expected"),
    [
        (Hosting(), "127.0.0.1", False),
        (Hosting(), "::1", False),
        (Hosting(), "0.0.0.0", True),  # noqa: S104
        (Hosting(), "192.0.2.7", True),
        (Hosting(group=True), "127.0.0.1", True),
        (Hosting(public_url="https://music.example.org"), "127.0.0.1", True),
    ],
)
def test_where_others_can_come_sign_in_is_required(hosting: Hosting, host: str, expected: bool) -> None:
    assert is_for_group(hosting, host) is expected


def test_a_second_server_for_a_home_is_refused_and_told_the_way(group: Group) -> None:
    with pytest.raises(UsageError, match=r"Another Groovelog server has the lake .* --dashboard-only"):
        serve(group.home, port=0)
