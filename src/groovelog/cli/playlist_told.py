"""Proposals and blends as people read them on a terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from groovelog.recommend.playlists import arcs, told
from groovelog.recommend.playlists.blending import Blend
from groovelog.recommend.playlists.costs import APART
from groovelog.recommend.playlists.curves import Smoothness
from groovelog.recommend.playlists.proposal import Proposal

MOST_ROWS = 60
MOST_SPARKS = 120


def print_proposal(proposal: Proposal) -> None:
    """The curves, what changes, the new order, and how good it is."""
    console = Console(highlight=False)
    console.print(Text(f"{proposal.name}: {proposal.wish.arc}, {arcs.MEANINGS[proposal.wish.arc]}", "bold"))
    _curves(proposal, console)
    _measures(proposal, console)
    for title, suggestions in (("Drop", proposal.dropped), ("Add", proposal.added)):
        for one in suggestions:
            where = f" (number {one.place})" if one.place else ""
            console.print(Text(f"{title} {one.song}{where}: {'; '.join(one.reasons)}"), soft_wrap=True)
    for swap in proposal.swapped:
        line = f"Swap number {swap.place}, {swap.out}, for {swap.into}: {'; '.join(swap.reasons)}"
        console.print(Text(line), soft_wrap=True)
    console.print(_order(proposal))
    if len(proposal.after) > MOST_ROWS:
        console.print(f"and {len(proposal.after) - MOST_ROWS:,} more; --json has all.")
    for line in filter(None, (told.kept_places(proposal), _balance(proposal), told.verdict(proposal))):
        console.print(Text(line), soft_wrap=True)


def print_blend(blend: Blend) -> None:
    """The songs, and how satisfied everybody is."""
    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False)
    table.add_column("", justify="right")
    table.add_column("Song", overflow="fold")
    table.add_column("Why", overflow="fold")
    for number, one in enumerate(blend.songs, 1):
        table.add_row(str(number), Text(str(one.song)), Text("; ".join(one.reasons)))
    console.print(table)
    for name, satisfied in blend.satisfaction.items():
        console.print(
            Text(f"{name}: {satisfied:.0%} of what the best list of this length would be worth to them alone")
        )
    console.print(
        Text(f"The least is {blend.least:.0%}; no list of this length can give everybody more than {blend.bound:.0%}.")
    )


def _curves(proposal: Proposal, console: Console) -> None:
    """Energy before, after, and as the arc asks for it."""
    before, after = proposal.curves
    lines = {
        "Energy before": [point.energy for point in before],
        "after": [point.energy for point in after],
        "wanted": [point.wanted for point in after],
    }
    for name, values in lines.items():
        console.print(Text(f"{name:>13}  {told.sparkline(_thinned(values))}"), soft_wrap=True)


def _thinned(values: list[float | None]) -> list[float | None]:
    """As many as a line has room for, evenly taken."""
    if len(values) <= MOST_SPARKS:
        return values
    return [values[place * len(values) // MOST_SPARKS] for place in range(MOST_SPARKS)]


def _measures(proposal: Proposal, console: Console) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("", "Before", "After"):
        table.add_column(heading, justify="right" if heading else "left")
    before, after = proposal.smoothness
    for name, words in (
        ("Energy step, mean", lambda one: _number(one.energy_step, 1, "")),
        ("Tempo step, mean", lambda one: _number(one.tempo_step, 100, " % of an octave")),
        ("Steps in key", _in_key),
        (f"One artist within {APART}", lambda one: str(one.crowded)),
    ):
        table.add_row(name, words(before), words(after))
    console.print(table)


def _number(value: float | None, times: int, unit: str) -> str:
    if value is None:
        return "not known"
    return f"{value * times:.0f}{unit}" if unit else f"{value:.2f}"


def _in_key(one: Smoothness) -> str:
    return f"{one.harmonic} of {one.keyed}"


def _order(proposal: Proposal) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading, justify in (
        ("", "right"),
        ("Was", "right"),
        ("Song", "left"),
        ("Energy", "right"),
        ("BPM", "right"),
        ("Key", "left"),
    ):
        table.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    _, points = proposal.curves
    for placed, point in list(zip(proposal.after, points, strict=True))[:MOST_ROWS]:
        table.add_row(
            str(point.place),
            "new" if placed.was is None else str(placed.was),
            Text(str(placed.song)),
            "–" if point.energy is None else f"{point.energy:.2f}",
            "–" if point.tempo is None else f"{point.tempo:.0f}",
            point.camelot or "–",
        )
    return table


def _balance(proposal: Proposal) -> str:
    before, after = proposal.acoustic
    wanted = proposal.wish.acoustic
    if wanted is None:
        return ""
    if before is None or after is None:
        return "How acoustic these tracks are is not known."
    missed = (
        "" if abs(after - wanted) < 0.5 / max(len(proposal.after), 1) + 0.01 else ", as near as what is known allows"
    )
    return f"Acoustic: {before:.0%} before, {after:.0%} after, {wanted:.0%} wanted{missed}."
