"""How taste moves, once more, slowly, in plain Python."""

import math
from collections import Counter
from datetime import date, timedelta
from typing import Any

import twin
from twin import Row, Rows

DAY = timedelta(days=1)


def item(play: Row, tracks: Rows, what: str) -> str | None:
    if what == "artist":
        return twin.maker(play) or twin.catalogued(play, tracks).get("artist_name")
    if what == "album":
        known = twin.catalogued(play, tracks)
        album = twin.collection(play) or known.get("album_name")
        return None if album is None else f"{album}\x1f{twin.maker(play) or known.get('artist_name') or ''}"
    own = twin.entry(play, tracks)
    return (what == "recording" and twin.catalogued(play, tracks).get("recording_id")) or own


def names(key: str, tracks: Rows, what: str) -> tuple[str | None, str | None]:
    if what == "artist":
        return key, None
    known = {track["track_id"]: (track["track_name"], track["artist_name"]) for track in tracks}
    if key in known:
        return known[key]
    title, _, artist = key.partition("\x1f")
    return (title, artist or None) if "\x1f" in key else (None, None)


def by_item(plays: Rows, tracks: Rows, what: str) -> dict[str, Rows]:
    counted = [play for play in plays if play["counted"]]
    groups = twin.grouped(counted, lambda play: item(play, tracks, what))
    groups.pop(None, None)
    return groups


def name_order(key: str, tracks: Rows, what: str) -> tuple[Any, ...]:
    """Names by code point, null last; then the id."""
    return (*((name is None, name or "") for name in names(key, tracks, what)), key)


def named(key: str, tracks: Rows, what: str) -> Row:
    return dict(zip(("name", "artist_name"), names(key, tracks, what), strict=True))


def step(day: date, per: str) -> date:
    if per == "week":
        return day - timedelta(days=day.weekday())
    months = {"day": 0, "month": 1, "quarter": 3, "year": 12}[per]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1) if months else day


def steps(plays: Rows, per: str) -> list[date]:
    """Every step that has a day between the first and the last kept play."""
    dates = [play["local_date"] for play in plays]
    if not dates:
        return []
    return sorted({step(min(dates) + nth * DAY, per) for nth in range((max(dates) - min(dates)).days + 1)})


def time_ranges(plays: Rows, tracks: Rows, api: Rows, what: str, *, top: int, last: date | None) -> Rows:
    end = last or max((play["local_date"] for play in plays), default=None)
    rows: dict[str, Row] = {}
    empty = {f"{column}_{name}": None for column in ("plays", "rank", "api_rank") for name in DAYS_OF}
    for name, days in DAYS_OF.items():
        recent = [play for play in plays if end - days * DAY < play["local_date"] <= end] if end else []
        groups = by_item(recent, tracks, what)
        order = sorted(groups, key=lambda key: (-len(groups[key]), *name_order(key, tracks, what)))
        for rank, key in enumerate(order, 1):
            row = rows.setdefault(key, {"key": key, **named(key, tracks, what), **empty})
            row |= {f"plays_{name}": len(groups[key]), f"rank_{name}": rank}
    for name in DAYS_OF:
        told = [one for one in api if one["item_type"] == what and one["time_range"] == name + "_term"]
        told = [one for one in told if last is None or one["captured_at"].date() <= last]
        latest = [one for one in told if one["captured_at"] == max(other["captured_at"] for other in told)]
        for one in sorted(latest, key=lambda one: -one["position"]):
            key = one["name"] if what == "artist" else one["uri"]
            row = rows.setdefault(key, {"key": key, "name": one["name"], "artist_name": one["artist_name"], **empty})
            row[f"api_rank_{name}"] = one["position"]
    ranks = [f"{by}_{name}" for by in ("rank", "api_rank") for name in DAYS_OF]
    shown = [row for row in rows.values() if any(row[rank] is not None and row[rank] <= top for rank in ranks)]
    shown.sort(
        key=lambda row: (
            *(math.inf if row[rank] is None else row[rank] for rank in ranks),
            *((row[name] is None, row[name] or "") for name in ("name", "artist_name")),
            row["key"],
        )
    )
    columns = ["name", "artist_name"]
    columns += [f"{by}_{name}" for name in DAYS_OF for by in ("plays", "rank")] + ranks[3:]
    return [{column: row[column] or (0 if column.startswith("plays") else None) for column in columns} for row in shown]


DAYS_OF = {"short": 28, "medium": 182, "long": 365}


def entropy(shares: dict[str, float]) -> float:
    return -sum(share * math.log2(share) for share in shares.values() if share)


def distance(one: dict[str, float], other: dict[str, float]) -> float:
    """The Jensen-Shannon distance, from its definition."""
    middle = {key: (one.get(key, 0) + other.get(key, 0)) / 2 for key in {*one, *other}}
    divergence = entropy(middle) - (entropy(one) + entropy(other)) / 2
    return math.sqrt(divergence) if divergence > 1e-12 else 0.0


def drift(plays: Rows, tracks: Rows, what: str, per: str) -> Rows:
    rows: Rows = []
    before: dict[str, float] | None = None
    first: dict[str, float] | None = None
    for starts_on in steps(plays, per):
        here = [play for play in plays if step(play["local_date"], per) == starts_on]
        counts = {key: len(group) for key, group in by_item(here, tracks, what).items()}
        total = sum(counts.values())
        row: Row = {"starts_on": starts_on, "plays": total, "items": len(counts)}
        row |= {"drift": None, "drift_from_first": None, "kept_share": None}
        if total:
            shares = {key: count / total for key, count in counts.items()}
            first = first or shares
            row["drift_from_first"] = distance(first, shares)
            if before is not None:
                row["drift"] = distance(before, shares)
                row["kept_share"] = sum(share for key, share in shares.items() if key in before)
            before = shares
        rows.append(row)
    return rows


def obsessions(plays: Rows, tracks: Rows, what: str, window: int) -> Rows:
    rows = []
    dates = [play["local_date"] for play in plays]
    for key, group in by_item(plays, tracks, what).items():
        days = sorted(play["local_date"] for play in group)
        bursts: list[tuple[set[date], float]] = []
        for begin in sorted(set(days)):
            stretch = {begin + nth * DAY for nth in range(window)}
            inside = sum(day in stretch for day in days)
            record = {min(dates) + nth * DAY for nth in range((max(dates) - min(dates)).days + 1)}
            outside = len(record - stretch)
            if not outside or inside < 10:
                continue
            times = inside / ((len(days) - inside + 0.5) / outside * window)
            if times < 5:
                continue
            if bursts and bursts[-1][0] & stretch:
                bursts[-1] = bursts[-1][0] | stretch, max(bursts[-1][1], times)
            else:
                bursts.append((stretch, times))
        for covered, times in bursts:
            from_date, to_date = min(covered), max(day for day in days if day in covered)
            around = [play for play in plays if play["counted"] and from_date <= play["local_date"] <= to_date]
            inside = sum(day in covered for day in days)
            rows.append(
                {
                    "key": name_order(key, tracks, what),
                    **named(key, tracks, what),
                    "from_date": from_date,
                    "to_date": to_date,
                    "days": (to_date - from_date).days + 1,
                    "plays": inside,
                    "plays_before": sum(day < from_date for day in days),
                    "plays_after": sum(day > to_date for day in days),
                    "times_base": times,
                    "share_of_plays": inside / len(around),
                }
            )
    rows.sort(key=lambda row: (-row["plays"], -row["times_base"], row["key"], row["from_date"]))
    return [{name: value for name, value in row.items() if name != "key"} for row in rows]


def month_number(day: date) -> int:
    return day.year * 12 + day.month


def all_time_favourites(plays: Rows, tracks: Rows, what: str, top: int, last: date | None) -> Rows:
    rows = []
    for key, group in by_item(plays, tracks, what).items():
        months = Counter(month_number(play["local_date"]) for play in group)
        end = month_number(last or max(play["local_date"] for play in plays))
        since = end - min(months) + 1
        busiest = max(months.values()) / len(group)
        if since < 12 or len(months) < 6 or busiest > 0.5:
            continue
        rows.append(
            {
                "key": name_order(key, tracks, what),
                **named(key, tracks, what),
                **twin.sums(group),
                "months_with_plays": len(months),
                "months_since_first": since,
                "steadiness": len(months) / since,
                "busiest_month_share": busiest,
                "first_played": min(play["local_date"] for play in group),
                "last_played": max(play["local_date"] for play in group),
            }
        )
    rows.sort(key=lambda row: (-row["months_with_plays"], -row["plays"], row["key"]))
    return [
        {"rank": rank} | {name: row[name] for name in row if name != "key"} for rank, row in enumerate(rows[:top], 1)
    ]


def forgotten_favourites(plays: Rows, tracks: Rows, what: str, window: int, last: date | None) -> Rows:
    rows = []
    for key, group in by_item(plays, tracks, what).items():
        days = {play["local_date"] for play in group}
        silent = ((last or max(play["local_date"] for play in plays)) - max(days)).days
        if len(group) >= 15 and len(days) >= 5 and silent > window:
            order = (-len(group), name_order(key, tracks, what))
            told = {
                "plays": len(group),
                "days_with_plays": len(days),
                "first_played": min(days),
                "last_played": max(days),
            }
            rows.append((order, {**named(key, tracks, what), **told, "days_silent": silent}))
    return [row for _, row in sorted(rows, key=lambda row: row[0])]


def comebacks(history: Rows, tracks: Rows, what: str, *, window: int, first: date | None, last: date | None) -> Rows:
    rows = []
    known = [play for play in history if last is None or play["local_date"] <= last]
    for key, group in by_item(known, tracks, what).items():
        days = sorted(play["local_date"] for play in group)
        for before, back in zip(sorted(set(days)), sorted(set(days))[1:], strict=False):
            silent = (back - before).days - 1
            earlier, since = sum(day < back for day in days), sum(day >= back for day in days)
            soon = sum(back <= day < back + 30 * DAY for day in days)
            if silent >= window and earlier >= 5 and soon >= 3 and (first is None or back >= first):
                told = {"silent_from": before + DAY, "back_on": back, "days_silent": silent}
                told |= {"plays_before": earlier, "plays_since": since}
                order = (-back.toordinal(), -since, name_order(key, tracks, what))
                rows.append((order, {**named(key, tracks, what), **told}))
    return [row for _, row in sorted(rows, key=lambda row: row[0])]
