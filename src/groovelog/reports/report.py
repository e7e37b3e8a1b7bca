"""What a report declares: its words, its columns, its metric, the table it is of, and what can be asked of it."""

from dataclasses import dataclass

from groovelog.metrics.rules import ASKED_KINDS, RULES
from groovelog.tables import PLAYS, Column, Table


@dataclass(frozen=True)
class Parameter:
    """What a report takes; `default` is None where leaving it out means no limit, or the listener's own.

    A value is one of `choices` where there are any; a number is a whole one of at least 1.
    """

    name: str
    meaning: str
    choices: tuple[str, ...] = ()
    default: str | int | None = None


LISTENER = Parameter("listener", "whose plays, by name; else the only listener who is not invented, else me")
PERIOD = (
    Parameter("from", "first local date"),
    Parameter("to", "last local date, inclusive"),
    Parameter("timezone", "zone of dates and hours, as Europe/Lisbon; else as kept with the plays"),
)
RULE_WORDS = "which plays count: " + "; ".join(f"{rule}: {words}" for rule, words in RULES.items())
COUNT = Parameter("count", RULE_WORDS, tuple(RULES), "30s")
COUNT_ALL = Parameter("count", RULE_WORDS, tuple(RULES), "all")
KIND = Parameter("kind", "what was played", ASKED_KINDS, "track")
ANY_KIND = Parameter("kind", "what was played", ASKED_KINDS, "all")
TRACKS_ALONE = Parameter("kind", "tracks alone", ("track",), "track")
WITH = Parameter("with", "others of the group, by name; else everyone who shows enough to others")
TOP = Parameter("top", "rows at most; else every row")
# Of one artist, of one track; both together are of a title by that artist.
ONE = (
    Parameter(
        "artist", "plays of this artist alone, as the source spells the name; of this show or audiobook, if asked for"
    ),
    Parameter(
        "track", "plays of this track alone: by its URI, its recording's id or its title; all entries of a recording"
    ),
)
ASKED = (LISTENER, *PERIOD, COUNT, KIND)
ASKED_OF_ONE = (*ASKED, *ONE)
ASKED_OF_TRACKS = (LISTENER, *PERIOD, COUNT, TRACKS_ALONE)


@dataclass(frozen=True)
class Report:
    """One report: `columns` are those of its rows.

    `metric` is the function of `groovelog.metrics` that answers it, as "module.function". What it takes is told by the
    names of its parameters (see `reports.supply`): tables, and what can be asked. A report is `of` one table, whose rows
    its basis tells. Reports of plays are over the plays that count. Nothing can be asked of it but its `parameters`.

    A report of a group says what the others have to show (`shares`, see `access`: totals or all), and takes WITH.
    `needs_audio`: without audio features for enough of the plays there is no answer (see `metrics.rules.LEAST_COVERAGE`).
    """

    name: str
    title: str
    definition: str
    columns: tuple[Column, ...]
    metric: str
    of: Table = PLAYS
    parameters: tuple[Parameter, ...] = ASKED
    needs_audio: bool = False
    shares: str | None = None

    def takes(self, name: str) -> bool:
        return any(parameter.name == name for parameter in self.parameters)

    def default(self, name: str) -> str | int | None:
        """What leaving the parameter out means; None also where the report does not take it."""
        return next((parameter.default for parameter in self.parameters if parameter.name == name), None)
