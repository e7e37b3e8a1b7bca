"""When a row says that its play began and ended, as intervals; all in ms since 1970 (BIGINT).

- `start_lo` to `start_hi`, `stop_lo` to `stop_hi`: where the row puts start and stop (stop null where it does not say);
- `start_at`, `stop_at`: the likeliest instants, of which distances are told;
- `rounded`: how wide its rounding is; `drift`: by how much its clock may be off, either way;
- `timed`: whether it tells how long was listened, and when that ended;
- `paused_lo` to `paused_hi`: where the play may have begun if it was paused, or broken off, for rows that tell a stop;
- `either`: the other end at which the Web API's instant may lie;
- `lo` to `hi`: all the time that the row may speak of. Rows whose play may be one overlap in it.
"""

from collections.abc import Callable, Iterable

from groovelog.sources import BY_NAME, SOURCES
from groovelog.sources.source import Source

# A pause is told by no source. So much silence before a play may have been one.
LONGEST_PAUSE_MS = 30 * 60 * 1000
# Scrobblers tell of no play so short: they wait for half of the track. Nor does the Web API.
SHORTEST_TOLD_MS = 30_000


def intervals(rows: str, names: Iterable[str]) -> str:
    """The query of `rid`, `source`, `row_key`, `trust`, `ms_played` and the intervals, from rows of the sources named
    (instants naive)."""
    return " UNION ALL BY NAME ".join(f"({_of_source(BY_NAME[name], rows)})" for name in sorted(names))


def _of_source(source: Source, rows: str) -> str:
    start, stop, rounded = "epoch_ms(started_at)", "epoch_ms(stopped_at)", source.rounded_s * 1000
    told = {  # each told by those before it
        "paused_lo": "NULL::BIGINT",
        "paused_hi": "NULL::BIGINT",
        "start_lo": start,
        "start_hi": f"{start} + {rounded}",
        "stop_lo": stop,
        "stop_hi": f"{stop} + {rounded}",
        "start_at": f"start_lo + {rounded // 2}",
        "stop_at": f"stop_lo + {rounded // 2}",
        "rounded": f"{rounded}",
        "drift": f"{source.drift_s * 1000}",
        "either": "NULL::BIGINT",
        "timed": "false",
    }
    if source.tells != "start":
        before = "lag(epoch_ms(stopped_at)) OVER (ORDER BY stopped_at, started_at, row_key)"
        told["paused_lo"] = f"greatest({start} - {LONGEST_PAUSE_MS}, least({start}, coalesce({before}, 0)))"
        told["paused_hi"] = f"{start} + {rounded}"
    if source.tells == "stop":
        told["timed"] = "true"
        # The device's clock tells the start of a paused play. It may be days off (late uploads), and is not heard then.
        told["start_lo"] = (
            f"CASE WHEN epoch_ms(offline_at) BETWEEN paused_lo AND {start} THEN epoch_ms(offline_at) ELSE {start} END"
        )
    elif source.tells == "played_at":
        told["either"] = "epoch_ms(played_at)"
        # The start is worked out from the length of the track; who breaks off began later.
        told["paused_hi"] = f"greatest({start}, epoch_ms(played_at) - {SHORTEST_TOLD_MS})"
    columns = ", ".join(f"{expression} AS {name}" for name, expression in told.items())
    trust = (
        source.trust
        if source.trust_with_length is None
        else (f"CASE WHEN ms_played IS NULL THEN {source.trust} ELSE {source.trust_with_length} END")
    )
    return f"SELECT rid, source, row_key, {trust} AS trust, ms_played, {columns} FROM {rows} WHERE source = '{source.name}'"


def bounds(row: str = "") -> tuple[str, str]:
    """Two expressions over a row of `source_plays` (instants naive): TIMESTAMPs before and after all it may speak of."""
    dot = f"{row}." if row else ""
    earlier = _by_source(
        f"{dot}source", lambda source: source.drift_s + (LONGEST_PAUSE_MS // 1000 if source.tells != "start" else 0)
    )
    later = _by_source(f"{dot}source", lambda source: source.drift_s + source.rounded_s)
    unstopped = f"{dot}started_at + to_milliseconds(coalesce({dot}length_ms, 0))"
    last = f"greatest(coalesce({dot}stopped_at, {unstopped}), {dot}started_at)"
    return f"{dot}started_at - to_seconds({earlier})", f"{last} + to_seconds({later})"


def _by_source(column: str, seconds: Callable[[Source], int]) -> str:
    cases = " ".join(f"WHEN '{source.name}' THEN {seconds(source)}" for source in SOURCES)
    return f"CASE {column} {cases} END"
