"""Pairs missed and pairs joined wrongly, told so that a person can see why."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.joining.life import Life
from benchmarks.joining.rates import LATE, NOT_KEPT, Pairs, Rows, all_pairs
from benchmarks.joining.shown import Shown, instant

A_PAIR = 2  # examples of each sort for every two sources


def examples(life: Life, shown: Sequence[Shown], rows: Rows, *, most: int = A_PAIR) -> str:
    """For every two sources, `most` missed and `most` wrong pairs, spread over the years."""
    told: list[str] = []
    for found in all_pairs(rows):
        heading = f"{found.first} × {found.second}"
        if len(found.missed):
            told.append(f"missed by {heading}: {len(found.missed):,}")
            for play in spread(found.missed, most).tolist():
                told += [*true_play(life, play), *tellings(shown, rows, found, (play, play))]
        if len(found.wrong):
            told.append(f"wrong in {heading}: {len(found.wrong):,}")
            for first, second in spread(found.wrong, most).tolist():
                told += [*true_play(life, first), *true_play(life, second)]
                told += tellings(shown, rows, found, (first, second))
    return "\n".join(told)


def spread(found: np.ndarray, most: int) -> np.ndarray:
    return found[np.unique(np.linspace(0, len(found) - 1, min(most, len(found))).astype(np.int64))]


def true_play(life: Life, play: int) -> Iterator[str]:
    if play < 0:
        yield "  no true play"
        return
    song = life.songs.all[life.song[play]]
    flags = [name for name in ("skipped", "offline", "late", "elsewhere") if getattr(life, name)[play]]
    yield (
        f"  play {play}: {clock(int(life.started_ms[play]))} to {clock(int(life.stopped_ms[play]))}, heard "
        f"{life.ms_played[play] / 1000:.1f} s of {song.length_ms / 1000:.1f} s{''.join(f', {flag}' for flag in flags)}: "
        f"{song.title} / {', '.join(song.artists)}"
    )


def tellings(shown: Sequence[Shown], rows: Rows, found: Pairs, truth: tuple[int, int]) -> Iterator[str]:
    """The first row of each source that tells the play, and with which sources the system put it together."""
    for source, play in zip((found.first, found.second), truth, strict=True):
        at = int(np.flatnonzero((rows.source == rows.sources.index(source)) & (rows.truth == play))[0])
        file, row = shown[rows.file[at]], int(rows.row[at])
        time = clock(int(file.told_ms[row - 1])) if file.told_ms[row - 1] else "no time"
        yield f"    {source}: {time} {file.names[row - 1]} ({file.file}, row {row}; {company(rows, at)})"


def company(rows: Rows, at: int) -> str:
    system = rows.system[at]
    if system == NOT_KEPT:
        return "not kept"
    others = sorted({rows.sources[source].removesuffix(LATE) for source in rows.source[rows.system == system].tolist()})
    return f"in a play of {' + '.join(others)}"


def clock(ms: int) -> str:
    return f"{instant(ms):%Y-%m-%d %H:%M:%S.%f}"[:-3]
