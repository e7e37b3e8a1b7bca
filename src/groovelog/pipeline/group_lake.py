"""A group's lake: where it is, and whether it is one."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from zoneinfo import available_timezones

from groovelog.errors import LakeError, UsageError
from groovelog.lake import delta
from groovelog.lake.erase import erasures
from groovelog.lake.folder import Folder
from groovelog.lake.home import Home, LakeElsewhere
from groovelog.lake.place import Place
from groovelog.lake.snapshot import Snapshot, connect
from groovelog.tables import COMMITS, TABLES

# As ids of listeners and names of sources are made here. They and zones become part of SQL and of paths, and whoever
# writes into the group's lake could write anything.
_ID, _SCOPE = re.compile(r"[0-9a-f]{16}"), re.compile(r"[a-z_]+")

WHERE = "Give a folder or s3://BUCKET/PREFIX that all members reach, with {option} or GROOVELOG_GROUP_LAKE."


def group_lake(home: Home, place: Place | None, option: str) -> LakeElsewhere:
    """The group's lake at a place; nothing is read yet. Raises UsageError where none is told, or it is the home's own."""
    if place is None:
        raise UsageError(f"Where is the group's lake? {WHERE.format(option=option)}")
    if _own(home, place):
        raise UsageError(f"{place} is this Groovelog's own lake, not a group's. {WHERE.format(option=option)}")
    return LakeElsewhere(home.root, at=place)


def _own(home: Home, place: Place) -> bool:
    """Whether the place is the home's lake, around it or in it."""
    if isinstance(place, Folder) and isinstance(home.lake, Folder):
        own, other = home.lake.path.resolve(), place.path.resolve()
        return other in (own, own.parent) or own in other.parents
    return str(place) == str(home.lake)


def check_writable(group: LakeElsewhere) -> None:
    """Raises UsageError for a folder that cannot be reached, or in which something else lies than a group's lake.

    Of a bucket that is told when it is read.
    """
    if not isinstance(group.at, Folder):
        return
    at = group.at.path
    if not at.parent.is_dir():
        raise UsageError(f"{at} cannot be reached: there is no folder {at.parent}. Is the disk or share there?")
    if at.exists() and not at.is_dir():
        raise UsageError(f"{at} is a file. Give a folder for the group's lake.")
    tables = {table.name for table in TABLES}
    try:
        strange = at.exists() and [
            path.name for path in at.iterdir() if path.name not in tables and path.name[0] != "."
        ]
    except OSError as error:
        raise UsageError(f"{at} cannot be read: {error.strerror}.") from None
    if strange:
        hint = f" Its lake is {at / 'lake'}." if "lake" in strange and (at / "lake").is_dir() else ""
        raise UsageError(
            f"{at} holds something that is no lake, as {strange[0]}.{hint} Give an empty folder, or that of the group's lake."
        )


@contextmanager
def reading(group: LakeElsewhere) -> Iterator[Snapshot]:
    """The group's lake as it was last published.

    Raises LakeError where it cannot be read, is somebody's own, or holds what no Groovelog writes.
    """
    with closing(connect(spill=group.new_scratch())) as connection:
        snapshot = Snapshot(group.lake, connection)
        own = [person.name for person in snapshot.listeners() if person.origin is None]
        if own:
            raise LakeError(
                f"{group.at} is somebody's own lake, with {own[0]} in it, not a group's. "
                "Give another folder for the group's lake."
            )
        _check_written_by_groovelog(group, snapshot)
        yield snapshot


def _check_written_by_groovelog(group: LakeElsewhere, snapshot: Snapshot) -> None:
    people = snapshot.listeners()
    known = erasures(snapshot.connection)
    words = [
        *((_ID, person.listener_id) for person in people),
        *((_ID, one.listener_id) for one in known),
        *((_SCOPE, one.scope) for one in known),
    ]
    odd = [word for pattern, word in words if not pattern.fullmatch(word)]
    odd += [zone for person in people for _, zone in person.zones if zone not in available_timezones()]
    if odd:
        raise LakeError(
            f"{group.at} holds {odd[0]!r}, which no Groovelog writes, so nothing of it is used. Somebody changed it by hand: ask "
            "the group, and make it anew with `groovelog lake push` into an empty folder."
        )


def check_there(group: LakeElsewhere) -> None:
    """Raises UsageError where nothing was pushed to yet."""
    if delta.version(group.lake, COMMITS) is None:
        raise UsageError(f"There is no group's lake at {group.at} yet. The first `groovelog lake push` makes it.")
