"""The pictures of the cards: one shape each, drawn into a box in one ink."""

import math
from collections.abc import Callable, Mapping, Sequence

from groovelog.dashboard import prints
from groovelog.dashboard.recap_cards.fonts import STRONG
from groovelog.dashboard.recap_cards.told import Box
from groovelog.dashboard.recap_cards.words import text

Picture = Callable[[Box, str], str]

TICK = 32
LABEL = 38


def disc(values: Sequence[float], slots: int, dotted: Sequence[int]) -> Picture:
    """A ray for each value, clockwise from the top, as long as its square root; slots without a value stay open."""

    def draw(box: Box, ink: str) -> str:
        x, y = box.middle
        rim = min(box.wide, box.high) / 2 - 14
        hub = rim * 0.36
        most = max(values, default=0)
        thick = min(26.0, 2 * math.pi * hub / slots * 0.62)
        parts = [_ring(x, y, radius, ink) for radius in _between(hub, rim, 7)]
        for place, value in enumerate(values):
            if value <= 0:
                continue
            angle = 2 * math.pi * place / slots
            reach = hub + (rim - hub) * math.sqrt(value / most)
            (x0, y0), (x1, y1) = _at(x, y, angle, hub), _at(x, y, angle, reach)
            parts.append(f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="{ink}" stroke-width="{thick:.2f}"/>')
            if place in dotted:
                parts.append(f'<circle cx="{x1:.1f}" cy="{y1:.1f}" r="{max(11, thick * 0.8):.1f}" fill="{ink}"/>')
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{hub * 0.8:.1f}" fill="none" stroke="{ink}" stroke-width="5"/>'
        )
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="13" fill="{ink}"/>')
        return "".join(parts)

    return draw


def clock(hours: Sequence[float | None]) -> Picture:
    """The print of an artist, as large as there is room."""

    def draw(box: Box, _: str) -> str:
        side = min(box.wide, box.high)
        x, y = box.middle
        return print_at(hours, x - side / 2, y - side / 2, side)

    return draw


def print_at(hours: Sequence[float | None], x: float, y: float, side: float) -> str:
    drawn = prints.clock_print([share or 0.0 for share in hours] or [0.0])
    return drawn.replace("<svg ", f'<svg x="{x:.1f}" y="{y:.1f}" width="{side:.1f}" height="{side:.1f}" ', 1)


def columns(
    values: Sequence[int],
    labels: Mapping[int, str],
    marked: Sequence[int],
    told: Mapping[int, str],
    colour: str | None = None,
) -> Picture:
    """Bars from zero; the `marked` in full ink or in the colour, the others paler. `told` is written over its bar."""

    def draw(box: Box, ink: str) -> str:
        foot, top = box.y + box.high - 56, box.y + 60
        slot = box.wide / len(values)
        wide = min(slot * 0.78, 120)
        most = max(values) or 1
        parts = [f'<path d="M{box.x} {foot + 1}h{box.wide}" stroke="{ink}" stroke-width="2" stroke-opacity=".35"/>']
        for place, value in enumerate(values):
            middle = box.x + slot * (place + 0.5)
            high = (foot - top) * value / most
            fill = f'fill="{colour or ink}"' if place in marked else f'fill="{ink}" fill-opacity=".42"'
            if high:
                round_off = min(10, wide / 2, high)
                parts.append(
                    f'<rect x="{middle - wide / 2:.1f}" y="{foot - high:.1f}" width="{wide:.1f}" height="{high:.1f}" '
                    f'rx="{round_off:.1f}" {fill}/>'
                )
            if place in told:
                at = min(max(middle, box.x + 60), box.x + box.wide - 60)
                parts.append(
                    text(told[place], at, foot - high - 18, size=LABEL, family=STRONG, fill=ink, anchor="middle")
                )
            if place in labels:
                parts.append(
                    text(labels[place], middle, foot + 46, size=TICK, family=STRONG, fill=ink, anchor="middle")
                )
        return "".join(parts)

    return draw


def stacks(columns: Sequence[Sequence[bool]], labels: Mapping[int, str]) -> Picture:
    """A dot for each thing, piled up by column; full where it says so, else a ring."""

    def draw(box: Box, ink: str) -> str:
        foot = box.y + box.high - 56
        slot = box.wide / len(columns)
        size, a_row = _dots(slot, foot - box.y, max(map(len, columns)))
        parts = [f'<path d="M{box.x} {foot + 1}h{box.wide}" stroke="{ink}" stroke-width="2" stroke-opacity=".35"/>']
        for place, things in enumerate(columns):
            left = box.x + slot * (place + 0.5) - min(a_row, max(len(things), 1)) * size / 2
            for number, full in enumerate(sorted(things, reverse=True)):
                x, y = left + size * (number % a_row + 0.5), foot - 6 - size * (number // a_row + 0.5)
                parts.append(_dot(x, y, size * 0.42, ink, full=full))
            if place in labels:
                middle = box.x + slot * (place + 0.5)
                parts.append(
                    text(labels[place], middle, foot + 46, size=TICK, family=STRONG, fill=ink, anchor="middle")
                )
        return "".join(parts)

    return draw


def rings(number: int) -> Picture:
    """As many grooves as there were plays."""

    def draw(box: Box, ink: str) -> str:
        x, y = box.middle
        rim = min(box.wide, box.high) / 2 - 8
        hub = rim * 0.26
        step = (rim - hub) / number
        thick = min(16.0, step * 0.6)
        grooves = "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{hub + step * (place + 0.5):.1f}" fill="none" stroke="{ink}" '
            f'stroke-width="{thick:.1f}"/>'
            for place in range(number)
        )
        return grooves + f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{hub * 0.3:.1f}" fill="{ink}"/>'

    return draw


def grid(number: int) -> Picture:
    """A dot for each day, in rows of weeks' length."""

    def draw(box: Box, ink: str) -> str:
        a_row = next(
            (width for width in (7, 14, 21, 28, 42) if math.ceil(number / width) * box.wide / width <= box.high), 42
        )
        size = min(box.wide / a_row, box.high / math.ceil(number / a_row))
        left = box.x + (box.wide - size * a_row) / 2
        top = box.y + (box.high - size * math.ceil(number / a_row)) / 2
        return "".join(
            _dot(left + size * (place % a_row + 0.5), top + size * (place // a_row + 0.5), size * 0.4, ink, full=True)
            for place in range(number)
        )

    return draw


def _dots(slot: float, high: float, most: int) -> tuple[float, int]:
    """How large a dot's place is, and how many stand beside each other, so that the fullest column fits."""
    size = min(72.0, slot * 0.92)
    while True:
        a_row = max(1, int(slot * 0.92 / size))
        if math.ceil(max(most, 1) / a_row) * size <= high or size < 2:
            return size, a_row
        size *= 0.94


def _dot(x: float, y: float, radius: float, ink: str, *, full: bool) -> str:
    look = f'fill="{ink}"' if full else f'fill="none" stroke="{ink}" stroke-width="{max(1.2, radius * 0.22):.1f}"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * (1 if full else 0.89):.1f}" {look}/>'


def _ring(x: float, y: float, radius: float, ink: str) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="none" stroke="{ink}" stroke-opacity=".13" '
        f'stroke-width="2"/>'
    )


def _between(low: float, high: float, steps: int) -> list[float]:
    return [low + (high - low) * (step + 1) / steps for step in range(steps)]


def _at(x: float, y: float, angle: float, radius: float) -> tuple[float, float]:
    return x + radius * math.sin(angle), y - radius * math.cos(angle)
