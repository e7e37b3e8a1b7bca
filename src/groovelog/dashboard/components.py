"""Pieces of a page as HTML: pure functions from values to text. Every value from the data is escaped here."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from groovelog.dashboard import prints
from groovelog.dashboard.texts.wording import Headline

DOTTED = "dotted"


@dataclass(frozen=True)
class Fact:
    """A number with what makes it big or small."""

    label: str
    value: str
    context: str


@dataclass(frozen=True)
class Played:
    """One play; `quiet` ones were cut short or do not count, and `length` says so."""

    name: str
    artist: str
    time: str
    length: str
    quiet: bool = False
    mark: str = ""  # HTML of a print or disc; else the first letter of the artist


@dataclass(frozen=True)
class Ranked:
    """One row of a ranking; `share` of the first one's plays sets the meter. Without a `mark` it is the first letter."""

    rank: int
    name: str
    sub: str
    sleeve_name: str
    share: float
    plays: str
    time: str
    mark: str = ""


@dataclass(frozen=True)
class Explanation:
    """How a figure is counted: two sentences, then what was counted, line by line."""

    key: str
    definition: str
    lines: tuple[tuple[str, str], ...]


def breakable(words: str) -> str:
    """Escaped, with leave to break after the joints of a file name."""
    return re.sub(r"([/_.-])(?=\w)", r"\1<wbr>", escape(words))


def headline(text: Headline, *, level: str = "h1") -> str:
    mark = f"<mark>{escape(text.marked)}</mark>" if text.marked else ""
    return f"<{level}>{escape(text.before)}{mark}{escape(text.after)}</{level}>"


def page_head(kicker: str, title: Headline, lead: str = "") -> str:
    below = f'<p class="lead">{escape(lead)}</p>' if lead else ""
    return f'<header class="head"><p class="kicker">{escape(kicker)}</p>{headline(title)}{below}</header>'


def sleeve(colour: str, kicker: str, title: Headline, why: str, *, foot: str, picture: str = "") -> str:
    return (
        f'<section class="sleeve sleeve-{colour}"><div class="words"><p class="kicker">{escape(kicker)}</p>'
        f'{headline(title)}<p class="why">{escape(why)}</p><div class="foot">{foot}</div></div>{picture}</section>'
    )


def story(kicker: str, title: Headline, why: str, *, foot: str, picture: str = "", level: str = "h2") -> str:
    """The inside of a sleeve; its colour is its frame's. `picture` is HTML."""
    return (
        f'<section class="story"><div class="words"><p class="kicker">{escape(kicker)}</p>{headline(title, level=level)}'
        f'<p class="why">{escape(why)}</p></div>{picture}<div class="foot">{foot}</div></section>'
    )


def print_of(hours: Sequence[float], kind: str = "") -> str:
    """The clock print alone, as a mark."""
    return f'<img class="print {kind}" src="{prints.data_uri(prints.clock_print(hours))}" alt="">'


def day_bars(days: Sequence[tuple[str, float]], usual: Sequence[float], *, alt: str, peak: str, legend: str) -> str:
    """Bars of days with their names below and the value of the tallest above it."""
    values = [value for _, value in days]
    place = values.index(max(values))
    names = "".join(f"<span>{escape(name)}</span>" for name, _ in days)
    high = max(values) / max(*values, *usual, 1) if usual else 1.0
    label = f'<b style="left:{(place + 0.5) / len(days):.1%};bottom:{high:.1%}">{escape(peak)}</b>' if peak else ""
    line = f"<figcaption><i></i>{escape(legend)}</figcaption>" if usual else ""
    source = prints.data_uri(prints.week_bars(values, usual))
    return (
        f'<figure class="day-bars"><div>{label}<img src="{source}" alt="{escape(alt)}"></div>'
        f'<p aria-hidden="true">{names}</p>{line}</figure>'
    )


def dots(number: int) -> str:
    return f'<p class="dots" aria-hidden="true">{"<i></i>" * number}</p>'


def played(play: Played) -> str:
    """A play as a row."""
    quiet = " quiet" if play.quiet else ""
    return (
        f'<div class="play{quiet}">{play.mark or disc(play.artist or play.name)}<span class="name"><b>{escape(play.name)}</b>'
        f'<span class="by">{escape(play.artist)}</span></span>'
        f'<span class="amount"><b>{escape(play.time)}</b><span>{escape(play.length)}</span></span></div>'
    )


def clock(hours: Sequence[float], alt: str, caption: str, kind: str = "") -> str:
    """The clock print of a sleeve, with the hours written around it."""
    marks = "".join(f'<span class="at-{hour}">{hour:02d}</span>' for hour in (0, 6, 12, 18))
    source = prints.data_uri(prints.clock_print(hours))
    return (
        f'<figure class="clock {kind}"><div><img src="{source}" alt="{escape(alt)}">{marks}</div>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def facts(rows: Iterable[Fact]) -> str:
    cells = "".join(
        f"<div><dt>{escape(fact.label)}</dt><dd><b>{escape(fact.value)}</b><span>{escape(fact.context)}</span></dd></div>"
        for fact in rows
    )
    return f'<dl class="facts">{cells}</dl>'


def explain(explanation: Explanation) -> str:
    """Words that open how a figure is counted; without a round trip to the server."""
    lines = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in explanation.lines)
    key = f"how-{explanation.key}"
    return (
        f'<button class="explain" popovertarget="{key}">How is this counted?</button>'
        f'<div class="explanation" id="{key}" popover><h4>How this is counted</h4>'
        f"<p>{escape(explanation.definition)}</p><dl>{lines}</dl></div>"
    )


def figure_head(title: str, sub: str = "", legend: str = "") -> str:
    below = f'<p class="sub">{escape(sub)}</p>' if sub else ""
    return f'<div class="figure-head"><h3>{escape(title)}</h3>{below}{legend}</div>'


def figure_foot(note: str, explanation: Explanation) -> str:
    return f'<p class="note">{escape(note)}</p>{explain(explanation)}'


def scale_legend(low: str, high: str) -> str:
    steps = "".join(f'<i style="background:var(--step-{number})"></i>' for number in range(10))
    return (
        f'<p class="legend"><span>{escape(low)}</span><span class="scale">{steps}</span><span>{escape(high)}</span></p>'
    )


def colour_legend(entries: Sequence[tuple[str, str]]) -> str:
    """Entries are a colour in the style sheet's words, or DOTTED for an outline, and what it stands for."""
    chips = "".join(f"<span>{_chip(colour)}{escape(words)}</span>" for colour, words in entries)
    return f'<p class="legend">{chips}</p>' if chips else ""


def numbered(rows: Iterable[str]) -> str:
    return f'<ol class="numbered">{"".join(f"<li>{escape(row)}</li>" for row in rows)}</ol>'


def progress_bar(share: float) -> str:
    return f'<div class="bar" role="progressbar" aria-valuenow="{share:.0%}"><i style="width:{share:.1%}"></i></div>'


def failure(message: str) -> str:
    return f'<p class="failure" role="alert">{escape(message)}</p>'


def note(words: str) -> str:
    return f'<p class="note">{escape(words)}</p>'


def pressed(words: str) -> str:
    """What was pressed in a figure, in words; screen readers say it when it changes."""
    return f'<p class="pressed" role="status">{escape(words)}</p>'


def ranking(rows: Iterable[Ranked], *, first_marked: bool) -> str:
    return f'<ol class="ranking{" led" if first_marked else ""}">{"".join(_ranked(row) for row in rows)}</ol>'


def table(header: Sequence[str], rows: Iterable[Sequence[str]], texts: Container[int] = (0,)) -> str:
    """A small table; the columns `texts` are text, by default the first, the others numbers."""
    classes = [' class="text"' if place in texts else "" for place in range(len(header))]
    head = "".join(f"<th{of}>{escape(name)}</th>" for name, of in zip(header, classes, strict=True))
    cells = ("".join(f"<td{of}>{escape(cell)}</td>" for cell, of in zip(row, classes, strict=True)) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f'<div class="table" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def disc(name: str) -> str:
    """The first letter on the sleeve colour that the name keeps."""
    letter = next((sign for sign in name if sign.isalnum()), "♪").upper()
    return f'<span class="disc sleeve-{prints.sleeve_of(name)}" aria-hidden="true">{escape(letter)}</span>'


def print_disc(name: str, hours: Sequence[float]) -> str:
    """The clock print of an artist on the sleeve that the name keeps."""
    return (
        f'<img class="disc sleeve-{prints.sleeve_of(name)}" src="{prints.data_uri(prints.clock_print(hours))}" alt="">'
    )


def skeleton(height: int, words: str) -> str:
    """The shape of a figure that is on its way."""
    return f'<div class="skeleton" style="height:{height}px"><span>{escape(words)}</span></div>'


def _chip(colour: str) -> str:
    return '<i class="dotted"></i>' if colour == DOTTED else f'<i style="background:{colour}"></i>'


def _ranked(row: Ranked) -> str:
    sub = f'<span class="by">{escape(row.sub)}</span>' if row.sub else ""
    return (
        f'<li><span class="rank">{row.rank}</span>{row.mark or disc(row.sleeve_name)}'
        f'<span class="name"><b>{escape(row.name)}</b>{sub}'
        f'<i class="meter"><i style="width:{row.share:.1%}"></i></i></span>'
        f'<span class="amount"><b>{escape(row.plays)}</b><span>{escape(row.time)}</span></span></li>'
    )
