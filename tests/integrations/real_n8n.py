"""A real n8n of the version that is installed, with a folder of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from free_ports import free_port

FOLDER = Path(__file__).parents[2] / "integrations" / "n8n"
EXECUTE_SECONDS = 300


def workflow(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return told


@dataclass(frozen=True)
class RealN8n:
    """`program` is n8n's own; it needs a Node of 24 or newer on the PATH."""

    program: str
    folder: Path

    def run(self, *words: str) -> str:
        """Call it, and print what was called and what it said. Raises AssertionError where it fails."""
        told = os.environ | {
            "N8N_USER_FOLDER": str(self.folder), "N8N_DIAGNOSTICS_ENABLED": "false",
            "N8N_VERSION_NOTIFICATIONS_ENABLED": "false", "N8N_RUNNERS_BROKER_PORT": str(free_port()),
        }  # fmt: skip
        ended = subprocess.run(
            [self.program, *words], env=told, capture_output=True, text=True, timeout=EXECUTE_SECONDS, check=False
        )
        sys.stdout.write(f"$ n8n {' '.join(words)}\n{ended.stdout}\n")
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def take(self, name: str, **where: str) -> str:
        """Import one of our workflows, with these values in its first step; returns its id."""
        told = workflow(name)
        (step,) = [node for node in told["nodes"] if node["name"] == "Where"]
        for value in step["parameters"]["assignments"]["assignments"]:
            value["value"] = where.get(value["name"], value["value"])
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(told), encoding="utf-8")
        self.run("import:workflow", f"--input={path}")
        return str(told["id"])

    def take_key(self, key: str) -> None:
        """Import the credential of our example, with this key in it."""
        (told,) = json.loads((FOLDER / "credentials.example.json").read_text(encoding="utf-8"))
        told["data"]["value"] = f"Bearer {key}"
        path = self.folder / "credentials.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps([told]), encoding="utf-8")
        self.run("import:credentials", f"--input={path}")
        path.unlink()

    def execute(self, workflow_id: str) -> dict[str, list[dict[str, Any]]]:
        """Run a workflow by its manual trigger; what each step gave, by its name."""
        out = self.run("execute", f"--id={workflow_id}", "--rawOutput")
        told = json.loads(out[out.index("{\n") if "{\n" in out else out.index("{") :])
        result = told["data"]["resultData"]
        assert "error" not in result, result.get("error")
        return {
            name: [item["json"] for item in (runs[-1].get("data", {}).get("main") or [[]])[0] or []]
            for name, runs in result["runData"].items()
        }
