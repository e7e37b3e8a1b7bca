"""The print of an obsession: a ray for each play, twelve o'clock first."""

import math

from groovelog.dashboard.theme import INK_ON_SLEEVE

MOST_RAYS = 400
RIM = 96.0
HUB = 30.0


def burst_print(plays: int) -> str:
    """As SVG; of very many plays so many rays as can be told apart."""
    rays = min(plays, MOST_RAYS)
    width = min(2 * math.pi * HUB / max(rays, 1) * 0.62, 5.0)
    lines = "".join(_ray(2 * math.pi * number / rays, width) for number in range(rays))
    hub = f'<circle r="{HUB - 7}" fill="{INK_ON_SLEEVE}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200">{lines}{hub}</svg>'


def _ray(angle: float, width: float) -> str:
    x, y = math.sin(angle), -math.cos(angle)
    return (
        f'<path stroke="{INK_ON_SLEEVE}" stroke-width="{width:.2f}" '
        f'd="M{HUB * x:.2f} {HUB * y:.2f}L{RIM * x:.2f} {RIM * y:.2f}"/>'
    )
