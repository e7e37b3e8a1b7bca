"""A Spotify of a few lines, over real HTTP: gives tokens for codes, checks them, and answers what a test orders."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

CLIENT_ID, SECRET = "client-one", "secret-of-client-one"


@dataclass
class Order:
    """One answer out of turn. `drips`: byte after byte, this many seconds apart; `cut`: the connection ends half-way."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    waits_s: float = 0
    drips_s: float = 0
    cut: bool = False


def in_json(status: int, told: Any, **headers: str) -> Order:
    return Order(status, json.dumps(told).encode(), headers)


def fault(status: int, message: str, reason: str | None = None, **headers: str) -> Order:
    """An error as the Web API writes it."""
    error: dict[str, Any] = {"status": status, "message": message} | ({"reason": reason} if reason else {})
    return in_json(status, {"error": error}, **{name.replace("_", "-"): told for name, told in headers.items()})


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


class FakeSpotify:
    """`answers`: path -> what a good call gets; `orders`: path -> answers that come first; `asked`: all that came in."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: list[Asked] = []
        self.orders: dict[str, deque[Order]] = {}
        self.answers: dict[str, Any] = {"/v1/me": {"account_id": "account-1", "display_name": "Ann", "id": "ann"}}
        self.secret: str | None = SECRET
        self.withheld: set[str] = set()
        self.denies = False
        self.rotates = False
        self.good: set[str] = set()
        self.codes: dict[str, dict[str, str]] = {}
        self.given: list[str] = []

    def order(self, path: str, *orders: Order) -> None:
        self.orders.setdefault(path, deque()).extend(orders)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def secret_word(self, kind: str) -> str:
        """A new code or token; all are kept, to be looked for where they may not be."""
        word = f"{kind}-{secrets.token_urlsafe(12)}"
        self.given.append(word)
        return word

    def answer(self, asked: Asked) -> Order:
        if self.orders.get(asked.path):
            return self.orders[asked.path].popleft()
        if asked.path == "/authorize":
            return self._authorize(asked.query)
        if asked.path == "/api/token":
            return self._token(asked)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.good:
            return fault(401, "The access token expired")
        if asked.path in self.answers:
            return in_json(200, self.answers[asked.path])
        return fault(404, "Resource not found")

    def _authorize(self, query: dict[str, str]) -> Order:
        told = {"state": query["state"]}
        if self.denies:
            told["error"] = "access_denied"
        else:
            told["code"] = self.secret_word("code")
            self.codes[told["code"]] = query
        return Order(302, b"", {"Location": f"{query['redirect_uri']}?{urlencode(told)}"})

    def _token(self, asked: Asked) -> Order:
        form = dict(parse_qsl(asked.body.decode()))
        basic = base64.b64encode(f"{CLIENT_ID}:{self.secret}".encode()).decode()
        if (
            asked.headers.get("authorization") != f"Basic {basic}"
            if self.secret
            else form.get("client_id") != CLIENT_ID
        ):
            return in_json(400, {"error": "invalid_client", "error_description": "Invalid client secret"})
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] not in self.good:
                return in_json(400, {"error": "invalid_grant", "error_description": "Refresh token revoked"})
            return self._given("", refresh=self.rotates)
        begun = self.codes.pop(form["code"], None)
        if begun is None or begun["redirect_uri"] != form["redirect_uri"]:
            return in_json(400, {"error": "invalid_grant", "error_description": "Invalid authorization code"})
        if "code_challenge" in begun:
            self.given.append(form["code_verifier"])
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == begun["code_challenge"]
        granted = " ".join(scope for scope in begun["scope"].split() if scope not in self.withheld)
        return self._given(granted, refresh=True)

    def _given(self, scope: str, *, refresh: bool) -> Order:
        told = {"access_token": self.secret_word("access"), "token_type": "Bearer", "expires_in": 3600}
        self.good.add(told["access_token"])
        if scope:
            told["scope"] = scope
        if refresh:
            told["refresh_token"] = self.secret_word("refresh")
            self.good.add(told["refresh_token"])
        return in_json(200, told)


@contextmanager
def running() -> Iterator[FakeSpotify]:
    fake = FakeSpotify()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(told.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, told.path, query, headers, body)
            fake.asked.append(asked)
            self._send(fake.answer(asked))

        do_GET = do_POST = do_PUT = do_DELETE = _do  # noqa: N815 (the names that http.server calls)

        def _send(self, order: Order) -> None:
            time.sleep(order.waits_s)
            self.send_response(order.status)
            for name, value in order.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(order.body)))
            self.end_headers()
            body = order.body[: len(order.body) // 2] if order.cut else order.body
            for part in [body[i : i + 1] for i in range(len(body))] if order.drips_s else [body]:
                self.wfile.write(part)
                self.wfile.flush()
                time.sleep(order.drips_s)

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
