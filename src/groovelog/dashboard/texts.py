"""Every sentence the pages say; one with a claim is made from a report's values, and has a neutral variant."""

import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from groovelog.dashboard.periods import ALL_TIME, MONTH, YEAR, Period
from groovelog.model import Progress
from groovelog.reports import Answer

NB = "\u00a0"
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
WELCOME_KICKER = "Groovelog"
WELCOME_WHY = (
    "Drop the zip that Spotify sent you, or what a scrobbler kept, and this page fills itself in a few seconds: your hours "
    "and months, the artists and tracks you came back to, the clock of your week. No account, no key; nothing leaves this "
    "machine."
)
NO_ZIP_YET = (
    "On Spotify's privacy page, ask for the extended streaming history.",
    "Wait for the mail. It takes days, sometimes weeks.",
    "Drop the zip here, as it is. You can do it again next year; nothing is counted twice.",
    "Last.fm, ListenBrainz, Maloja and Koito export at once. Bring those too: a play that several tell is one play.",
)
INVENTED_DAY = "An invented day; yours is drawn from your plays"
LOOK_AROUND = "No zip at hand? The command groovelog demo fills a home with invented listeners to look around in."
NOT_USED_SUB = "A row that cannot be read is never guessed at"
MORE_REASONS = "More reasons and files"
MORE_REASONS_WHERE = "The command groovelog receipts, with the receipt's number and --rows, lists every row"
NOTHING_NEW = "Nothing new in it: every row was known already"
SAVED = {"playlists": "playlists", "playlist_tracks": "tracks in playlists", "saved_tracks": "saved tracks"}
KNOWN_SUB = "Kept once, from an earlier import or an earlier file"

MONTHS_SUB = "Hours of counted plays by month, the whole record. Press a month to go in"
WEEK_SUB = "Minutes of counted plays by weekday and hour, in a mean week"
CLOCK_CAPTION = "A ray is an hour of the day, midnight on top"
UNNAMED = "Unnamed"

STANDS_OUT = 1.1  # times the usual; less is called even
ENOUGH_MONTHS = 4
ENOUGH_PLAYS = 30
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
WELCOME = Headline("Own your listening history.")

# names and counted plays, the most played first
Ranking = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class MonthFinding:
    """The title of the months and the month it speaks of."""

    title: str
    marked: date | None = None


@dataclass(frozen=True)
class HourFinding:
    """The title of the week's hours and the cell it speaks of: weekday (Monday is 0) and hour."""

    title: str
    marked: tuple[int, int] | None = None


def count(number: int) -> str:
    return f"{number:,}"


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,}{NB}{one if number == 1 else many}"


def percent(part: float, whole: float) -> str:
    share = 100 * part / whole if whole else 0.0
    if 0 < share < 1:
        return f"under{NB}1{NB}%"
    return f"{share:.0f}{NB}%"


def duration(ms: float) -> str:
    """Minutes, then hours with minutes, from 100 hours on hours alone; never breaks."""
    minutes = round(ms / 60_000)
    if minutes < 60:
        return f"{minutes}{NB}min"
    if minutes < 6_000:
        return f"{minutes // 60}{NB}h{NB}{minutes % 60}{NB}min" if minutes % 60 else f"{minutes // 60}{NB}h"
    return f"{round(ms / 3_600_000):,}{NB}h"


def day(value: date) -> str:
    return f"{value.day}{NB}{MONTHS[value.month - 1]}{NB}{value.year}"


def month(value: date) -> str:
    return f"{MONTHS[value.month - 1]}{NB}{value.year}"


def stretch(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} to {day(last)}"


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


def overview_kicker(period: Period, first: date, last: date) -> str:
    return f"{period_name(period)} · first play {day(first)}, last {day(last)}"


def clock_alt(hours: Sequence[float]) -> str:
    """The clock of the day in words: the hours with listening and their time."""
    return "Clock of the day: " + ", ".join(f"{hour:02d}:00 {duration(ms)}" for hour, ms in enumerate(hours) if ms)


def overview_headline(ms_played: int, ranked: Ranking) -> Headline:
    before = f"{duration(ms_played)} of music."
    leader = _leader(ranked)
    return Headline(before) if leader is None else Headline(before + " ", leader, " led.")


def overview_why(ranked: Ranking, plays: int, hour: int | None) -> str:
    """The second sentence of the overview: the leader's share and the fullest hour, each only where there is one."""
    leader = _leader(ranked)
    led = "" if leader is None else f"{leader} has {count(ranked[0][1])} of {counted(plays, 'play', 'plays')}. "
    return led + ("" if hour is None else f"The hour from {hour:02d}:00 is the fullest of the day.")


def answer_period(answer: Answer) -> str:
    if answer.from_date is None or answer.to_date is None:
        return "no plays"
    return stretch(answer.from_date, answer.to_date)


def basis(answer: Answer) -> str:
    """The note below a figure: how many plays it stands on, and when."""
    return f"{counted(answer.basis.counted_plays, 'counted play', 'counted plays')}, {answer_period(answer)}"


def nothing_counted(period: Period) -> Headline:
    return Headline("No counted play ", "in all this time." if period.first is None else f"in {period_name(period)}.")


def months_finding(hours: Mapping[date, int], period: Period) -> MonthFinding:
    """`hours` holds the ms played in each month of the record."""
    chosen = months_in(hours, period)
    in_period = {start: hours[start] for start in chosen}
    if not any(in_period.values()):
        return MonthFinding("No listening in this period")
    fullest = max(in_period, key=lambda start: (in_period[start], start))
    if period.kind == MONTH:
        place = 1 + sum(ms > in_period[fullest] for ms in hours.values())
        rank = "the fullest" if place == 1 else f"number {place}"
        return MonthFinding(f"{month(fullest)}: {duration(in_period[fullest])}, {rank} of {len(hours)} months", fullest)
    if period.kind not in {ALL_TIME, YEAR}:
        return MonthFinding(f"Where these days lie among {counted(len(hours), 'month', 'months')}")
    usual = statistics.median(in_period.values())
    if len(in_period) < ENOUGH_MONTHS:
        return MonthFinding(f"{counted(len(in_period), 'month', 'months')} so far, {duration(sum(in_period.values()))}")
    if in_period[fullest] < STANDS_OUT * usual:
        even = "An even record" if period.first is None else f"An even {period_name(period)}"
        return MonthFinding(f"{even}: about {duration(usual)} a month")
    return MonthFinding(
        f"{month(fullest)} was the fullest month: {duration(in_period[fullest])}, usual {duration(usual)}", fullest
    )


def week_finding(cells: Mapping[tuple[int, int], int], plays: int) -> HourFinding:
    """`cells` holds the ms played by weekday (Monday is 0) and hour, all 168 of them."""
    if plays < ENOUGH_PLAYS:
        return HourFinding("Too few plays to speak of a rhythm yet")
    first, second = sorted(cells, key=lambda cell: cells[cell], reverse=True)[:2]
    if cells[first] == cells[second]:
        return HourFinding("No single hour of the week stands out")
    if cells[first] < STANDS_OUT * cells[second]:
        return HourFinding(f"{_hour(first)} is the fullest hour, closely before {_hour(second)}", first)
    return HourFinding(f"{_hour(first)} beats every other hour of the week", first)


def months_in(months: Iterable[date], period: Period) -> frozenset[date]:
    """The months, given by their first days, that a period touches."""
    if period.first is None or period.last is None:
        return frozenset(months)
    first = period.first.replace(day=1)
    return frozenset(start for start in months if first <= start <= period.last)


def artists_title(ranked: Ranking, plays: int) -> str:
    if not ranked:
        return "No artist yet"
    if (leader := _leader(ranked)) is None:
        return _shared(ranked, "artists")
    first = ranked[0][1]
    return f"{leader} leads with {counted(first, 'play', 'plays')}, {percent(first, plays)} of all"


def share_of_plays(plays: int, counted_plays: int) -> str:
    return f"{percent(plays, counted_plays)} of counted plays"


def tracks_title(ranked: Ranking) -> str:
    if not ranked:
        return "No track yet"
    if (leader := _leader(ranked)) is None:
        return _shared(ranked, "tracks")
    return f"{leader} came round {counted(ranked[0][1], 'time', 'times')}"


def record_headline(plays: int, accounted_for: bool) -> Headline:
    if not plays:
        return Headline("Bring your history. ", "Every row gets a receipt.")
    kept = f"{counted(plays, 'play', 'plays')} kept. "
    return (
        Headline(kept, "Every row is accounted for.") if accounted_for else Headline(kept, "A receipt does not add up.")
    )


def brought_title(stored: int, saved: Mapping[str, int]) -> str:
    """`stored` rows of plays; `saved` counts what was stored beside plays."""
    if stored:
        return f"{counted(stored, 'new row', 'new rows')} brought in"
    things = kept_beside(saved)
    return " and ".join(f"{amount} {name}" for name, amount in things) + " brought in" if things else NOTHING_NEW


def kept_beside(saved: Mapping[str, int]) -> list[tuple[str, str]]:
    """What an import stored that is no play: its name and how many."""
    return [(SAVED[what], count(number)) for what, number in saved.items() if number]


def sum_line(stored: int, duplicates: int, unreadable: int, rows: int) -> str:
    parts = f"{count(stored)} + {count(duplicates)} + {count(unreadable)}"
    if stored + duplicates + unreadable == rows:
        return f"The sum is right: {parts} = {count(rows)}"
    return f"The sum is wrong: {parts} is not {count(rows)}. Please report it with the receipt's number"


def import_bar(progress: Progress) -> float:
    """How much of an import is done, roughly: reading takes three quarters of the time."""
    if progress.step == "find":
        return 0.02
    if progress.step == "read":
        return 0.05 + 0.7 * progress.files_done / max(progress.files, 1)
    return {"wait": 0.75, "keep": 0.8, "join": 0.9, "match": 0.95}[progress.step]


def import_words(progress: Progress) -> str:
    if progress.step == "find":
        return "Looking at what there is"
    if progress.step == "wait":
        return "Another import is writing; this one goes on by itself when that is done"
    return f"File {progress.files_done} of {progress.files}, {counted(progress.rows, 'row', 'rows')} so far"


def not_used_title(unreadable: int) -> str:
    return f"Not used: {rows(unreadable)}, each with its reason" if unreadable else "Every row could be used"


def known_title(duplicates: int) -> str:
    return f"Already known: {rows(duplicates)}"


def failed_title(files: int) -> str:
    return f"{counted(files, 'file', 'files')} could not be read"


def ignored_title(files: int) -> str:
    return f"{counted(files, 'file', 'files')} left alone"


def reason_in_general(reason: str) -> str:
    """A reason without the value or the row it was found at, so that equal ones can be counted together."""
    general = re.sub(r": \".*$|, row \d+$", "", reason, flags=re.DOTALL)
    return re.sub(r"(?<= stands in ).*/", "", general)


def file_name(label: str) -> str:
    return label.rsplit("/", 1)[-1]


def given_name(label: str) -> str:
    """The zip a file was in, else the file: `exports/my.zip/a/b.json` is `my.zip`."""
    before, zipped, _ = label.partition(".zip/")
    return file_name(before) + ".zip" if zipped else file_name(label)


def names_some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {count(more)} more" if more > 0 else "")


def rows(number: int) -> str:
    return counted(number, "row", "rows")


def row_numbers(named: Sequence[int], number: int) -> str:
    more = f" and {count(number - len(named))} more" if number > len(named) else ""
    return ("row " if number == 1 else "rows ") + ", ".join(count(row) for row in named) + more


def moment(value: datetime) -> str:
    return f"{day(value.date())}, {value:%H:%M}"


def _hour(cell: tuple[int, int]) -> str:
    return f"{WEEKDAYS[cell[0]]} at {cell[1]:02d}:00"


def _shared(ranked: Ranking, what: str) -> str:
    first = [name for name, plays in ranked if plays == ranked[0][1]]
    if len(first) == 2:
        return f"{first[0]} and {first[1]} share the first place"
    # The ranking may have been cut among those that are level, so they are not counted.
    return f"Several {what} share the first place, {counted(ranked[0][1], 'play', 'plays')} each"


def _leader(ranked: Ranking) -> str | None:
    """The name that has more plays than any other."""
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
