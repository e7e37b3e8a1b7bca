"""A browser of a few lines: keeps cookies, follows nothing by itself, fills in our forms."""

import http.client
import re
import socket
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode

HTML = "text/html,application/xhtml+xml"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str

    @property
    def to(self) -> str:
        """Where it sends the browser."""
        return self.headers["Location"]


@dataclass
class Visitor:
    port: int
    host: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        told = {"Host": self.host or f"127.0.0.1:{self.port}", "Accept": HTML, **headers}
        if self.cookies:
            told["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body, told)
            came = connection.getresponse()
            answer = Answer(came.status, came.headers, came.read().decode("utf-8", "replace"))
        for line in came.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def send(self, path: str, **fields: str) -> Answer:
        """Open the page, and send its form."""
        word = re.search(r'name="form" value="([^"]+)"', self.ask(path).body)
        kept = {"form": word[1]} if word else {}
        return self.post(path, **kept, **fields)

    def post(self, path: str, **fields: str) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(path, "POST", urlencode(fields), **kind)

    def signs_in(self, name: str, password: str) -> Answer:
        return self.send("/signin", name=name, password=password)

    def is_in(self) -> bool:
        return self.ask("/").status == 200

    def websocket(self, path: str = "/_stcore/stream", **headers: str) -> tuple[int, socket.socket]:
        """The status of the answer, and the open connection."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        host = self.host or f"127.0.0.1:{self.port}"
        told = {
            "Host": host, "Origin": f"http://{host}", "Connection": "Upgrade", "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Protocol": "streamlit",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers,
        }  # fmt: skip
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
        connection.sendall(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())
        return int(connection.recv(65_536).split(b" ")[1]), connection
