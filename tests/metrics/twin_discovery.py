"""Discovery and diversity once more, slowly, in plain Python."""

import math
from datetime import date
from statistics import mean, median
from typing import Any

from twin import Row, Rows
from twin_taste import by_item, item, name_order, named, step, steps


def fate(days: set[date], end: date) -> str:
    if len(days) >= 3 and (max(days) - min(days)).days >= 90:
        return "stayed"
    return "faded" if (end - min(days)).days >= 90 else "too early"


def end_of(plays: Rows, last: date | None) -> date | None:
    return last or max((play["local_date"] for play in plays), default=None)


def until(history: Rows, last: date | None) -> Rows:
    return [play for play in history if last is None or play["local_date"] <= last]


def first_plays(history: Rows, tracks: Rows, what: str, first: date | None, last: date | None) -> Rows:
    known = until(history, last)
    rows = []
    for key, group in by_item(known, tracks, what).items():
        days = {play["local_date"] for play in group}
        if first is not None and min(days) < first:
            continue
        started_at = min(play["started_at"] for play in group)
        told = {"first_played": min(days), "started_at": started_at, **named(key, tracks, what)}
        told |= {"plays": len(group), "days_with_plays": len(days), "fate": fate(days, end_of(known, last))}
        rows.append(((-started_at.timestamp(), name_order(key, tracks, what)), told))
    return [row for _, row in sorted(rows, key=lambda row: row[0])]


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def discovery(plays: Rows, history: Rows, tracks: Rows, per: str, *, first: date | None, last: date | None) -> Rows:
    known = until(history, last)
    artists, entries = by_item(known, tracks, "artist"), by_item(known, tracks, "track")
    days = {key: {play["local_date"] for play in group} for key, group in artists.items()}
    rows = []
    for starts_on in steps(plays, per):
        counted = [play for play in plays if play["counted"] and step(play["local_date"], per) == starts_on]

        def new(groups: dict[str, Rows], here: set[str], starts_on: date = starts_on) -> set[str]:
            """Those of `here` whose first play ever lies in this step and in the period."""
            begins = {key: min(play["local_date"] for play in groups[key]) for key in here}
            return {
                key for key, day in begins.items() if step(day, per) == starts_on and (first is None or day >= first)
            }

        heard, tunes = by_item(counted, tracks, "artist"), by_item(counted, tracks, "track")
        new_artists, new_tracks = new(artists, set(heard)), new(entries, set(tunes))
        fates = [fate(days[key], end_of(known, last)) for key in new_artists]
        explored = share(len(new_tracks), sum(map(len, tunes.values())))
        rows.append(
            {
                "starts_on": starts_on,
                "plays": len(counted),
                "artists": len(heard),
                "new_artists": len(new_artists),
                "new_artist_share": share(len(new_artists), len(heard)),
                "tracks": len(tunes),
                "new_tracks": len(new_tracks),
                "explore_share": explored,
                "repeat_share": None if explored is None else 1 - explored,
                "plays_of_new_artists": share(
                    sum(len(heard[key]) for key in new_artists), sum(map(len, heard.values()))
                ),
                "stayed": fates.count("stayed"),
                "faded": fates.count("faded"),
                "too_early": fates.count("too early"),
            }
        )
    return rows


def diversity(plays: Rows, tracks: Rows, what: str, per: str) -> Rows:
    rows = []
    for starts_on in steps(plays, per):
        here = [play for play in plays if step(play["local_date"], per) == starts_on]
        counts = [len(group) for group in by_item(here, tracks, what).values()]
        total = sum(counts)
        row: Row = {"starts_on": starts_on, "plays": total, "items": len(counts)}
        row |= dict.fromkeys(("entropy", "effective_number", "effective_number_2", "gini", "most_played_share"))
        if counts:
            shares = [count / total for count in counts]
            entropy = -sum(one * math.log2(one) for one in shares)
            # Half the relative mean absolute difference.
            apart = sum(abs(one - other) for one in counts for other in counts)
            row["entropy"], row["effective_number"] = entropy, 2**entropy
            row["effective_number_2"] = 1 / sum(one**2 for one in shares)
            row["gini"] = apart / (2 * len(counts) * total)
            row["most_played_share"] = max(shares)
        rows.append(row)
    return rows


def mainstream(plays: Rows, tracks: Rows, popularity: dict[Any, int], per: str) -> Rows:
    rows = []
    for starts_on in steps(plays, per):
        counted = [play for play in plays if play["counted"] and step(play["local_date"], per) == starts_on]
        known = [popularity.get(item(play, tracks, "track")) for play in counted]
        known = [one for one in known if one is not None]
        enough = bool(known) and len(known) >= 0.3 * len(counted)
        rows.append(
            {
                "starts_on": starts_on,
                "plays": len(counted),
                "mean_popularity": mean(known) if enough else None,
                "median_popularity": median(known) if enough else None,
                "plays_known": len(known),
                "known_share": share(len(known), len(counted)),
            }
        )
    return rows
