"""A second dashboard beside the server that has the home: pages and health, nothing for programs."""

import subprocess
from pathlib import Path

import pytest
import requests

from calling import COMMAND
from serving import served


@pytest.fixture
def lived_in(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    subprocess.run([*COMMAND, "--home", str(home), "listeners", "add", "Ann", "--timezone", "UTC"], check=True)
    return home


def test_it_runs_beside_the_server_and_answers_no_programs(lived_in: Path) -> None:
    with served(lived_in) as (_, first), served(lived_in, "--dashboard-only") as (second, address):
        assert first != address
        assert requests.get(f"{address}/healthz", timeout=30).json() == {"status": "ok"}
        assert requests.get(f"{address}/readyz", timeout=30).status_code == 200
        page = requests.get(address, timeout=30)
        assert (page.status_code, page.headers["content-type"].split(";")[0]) == (200, "text/html")
        assert requests.get(f"{first}/api/v1/reports", timeout=30).headers["content-type"] == "application/json"
        for path in ("/api/v1/reports", "/1/validate-token", "/apis/listenbrainz/1/validate-token"):
            answer = requests.get(f"{address}{path}", timeout=30)
            assert "json" not in answer.headers["content-type"], path
        assert requests.post(f"{address}/1/submit-listens", json={}, timeout=30).status_code in {404, 405}
        second.terminate()
        second.wait(timeout=30)
        assert requests.get(f"{first}/healthz", timeout=30).status_code == 200
