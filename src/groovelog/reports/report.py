"""What a report declares: its words, its columns, the table it is of, and what can be asked of it."""

from dataclasses import dataclass

from groovelog.metrics.rules import ASKED_KINDS, RULES
from groovelog.tables import PLAYS, TRACKS, Column, Table


@dataclass(frozen=True)
class Parameter:
    """What a report takes; `default` is None where leaving it out means no limit, or the listener's own."""

    name: str
    meaning: str
    choices: tuple[str, ...] = ()
    default: str | None = None


LISTENER = Parameter("listener", "whose plays, by name; else the only listener who is not invented, else me")
PERIOD = (
    Parameter("from", "first local date"),
    Parameter("to", "last local date, inclusive"),
    Parameter("timezone", "zone of dates and hours, as Europe/Lisbon; else as kept with the plays"),
)
COUNT = Parameter(
    "count",
    "which plays count: " + "; ".join(f"{rule}: {words}" for rule, words in RULES.items()),
    tuple(RULES),
    "30s",
)
KIND = Parameter("kind", "what was played", ASKED_KINDS, "track")
ANY_KIND = Parameter("kind", "what was played", ASKED_KINDS, "all")
TOP = Parameter("top", "rows at most; else every row")
ASKED = (LISTENER, *PERIOD, COUNT, KIND)


@dataclass(frozen=True)
class Report:
    """One report: `columns` are those of its rows.

    It is `of` one table, whose rows its basis tells, and may read others `beside` it. Reports of plays are over the plays
    that count. Nothing can be asked of it but its `parameters`.
    """

    name: str
    title: str
    definition: str
    columns: tuple[Column, ...]
    of: Table = PLAYS
    beside: tuple[Table, ...] = (TRACKS,)
    parameters: tuple[Parameter, ...] = ASKED

    def takes(self, name: str) -> bool:
        return any(parameter.name == name for parameter in self.parameters)

    def default(self, name: str) -> str | None:
        """What leaving the parameter out means; None also where the report does not take it."""
        return next((parameter.default for parameter in self.parameters if parameter.name == name), None)
