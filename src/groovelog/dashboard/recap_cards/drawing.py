"""A card put together: words above, picture in the middle, what explains it below, and always the rule at the foot."""

from dataclasses import dataclass

from groovelog.dashboard.recap_cards.fonts import DISPLAY, STRONG, TEXT
from groovelog.dashboard.recap_cards.pictures import Picture
from groovelog.dashboard.recap_cards.told import Box, Look, Recap
from groovelog.dashboard.recap_cards.words import broken, fitted, text
from groovelog.dashboard.texts import recap as texts
from groovelog.dashboard.texts.recap import Words
from groovelog.dashboard.theme import INK_ON_SLEEVE, SLEEVES

WIDE, HIGH = 1080, 1920
MARGIN = 72
ROOM = WIDE - 2 * MARGIN
TOP, LINES_END, FOOT = 196, 1644, 1752
LINE, LINE_STEP = 38, 52
NIGHT = "night"
COLOURS = {**SLEEVES, NIGHT: "#2A2566"}
WHITE = "#FFFFFF"
LONG = (168, 140, 120, 104, 84, 68)  # of a name that is the card's word


@dataclass(frozen=True)
class Face:
    """What one card shows."""

    sleeve: str
    words: Words
    picture: Picture


def drawn(face: Face, recap: Recap, look: Look) -> str:
    """The SVG of a card; the same for the same values."""
    ink = WHITE if face.sleeve == NIGHT else INK_ON_SLEEVE
    head, below = _head(face.words, ink)
    lines = [piece for line in face.words.lines for piece in broken(line, LINE, STRONG, ROOM)]
    first = LINES_END - (len(lines) - 1) * LINE_STEP
    told = "".join(
        text(line, MARGIN, first + place * LINE_STEP, size=LINE, family=STRONG, fill=ink)
        for place, line in enumerate(lines)
    )
    top, bottom = below + 52, first - LINE - 52 if lines else LINES_END + 10
    picture = face.picture(Box(MARGIN, top, ROOM, bottom - top), ink)
    ground = f'<rect width="{WIDE}" height="{HIGH}" fill="{COLOURS[face.sleeve]}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}">'
        f"{ground}{head}{picture}{told}{_foot(recap, look, ink)}</svg>"
    )


def _head(words: Words, ink: str) -> tuple[str, float]:
    """The words above, and where they end."""
    parts = [text(words.kicker, MARGIN, TOP, size=LINE, family=STRONG, fill=ink)]
    y: float = TOP + 12
    if words.big:
        size, (big,) = fitted(words.big, (270, 230, 190, 160, 130), DISPLAY, ROOM, 1)
        y += size * 0.8
        parts.append(text(big, MARGIN - size * 0.03, y, size=size, family=DISPLAY, fill=ink))
        y += 8
    size, lines = fitted(words.words, (104,) if words.big else LONG, DISPLAY, ROOM, 3 if not words.big else 2)
    for line in lines:
        y += size * (0.94 if words.big or line is not lines[0] else 0.84)
        parts.append(text(line, MARGIN - size * 0.02, y, size=size, family=DISPLAY, fill=ink))
    if words.sub:
        size, lines = fitted(words.sub, (46, 40), STRONG, ROOM, 2)
        y += 16
        for line in lines:
            y += size * 1.24
            parts.append(text(line, MARGIN, y, size=size, family=STRONG, fill=ink))
    return "".join(parts), y + size * 0.2


def _foot(recap: Recap, look: Look, ink: str) -> str:
    """The mark, the name if wanted, and what a shared picture must not lose: when, and what counts as a play."""
    right = WIDE - MARGIN
    period, rule = texts.span(recap.first, recap.last), texts.RULES[recap.rule]
    ground = f'<g transform="translate({MARGIN} {FOOT - 32}) scale(1.6)"><g fill="none" stroke="{ink}" stroke-linecap="round">'
    mark = (
        f'{ground}<circle cx="20" cy="20" r="17.5" stroke-width="3.4"/><circle cx="20" cy="20" r="10" stroke-width="3.4"/></g>'
        f'<circle cx="20" cy="20" r="3.6" fill="{ink}"/></g>'
    )
    left = MARGIN + 82
    named = [text("Groovelog", left, FOOT + 12, size=34, family=STRONG, fill=ink)]
    if look.listener:
        size, (name,) = fitted(recap.listener, (34, 30, 27), STRONG, 330, 1)
        named = [
            text(name, left, FOOT - 6, size=size, family=STRONG, fill=ink),
            text("on Groovelog", left, FOOT + 28, size=27, family=TEXT, fill=ink),
        ]
    return mark + "".join((
        *named,
        text(period, right, FOOT - 6, size=27, family=TEXT, fill=ink, anchor="end"),
        text(rule, right, FOOT + 28, size=27, family=TEXT, fill=ink, anchor="end"),
    ))  # fmt: skip
