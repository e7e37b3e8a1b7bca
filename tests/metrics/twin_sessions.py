"""Sessions once more, slowly, in plain Python."""

from collections import Counter
from datetime import datetime, timedelta
from statistics import mean, median
from typing import Any
from zoneinfo import ZoneInfo

import twin
from twin import Row, Rows


def stop(play: Row) -> datetime:
    if play["stopped_at"] is not None:
        return play["stopped_at"]
    return play["started_at"] + timedelta(milliseconds=play["length_ms"] or 0)


def shown_stop(play: Row) -> datetime:
    """As it is shown."""
    return play["stopped_at"] or play["started_at"] + timedelta(milliseconds=play["ms_played"] or 0)


def in_order(plays: Rows) -> Rows:
    return sorted(plays, key=lambda play: (play["started_at"], play["play_id"]))


def cut(plays: Rows, silence: int) -> dict[int, int]:
    """The session of each play: a new one where it starts later than the silence after everything before it is over."""
    opened: dict[int, int] = {}
    session, over = None, None
    for play in in_order(plays):
        if over is None or play["started_at"] > over + timedelta(minutes=silence):
            session = play["play_id"]
        over = stop(play) if over is None else max(over, stop(play))
        opened[play["play_id"]] = session
    return opened


def measured(plays: Rows, opened: dict[int, int], tracks: Rows) -> Rows:
    """The sessions with a counted play, without labels; `plays` are those shown."""
    rows = []
    for session, group in twin.grouped(in_order(plays), lambda play: opened[play["play_id"]]).items():
        counted = [play for play in group if play["counted"]]
        if not counted:
            continue
        told = [play["skipped"] for play in group if play["skipped"] is not None]
        clock = group[0]["started_at"].astimezone(ZoneInfo(group[0]["timezone"]))
        rows.append(
            {
                "session_id": f"{session:016x}",
                "local_date": group[0]["local_date"],
                "start_hour": group[0]["local_hour"],
                "started_at": group[0]["started_at"],
                "stopped_at": max(map(shown_stop, group)),
                "plays": len(counted),
                "tracks": len({twin.entry(play, tracks) for play in counted} - {None}),
                "artists": len({artist(play, tracks) for play in counted} - {None}),
                "ms_played": sum(play["ms_played"] or 0 for play in counted),
                "skips": sum(told),
                "skip_rate": sum(told) / len(told) if told else None,
                "night": any(play["local_hour"] in range(5) for play in counted),
                "second": clock.hour * 3600 + clock.minute * 60 + clock.second,
                "group": group,
                "counted": counted,
            }
        )
    return rows


def artist(play: Row, tracks: Rows) -> str | None:
    return twin.maker(play) or twin.catalogued(play, tracks).get("artist_name")


def listed(plays: Rows, opened: dict[int, int], tracks: Rows) -> Rows:
    """The rows of the report `sessions`."""
    rows = newest(measured(plays, opened, tracks))
    by_day = twin.grouped([row for row in rows if row["start_hour"] >= 5], lambda row: row["local_date"])
    firsts = [min(day, key=lambda row: (row["started_at"], row["session_id"])) for day in by_day.values()]
    mornings = [row for row in firsts if row["start_hour"] < 11]
    labels = {}
    for weekend in (False, True):
        alike = [row for row in mornings if (row["local_date"].isoweekday() > 5) == weekend]
        middle = median(row["second"] for row in alike) if len(alike) >= 5 else None
        for row in alike:
            if middle is not None and abs(row["second"] - middle) <= 45 * 60:
                labels[row["session_id"]] = "morning routine"
    for row in rows:
        if row["ms_played"] >= 7_200_000 and row["night"]:
            labels[row["session_id"]] = "late-night binge"
    hidden = ("night", "second", "group", "counted")
    return [
        {name: value for name, value in row.items() if name not in hidden} | {"label": labels.get(row["session_id"])}
        for row in rows
    ]


def newest(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: (row["started_at"], row["session_id"]), reverse=True)


def longest(rows: Rows) -> Rows:
    return sorted(newest(rows), key=lambda row: -row["ms_played"])


def by_hour(plays: Rows, opened: dict[int, int], tracks: Rows) -> Rows:
    rows = measured(plays, opened, tracks)
    told = []
    for hour in range(24):
        alike = [row for row in rows if row["start_hour"] == hour]
        times = [row["ms_played"] for row in alike]
        skips = [play["skipped"] for row in alike for play in row["group"] if play["skipped"] is not None]
        told.append(
            {
                "start_hour": hour,
                "sessions": len(alike),
                "plays": sum(row["plays"] for row in alike),
                "ms_played": sum(times),
                "mean_ms": sum(times) // len(times) if times else None,
                "median_ms": int(median(times)) if times else None,
                "skip_rate": sum(skips) / len(skips) if skips else None,
            }
        )
    return told


QUADRANT = {(True, True): "happy", (True, False): "tense", (False, True): "calm", (False, False): "sad"}


def story(plays: Rows, opened: dict[int, int], tracks: Rows, audio: dict[Any, Row], session: str | None) -> Rows:
    if session is None:
        found = longest(measured(plays, opened, tracks))
        session = found[0]["session_id"] if found else None
    rows: Rows = []
    over = None
    shown = [play for play in in_order(plays) if f"{opened[play['play_id']]:016x}" == session]
    for position, play in enumerate(shown, 1):
        known = twin.catalogued(play, tracks)
        heard = audio.get(twin.entry(play, tracks), {})
        energy, valence = heard.get("energy"), heard.get("valence")
        silent = None if over is None else max(0, round((play["started_at"] - over) / timedelta(milliseconds=1)))
        rows.append(
            {
                "position": position,
                "session_id": session,
                "started_at": play["started_at"],
                "track_name": known.get("track_name") or twin.title(play),
                "artist_name": known.get("artist_name") or twin.maker(play),
                "ms_played": play["ms_played"],
                "counted": play["counted"],
                "skipped": play["skipped"],
                "silence_ms": silent,
                "energy": energy,
                "valence": valence,
                "quadrant": None if None in (energy, valence) else QUADRANT[energy >= 0.5, valence >= 0.5],
            }
        )
        over = shown_stop(play) if over is None else max(over, shown_stop(play))
    return rows


def stories(plays: Rows, opened: dict[int, int], tracks: Rows, audio: dict[Any, Row], top: int) -> Rows:
    told = []
    for row in longest(measured(plays, opened, tracks))[:top]:
        counted = row["counted"]
        artists = Counter(artist(play, tracks) for play in counted)
        del artists[None]
        main = min(artists, key=lambda name: (-artists[name], name), default=None)
        heard = [audio.get(twin.entry(play, tracks), {}) for play in counted]
        cut_at = (len(heard) + 1) // 2
        halves = {"first": heard[:cut_at], "second": heard[cut_at:]}
        told.append(
            {
                "session_id": row["session_id"],
                "local_date": row["local_date"],
                "start_hour": row["start_hour"],
                "ms_played": row["ms_played"],
                "plays": len(counted),
                "artists": len(artists),
                "main_artist": main,
                "main_artist_share": artists[main] / len(counted) if main else None,
                **{
                    f"{feature}_{half}_half": average([one.get(feature) for one in halves[half]])
                    for feature in ("energy", "valence")
                    for half in halves
                },
                "known_share": sum(bool(one) for one in heard) / len(counted),
            }
        )
    return told


def average(values: list[float | None]) -> float | None:
    """To six digits."""
    known = [value for value in values if value is not None]
    return round(mean(known), 6) if known else None
