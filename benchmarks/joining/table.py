"""The rates as one Markdown table, and a second one of each source by itself."""

from collections.abc import Sequence

from benchmarks.joining.rates import Kept, Pairs, Rows, all_pairs, kept, late_pairs, together
from benchmarks.joining.simulate import MINUTES, SOURCES

BOTH_SECONDS, A_MINUTE = 0.999, 0.995
HEAD = ("sources", "true pairs", "joined", "right", "precision", "recall", "target", "reached")
KEPT_HEAD = ("source", "rows", "plays told", "kept", "split", "merged")


def target(found: Pairs) -> float:
    """What precision and recall must reach: less where one source knows only the minute and the names."""
    return A_MINUTE if {found.first, found.second} & MINUTES else BOTH_SECONDS


def rates_table(rows: Rows) -> str:
    every = all_pairs(rows)
    seconds = [found for found in every if target(found) == BOTH_SECONDS]
    minutes = [found for found in every if target(found) == A_MINUTE]
    lines = [line(f"{found.first} × {found.second}", found, target(found)) for found in every]
    for name, part, least in (
        ("all, both with seconds", seconds, BOTH_SECONDS),
        ("all, one with the minute alone", minutes, A_MINUTE),
        ("all together", every, None),
        ("rows uploaded late × all others", late_pairs(rows), None),
    ):
        if part:
            lines.append(line(name, together(part), least))
    return markdown(HEAD, lines)


def kept_table(rows: Rows) -> str:
    """`split`: plays of the source that became several; `merged`: plays that hold several of the source's."""
    return markdown(KEPT_HEAD, [kept_line(one) for one in (kept(rows, source) for source in SOURCES) if one.rows])


def line(name: str, found: Pairs, least: float | None) -> tuple[str, ...]:
    counts = tuple(f"{count:,}" for count in (found.true, found.joined, found.right))
    rates = (found.precision, found.recall)
    reached = ""
    if least is not None:
        reached = "yes" if all(rate is not None and rate >= least for rate in rates) else "no"
    return (name, *counts, *map(share, rates), "" if least is None else f"{least}", reached)


def share(rate: float | None) -> str:
    """Five digits, cut and not rounded: a rate below its target must not look like it."""
    return "–" if rate is None else f"{int(rate * 100_000) / 100_000:.5f}"


def kept_line(one: Kept) -> tuple[str, ...]:
    counts = (one.rows, one.told, one.kept, one.split, one.merged)
    return (one.source, *(f"{count:,}" for count in counts))


def markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[at]) for row in (head, *lines)) for at in range(len(head))]

    def printed(row: Sequence[str]) -> str:
        name, *numbers = (text.rjust(width) for text, width in zip(row, widths, strict=True))
        return f"| {' | '.join([name.strip().ljust(widths[0]), *numbers])} |"

    rule = "|".join(["", "-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:]), ""])
    return "\n".join([printed(head), rule, *map(printed, lines)])
