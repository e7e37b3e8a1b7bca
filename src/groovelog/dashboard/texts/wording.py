"""Words that every page uses: numbers, durations, dates, and what a figure stands on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from groovelog.dashboard.periods import MONTH, YEAR, Period
from groovelog.dashboard.texts import locale
from groovelog.errors import GroovelogError, NobodyShows, NotShown
from groovelog.reports import Answer

NB = locale.NB
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
RULES = {
    "30s": "30 s or more",
    "all": "every play",
    "scrobble": "half the track",
    "finished": "played to the end",
}
UNNAMED = "Unnamed"
STANDS_OUT = 1.1  # times the usual; less is called even
ENOUGH_PLAYS = 30
SHORT = 3  # letters of a weekday or month
MOST_NAMES = 6


@dataclass(frozen=True)
class Headline:
    """A sentence with the words that are marked."""

    before: str
    marked: str = ""
    after: str = ""

    def __str__(self) -> str:
        return self.before + self.marked + self.after


FAULT = (
    "This page met a fault in Groovelog. What is kept is safe; the terminal that Groovelog was started in says more."
)


def literal(name: str) -> str:
    """A name as the label of a control, which would read Markdown in it."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!:$<>~|])", r"\\\1", name)


def rounded(value: float, decimals: int = 0) -> str:
    """Rounded, in the form of the region."""
    return locale.form().number(value, decimals)


def count(number: int) -> str:
    return rounded(number)


def counted(number: int, one: str, many: str) -> str:
    return f"{count(number)}{NB}{one if number == 1 else many}"


def percent(part: float, whole: float) -> str:
    share = 100 * part / whole if whole else 0.0
    if 0 < share < 1:
        return f"under{NB}1{NB}%"
    return f"{rounded(share)}{NB}%"


def duration(ms: float) -> str:
    """Minutes, then hours with minutes, from 100 hours on hours alone; never breaks."""
    minutes = round(ms / 60_000)
    if not minutes and ms > 0:
        return f"under{NB}1{NB}min"
    if minutes < 60:
        return f"{minutes}{NB}min"
    if minutes < 6_000:
        return f"{minutes // 60}{NB}h{NB}{minutes % 60}{NB}min" if minutes % 60 else f"{minutes // 60}{NB}h"
    return f"{count(round(ms / 3_600_000))}{NB}h"


def day(value: date) -> str:
    """A date in full, "27 November 2026" or "November 27, 2026"; never breaks."""
    return _date(locale.form().date, value)


def short_day(value: date) -> str:
    return _date(locale.form().date, value, SHORT)


def day_in_year(value: date) -> str:
    """Without its year, where that is told beside it."""
    return _date(locale.form().date_in_year, value)


def short_day_in_year(value: date) -> str:
    return _date(locale.form().date_in_year, value, SHORT)


def weekday_and_day(value: date) -> str:
    """May break behind the weekday."""
    return _date(locale.form().weekday_date, value)


def short_weekday_and_day(value: date) -> str:
    return _date(locale.form().weekday_date, value, SHORT)


def weekday_and_day_in_year(value: date) -> str:
    return _date(locale.form().weekday_date_in_year, value)


def short_weekday_and_day_in_year(value: date) -> str:
    return _date(locale.form().weekday_date_in_year, value, SHORT)


def short_weekday_and_number(value: date) -> str:
    """The weekday and the day of the month, for a tick."""
    return _date(locale.form().weekday_day, value, SHORT)


def _date(template: str, value: date, letters: int | None = None, days: str = "") -> str:
    weekday, name = WEEKDAYS[value.weekday()][:letters], MONTHS[value.month - 1][:letters]
    return template.format(weekday=weekday, day=days or value.day, month=name, year=value.year)


def month(value: date) -> str:
    """Alike in every English."""
    return f"{MONTHS[value.month - 1]}{NB}{value.year}"


def short_month(value: date) -> str:
    return f"{MONTHS[value.month - 1][:SHORT]}{NB}{value.year}"


def stretch(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def stretch_in_year(first: date, last: date) -> str:
    """A stretch that tells its year once where it lies in one."""
    if first == last or first.year != last.year:
        return stretch(first, last)
    return f"{day_in_year(first)} to {day(last)}"


def days_of_month(first: date, last: date) -> str:
    """Days of one month: "3 to 9 November 2026", "November 3 to 9, 2026"."""
    return _date(locale.form().date, last, days=f"{first.day} to {last.day}")


def period_name(period: Period) -> str:
    """The name of a period in a sentence or a control."""
    if period.first is None or period.last is None:
        return "All time"
    if period.kind == YEAR:
        return str(period.first.year)
    if period.kind == MONTH:
        return month(period.first)
    return stretch(period.first, period.last)


def zone(timezone: str) -> str:
    """`Europe/Lisbon` as "Lisbon time"."""
    return timezone if "/" not in timezone else timezone.rsplit("/", 1)[1].replace("_", " ") + " time"


def answer_period(answer: Answer) -> str:
    if answer.from_date is None or answer.to_date is None:
        return "no plays"
    return stretch(answer.from_date, answer.to_date)


def basis(answer: Answer) -> str:
    """The note below a figure: how many plays it stands on, and when."""
    return f"{counted(answer.basis.counted_plays, 'counted play', 'counted plays')}, {answer_period(answer)}"


def nothing_counted(period: Period) -> Headline:
    return Headline("No counted play ", "in all this time." if period.first is None else f"in {period_name(period)}.")


def names_some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {count(more)} more" if more > 0 else "")


def went_wrong(error: GroovelogError) -> str:
    """The error's sentence, and where on these pages it is mended, if they have a place for it."""
    mended = isinstance(error, NobodyShows | NotShown)
    return error.message + (" Each decides that for themselves, on the page Settings." if mended else "")


def not_drawn(why: str) -> str:
    return f"This figure could not be drawn. {why} Everything else on this page is fine."


def rows(number: int) -> str:
    return counted(number, "row", "rows")


def moment(value: datetime) -> str:
    return f"{day(value.date())}, {value:%H:%M}"


def more_rows(shown: int, rows: int) -> str:
    return f"The first {count(shown)} of {count(rows)} rows; the CSV has them all."
