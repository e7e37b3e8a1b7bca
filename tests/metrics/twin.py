"""The reports once more, slowly, in plain Python: the independent truth beside the compiled ones."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
Rows = list[Row]


def considered(
    plays: Rows, listener_id: str, kind: str, *, first: date | None, last: date | None, zone: str | None
) -> Rows:
    """The listener's plays of the kind and period, with date and hour of the zone."""
    kept = []
    for play in plays:
        clock = play["started_at"].astimezone(ZoneInfo(zone or play["timezone"]))
        here = play | {"local_date": clock.date(), "local_hour": clock.hour}
        in_period = (first is None or first <= clock.date()) and (last is None or clock.date() <= last)
        if play["listener_id"] == listener_id and kind in ("all", play["kind"]) and in_period:
            kept.append(here)
    return kept


def uri(play: Row) -> str | None:
    if play["kind"] == "audiobook":
        return play["chapter_uri"] or play["audiobook_uri"]
    return play.get(play["kind"] + "_uri")


def title(play: Row) -> str | None:
    if play["kind"] == "audiobook":
        return play["chapter_title"] or play["audiobook_title"]
    return play.get(play["kind"] + "_name")


def maker(play: Row) -> str | None:
    return play.get({"track": "artist_name", "episode": "show_name"}.get(play["kind"], "audiobook_title"))


def collection(play: Row) -> str | None:
    return play.get({"track": "album_name", "episode": "show_name"}.get(play["kind"], "audiobook_title"))


def entry(play: Row, tracks: Rows) -> str | None:
    """The catalogue entry: URI, else the smallest of the same exact names, else the names."""
    if uri(play):
        return uri(play)
    names = (title(play), maker(play))
    same = [
        track["track_id"]
        for track in tracks
        if None not in names and names == (track["track_name"], track["artist_name"])
    ]
    if same:
        return min(same)
    return None if title(play) is None else f"{title(play)}\x1f{maker(play) or ''}"


def counts(play: Row, rule: str, everybody: Rows, tracks: Rows) -> bool | None:
    """Whether the play counts; None where nobody knows."""
    ms = play["ms_played"]
    if rule == "all":
        return True
    if rule == "30s":
        return ms is None or ms >= 30_000
    length = work_length(play, everybody, tracks)
    return scrobbles(play, length) if rule == "scrobble" else finishes(play, length)


def work_length(play: Row, everybody: Rows, tracks: Rows) -> int | None:
    """What sources tell most often of the entry (then the longest), else its longest play that ended with it.

    Another listener's secret tells nothing, nor does an end that took no time.
    """
    own = entry(play, tracks)
    alike = [
        other
        for other in everybody
        if own is not None and entry(other, tracks) == own
        if other["listener_id"] == play["listener_id"] or not other["incognito"]
    ]
    told = Counter(other["length_ms"] for other in alike if other["length_ms"] is not None)
    if told:
        return max(length for length, times in told.items() if times == max(told.values()))
    ended = [other["ms_played"] or 0 for other in alike if other["reason_end"] == "trackdone"]
    return max(ended, default=0) or None


def scrobbles(play: Row, length: int | None) -> bool:
    ms = play["ms_played"]
    if set(play["sources"].split("+")) - {"spotify_extended", "spotify_account"} or ms is None:
        return True
    return ms >= (30_000 if length is None else min(240_000, length / 2))


def finishes(play: Row, length: int | None) -> bool | None:
    if play["reason_end"] == "trackdone":
        return True
    if length is None or play["ms_played"] is None:
        return None
    return play["ms_played"] * 10 >= length * 9


def timed(plays: Rows, everybody: Rows, tracks: Rows) -> Rows:
    """The plays with their time as told, else that of their track or until the listener's next play, whichever is less."""
    rows = []
    for play in plays:
        later = [
            other["started_at"]
            for other in everybody
            if other["listener_id"] == play["listener_id"]
            and (other["started_at"], other["play_id"]) > (play["started_at"], play["play_id"])
        ]
        length = work_length(play, everybody, tracks)
        room = (min(later) - play["started_at"]).total_seconds() * 1000 if later else math.inf
        guess = None if length is None else int(min(length, room))
        rows.append(play if play["ms_played"] is not None else play | {"ms_played": guess})
    return rows


def sums(plays: Rows) -> Row:
    return {"plays": len(plays), "ms_played": sum(play["ms_played"] or 0 for play in plays)}


def ranking(groups: dict[Any, Rows], names: Callable[[Any], Row], tie: Callable[[Any], Iterable[Any]]) -> Rows:
    """Groups by plays, names (null last, else by code point) and id."""
    rows = [(key, sums(group)) for key, group in groups.items()]
    rows.sort(key=lambda row: (-row[1]["plays"], *((name is None, name or "") for name in tie(row[0]))))
    return [{"rank": rank, **names(key), **amounts} for rank, (key, amounts) in enumerate(rows, 1)]


def grouped(plays: Rows, key: Callable[[Row], Any]) -> dict[Any, Rows]:
    groups = defaultdict(list)
    for play in plays:
        groups[key(play)].append(play)
    return groups


def by_entry(counted: Rows, tracks: Rows) -> dict[Any, Rows]:
    groups = grouped(counted, lambda play: entry(play, tracks))
    groups.pop(None, None)
    return groups


def catalogued(play: Row, tracks: Rows) -> Row:
    known = {track["track_id"]: track for track in tracks}
    return known.get(entry(play, tracks), {})


def by_maker(counted: Rows, tracks: Rows) -> dict[Any, Rows]:
    known = {track["track_id"]: track["artist_name"] for track in tracks}
    groups = grouped(counted, lambda play: maker(play) or known.get(uri(play)))
    groups.pop(None, None)
    return groups


def by_collection(counted: Rows, tracks: Rows) -> dict[Any, Rows]:
    def key(play: Row) -> tuple[str | None, str | None]:
        known = catalogued(play, tracks)
        return collection(play) or known.get("album_name"), maker(play) or known.get("artist_name")

    return {names: group for names, group in grouped(counted, key).items() if names[0] is not None}


def top_tracks(counted: Rows, tracks: Rows) -> Rows:
    groups = by_entry(counted, tracks)
    named = {}
    for key, group in groups.items():
        known = catalogued(group[0], tracks)
        named[key] = {
            "track_name": known.get("track_name") or min(filter(None, map(title, group)), default=None),
            "artist_name": known.get("artist_name") or min(filter(None, map(maker, group)), default=None),
        }
    return ranking(groups, named.__getitem__, lambda key: (*named[key].values(), key))


def top_artists(counted: Rows, tracks: Rows) -> Rows:
    return ranking(by_maker(counted, tracks), lambda key: {"artist_name": key}, lambda key: (key,))


def top_albums(counted: Rows, tracks: Rows) -> Rows:
    return ranking(
        by_collection(counted, tracks), lambda key: {"album_name": key[0], "artist_name": key[1]}, lambda key: key
    )


def overview(kept: Rows, counted: Rows, tracks: Rows) -> Row:
    dates = [play["local_date"] for play in kept]
    days = (max(dates) - min(dates)).days + 1 if dates else 0
    amounts = sums(counted)
    return {
        "plays": len(kept),
        "counted_plays": len(counted),
        "ms_played": amounts["ms_played"],
        "tracks": len(by_entry(counted, tracks)),
        "artists": len(by_maker(counted, tracks)),
        "albums": len(by_collection(counted, tracks)),
        "sessions": len({play["session_id"] for play in counted}),
        "days_with_plays": len({play["local_date"] for play in counted}),
        "calendar_days": days,
        "ms_per_day": amounts["ms_played"] // days if days else None,
        "first_play": min((play["started_at"] for play in counted), default=None),
        "last_play": max((play["started_at"] for play in counted), default=None),
    }


def by_month(kept: Rows, counted: Rows) -> Rows:
    months = sorted(play["local_date"].replace(day=1) for play in kept)
    rows: Rows = []
    month = months[0] if months else date.max
    while months and month <= months[-1]:
        rows.append({"month": month, **sums([play for play in counted if play["local_date"].replace(day=1) == month])})
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return rows


def heatmap(counted: Rows) -> Rows:
    cells = grouped(counted, lambda play: (play["local_date"].isoweekday(), play["local_hour"]))
    return [
        {"weekday": weekday, "hour": hour, **sums(cells[weekday, hour])}
        for weekday in range(1, 8)
        for hour in range(24)
    ]


def kinds(plays: Rows) -> dict[str, int]:
    counter = Counter(play["kind"] for play in plays)
    return {kind: counter[kind] for kind in ("track", "episode", "audiobook", "unknown")}
