"""One question of one listener, with what has to be known to answer it. Free of Ibis."""

from dataclasses import dataclass

from groovelog.metrics.work_columns import WORK
from groovelog.model import Listener
from groovelog.reports.question import Question


@dataclass(frozen=True)
class Asking:
    """`others` are the listeners beside the person in a report of a group.

    `told` are the columns that every play tells (see `could_tell`), so that nothing has to be estimated or looked up for it.
    """

    person: Listener
    asked: Question
    others: tuple[Listener, ...] = ()
    told: frozenset[str] = frozenset({"ms_played"})

    @property
    def timed(self) -> bool:
        """Whether every play tells its duration."""
        return "ms_played" in self.told


def could_tell(kind: str | None) -> tuple[str, ...]:
    """The columns for which an answer looks elsewhere where a play does not tell them.

    They are the duration, and the URI and names of works of the kind, where these have one column each.
    """
    slots = WORK.get(kind or "", {})
    names = [slots[slot][0] for slot in ("uri", "maker", "collection") if len(slots.get(slot, ())) == 1]
    return "ms_played", *dict.fromkeys(names)


def untold_sql(rows: str, kind: str | None) -> str:
    """A query of those that one of the plays in the SQL `rows` does not tell: one row for each, with its name."""
    of_kind = {"ms_played": ""}
    return " UNION ALL ".join(
        f"(SELECT '{name}' FROM {rows} WHERE {name} IS NULL{of_kind.get(name, f' AND kind = {kind!r}')} LIMIT 1)"
        for name in could_tell(kind)
    )
