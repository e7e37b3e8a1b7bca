"""The strip of sources: a track for each, solid where it has plays, hatched where no source has any. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby

from groovelog.dashboard.texts.keeping import GAP_DAYS

MOST_YEARS = 6
Span = tuple[date, date]


@dataclass(frozen=True)
class Track:
    """A source, and the stretches in which it has plays."""

    name: str
    spans: tuple[Span, ...]


def spans(months: Iterable[date], first: date, last: date) -> tuple[Span, ...]:
    """Months with plays, each by its first day, as stretches; within the source's first and last day."""
    ordered = sorted(months)
    runs = groupby(enumerate(ordered), key=lambda item: item[1].year * 12 + item[1].month - item[0])
    found = []
    for _, run in runs:
        begins = [begin for _, begin in run]
        found.append((max(begins[0], first), min(_end(begins[-1]), last)))
    return tuple(found)


def gaps(plays: Mapping[date, int]) -> list[Span]:
    """Stretches of days without a play, two weeks or longer. `plays` holds every day of the record."""
    found = []
    for silent, run in groupby(sorted(plays), key=lambda day: not plays[day]):
        days = list(run)
        if silent and len(days) >= GAP_DAYS:
            found.append((days[0], days[-1]))
    return found


def strip(tracks: Sequence[Track], missing: Sequence[Span], first: date, last: date) -> str:
    rows = "".join(
        f'<li><span class="name">{escape(track.name)}</span><span class="track">'
        f"{''.join(_part(span, first, last, 'kept') for span in track.spans)}"
        f"{''.join(_part(span, first, last, 'gap') for span in missing)}</span></li>"
        for track in tracks
    )
    years = "".join(
        f'<span style="left:{_share(date(year, 1, 1), first, last):.2%}">{year}</span>' for year in _years(first, last)
    )
    axis = f'<span class="name"></span><span class="track">{years}</span>'
    return f'<ul class="strip">{rows}</ul><p class="strip-years" aria-hidden="true">{axis}</p>'


def _years(first: date, last: date) -> list[int]:
    """Those whose 1 January lies within, not too near the right end; every second or third where they are many."""
    every = [year for year in range(first.year + 1, last.year + 1) if _share(date(year, 1, 1), first, last) < 0.93]
    step = -(-len(every) // MOST_YEARS) or 1
    return every[::step]


def _part(span: Span, first: date, last: date, kind: str) -> str:
    left = _share(span[0], first, last)
    wide = _share(span[1] + timedelta(days=1), first, last) - left
    return f'<i class="{kind}" style="left:{left:.2%};width:{wide:.2%}"></i>'


def _share(day: date, first: date, last: date) -> float:
    return (day - first).days / ((last - first).days + 1)


def _end(month: date) -> date:
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return after - timedelta(days=1)
