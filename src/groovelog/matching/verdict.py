"""From candidates to a verdict: which row, how surely, and what else it could be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from groovelog.matching.confidence import DOUBTFUL, THRESHOLD, confidence, odds
from groovelog.matching.evidence import Evidence, Names
from groovelog.names import compact

# Lengths of one recording in two catalogues are the same within 3 s; by the first line that holds.
SAME_LENGTH_MS = 3_000
LENGTHS = {"length": SAME_LENGTH_MS, "near length": 10_000, "other length": 30_000}
# Another song whose odds are this near to the best one's makes the choice a guess.
RIVAL_WITHIN = 1.0
RIVAL_SHARE = 0.5  # 13 of 23 right in the tuning half

Identity = tuple[str, frozenset[str], str]
NO_SONG: Identity = ("", frozenset(), "")


def song_of(named: Names) -> Identity:
    """What tells songs apart that cannot be one recording: title, versions, main artist."""
    return (named.title.key, named.title.versions, compact(named.artists.first))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the reference, beside its names."""

    ref_id: str
    duration_ms: int | None
    album: str | None
    popularity: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Names of the reference that were looked at, as their number; `song` tells apart what cannot be one recording."""

    number: int
    song: Identity
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a query: matched, ambiguous or unmatched; `ref_id` and `evidence` only where matched.

    `evidence`: id, isrc, equal names (but for their dress), or alike names.
    """

    ref_id: str | None
    confidence: float
    verdict: str
    reason: str
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A row weighed: its odds (log), what speaks against it and for it."""

    odds: float
    gap_ms: int
    row: Row
    song: Identity
    penalties: tuple[str, ...]
    support: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return not set(self.penalties) <= LENGTHS.keys() | {"far other length"}

    @property
    def order(self) -> tuple[float, int, float, str]:
        return (-self.odds, self.gap_ms, -self.row.popularity, self.row.ref_id)

    @property
    def reason(self) -> str:
        told = (*self.penalties, *(f"same {name}" for name in self.support))
        return ", ".join(told) or "the same names"


def decide(  # noqa: PLR0917 (the query, then what is known)
    title: str,
    artist: str,
    album: str | None,
    duration_ms: int | None,
    candidates: Sequence[Candidate],
    rows: Mapping[int, Sequence[Row]],
) -> Verdict:
    """The verdict on a query, from the names that were looked at and the rows that bear them."""
    if not title:
        return Verdict(None, 0.0, "unmatched", "the query has no title")
    if not artist:
        return Verdict(None, 0.0, "unmatched", "the query has no artist")
    choices = [
        weigh(candidate, album, duration_ms, row)
        for candidate in candidates
        if not candidate.evidence.refused
        for row in rows[candidate.number]
    ]
    if not choices:
        refusals = sorted({candidate.evidence.refused for candidate in candidates})
        return Verdict(None, 0.0, "unmatched", f"nothing alike: {', '.join(refusals)}" if refusals else "nothing alike")
    best = min(choices, key=lambda choice: choice.order)
    sure, reason = confidence(best.penalties, best.support), best.reason
    if best.penalties and any(_rivals(best, other) for other in choices):
        sure, reason = sure * RIVAL_SHARE, f"{reason}, rival"
    if sure >= THRESHOLD:
        return Verdict(best.row.ref_id, sure, "matched", reason, "alike names" if best.differs else "equal names")
    return Verdict(None, sure, "ambiguous" if sure >= DOUBTFUL else "unmatched", f"not sure: {reason}")


def _rivals(best: Choice, other: Choice) -> bool:
    return other.song != best.song and other.odds >= best.odds - RIVAL_WITHIN


def weigh(candidate: Candidate, album: str | None, duration_ms: int | None, row: Row) -> Choice:
    """Weigh a row that bears the names of a candidate that is not refused."""
    penalties, support = candidate.evidence.penalties, []
    gap = 0
    if duration_ms is not None and row.duration_ms is not None:
        gap = abs(duration_ms - row.duration_ms)
        told = next((name for name, most in LENGTHS.items() if gap <= most), "far other length")
        if told == "length":
            support.append(told)
        else:
            penalties = (*penalties, told)
    if album and row.album and album.casefold() == row.album.casefold():
        support.append("album")
    return Choice(odds(penalties, support), gap, row, candidate.song, penalties, tuple(support))
