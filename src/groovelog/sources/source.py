"""What a source declares of itself: its JSON keys, and how each column of the lake is told by them."""

from dataclasses import dataclass

# Plausible instants and lengths; outside them a row is unreadable. Spotify was founded in 2006.
EARLIEST = "2006-01-01"
DAYS_AHEAD = 1
LONGEST_MS = 7 * 24 * 3600 * 1000


@dataclass(frozen=True)
class Source:
    """One kind of history file: a JSON array of objects.

    `time_key` holds the stop of the play, `length_key` its ms_played. `texts` maps a column of the lake to the JSON
    key that tells it, `flags` the same for booleans; `instants_ms` for a device clock in seconds or milliseconds.
    `marks` are sets of keys of which a file must show one whole to be this source. `trust` orders sources (higher
    wins a column); `stop_slack_s` is how much later than told the true stop can be. `forms_vary` says that two
    exports may spell one play differently (see `lake.forms`).
    """

    name: str
    title: str
    trust: int
    stop_slack_s: int
    forms_vary: bool
    marks: tuple[frozenset[str], ...]
    time_key: str
    length_key: str
    texts: dict[str, str]
    flags: dict[str, str]
    instants_ms: dict[str, str]

    @property
    def json_keys(self) -> tuple[str, ...]:
        read = (self.time_key, self.length_key, *self.texts.values(), *self.flags.values(), *self.instants_ms.values())
        return tuple(dict.fromkeys(read))

    def shown_by(self, keys: frozenset[str]) -> bool:
        """Whether a file that uses these keys is of this source."""
        return any(mark <= keys for mark in self.marks)
