"""Counts, rhythm and rankings once more, slowly, in plain Python: from the definitions, not from the metrics.

A play here is a row with `counted`, of the listener and kind; `kept` are those of the period, `ever` those of all time.
"""

import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from twin import Row, Rows, catalogued, collection, entry, grouped, maker, sums, title, uri

DAY = timedelta(days=1)
Key = Callable[[Row], Any]


def counted(plays: Rows) -> Rows:
    return [play for play in plays if play["counted"]]


def start_of(day: date, per: str) -> date:
    return {
        "day": day,
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
        "quarter": date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        "year": date(day.year, 1, 1),
    }[per]


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def days_of(plays: Rows) -> list[date]:
    dates = [play["local_date"] for play in plays]
    return days_between(min(dates), max(dates)) if dates else []


def steps_of(plays: Rows, per: str) -> list[date]:
    return sorted({start_of(day, per) for day in days_of(plays)})


def artist(play: Row, tracks: Rows) -> str | None:
    return maker(play) or catalogued(play, tracks).get("artist_name")


def album(play: Row, tracks: Rows) -> tuple[str, str | None] | None:
    known = catalogued(play, tracks)
    name = collection(play) or known.get("album_name")
    return None if name is None else (name, artist(play, tracks))


def recording(play: Row, tracks: Rows) -> str | None:
    return catalogued(play, tracks).get("recording_id") or entry(play, tracks)


ITEM: dict[str, Callable[[Row, Rows], Any]] = {
    "track": entry, "artist": artist, "album": album, "recording": recording,
}  # fmt: skip


def items(plays: Rows, tracks: Rows, what: str) -> dict[Any, Rows]:
    groups = grouped(plays, lambda play: ITEM[what](play, tracks))
    groups.pop(None, None)
    return groups


def names(item: Any, tracks: Rows, what: str) -> tuple[str | None, str | None]:
    if what == "artist":
        return item, None
    if what == "album":
        return item
    known = next((track for track in tracks if track["track_id"] == item), None)
    if known:
        return known["track_name"], known["artist_name"]
    own = item.split("\x1f") if "\x1f" in item else (None, None)
    return own[0], own[1] or None


def null_last(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple((value is None, value or "") for value in values)


def number_of_days(plays: Rows) -> int:
    return len({play["local_date"] for play in plays})


def over_time(kept: Rows, tracks: Rows, per: str) -> Rows:
    rows = []
    for step in steps_of(kept, per):
        here = [play for play in counted(kept) if start_of(play["local_date"], per) == step]
        works = {"tracks": len(items(here, tracks, "track")), "artists": len(items(here, tracks, "artist"))}
        rows.append({"starts_on": step, **sums(here), **works, "days_with_plays": number_of_days(here)})
    return rows


def rolling(ever: Rows, window: int, first: date | None, last: date | None) -> Rows:
    rows = []
    for day in days_of(ever):
        begins = day - timedelta(days=window - 1)
        here = [play for play in counted(ever) if begins <= play["local_date"] <= day]
        whole = begins >= days_of(ever)[0]
        rows.append({"local_date": day, **sums(here), "days_with_plays": number_of_days(here), "whole": whole})
    return [row for row in rows if (first or row["local_date"]) <= row["local_date"] <= (last or row["local_date"])]


def year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def compare(ever: Rows, tracks: Rows, first: date | None, last: date | None) -> Rows:
    if not ever:
        return []
    begins, ends = days_of(ever)[0], days_of(ever)[-1]
    end = last or ends
    start = first or (begins if last else end - 27 * DAY)
    end = max(start, end)
    length = (end - start).days + 1
    spans = {
        "this period": (start, end),
        "the one before": (start - length * DAY, start - DAY),
        "a year earlier": (year_earlier(start), year_earlier(end)),
    }
    began = {
        item: min(play["local_date"] for play in group)
        for item, group in items(counted(ever), tracks, "artist").items()
    }
    rows: Rows = []
    for span, (one, other) in spans.items():
        inside = [play for play in ever if one <= play["local_date"] <= other]
        here = counted(inside)
        ms = sums(here)["ms_played"]
        rows.append({
            "span": span, "from_date": one, "to_date": other, "plays": len(inside), "counted_plays": len(here), "ms_played": ms,
            "tracks": len(items(here, tracks, "track")), "artists": len(items(here, tracks, "artist")),
            "albums": len(items(here, tracks, "album")), "sessions": len({play["session_id"] for play in here}),
            "days_with_plays": number_of_days(here), "new_artists": sum(one <= day <= other for day in began.values()),
            "change_ms": rows[0]["ms_played"] / ms - 1 if rows and ms else None,
            "in_record": begins <= one and other <= ends,
        })  # fmt: skip
    return rows


def runs(days: Iterable[date]) -> list[list[date]]:
    """Days that follow each other."""
    found: list[list[date]] = []
    for day in sorted(set(days)):
        if found and found[-1][-1] + DAY == day:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def gaps(days: Iterable[date]) -> list[tuple[date, date]]:
    ordered = sorted(set(days))
    return [(one + DAY, other - DAY) for one, other in pairwise(ordered) if other - one > DAY]


def streaks(kept: Rows, last: date | None) -> Rows:
    end = last or max((play["local_date"] for play in kept), default=date.max)
    found = sorted(runs(play["local_date"] for play in counted(kept)), key=lambda run: (-len(run), run[0]))
    return [
        {
            "rank": rank, "from_date": run[0], "to_date": run[-1], "days": len(run),
            **sums([play for play in counted(kept) if play["local_date"] in run]), "current": run[-1] >= end - DAY,
        }
        for rank, run in enumerate(found, 1)
    ]  # fmt: skip


def records(kept: Rows, tracks: Rows) -> Rows:
    rows: Rows = []

    def row(record: str, unit: str, value: int, plays: Rows, **more: Any) -> None:
        dates = more.get("dates") or [play["local_date"] for play in plays]
        named = more.get("named", (None, None))
        amounts = sums(plays) if plays else {"plays": None, "ms_played": None}
        told = {"record": record, "value": value, "unit": unit, "from_date": min(dates), "to_date": max(dates)}
        rows.append({**told, "name": named[0], "artist_name": named[1], **amounts})

    here = counted(kept)
    for unit in ("ms_played", "plays"):
        for per in ("day", "week", "month"):
            groups = grouped(here, lambda play, per=per: start_of(play["local_date"], per))
            best = max(groups, key=lambda step: (sums(groups[step])[unit], -step.toordinal()), default=None)
            if best and sums(groups[best])[unit]:
                span = [day for day in days_between(best, best + timedelta(days=31)) if start_of(day, per) == best]
                name = f"most {'time' if unit == 'ms_played' else 'plays'} in a {per}"
                row(name, "ms" if unit == "ms_played" else "plays", sums(groups[best])[unit], groups[best], dates=span)
    sessions = grouped(here, lambda play: play["session_id"])
    for name, by, unit in (("longest session", "ms_played", "ms"), ("session with most plays", "plays", "plays")):
        order = sorted(
            sessions,
            key=lambda one, by=by: (-sums(sessions[one])[by], min(play["started_at"] for play in sessions[one]), one),
        )
        if order and sums(sessions[order[0]])[by]:
            group = sessions[order[0]]
            row(name, unit, sums(group)[by], group)
    _item_record(row, here, tracks, ("track", "plays", "most repeated track in a day", "plays"))
    varied = {
        day: len(items(group, tracks, "track")) for day, group in grouped(here, lambda p: p["local_date"]).items()
    }
    best_day = min(varied, key=lambda day: (-varied[day], day), default=None)
    if best_day and varied[best_day]:
        named = [play for play in here if play["local_date"] == best_day and entry(play, tracks)]
        row("most tracks in a day", "tracks", varied[best_day], named)
    _item_record(row, here, tracks, ("artist", "ms_played", "most time with an artist in a day", "ms"))
    for run in sorted(runs(play["local_date"] for play in here), key=lambda run: (-len(run), run[0]))[:1]:
        row("longest streak", "days", len(run), [play for play in here if play["local_date"] in run])
    for gap in sorted(gaps(play["local_date"] for play in here), key=lambda gap: (gap[0] - gap[1], gap[0]))[:1]:
        row("longest silence", "days", (gap[1] - gap[0]).days + 1, [], dates=gap)
    return rows


def _item_record(row: Callable[..., None], plays: Rows, tracks: Rows, asked: tuple[str, str, str, str]) -> None:
    what, by, record, unit = asked
    groups = {
        (item, day): group
        for item, all_days in items(plays, tracks, what).items()
        for day, group in grouped(all_days, lambda play: play["local_date"]).items()
    }
    order = sorted(
        groups, key=lambda key: (-sums(groups[key])[by], key[1], null_last(names(key[0], tracks, what)), key[0])
    )
    if order and sums(groups[order[0]])[by]:
        item, day = order[0]
        row(record, unit, sums(groups[item, day])[by], groups[item, day], named=names(item, tracks, what))


def artist_hours(kept: Rows, tracks: Rows, first_ranks: int) -> Rows:
    everywhere = items(counted(kept), tracks, "artist")
    best = sorted(everywhere, key=lambda name: (-len(everywhere[name]), name))[:first_ranks]
    rows = []
    for place, name in enumerate(best, 1):
        for hour in range(24):
            here = [play for play in counted(kept) if play["local_hour"] == hour]
            own = [play for play in here if artist(play, tracks) == name]
            if own:
                amounts = sums(own)
                rows.append({
                    "rank": place, "artist_name": name, "hour": hour, **amounts, "plays_of_hour": len(here),
                    "share_of_hour": amounts["plays"] / len(here),
                })  # fmt: skip
    return rows


def weekparts(kept: Rows) -> Rows:
    rows = []
    for name, days in (("workdays", range(5)), ("weekend", range(5, 7))):
        calendar = sum(day.weekday() in days for day in days_of(kept))
        every = [play for play in kept if play["local_date"].weekday() in days]
        here = counted(every)
        known = [play["skipped"] for play in every if play["skipped"] is not None]
        hours = {hour: sums(group)["ms_played"] for hour, group in grouped(here, lambda p: p["local_hour"]).items()}
        amounts = sums(here)
        rows.append({
            "weekpart": name, "calendar_days": calendar, "days_with_plays": number_of_days(here), **amounts,
            "ms_per_day": amounts["ms_played"] // calendar if calendar else None,
            "plays_per_day": amounts["plays"] / calendar if calendar else None,
            "skip_rate": sum(known) / len(known) if known else None,
            "fullest_hour": min(hours, key=lambda hour: (-hours[hour], hour), default=None),
        })  # fmt: skip
    return rows


def seasons(kept: Rows, tracks: Rows) -> Rows:
    def season(day: date) -> tuple[int, int]:
        return (day.year + 1, 0) if day.month == 12 else (day.year, day.month // 3)

    rows = []
    for year, number in sorted({season(day) for day in days_of(kept)}):
        here = [play for play in counted(kept) if season(play["local_date"]) == (year, number)]
        artists = {name: len(group) for name, group in items(here, tracks, "artist").items()}
        best = min(artists, key=lambda name: (-artists[name], name), default=None)
        rows.append({
            "season": ["Dec-Feb", "Mar-May", "Jun-Aug", "Sep-Nov"][number], "season_year": year,
            "starts_on": date(year, number * 3, 1) if number else date(year - 1, 12, 1), **sums(here),
            "days_with_plays": number_of_days(here), "tracks": len(items(here, tracks, "track")), "artists": len(artists),
            "top_artist": best, "top_artist_plays": artists.get(best),
        })  # fmt: skip
    return rows


def kappa(on: set[tuple[date, int]], days: list[date], lag: int) -> float | None:
    pairs = Counter(
        ((day, hour) in on, (day + lag * DAY, hour) in on)
        for day in days
        if day + lag * DAY <= days[-1]
        for hour in range(24)
    )
    n = sum(pairs.values())
    if not n:
        return None
    alike = Fraction(pairs[True, True] + pairs[False, False], n)
    first = Fraction(pairs[True, True] + pairs[True, False], n)
    second = Fraction(pairs[True, True] + pairs[False, True], n)
    chance = first * second + (1 - first) * (1 - second)
    return None if chance == 1 else float((alike - chance) / (1 - chance))


def frequency(kept: Rows) -> Rows:
    here = counted(kept)
    days = grouped(here, lambda play: play["local_date"])
    calendar = days_of(kept)
    sizes = [len(group) for group in days.values()]
    lengths = [(last - first).days + 1 for first, last in gaps(days)]
    on = {(play["local_date"], play["local_hour"]) for play in here}
    return [{
        "calendar_days": len(calendar), "days_with_plays": len(days),
        "share_of_days": len(days) / len(calendar) if calendar else None,
        "plays_per_day_mean": statistics.mean(sizes) if sizes else None,
        "plays_per_day_median": statistics.median(sizes) if sizes else None,
        "sessions_per_day": len({play["session_id"] for play in here}) / len(days) if days else None,
        "longest_gap": max(lengths, default=None), "mean_gap": statistics.mean(lengths) if lengths else None,
        "regularity_day": kappa(on, calendar, 1), "regularity_week": kappa(on, calendar, 7),
    }]  # fmt: skip


RANKED_BY = {"plays": "plays", "time": "ms_played", "days": "days"}


def ranked(groups: dict[Any, Rows], by: str, told: Callable[[Any], Row], tie: Callable[[Any], Iterable[Any]]) -> Rows:
    rows = []
    for key, group in groups.items():
        amounts = {**sums(group), "days": number_of_days(group)}
        rows.append(((-amounts[RANKED_BY[by]], null_last(tie(key))), {**told(key), **amounts}))
    rows.sort(key=lambda row: row[0])
    return [
        {"rank": rank, **{name: value for name, value in row.items() if name != "days" or by == "days"}}
        for rank, (_, row) in enumerate(rows, 1)
    ]


def top(kept: Rows, tracks: Rows, what: str, by: str) -> Rows:
    groups = items(counted(kept), tracks, what)
    column = {"track": "track_name", "recording": "track_name", "album": "album_name", "artist": "artist_name"}[what]

    def told(key: Any) -> Row:
        name, of = names(key, tracks, what)
        row = {column: name} if what == "artist" else {column: name, "artist_name": of}
        if what != "recording":
            return row
        entries = {entry(play, tracks) for play in groups[key]}
        return {"recording_id": None if "\x1f" in key else key, **row, "track_ids": len(entries)}

    last = {"album": lambda key: ""}.get(what, str)
    return ranked(groups, by, told, lambda key: (*names(key, tracks, what), last(key)))


def credited(kept: Rows, tracks: Rows, references: dict[str, str], by: str) -> Rows:
    groups: dict[str, Rows] = {}
    for play in counted(kept):
        listed = play["credited_artists"] or references.get(entry(play, tracks) or "") or artist(play, tracks)
        for name in set(listed.split("\n")) if listed else ():
            groups.setdefault(name, []).append(play)
    return ranked(groups, by, lambda key: {"artist_name": key}, lambda key: (key,))


def shows(kept: Rows, by: str) -> Rows:
    groups = {show: group for show, group in grouped(counted(kept), maker).items() if show is not None}

    def told(show: str) -> Row:
        return {"show_name": show, "episodes": len({uri(play) or title(play) for play in groups[show]} - {None})}

    return ranked(groups, by, told, lambda show: (show,))


def rank_movement(
    ever: Rows, tracks: Rows, *, what: str, per: str, ranks_shown: int, period: tuple[date | None, date | None]
) -> Rows:
    first, last = period
    here = [play for play in counted(ever) if last is None or play["local_date"] <= last]
    steps = grouped(here, lambda play: start_of(play["local_date"], per))
    ranks: dict[date, dict[Any, int]] = {}
    rows = []
    for step in sorted(steps):
        groups = items(steps[step], tracks, what)
        order = sorted(groups, key=lambda key: (-len(groups[key]), null_last(names(key, tracks, what)), str(key)))
        before = ranks.get(start_of(step - DAY, per), {})
        ranks[step] = {item: rank for rank, item in enumerate(order, 1)}
        for rank, item in enumerate(order[:ranks_shown], 1):
            name, of = names(item, tracks, what)
            then = before.get(item)
            rows.append({
                "starts_on": step, "rank": rank, "name": name, "artist_name": of, **sums(groups[item]), "rank_before": then,
                "movement": None if then is None else then - rank,
                "is_new": not any(item in earlier for at, earlier in ranks.items() if at < step),
            })  # fmt: skip
    return [row for row in rows if first is None or row["starts_on"] >= start_of(first, per)]


def artist_share(kept: Rows, tracks: Rows, per: str, first_ranks: int) -> Rows:
    everywhere = items(counted(kept), tracks, "artist")
    best = sorted(everywhere, key=lambda name: (-len(everywhere[name]), name))[:first_ranks]
    rows = []
    for step in steps_of(kept, per):
        here = [play for play in counted(kept) if start_of(play["local_date"], per) == step]
        of = [[play for play in here if artist(play, tracks) == name] for name in best]
        of.append([play for play in here if artist(play, tracks) not in best])
        whole = sums(here)
        for place, group in enumerate(of, 1):
            amounts = sums(group)
            rows.append({
                "starts_on": step, "rank": place if place <= len(best) else None,
                "artist_name": [*best, "everyone else"][place - 1], **amounts,
                "share_of_plays": amounts["plays"] / whole["plays"] if whole["plays"] else None,
                "share_of_time": amounts["ms_played"] / whole["ms_played"] if whole["ms_played"] else None,
            })  # fmt: skip
    return rows


def half_lives(ever: Rows, tracks: Rows, what: str, last: date | None) -> Rows:
    here = [play for play in ever if last is None or play["local_date"] <= last]
    end = last or max((play["local_date"] for play in here), default=date.min)
    rows = []
    for item, group in items(counted(here), tracks, what).items():
        dates = sorted(play["local_date"] for play in group)
        if len(dates) < 20 or (end - dates[0]).days < 90:
            continue
        name, of = names(item, tracks, what)
        half = dates[math.ceil(len(dates) / 2) - 1]
        rows.append({
            "name": name, "artist_name": of, **sums(group), "half_life_days": (half - dates[0]).days,
            "first_played": dates[0], "last_played": dates[-1], "days_with_plays": len(set(dates)), "item": item,
        })  # fmt: skip
    rows.sort(key=lambda row: (-row["plays"], null_last((row["name"], row["artist_name"])), row.pop("item")))
    return rows
