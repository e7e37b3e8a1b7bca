"""An S3 server with faults on order, in a process of its own: delta-rs holds the interpreter in some of its calls, so that
a server beside it would starve.

PUT /-/faults takes a list of rules, each {"method", "path" (a pattern), "times", and "status", "code" | "stall_s" |
"after": true}: the next so many requests that fit are answered with that error, late, or carried out and then with a 503.
"""

import json
import logging
import re
import sys
import threading
import time
from collections.abc import Iterable
from typing import Any

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

ORDERS = "/-/faults"


class Faulty:
    """A WSGI application that does what was ordered before it lets the real one answer."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.rules: list[dict[str, Any]] = []
        self.lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == ORDERS:
            self.rules = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
            start("200 OK", [("Content-Length", "0")])
            return [b""]
        rule = self.fitting(environ["REQUEST_METHOD"], path)
        if rule is None:
            return self.inner(environ, start)
        if "stall_s" in rule:
            time.sleep(rule["stall_s"])
            return self.inner(environ, start)
        if rule.get("after"):
            list(self.inner(environ, lambda *_: None))
        code = rule.get("code", "SlowDown")
        body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>ordered</Message></Error>".encode()
        start(
            f"{rule.get('status', 503)} {code}",
            [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))],
        )
        return [body]

    def fitting(self, method: str, path: str) -> dict[str, Any] | None:
        with self.lock:
            for rule in self.rules:
                if rule["times"] and rule.get("method", method) == method and re.search(rule.get("path", ""), path):
                    rule["times"] -= 1
                    return rule
        return None


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = Faulty(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
