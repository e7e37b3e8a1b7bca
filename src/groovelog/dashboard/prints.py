"""Pictures drawn from plays, as SVG: the mark of Groovelog and the clock print."""

import base64
import hashlib
import math
from collections.abc import Sequence

from groovelog.dashboard.theme import INK_ON_SLEEVE, MARKER, SLEEVES

HOURS = 24
RAY_GAP = 0.16  # share of a ray's angle left free
HUB = 24.0
RIM = 96.0
BARS_WIDE, BARS_HIGH = 490, 220

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">'
    f'<circle cx="20" cy="20" r="19" fill="{MARKER}"/>'
    f'<g fill="none" stroke="{INK_ON_SLEEVE}" stroke-width="1.6" stroke-linecap="round">'
    '<path d="M8.5 26a13 13 0 0 1 12-19M31.5 14a13 13 0 0 1-12 19"/>'
    '<path d="M12.2 23.5a8.6 8.6 0 0 1 8.2-12.1M27.8 16.5a8.6 8.6 0 0 1-8.2 12.1"/></g>'
    f'<circle cx="20" cy="20" r="4.6" fill="{INK_ON_SLEEVE}"/><circle cx="20" cy="20" r="1.5" fill="{MARKER}"/></svg>'
)


def clock_print(hours: Sequence[float], marked: int | None = None) -> str:
    """One ray for each hour of the day, midnight on top; a ray is as long as the square root of its share."""
    most = max(hours)
    rays = []
    for hour, value in enumerate(hours):
        reach = HUB + (RIM - HUB) * math.sqrt(value / most) if most else HUB
        if reach > HUB + 0.5:
            rays.append(_ray(hour, reach, "#FFFFFF" if hour == marked else INK_ON_SLEEVE))
    rings = "".join(
        f'<circle r="{radius}" fill="none" stroke="{INK_ON_SLEEVE}" stroke-opacity=".22" stroke-width=".7"/>'
        for radius in (HUB + 24, HUB + 48, RIM)
    )
    hub = (
        f'<circle r="{HUB - 5}" fill="none" stroke="{INK_ON_SLEEVE}" stroke-width="2.6"/>'
        f'<circle r="4" fill="{INK_ON_SLEEVE}"/>'
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200">{rings}{"".join(rays)}{hub}</svg>'


def week_bars(values: Sequence[float], usual: Sequence[float]) -> str:
    """Bars of days, each with a line at what is usual; without what is usual, no lines. To be stretched as wanted."""
    most = max(*values, *usual, 1) if usual else max(*values, 1)
    step = BARS_WIDE / len(values)
    parts = []
    for place, value in enumerate(values):
        left, high = place * step + step * 0.07, (BARS_HIGH - 8) * value / most
        top = BARS_HIGH - high
        parts.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{step * 0.86:.1f}" height="{high:.1f}" rx="5" fill="{INK_ON_SLEEVE}"/>'
        )
        if usual:
            level = BARS_HIGH - (BARS_HIGH - 8) * usual[place] / most
            shade = MARKER if level > top else INK_ON_SLEEVE
            parts.append(
                f'<rect x="{place * step:.1f}" y="{level - 1.5:.1f}" width="{step:.1f}" height="3" fill="{shade}"/>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BARS_WIDE} {BARS_HIGH}" preserveAspectRatio="none">'
        f"{''.join(parts)}</svg>"
    )


def data_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def sleeve_of(name: str) -> str:
    """The sleeve an artist or person keeps for ever; it means nothing."""
    number = int.from_bytes(hashlib.blake2b(name.casefold().encode(), digest_size=4).digest())
    return list(SLEEVES)[number % len(SLEEVES)]


def _ray(hour: int, reach: float, fill: str) -> str:
    turn = 2 * math.pi / HOURS
    start, end = turn * (hour + RAY_GAP / 2), turn * (hour + 1 - RAY_GAP / 2)
    corners = [_point(start, HUB), _point(start, reach), _point(end, reach), _point(end, HUB)]
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    return (
        f'<path fill="{fill}" d="M{x0:.2f} {y0:.2f}L{x1:.2f} {y1:.2f}A{reach:.2f} {reach:.2f} 0 0 1 {x2:.2f} {y2:.2f}'
        f'L{x3:.2f} {y3:.2f}A{HUB} {HUB} 0 0 0 {x0:.2f} {y0:.2f}Z"/>'
    )


def _point(angle: float, radius: float) -> tuple[float, float]:
    return radius * math.sin(angle), -radius * math.cos(angle)
