"""`groovelog doctor`: what is wrong with this installation, and how to mend it."""

import json
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from groovelog.config import Settings
from groovelog.errors import UsageError
from groovelog.lake.home import Home
from groovelog.pipeline.doctor import look_over
from groovelog.pipeline.doctor.finding import Finding, Installation
from groovelog.pipeline.doctor.machine import PINS
from groovelog.spotify.apps import Setup

SIGNS = {"ok": "ok      ", "warning": "warning ", "problem": "PROBLEM "}
STYLES = {"ok": "dim", "warning": "yellow", "problem": "bold red"}


def doctor(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False
) -> None:
    """Look over Python, lake, clock, disk, keys, Spotify and backups. Asks nobody outside. Exits 1 on a problem."""
    findings = look_over(installation(context.obj, datetime.now(UTC)))
    sound = not any(finding.verdict == "problem" for finding in findings)
    if as_json:
        rows = [
            {"check": one.check, "verdict": one.verdict, "text": one.text, "mend": one.mend or None} for one in findings
        ]
        sys.stdout.write(json.dumps({"sound": sound, "findings": rows}) + "\n")
    else:
        _print(findings)
    if not sound:
        raise typer.Exit(1)


def installation(home: Home, now: datetime) -> Installation:
    """The installation that runs this command; settings that cannot be used are faults of it."""
    settings, setup, faults = Settings(), Setup(), []
    try:
        setup = settings.spotify(home)
    except UsageError as error:
        faults.append(error.message)
    try:
        settings.hosting(home)
    except UsageError as error:
        if error.message not in faults:
            faults.append(error.message)
    return Installation(
        home=home,
        now=now,
        setup=setup,
        python=sys.version_info[:2],
        versions=_versions(),
        installed_at=datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC),
        key=settings.sealing_key,
        backup_to=settings.backup_to,
        backup_every_hours=settings.backup_every_hours,
        faults=tuple(faults),
    )


def _versions() -> dict[str, str]:
    found = {}
    for name in PINS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _print(findings: list[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        console.print(Text(SIGNS[finding.verdict] + finding.text, STYLES[finding.verdict]))
        if finding.mend:
            console.print(Text(f"         {finding.mend}"))
    counts = {verdict: sum(one.verdict == verdict for one in findings) for verdict in ("problem", "warning")}
    console.print(
        f"{counts['problem']} problem(s), {counts['warning']} warning(s)."
        if any(counts.values())
        else "Nothing is wrong with this installation."
    )
