"""The pages without a server of ours, as Streamlit Community Cloud runs them."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError

import pytest
from browsing import is_drawn, opened
from documented import ROOT
from free_ports import free_port
from playwright.sync_api import expect

from groovelog import pipeline
from groovelog.lake.home import Home
from spotify_export import AUDIO, extended, text

pytestmark = [pytest.mark.long, pytest.mark.browser]

START_SECONDS = 60
PAPER = "rgb(241, 240, 249)"  # the page in light colours, of theme.TOKENS


@contextmanager
def run_by_streamlit(home: Path) -> Iterator[str]:
    """Its address."""
    port = free_port()
    script = "integrations/streamlit_cloud/streamlit_app.py"
    options = ["--server.port", str(port), "--server.headless", "true", "--server.address", "127.0.0.1"]
    command = [sys.executable, "-m", "streamlit", "run", script, *options]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"GROOVELOG_HOME": str(home)}) as process:
        try:
            given_up = time.monotonic() + START_SECONDS
            while not _answers(f"http://127.0.0.1:{port}/_stcore/health"):
                assert time.monotonic() < given_up, "Streamlit does not answer"
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url):  # noqa: S310 - our own
            return True
    except URLError:
        return False


def test_a_lake_is_shown_in_our_colours(tmp_path: Path) -> None:
    export = tmp_path / AUDIO
    export.write_bytes(text(*(extended(minute) for minute in range(60))))
    home = Home(tmp_path / "home")
    pipeline.import_exports(home, [export], listener="Mara", timezone="UTC", now=datetime(2024, 3, 1, tzinfo=UTC))
    with run_by_streamlit(home.root) as address, opened() as page:
        page.goto(f"{address}/tops")
        is_drawn(page)
        expect(page.locator("[data-testid=stMainBlockContainer]")).to_contain_text("Artist", timeout=60_000)
        expect(page.locator(".stApp")).to_have_css("background-color", PAPER)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
