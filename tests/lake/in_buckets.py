"""Lakes in buckets of an S3 server on this machine.

It is moto's, with faults on order; or the one that GROOVELOG_TEST_S3_ENDPOINT names, with AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY for it, in which a bucket is made for the tests. Where faults are ordered the test is skipped then.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from groovelog.lake.bucket import Bucket
from groovelog.lake.home import Home
from groovelog.lake.s3 import Access, client

NAME = "music"
REAL = "GROOVELOG_TEST_S3_ENDPOINT"
NO_FAULTS = "a real S3 server has no faults on order"


@dataclass(frozen=True)
class Store:
    """A running S3 server, and the keys for it."""

    access: Access

    def home(self, root: Path, prefix: str, cache_gb: float = 1) -> Home:
        return Home(root, Bucket(NAME, prefix, self.access, root, cache_gb))

    def environment(self, prefix: str) -> dict[str, str]:
        """What a process has to be told to have its lake there."""
        return {
            "GROOVELOG_LAKE": f"s3://{NAME}/{prefix}",
            "AWS_ENDPOINT_URL": str(self.access.endpoint),
            "AWS_ACCESS_KEY_ID": str(self.access.key),
            "AWS_SECRET_ACCESS_KEY": str(self.access.secret),
        }

    def names(self, prefix: str) -> set[str]:
        return {name.removeprefix(f"{NAME}/{prefix}/") for name in client(self.access).find(f"{NAME}/{prefix}")}

    def content(self, prefix: str) -> dict[str, bytes]:
        """The bytes of every object."""
        found = client(self.access).find(f"{NAME}/{prefix}")
        return {name: client(self.access).cat_file(name) for name in found}

    def copy(self, prefix: str, to: str) -> None:
        for name in self.names(prefix):
            client(self.access).cp_file(f"{NAME}/{prefix}/{name}", f"{NAME}/{to}/{name}")

    def empty(self, prefix: str) -> None:
        for name in self.names(prefix):
            client(self.access).rm_file(f"{NAME}/{prefix}/{name}")

    @contextmanager
    def failing(self, *rules: dict[str, Any]) -> Iterator[None]:
        """Order faults, as s3_server.py takes them, for as long as the block lasts."""
        if REAL in os.environ:
            pytest.skip(NO_FAULTS)
        self._order(rules)
        try:
            yield
        finally:
            self._order(())

    def _order(self, rules: Any) -> None:
        body = json.dumps([{"times": 1_000_000, **rule} for rule in rules]).encode()
        urlopen(Request(f"{self.access.endpoint}/-/faults", body, method="PUT")).close()  # noqa: S310 (our own)


@contextmanager
def serving() -> Iterator[Store]:
    if endpoint := os.environ.get(REAL):
        store = Store(Access(endpoint, os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]))
        if not client(store.access).exists(NAME):
            client(store.access).call_s3("create_bucket", Bucket=NAME)
        for prefix in client(store.access).ls(NAME):
            client(store.access).rm(prefix, recursive=True)
        yield store
        return
    command = [sys.executable, str(Path(__file__).with_name("s3_server.py"))]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            store = Store(Access(f"http://127.0.0.1:{port}", "the-key", "the-secret"))
            client(store.access).call_s3("create_bucket", Bucket=NAME)
            yield store
        finally:
            process.kill()
