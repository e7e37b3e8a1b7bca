"""The cards of a recap in their order. A card of what did not happen is left out."""

from collections.abc import Callable, Sequence
from datetime import date

from groovelog.dashboard.recap_cards import pictures, steps
from groovelog.dashboard.recap_cards.drawing import NIGHT, Face, drawn
from groovelog.dashboard.recap_cards.fonts import DISPLAY, STRONG
from groovelog.dashboard.recap_cards.pictures import Picture
from groovelog.dashboard.recap_cards.told import STAYED, Behind, Box, Card, Look, Recap
from groovelog.dashboard.recap_cards.words import fitted, text
from groovelog.dashboard.texts import recap as texts
from groovelog.dashboard.texts.recap import ENOUGH_LINES, LONG_STREAK, MANY_A_DAY, Words
from groovelog.dashboard.texts.wording import MONTHS, count, counted
from groovelog.dashboard.theme import MARKER, SLEEVES

DOTS = 5
FEWEST = 2  # artists in a ranking worth a card

Told = tuple[Words, Picture, Behind]

SLEEVE = {
    "volume": "marigold", "artist": "coral", "five": "lilac", "hours": "sky", "new": "mint", "repeat": "coral",
    "streak": "coral", "track": "sky",
}  # fmt: skip


def keys(recap: Recap) -> list[str]:
    """The cards that there are, by the facts alone. None without counted plays."""
    facts = recap.facts
    time = facts.get("time-listened")
    if time is None or not time.plays:
        return []
    repeat, streak = facts.get("on-repeat"), facts.get("longest-streak")
    repeated = repeat is not None and repeat.value >= MANY_A_DAY
    there = {
        "volume": True,
        "artist": "top-artist" in facts,
        "five": "artists" in facts and facts["artists"].value >= FEWEST,
        "hours": time.ms_played > 0,
        "new": "new-artists" in facts and facts["new-artists"].value > 0,
        "repeat": repeated,
        "streak": not repeated and streak is not None and streak.value >= LONG_STREAK,
        "track": "top-track" in facts,
    }
    return [key for key, is_there in there.items() if is_there]


def card(recap: Recap, look: Look, key: str) -> Card:
    """One of the `keys`, drawn. The recap has what the card needs (see `asking.filled`)."""
    words, picture, behind = DRAWN[key](recap, look)
    sleeve = NIGHT if key == "hours" and texts.hours(recap.week)[0] is texts.NIGHT else _sleeves(keys(recap))[key]
    return Card(key, words.says, drawn(Face(sleeve, words, picture), recap, look), behind)


def cards(recap: Recap, look: Look) -> list[Card]:
    """Every card of a recap that has what they all need."""
    return [card(recap, look, key) for key in keys(recap)]


def _sleeves(there: Sequence[str]) -> dict[str, str]:
    """The colour of each: never two alike in a row, whichever is left out between them."""
    chosen: dict[str, str] = {}
    before = ""
    for key in there:
        wanted = SLEEVE[key]
        before = wanted if wanted != before else next(name for name in SLEEVES if name != before)
        chosen[key] = before
    return chosen


def _artist(recap: Recap, look: Look) -> Told:
    fact = recap.facts["top-artist"]
    words = texts.artist(fact, look, recap.facts["time-listened"].plays, recap.leaders)
    return words, pictures.clock(recap.clocks.get(fact.name or "", ())), Behind("recap-plays", "top-artist")


def _five(recap: Recap, look: Look) -> Told:
    return texts.five(recap.leaders, look), _ranked(recap, look), Behind("top-artists", top=len(recap.leaders))


def _hours(recap: Recap, _: Look) -> Told:
    window, words = texts.hours(recap.week)
    return words, _bars(recap, window), Behind("heatmap")


def _new(recap: Recap, look: Look) -> Told:
    step = steps.for_columns(recap.first, recap.last)
    fates = [fate for _, fate in recap.new]
    words = texts.new(recap.facts["new-artists"], fates, recap.facts.get("favourite-discovery"), look, step)
    return words, _piles(recap, step), Behind("recap-plays", "new-artists")


def _repeat(recap: Recap, look: Look) -> Told:
    fact = recap.facts["on-repeat"]
    return texts.repeat(fact, look), pictures.rings(fact.value), Behind("recap-plays", "on-repeat")


def _streak(recap: Recap, _: Look) -> Told:
    fact = recap.facts["longest-streak"]
    return texts.streak(fact), pictures.grid(fact.value), Behind("recap-plays", "longest-streak")


def _track(recap: Recap, look: Look) -> Told:
    step = steps.for_columns(recap.first, recap.last)
    by_step = steps.tally(recap.track_days, recap.first, recap.last, step)
    words = texts.track(recap.facts["top-track"], look, by_step, step)
    return words, _columns(list(by_step.values()), step, list(by_step)), Behind("recap-plays", "top-track")


def _volume(recap: Recap, _: Look) -> Told:
    step = steps.for_disc(recap.first, recap.last)
    by_step = dict.fromkeys(steps.every(recap.first, recap.last, step), 0)
    for day, ms in recap.days.items():
        if recap.first <= day <= recap.last:
            by_step[steps.start(day, step)] += ms
    begins, values = list(by_step), list(by_step.values())
    order = sorted(range(len(values)), key=lambda place: -values[place])
    dotted = order[:DOTS] if sum(map(bool, values)) >= ENOUGH_LINES else []
    slots = len(values)
    on_top = texts.span(recap.first, recap.first) if step == "day" else str(recap.first.year)
    if step == "day" and (recap.first.month, recap.first.day) == (1, 1) and recap.last.year == recap.first.year:
        slots = len(steps.every(recap.first, recap.first.replace(month=12, day=31), "day"))
        on_top = MONTHS[0]
    longest = (begins[order[0]], values[order[0]])
    words = texts.volume(
        recap.title, recap.facts["time-listened"], step=step, on_top=on_top,
        reached=[values[place] for place in dotted], longest=longest,
    )  # fmt: skip
    return words, pictures.disc(values, slots, dotted), Behind("recap-plays", "time-listened")


def _ranked(recap: Recap, look: Look) -> Picture:
    """Prints on white, with names and plays beside them."""

    def draw(box: Box, ink: str) -> str:
        slot = min(box.high / len(recap.leaders), 216)
        side = slot * 0.86
        top = box.y + (box.high - slot * len(recap.leaders)) / 2
        parts = []
        for place, (name, plays) in enumerate(recap.leaders):
            middle = top + slot * (place + 0.5)
            parts.append(f'<circle cx="{box.x + side / 2:.1f}" cy="{middle:.1f}" r="{side / 2:.1f}" fill="#FFFFFF"/>')
            parts.append(
                pictures.print_at(recap.clocks.get(name, ()), box.x + side * 0.06, middle - side * 0.44, side * 0.88)
            )
            left, room = box.x + side + 32, box.wide - side - 32
            amount = counted(plays, "play", "plays")
            if not look.shows(name):
                parts.append(text(amount, left, middle + 18, size=56, family=DISPLAY, fill=ink))
                continue
            size, lines = fitted(name, (64, 56, 48, 42, 36), DISPLAY, room, 2)
            y = middle - 8 - (len(lines) - 1) * size * 0.5
            for line in lines:
                parts.append(text(line, left, y, size=size, family=DISPLAY, fill=ink))
                y += size * 0.98
            parts.append(text(amount, left, y - size * 0.98 + 50, size=36, family=STRONG, fill=ink))
        return "".join(parts)

    return draw


def _bars(recap: Recap, window: range) -> Picture:
    shown = texts.BARS.get(window, texts.WHOLE_DAY)
    values = [sum(recap.week.get((weekday, hour % 24), 0) for weekday in range(7)) for hour in shown]
    labels = {place: f"{hour % 24:02d}" for place, hour in enumerate(shown) if place % (len(shown) // 6) == 0}
    marked = [place for place, hour in enumerate(shown) if hour in window]
    return pictures.columns(values, labels, marked, {}, MARKER if window is texts.NIGHT else None)


def _piles(recap: Recap, step: steps.Step) -> Picture:
    begins = steps.every(recap.first, recap.last, step)
    piles: dict[object, list[bool]] = {begin: [] for begin in begins}
    for day, fate in recap.new:
        piles[steps.start(day, step)].append(fate == STAYED)
    return pictures.stacks(list(piles.values()), steps.ticks(begins, step))


def _columns(values: Sequence[int], step: steps.Step, begins: list[date]) -> Picture:
    most = max(values)
    peaks = [place for place, value in enumerate(values) if value == most]
    marked = peaks if len(peaks) == 1 else range(len(values))
    told = {peaks[0]: count(most)} if len(peaks) == 1 else {}
    return pictures.columns(values, steps.ticks(begins, step), marked, told)


DRAWN: dict[str, Callable[[Recap, Look], Told]] = {
    "volume": _volume, "artist": _artist, "five": _five, "hours": _hours, "new": _new, "repeat": _repeat,
    "streak": _streak, "track": _track,
}  # fmt: skip
