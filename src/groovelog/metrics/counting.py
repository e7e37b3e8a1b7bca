"""When a play counts."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from groovelog.metrics.lengths import END_OF_TRACK
from groovelog.metrics.rules import COUNTED_MS, EXPORTS, FINISHED_TENTHS, SCROBBLED_MS


def marked(plays: ir.Table, rule: str) -> ir.Table:
    """The plays with `counted`: true, false, or null where the rule cannot decide.

    `scrobble` and `finished` read `length_ms` (see `lengths.with_length`).
    """
    return plays.mutate(counted=DECIDE[rule](plays))


def every(_plays: ir.Table) -> ir.BooleanValue:
    """True."""
    return ibis.literal(True)


def half_a_minute(plays: ir.Table) -> ir.BooleanValue:
    """ms_played ≥ 30,000, or unknown."""
    return plays.ms_played.isnull() | (plays.ms_played >= COUNTED_MS)


def scrobbled(plays: ir.Table) -> ir.BooleanValue:
    """ms_played ≥ min(240,000, length / 2), or told by a scrobbler or the API; as `30s` where a number is unknown."""
    # Not least(): both engines take the smaller of a number and null to be the number.
    reached = (plays.ms_played >= SCROBBLED_MS) | (plays.ms_played * 2 >= plays.length_ms)
    return ibis.coalesce(reached, half_a_minute(plays)) | seen_elsewhere(plays)


def seen_elsewhere(plays: ir.Table) -> ir.BooleanValue:
    """True when `sources` names anything but an export."""
    others = plays.sources
    for source in EXPORTS:
        others = others.replace(source, "")
    return others.replace("+", "").fill_null("") != ""


def finished(plays: ir.Table) -> ir.BooleanValue:
    """reason_end is trackdone, else ms_played ≥ 0.9 × length; null where one of those two is unknown."""
    # No other reason is a no: who presses next in the last seconds has heard the track.
    reached = plays.ms_played * 10 >= plays.length_ms * FINISHED_TENTHS
    return ibis.cases((plays.reason_end == END_OF_TRACK, True), else_=reached)


DECIDE: dict[str, Callable[[ir.Table], ir.BooleanValue]] = {
    "all": every,
    "30s": half_a_minute,
    "scrobble": scrobbled,
    "finished": finished,
}
