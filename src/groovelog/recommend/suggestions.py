"""What is asked for and what is suggested: plain records, shared by the shell, the API and the pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from groovelog.errors import UsageError
from groovelog.metrics.context_rules import CONTEXTS as RULES
from groovelog.metrics.context_rules import Context

NOW = "now"
# The word that is asked with -> the context of `metrics.context_rules`; None: hour, weekday and the session under way.
CONTEXTS: dict[str, Context | None] = {"relax" if rule.name == "relaxation" else rule.name: rule for rule in RULES} | {
    NOW: None
}
MOST = 100
# Where a suggestion comes from, the strongest claim on the listener first.
SOURCES = ("own", "forgotten", "artist", "friends", "colistening", "audio", "popular")


@dataclass(frozen=True)
class Wanted:
    """What is asked for. `novelty` runs from 0, what is known, to 1, what was never played; `n` suggestions at most.

    Raises UsageError for what cannot be right.
    """

    context: str = NOW
    novelty: float = 0.3
    n: int = 10

    def __post_init__(self) -> None:
        if self.context not in CONTEXTS:
            raise UsageError(f"There is no context {self.context!r}. Choose one of {', '.join(CONTEXTS)}.")
        if not 0 <= self.novelty <= 1:
            raise UsageError(
                f"Novelty runs from 0 (what you know) to 1 (what you never played), not to {self.novelty:g}."
            )
        if not 1 <= self.n <= MOST:
            raise UsageError(f"From 1 to {MOST} suggestions can be asked for, not {self.n}.")


@dataclass(frozen=True)
class Suggestion:
    """One song. `key` is what feedback names: the catalogue's track_id, or that of the reference's row.

    `track_id` is a URI of Spotify; None where nobody tells one: it cannot go into a playlist there. `score` falls from
    suggestion to suggestion but where variety moved one up; it is of this answer alone. `source`: see SOURCES.
    """

    track_name: str
    artist_name: str
    track_id: str | None
    score: float
    reasons: tuple[str, ...]
    source: str
    heard: bool
    key: str


@dataclass(frozen=True)
class Suggestions:
    """An answer. `method` is `ranker`, or the name of the baseline that was used instead; `why` says why, in a sentence."""

    listener: str
    context: str
    novelty: float
    at: datetime
    method: str
    why: str
    suggestions: tuple[Suggestion, ...]
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "listener": self.listener,
            "context": self.context,
            "novelty": self.novelty,
            "at": self.at.isoformat().replace("+00:00", "Z"),
            "method": self.method,
            "why": self.why,
            "notes": list(self.notes),
            "suggestions": [
                {
                    "track_name": one.track_name,
                    "artist_name": one.artist_name,
                    "track_id": one.track_id,
                    "score": round(one.score, 6),
                    "reasons": list(one.reasons),
                    "source": one.source,
                    "heard": one.heard,
                    "key": one.key,
                }
                for one in self.suggestions
            ],
        }
