"""A recap from the answers of reports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from groovelog.dashboard.recap_cards.told import Fact, Recap
from groovelog.reports import Answer

LEADERS = 5
FEW_PLAYS = 0.02  # of all plays: an hour with a smaller part tells little of who was heard in it

# Asks a report for the period; `more` are other fields of a Question.
Ask = Callable[..., Answer]


def told(ask: Ask, title: str, first: date, last: date) -> Recap:
    """The facts alone, which tell what cards there are (see `sequence.keys`). Raises as `reports.run` does.

    `first` and `last` are the local dates that the period and the record have in common.
    """
    answer = ask("recap")
    facts = {row.pop("fact"): _fact(row) for row in answer.values()}
    return Recap(title=title, first=first, last=last, listener=answer.listener, rule=answer.count or "all", facts=facts)


def filled(recap: Recap, ask: Ask, key: str) -> Recap:
    """The recap with what a card needs beside the facts; only its reports are asked. Raises as `reports.run` does."""
    return replace(recap, **NEEDS[key](ask)) if key in NEEDS else recap


def _days(ask: Ask) -> dict[str, Any]:
    return {"days": {row["starts_on"]: row["ms_played"] for row in _rows(ask("listening-over-time", per="day"))}}


def _leaders(ask: Ask) -> dict[str, Any]:
    leaders = [(row["artist_name"], row["plays"]) for row in _rows(ask("top-artists", top=LEADERS))]
    return {"leaders": leaders, "clocks": clocks(_rows(ask("artist-hours", top=LEADERS)))}


def _week(ask: Ask) -> dict[str, Any]:
    return {"week": {(row["weekday"] - 1, row["hour"]): row["ms_played"] for row in _rows(ask("heatmap"))}}


def _new(ask: Ask) -> dict[str, Any]:
    return {"new": [(row["first_played"], row["fate"]) for row in _rows(ask("first-plays", what="artist"))]}


def _track(ask: Ask) -> dict[str, Any]:
    return {"track_days": [row["local_date"] for row in _rows(ask("recap-plays", what="top-track"))]}


NEEDS: dict[str, Callable[[Ask], dict[str, Any]]] = {
    "volume": _days, "artist": _leaders, "five": _leaders, "hours": _week, "new": _new, "track": _track,
}  # fmt: skip


def clocks(rows: list[dict[str, Any]]) -> dict[str, list[float | None]]:
    """By artist, of each hour the share that was theirs; None of hours with few plays, unless all their plays lie in such."""
    played = {row["hour"]: row["plays_of_hour"] for row in rows}
    few = {hour for hour, plays in played.items() if plays < FEW_PLAYS * sum(played.values())}
    made: dict[str, list[float | None]] = {}
    for name in dict.fromkeys(row["artist_name"] for row in rows):
        shares = {row["hour"]: row["share_of_hour"] for row in rows if row["artist_name"] == name}
        quiet = few if shares.keys() - few else set()
        made[name] = [None if hour in quiet else shares.get(hour, 0.0) for hour in range(24)]
    return made


def _fact(row: dict[str, Any]) -> Fact:
    return Fact(**{name: row[name] for name in Fact.__dataclass_fields__})


def _rows(answer: Answer) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = answer.values()
    return rows
