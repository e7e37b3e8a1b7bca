"""How numbers and dates are written in the region of who looks; the words stay English.

CLDR, through Babel, tells how English is written in a region: `en_US` has 24,640.5 and November 27, 2026, `en_DE` has
24.640,5 and 27 November 2026, `en_IN` has 1,23,456. A region whose English it does not know takes the world's, `en_001`;
Europe's, `en_150`, is the same in all that is used here. Hours are of 24 everywhere, as heat maps and clock prints are
drawn in these; signs of units (%, min, h) stand behind a no-break space everywhere, as ISO 80000-1 has them.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.localedata import exists

NB = "\u00a0"
NARROW = "\u202f"  # the space between the digits of French English; few fonts have it, ours not
WITHOUT_BROWSER, WORLD = "en_GB", "en_001"
THOUSANDS = 3  # digits of a group, but in the English of India and its neighbours
TAG = re.compile(r"(?P<language>[a-z]{2,3})(-[a-z]{4})?(-(?P<region>[a-z]{2}|[0-9]{3}))?(?![a-z0-9])", re.IGNORECASE)
FIELDS = {
    "d": "{day}", "dd": "{day:0>2}", "MMMM": "{month}", "y": "{year}", "EEEE": "{weekday}", "E": "{weekday}",
}  # fmt: skip

# Of one run of a page; every run, and every run of a fragment alone, says it anew, as each may have a thread of its own.
_name: ContextVar[str] = ContextVar("locale", default=WITHOUT_BROWSER)


@dataclass(frozen=True)
class Form:
    """Number signs and the order of dates. Dates are `str.format` templates of `weekday`, `day`, `month` and `year`."""

    decimal: str
    group: str
    digits: int  # of a group above the thousands
    date: str
    date_in_year: str
    weekday_date: str
    weekday_date_in_year: str
    weekday_day: str

    @property
    def separators(self) -> str:
        """As Plotly takes them."""
        return self.decimal + self.group

    def number(self, value: float, decimals: int = 0) -> str:
        """Rounded, with its thousands apart. Babel takes 20 to 30 µs for that, and a page has hundreds of numbers."""
        whole, _, rest = f"{value:_.{decimals}f}".partition(".")
        if self.digits != THOUSANDS:
            high, between, last = whole.rpartition("_")
            whole = re.sub(rf"(?<=\d)(?=(\d{{{self.digits}}})+$)", "_", high.replace("_", "")) + between + last
        return whole.replace("_", self.group) + (self.decimal + rest if rest else "")


def english(tag: str) -> str:
    """The English of the region of a browser's language: `en_DE` for `de-DE` and for `de`.

    A language without a region is taken for that of the region where most speak it.
    """
    parts = TAG.match(tag)
    if parts is None:
        return WORLD
    region = parts["region"] or get_global("likely_subtags").get(parts["language"].lower(), "").rpartition("_")[2]
    name = f"en_{region.upper()}"
    return name if exists(name) else WORLD


@lru_cache(maxsize=64)
def form_of(name: str) -> Form:
    """The form of a name that `english` gave. All dates come of two patterns, so that a page has one order of them."""
    told = Locale.parse(name)
    signs = told.number_symbols["latn"]
    long, full = (_template(told.date_formats[length].pattern).replace(" ", NB) for length in ("long", "full"))
    full = full.replace(NB, " ", 1)  # a line may break behind the weekday
    return Form(
        decimal=signs["decimal"],
        group=signs["group"].replace(NARROW, NB),
        digits=told.decimal_formats[None].grouping[1],
        date=long,
        date_in_year=_less_year(long),
        weekday_date=full,
        weekday_date_in_year=_less_year(full),
        weekday_day=_template(told.datetime_skeletons["Ed"].pattern),
    )


def _template(pattern: str) -> str:
    return re.sub("[A-Za-z]+", lambda field: FIELDS[field[0]], pattern)


def _less_year(template: str) -> str:
    return re.sub(r",?\s\{year\}", "", template)


def name() -> str:
    """Which English the numbers and dates of this run are written in."""
    return _name.get()


def form() -> Form:
    return form_of(name())


def use(tag: str | None) -> None:
    """Write for a browser of that language from here on; None where there is no browser."""
    _name.set(english(tag) if tag else WITHOUT_BROWSER)


@contextmanager
def written_in(name: str) -> Iterator[None]:
    """For what is written after the run that asked for it, as a picture that is saved."""
    before = _name.set(name)
    try:
        yield
    finally:
        _name.reset(before)
