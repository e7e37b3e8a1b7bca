"""Time and peak memory of a command, as a whole process; and where a result was measured."""

import json
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Took:
    """Wall and processor seconds, and the peak of resident memory in MB."""

    wall: float
    cpu: float
    peak_mb: float


def timed(command: list[str], env: dict[str, str] | None = None) -> Took:
    """Run a command to its end; raises CalledProcessError with its output when it fails."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took = Took(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return took


def best(times: int, command: list[str], env: dict[str, str] | None = None) -> Took:
    """The quickest of several runs, as the floor is taken."""
    return min((timed(command, env) for _ in range(times)), key=lambda took: took.wall)


def groovelog(home: Path, *words: str) -> list[str]:
    """The command as a user runs it, on a home of its own."""
    return [str(Path(sys.executable).with_name("groovelog")), "--home", str(home), *words]


def machine() -> str:
    """Processor, cores, memory, Python, commit."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**3
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    return f"{model}, {os.cpu_count()} cores, {memory} GB, Python {platform.python_version()}, commit {commit}"


def keep(file: str, name: str, rows: list[dict[str, Any]], **said: Any) -> None:
    """Keep the rows in a file of results under a name; what the file has under others stays."""
    path = RESULTS / file
    results = json.loads(path.read_text()) if path.exists() else {}
    results[name] = {"machine": machine(), **said, "at": f"{datetime.now(UTC):%Y-%m-%d}", "rows": rows}
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


def self_peak_mb() -> float:
    """Peak resident memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
