"""What docs/api.md shows is so: each of its calls is made."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from api_scene import Scene, history

from spotify_export import zipped

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
CALLS = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_every_part_shows_calls() -> None:
    assert sum(part.count("curl ") for part in CALLS) == 12


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("part", CALLS)
def test_every_call_is_answered(fresh: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setenv("GROOVELOG_BACKUP_TO", str(tmp_path / "backups"))
    (tmp_path / "my_spotify_data.zip").write_bytes(
        zipped({"Streaming_History_Audio_2020_1.json": history("Anns Band", 31)})
    )
    fails = 'curl() { command curl --fail-with-body --silent --show-error "$@"; }\nset -e\n'
    done = subprocess.run(
        ["bash", "-c", fails + part.replace("http://127.0.0.1:8888", fresh.address)],
        cwd=tmp_path, env={**os.environ, "KEY": fresh.key("Ann", "write")}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
