"""What is shipped to run Groovelog for good names only what there is: commands, options, settings, files, routes."""

import json
import re
import runpy
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from command_words import parsed
from documented import ROOT, block
from typer.exceptions import TyperException

from groovelog.config import Settings
from groovelog.server import health

INTEGRATIONS = ROOT / "integrations"
UNITS = sorted((INTEGRATIONS / "systemd").iterdir())
CONTAINER = INTEGRATIONS / "container"
PROGRAM = "/opt/groovelog/bin/groovelog"
HARDENED = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "StateDirectory": "groovelog"}
SETTINGS = {f"GROOVELOG_{name}".upper() for name in Settings.model_fields}


def lines(unit: Path) -> list[tuple[str, str]]:
    """The settings of a unit in order: a name may come again."""
    text = unit.read_text(encoding="utf-8")
    return [(name, value) for name, _, value in (line.partition("=") for line in text.splitlines()) if value]


def containerfile() -> dict[str, list[str]]:
    """What its instructions say, by their name; lines that go on are one."""
    text = (CONTAINER / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            found.setdefault(word, []).append(rest.strip())
    return found


def compose() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((CONTAINER / "compose.yaml").read_text(encoding="utf-8"))
    return told


def test_a_command_or_an_option_that_is_not_there_is_seen() -> None:
    for words in (["collct"], ["collect", "--everyone"]):
        with pytest.raises(TyperException):
            parsed(words)


def test_every_unit_calls_a_command_that_there_is() -> None:
    called = [shlex.split(value) for unit in UNITS for name, value in lines(unit) if name == "ExecStart"]
    assert len(called) == 5
    for program, *words in called:
        assert program == PROGRAM
        parsed(words)


def test_every_service_is_hardened_and_every_timer_has_its_service() -> None:
    services = [unit for unit in UNITS if unit.suffix == ".service"]
    timers = [unit for unit in UNITS if unit.suffix == ".timer"]
    assert (len(services), len(timers)) == (4, 3)
    for service in services:
        told = dict(lines(service))
        assert HARDENED.items() <= told.items()
        assert told["EnvironmentFile"] == "-/etc/groovelog/groovelog.env"
    for timer in timers:
        assert timer.with_suffix(".service") in services


def test_the_lines_for_cron_are_commands() -> None:
    for line in block("timers.md", "cron").splitlines():
        if line[0].isdigit() or line[0] == "*":
            words = shlex.split(line.split("bin/groovelog ")[1].removesuffix(" > /dev/null"))
            parsed(words)


def test_every_setting_that_is_named_is_one() -> None:
    files = [path for path in INTEGRATIONS.rglob("*") if path.is_file()]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    texts |= {
        page: (ROOT / "docs" / page).read_text(encoding="utf-8") for page in ("deploy.md", "timers.md", "proxy.md")
    }
    for name, text in texts.items():
        assert set(re.findall(r"\bGROOVELOG_[A-Z0-9_]+", text)) <= SETTINGS, name


def test_the_containerfile_copies_what_there_is_and_starts_a_command() -> None:
    told = containerfile()
    for copied in told["COPY"]:
        if not copied.startswith("--from"):
            *sources, _ = copied.split()
            assert all((ROOT / source).exists() for source in sources), copied
    assert json.loads(told["ENTRYPOINT"][0]) == ["groovelog"]
    context = parsed(json.loads(told["CMD"][0]))
    assert (context.params["host"], context.params["port"]) == ("0.0.0.0", int(told["EXPOSE"][0]))  # noqa: S104
    assert told["USER"] == ["groovelog"]


def test_volume_home_user_and_port_are_the_same_in_compose() -> None:
    told, service = containerfile(), compose()["services"]["groovelog"]
    home = told["VOLUME"][0]
    assert f"GROOVELOG_HOME={home}" in told["ENV"][0]
    assert f"home:{home}" in service["volumes"]
    assert {volume.split(":")[0] for volume in service["volumes"]} == set(compose()["volumes"])
    cache = re.search(r"XDG_CACHE_HOME=(/\w+)", told["ENV"][0])
    assert cache
    assert (service["tmpfs"], service["read_only"]) == ([cache[1]], True)
    port = told["EXPOSE"][0]
    assert service["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert (CONTAINER / service["build"]["context"] / service["build"]["dockerfile"]).exists()


def test_both_healthchecks_ask_a_route_that_there_is() -> None:
    (told,) = containerfile()["HEALTHCHECK"]
    words = json.loads(told[told.index("CMD ") + 4 :])
    assert compose()["services"]["groovelog"]["healthcheck"]["test"] == ["CMD", *words]
    found = re.search(r"127\.0\.0\.1:8888(/\w+)", words[-1])
    assert found
    assert found[1] in Path(health.__file__).read_text(encoding="utf-8")


def test_what_streamlit_is_told_on_the_cloud_is_what_the_server_tells_it() -> None:
    printed = runpy.run_path(str(ROOT / "docs" / "streamlit_config.py"))["config"]()
    kept = (INTEGRATIONS / "streamlit_cloud" / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert kept == printed
    assert tomllib.loads(kept)["client"]["toolbarMode"] == "viewer"


def test_requirements_for_the_cloud_are_the_lock() -> None:
    folder = INTEGRATIONS / "streamlit_cloud"
    (line,) = (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert (folder / line.removeprefix("-r ")).resolve() == ROOT / "requirements.lock"


@pytest.mark.long
def test_systemd_finds_no_fault_in_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace(PROGRAM, "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    command = [program, "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
