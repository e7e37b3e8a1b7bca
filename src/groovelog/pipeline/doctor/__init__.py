"""The doctor: looks an installation over, and says what is wrong and how to mend it. Asks nobody outside, writes nothing.

A check is a function from an Installation to its findings; `CHECKS` names them all, in the order in which they are told.
"""

from collections.abc import Callable, Iterator

from groovelog.errors import GroovelogError
from groovelog.pipeline.doctor import backups, lake, machine, spotify
from groovelog.pipeline.doctor.finding import Finding, Installation, problem

Check = Callable[[Installation], Iterator[Finding]]

CHECKS: dict[str, Check] = {
    "python": machine.python,
    "libraries": machine.libraries,
    "home": machine.home,
    "secrets": machine.secrets,
    "disk": machine.disk,
    "settings": machine.settings,
    "bucket": lake.bucket,
    "lake": lake.lake,
    "clock": machine.clock,
    "writer": lake.writer,
    "inbox": lake.inbox,
    "server": lake.server,
    "keys": spotify.keys,
    "apps": spotify.apps,
    "quota": spotify.quota,
    "consent": spotify.consent,
    "polls": spotify.polls,
    "gaps": spotify.gaps,
    "backup": backups.backup,
    "restore": backups.restore,
}

# These read the lake; where its bucket does not answer, each would wait for it once more.
OF_LAKE = ("lake", "clock", "consent", "polls", "gaps", "backup")


def look_over(installation: Installation) -> list[Finding]:
    """Every finding, once; a check that fails itself is a problem, and stops no other."""
    found: dict[str, Finding] = {}
    silent = False
    for name, check in CHECKS.items():
        if silent and name in OF_LAKE:
            continue
        try:
            for finding in check(installation):
                found.setdefault(finding.text, finding.of(name))
        except GroovelogError as error:
            silent |= name == "bucket"
            found.setdefault(error.message, problem(error.message, "Mend that, and call the doctor again.").of(name))
    return list(found.values())
