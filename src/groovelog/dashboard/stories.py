"""The stories of the moment, the best first: each from a report, and only where there is one to tell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from groovelog.dashboard import components
from groovelog.dashboard.asked import Asked
from groovelog.dashboard.cards import clocks
from groovelog.dashboard.texts import home, wording
from groovelog.dashboard.texts.wording import Headline
from groovelog.errors import NothingToTell
from groovelog.reports import Answer

MOMENT_DAYS = 14  # an obsession that ended earlier is none of the moment
MONTH_DAYS = 28
HALF_A_YEAR = 182
LEAST_STREAK, LEAST_PLAYS = 3, 3
LEAST_DAY_MS = 10 * 60_000
TAKE_TURNS = 7  # so many forgotten favourites, one a day
MOST_DOTS = 60


@dataclass(frozen=True)
class Story:
    """One sleeve: its words, the answer that it stands on, and the page it opens."""

    key: str
    kicker: str
    title: Headline
    why: str
    answer: Answer
    view: str
    link: str
    query: dict[str, str] = field(default_factory=dict)
    picture: str = ""


def told(asked: Asked, now: date) -> Iterator[Callable[[], Story | None]]:
    """In the order of their worth; a caller who has enough asks no more reports."""
    for tell in (obsession, streak, forgotten, on_this_day, new_artist, comeback):
        yield lambda tell=tell: _or_none(tell, asked, now)  # type: ignore[misc]


def _or_none(tell: Callable[[Asked, date], Story | None], asked: Asked, now: date) -> Story | None:
    try:
        return tell(asked, now)
    except NothingToTell:
        return None


def obsession(asked: Asked, now: date) -> Story | None:
    answer = asked.answer("obsessions", from_date=now - timedelta(days=HALF_A_YEAR), to_date=now)
    rows = answer.values()
    row = next((row for row in rows if row["name"] and row["to_date"] > now - timedelta(days=MOMENT_DAYS)), None)
    if row is None:
        return None
    why = home.obsession(row, row["plays"], row["days"], row["share_of_plays"])
    return Story(
        "obsession", home.OBSESSION, Headline(row["name"]), why, answer, "track", "What is behind it", _of_track(row),
        _print(asked, row["artist_name"], "large"),
    )  # fmt: skip


def streak(asked: Asked, now: date) -> Story | None:
    answer = asked.answer("streaks")
    rows = answer.values()
    row = next((row for row in rows if row["current"]), None)
    if row is None or row["days"] < LEAST_STREAK:
        return None
    best = rows[0]
    why = home.streak_why(
        row["days"], best["days"], best["to_date"], is_best=best["days"] == row["days"], began=row["from_date"]
    )
    title = Headline(f"{wording.count(row['days'])} ", "", "days in a row with music")
    dots = components.dots(min(row["days"], MOST_DOTS))
    return Story("streak", home.STREAK, title, why, answer, "timeline", "See these days", _at(now), dots)


def forgotten(asked: Asked, now: date) -> Story | None:
    answer = asked.answer("forgotten-favourites", top=TAKE_TURNS)
    rows = [row for row in answer.values() if row["name"]]
    if not rows:
        return None
    row = rows[now.toordinal() % len(rows)]
    why = home.forgotten(row["plays"], row["days_with_plays"], row["last_played"], row["days_silent"])
    return Story(
        "forgotten", home.FORGOTTEN, Headline(row["name"]), why, answer, "track", "Open its story", _of_track(row),
        _print(asked, row["artist_name"], "small"),
    )  # fmt: skip


def on_this_day(asked: Asked, now: date) -> Story | None:
    days = asked.rows("rolling", window=1)
    same = [
        row for row in days
        if (row["local_date"].month, row["local_date"].day) == (now.month, now.day) and row["local_date"].year < now.year
        and row["ms_played"] >= LEAST_DAY_MS
    ]  # fmt: skip
    if not same:
        return None
    then = max(same, key=lambda row: (row["ms_played"], row["local_date"]))
    day = then["local_date"]
    answer = asked.answer("top-artists", from_date=day, to_date=day, top=2)
    first, second = [*answer.values(), None, None][:2]
    leads = first is not None and (second is None or first["plays"] > second["plays"])
    leader = first["artist_name"] if first is not None and leads else None
    title = home.on_this_day_title(day, then["ms_played"], leader)
    why = home.on_this_day_why(day, then["plays"], leader, first["plays"] if first else 0)
    kicker = home.on_this_day_kicker(now.year - day.year)
    return Story("on-this-day", kicker, title, why, answer, "timeline", "Walk through that day", _at(day))


def new_artist(asked: Asked, now: date) -> Story | None:
    answer = asked.answer("first-plays", from_date=now - timedelta(days=MONTH_DAYS - 1), to_date=now)
    row = max(answer.values(), key=lambda row: row["plays"], default=None)
    if row is None or not row["name"] or row["plays"] < LEAST_PLAYS:
        return None
    why = home.new_artist(row["first_played"], row["plays"], row["days_with_plays"])
    return Story(
        "new", home.NEW, Headline(row["name"]), why, answer, "artist", "Who is that", {"name": row["name"]},
        _print(asked, row["name"], "small"),
    )  # fmt: skip


def comeback(asked: Asked, now: date) -> Story | None:
    answer = asked.answer("comebacks", what="artist", from_date=now - timedelta(days=MONTH_DAYS - 1), to_date=now)
    row = next((row for row in answer.values() if row["name"]), None)
    if row is None:
        return None
    why = home.comeback(row["back_on"], row["days_silent"], row["plays_since"])
    return Story(
        "comeback", home.COMEBACK, Headline(row["name"]), why, answer, "artist", "Their years with you",
        {"name": row["name"]}, _print(asked, row["name"], "small"),
    )  # fmt: skip


def _of_track(row: dict[str, Any]) -> dict[str, str]:
    return {"id": row["name"], **({"artist": row["artist_name"]} if row["artist_name"] else {})}


def _at(day: date) -> dict[str, str]:
    return {"at": day.isoformat()}


def _print(asked: Asked, artist: str | None, kind: str) -> str:
    return components.print_of(clocks.of_artist(asked, artist), kind) if artist else ""
