"""The cards of a recap in their order. A card of what did not happen is left out."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

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

Told = tuple[str, str, Words, Picture, Behind]


def cards(recap: Recap, look: Look) -> list[Card]:
    """Every card, by what the recap tells. Empty without counted plays."""
    made: list[Card] = []
    before = ""
    for key, wanted, words, picture, behind in _told(recap, look):
        # Never two alike in a row, whichever is left out between them.
        sleeve = wanted if wanted != before else next(name for name in SLEEVES if name != before)
        before = sleeve
        made.append(Card(key, words.says, drawn(Face(sleeve, words, picture), recap, look), behind))
    return made


def _told(recap: Recap, look: Look) -> Iterator[Told]:
    time = recap.facts.get("time-listened")
    if time is None or not time.plays:
        return
    yield "volume", "marigold", *_volume(recap), Behind("recap-plays", "time-listened")
    if (artist := recap.facts.get("top-artist")) and artist.name:
        words = texts.artist(artist, look, time.plays, recap.leaders)
        yield (
            "artist",
            "coral",
            words,
            pictures.clock(recap.clocks.get(artist.name, ())),
            Behind("recap-plays", "top-artist"),
        )
    if len(recap.leaders) >= FEWEST:
        words = texts.five(recap.leaders, look)
        yield "five", "lilac", words, _ranked(recap, look), Behind("top-artists", top=len(recap.leaders))
    if heard := texts.hours(recap.week):
        window, words = heard
        sleeve = NIGHT if window is texts.NIGHT else "sky"
        yield "hours", sleeve, words, _hours(recap, window), Behind("heatmap")
    if (new := recap.facts.get("new-artists")) and new.value:
        step = steps.for_columns(recap.first, recap.last)
        fates = [fate for _, fate in recap.new]
        words = texts.new(new, fates, recap.facts.get("favourite-discovery"), look, step)
        yield "new", "mint", words, _new(recap, step), Behind("recap-plays", "new-artists")
    yield from islice(_stretch(recap, look), 1)
    if track := recap.facts.get("top-track"):
        step = steps.for_columns(recap.first, recap.last)
        by_step = steps.tally(recap.track_days, recap.first, recap.last, step)
        words = texts.track(track, look, by_step, step)
        yield (
            "track",
            "sky",
            words,
            _columns(list(by_step.values()), step, list(by_step)),
            Behind("recap-plays", "top-track"),
        )


def _volume(recap: Recap) -> tuple[Words, Picture]:
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
    return words, pictures.disc(values, slots, dotted)


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


def _hours(recap: Recap, window: range) -> Picture:
    shown = texts.BARS.get(window, texts.WHOLE_DAY)
    values = [sum(recap.week.get((weekday, hour % 24), 0) for weekday in range(7)) for hour in shown]
    labels = {place: f"{hour % 24:02d}" for place, hour in enumerate(shown) if place % (len(shown) // 6) == 0}
    marked = [place for place, hour in enumerate(shown) if hour in window]
    return pictures.columns(values, labels, marked, {}, MARKER if window is texts.NIGHT else None)


def _new(recap: Recap, step: steps.Step) -> Picture:
    begins = steps.every(recap.first, recap.last, step)
    piles: dict[object, list[bool]] = {begin: [] for begin in begins}
    for day, fate in recap.new:
        piles[steps.start(day, step)].append(fate == STAYED)
    return pictures.stacks(list(piles.values()), steps.ticks(begins, step))


def _stretch(recap: Recap, look: Look) -> Iterator[Told]:
    """What can be told of a stretch of time; the first is shown."""
    repeat, streak = recap.facts.get("on-repeat"), recap.facts.get("longest-streak")
    if repeat and repeat.value >= MANY_A_DAY:
        yield (
            "repeat",
            "coral",
            texts.repeat(repeat, look),
            pictures.rings(repeat.value),
            Behind("recap-plays", "on-repeat"),
        )
    if streak and streak.value >= LONG_STREAK:
        yield (
            "streak",
            "coral",
            texts.streak(streak),
            pictures.grid(streak.value),
            Behind("recap-plays", "longest-streak"),
        )


def _columns(values: Sequence[int], step: steps.Step, begins: list[date]) -> Picture:
    most = max(values)
    peaks = [place for place, value in enumerate(values) if value == most]
    marked = peaks if len(peaks) == 1 else range(len(values))
    told = {peaks[0]: count(most)} if len(peaks) == 1 else {}
    return pictures.columns(values, steps.ticks(begins, step), marked, told)
