"""Reports of skips, mood and single plays once more, slowly, in plain Python."""

import math
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from statistics import fmean, median
from typing import Any
from zoneinfo import ZoneInfo

import twin
from twin import Row, Rows, entry, grouped

Key = Callable[[Row], Any]
LEAST = 0.3
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CONTEXTS = ("workout", "focus", "relaxation", "party")


def last(value: Any) -> tuple[bool, Any]:
    """Sorts nulls last."""
    return value is None, "" if value is None else value


def share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def item(play: Row, tracks: Rows, what: str) -> Any:
    """(name, artist, id) of what was played; None where nobody tells it."""
    by_id = {row["track_id"]: row for row in tracks}
    own = entry(play, tracks)
    known = by_id.get(own, {})
    maker = twin.maker(play) or known.get("artist_name")
    if what == "artist":
        return maker and (maker, None, maker)
    if what == "album":
        album = twin.collection(play) or known.get("album_name")
        return album and (album, maker, f"{album}\x1f{maker or ''}")
    if own is None:
        return None
    found = known.get("recording_id") or own if what == "recording" else own
    if found in by_id:
        return by_id[found]["track_name"], by_id[found]["artist_name"], found
    title, _, artist = found.partition("\x1f")
    return (title, artist or None, found) if "\x1f" in found else (None, None, found)


def step(play: Row, per: str) -> Any:
    day: date = play["local_date"]
    return {
        "hour": play["local_hour"],
        "weekday": day.isoweekday(),
        "day": day,
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
        "quarter": day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
        "year": day.replace(month=1, day=1),
    }[per]


# Skips and attention


def skips(counted: Rows, tracks: Rows, features: dict[str, Row], what: str) -> Rows:
    groups = grouped(counted, skip_key(tracks, features, what))
    if what in ("track", "recording", "artist", "album"):
        groups.pop(None, None)
    rows = []
    for key, plays in groups.items():
        known = [play for play in plays if play["skipped"] is not None]
        skipped = [play for play in plays if play["skipped"]]
        times = [play["ms_played"] for play in skipped if play["ms_played"] is not None]
        name, artist = (key[0], key[1]) if isinstance(key, tuple) else (skip_name(key, what), None)
        row = {
            "name": name,
            "artist_name": artist,
            "plays": len(known),
            "skips": len(skipped),
            "skip_rate": share(len(skipped), len(known)),
            "unknown": len(plays) - len(known),
            "ms_before_skip": sum(times) // len(times) if times else None,
        }
        place: tuple[Any, ...] = (key,)
        if what not in ("hour", "weekday", "month"):
            order = (*CONTEXTS, "unclassified", "unknown").index(key) if what == "context" else None
            of_key = order if order is not None else key[2] if isinstance(key, tuple) else key
            place = (-len(skipped), -len(known), last(name), last(artist), last(of_key))
        rows.append((place, row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def skip_key(tracks: Rows, features: dict[str, Row], what: str) -> Key:
    if what in ("track", "recording", "artist", "album"):
        return lambda play: item(play, tracks, what)
    if what in ("hour", "weekday", "month"):
        return lambda play: step(play, what)
    if what == "context":
        return lambda play: context(features.get(str(entry(play, tracks))))
    return lambda play: play["reason_start" if what == "reason" else what]


def skip_name(key: Any, what: str) -> str | None:
    if what == "hour":
        return f"{key:02}:00"
    if what == "weekday":
        return WEEKDAYS[key - 1]
    if what == "month":
        return f"{key:%Y-%m}"
    return {None: None, True: "on", False: "off"}[key] if what == "shuffle" else key


def completion(counted: Rows, tracks: Rows, everybody: Rows) -> Rows:
    """`counted` with the time that sources tell."""
    parts = []
    for play in counted:
        length = twin.work_length(play, everybody, tracks)
        if length and play["ms_played"] is not None:
            parts.append(min(play["ms_played"] / length * 100, 100))
    rows = []
    for percent in range(0, 101, 5):
        reached = sum(part >= percent - 1e-9 for part in parts)
        rows.append({"percent": percent, "plays": reached, "share": share(reached, len(parts)), "known": len(parts),
                     "unknown": len(counted) - len(parts)})  # fmt: skip
    return rows


def reasons(counted: Rows, meanings: dict[str, str]) -> Rows:
    rows = []
    for moment in ("start", "end"):
        groups = grouped(counted, lambda play, moment=moment: play[f"reason_{moment}"])  # type: ignore[misc]
        for word, plays in sorted(groups.items(), key=lambda pair: (-len(pair[1]), last(pair[0]))):
            rows.append({
                "moment": moment, "reason": word, "meaning": meanings.get(word), "plays": len(plays),
                "share": len(plays) / len(counted), "ms_played": heard(plays), "skip_rate": skip_rate(plays),
            })  # fmt: skip
    return rows


def heard(plays: Rows) -> int:
    return sum(play["ms_played"] or 0 for play in plays)


def skip_rate(plays: Rows) -> float | None:
    known = [play["skipped"] for play in plays if play["skipped"] is not None]
    return share(sum(known), len(known))


# Mood and contexts


def features_of(play: Row, tracks: Rows, features: dict[str, Row]) -> Row:
    return features.get(str(entry(play, tracks)), {})


def mean(values: list[float], plays: int) -> float | None:
    return fmean(values) if len(values) >= LEAST * plays and values else None


def mood(counted: Rows, tracks: Rows, features: dict[str, Row], per: str, label: str) -> Rows:
    rows = []
    for at, plays in sorted(grouped(counted, lambda play: step(play, per)).items()):
        told = [features_of(play, tracks, features) for play in plays]
        both = [row for row in told if row.get("valence") is not None and row.get("energy") is not None]
        rows.append({
            label: at, "plays": len(plays), "known": len(both), "coverage": len(both) / len(plays),
            **{name: mean([row[name] for row in both], len(plays)) for name in ("valence", "energy")},
        })  # fmt: skip
    for name in ("valence", "energy"):
        judged = [row[name] for row in rows if row["known"] >= 10 and row[name] is not None]
        middle = median(judged) if judged else math.nan
        spread = median(abs(value - middle) for value in judged) if judged else math.nan
        low, high = middle - 2 * 1.4826 * spread, middle + 2 * 1.4826 * spread
        for row in rows:
            mine = row[name] if row["known"] >= 10 else None
            note = None if mine is None else "dip" if mine < low - 1e-6 else "peak" if mine > high + 1e-6 else None
            row |= {
                f"{name}_note": note,
                f"{name}_low": low if judged else None,
                f"{name}_high": high if judged else None,
            }
    return rows


def top_artist(plays: Rows, tracks: Rows) -> str | None:
    named = [found[0] for play in plays if (found := item(play, tracks, "artist"))]
    return min(Counter(named).items(), key=lambda pair: (-pair[1], pair[0]))[0] if named else None


def quadrants(counted: Rows, tracks: Rows, features: dict[str, Row]) -> Rows:
    def quadrant(play: Row) -> str:
        told = features_of(play, tracks, features)
        valence, energy = told.get("valence"), told.get("energy")
        if valence is None or energy is None:
            return "unknown"
        if valence >= 0.5:
            return "happy" if energy >= 0.5 else "calm"
        return "tense" if energy >= 0.5 else "sad"

    groups = grouped(counted, quadrant)
    known = len(counted) - len(groups["unknown"])
    words = {"happy": ("high", "high"), "tense": ("low", "high"), "sad": ("low", "low"), "calm": ("high", "low")}
    return [
        {
            "quadrant": name, "valence": words.get(name, (None, None))[0], "energy": words.get(name, (None, None))[1],
            "plays": len(groups[name]),
            "share": share(len(groups[name]), known) if name != "unknown" and known >= LEAST * len(counted) else None,
            "ms_played": heard(groups[name]), "top_artist": top_artist(groups[name], tracks),
        }
        for name in (*words, "unknown")
    ]  # fmt: skip


def fits(told: Row) -> dict[str, bool | None]:
    """Whether the track fits each context; None where that is not known."""

    def every(*bounds: bool | None) -> bool | None:
        return False if False in bounds else None if None in bounds else True

    def of(name: str, test: Callable[[float], bool]) -> bool | None:
        value = told.get(name)
        return None if value is None or (name == "tempo" and value == 0) else test(value)

    return {
        "workout": every(of("energy", lambda x: x >= 0.7), of("tempo", lambda x: x > 120)),
        "focus": every(
            of("instrumentalness", lambda x: x >= 0.5),
            of("speechiness", lambda x: x < 0.33),
            of("energy", lambda x: x < 0.7),
        ),
        "relaxation": every(of("acousticness", lambda x: x >= 0.5), of("energy", lambda x: x < 0.4)),
        "party": every(
            of("danceability", lambda x: x >= 0.7), of("energy", lambda x: x >= 0.6), of("valence", lambda x: x >= 0.5)
        ),
    }


def context(told: Row | None) -> str:
    fitting = fits(told or {})
    for name in CONTEXTS:
        if fitting[name]:
            return name
    return "unknown" if None in fitting.values() else "unclassified"


def contexts(counted: Rows, tracks: Rows, features: dict[str, Row], rules: dict[str, str]) -> Rows:
    groups = grouped(counted, lambda play: context(features_of(play, tracks, features)))
    known = len(counted) - len(groups["unknown"])
    rows = []
    for name in (*CONTEXTS, "unclassified", "unknown"):
        plays = groups[name]
        fitting = sum(bool(fits(features_of(play, tracks, features)).get(name)) for play in counted)
        hours = Counter(play["local_hour"] for play in plays)
        rows.append({
            "context": name, "plays": len(plays),
            "share": share(len(plays), known) if name != "unknown" and known >= LEAST * len(counted) else None,
            "ms_played": heard(plays), "fits": fitting if name in CONTEXTS else None,
            "fullest_hour": min(hours, key=lambda hour: (-hours[hour], hour)) if hours else None,
            "top_artist": top_artist(plays, tracks), "rule": rules[name],
        })  # fmt: skip
    return rows


def contexts_over_time(counted: Rows, tracks: Rows, features: dict[str, Row], per: str, label: str) -> Rows:
    rows = []
    for at, plays in sorted(grouped(counted, lambda play: step(play, per)).items()):
        names = Counter(context(features_of(play, tracks, features)) for play in plays)
        known = len(plays) - names["unknown"]
        tells = known >= LEAST * len(plays)
        rows.append({
            label: at, "plays": len(plays), "known": known, "coverage": known / len(plays),
            **{name: share(names[name], known) if tells else None for name in (*CONTEXTS, "unclassified")},
        })  # fmt: skip
    return rows


def audio_profile(counted: Rows, tracks: Rows, features: dict[str, Row], per: str, label: str, *names: str) -> Rows:
    rows = []
    groups = {None: counted} if per == "all" else grouped(counted, lambda play: step(play, per))
    for at, plays in sorted(groups.items()):
        told = [features_of(play, tracks, features) for play in plays]
        known = sum(bool(row) for row in told)
        means = {
            name: mean(
                [row[name] for row in told if row.get(name) is not None and (name, row[name]) != ("tempo", 0)],
                len(plays),
            )
            for name in names
        }
        rows.append(({} if per == "all" else {label: at}) | {
            "plays": len(plays), "known": known, "coverage": known / len(plays), **means})  # fmt: skip
    return rows


def tempo(counted: Rows, tracks: Rows, features: dict[str, Row]) -> Rows:
    bins = Counter()
    for play in counted:
        beats = features_of(play, tracks, features).get("tempo")
        bins[int(beats // 10) * 10 if beats else None] += 1
    unknown = bins.pop(None, 0)
    known = sum(bins.values())
    rows: Rows = [
        {
            "bpm_from": at,
            "bpm_to": at + 10,
            "plays": bins[at],
            "share": bins[at] / known if known >= LEAST * len(counted) else None,
        }
        for at in (range(min(bins), max(bins) + 1, 10) if bins else ())
    ]
    return rows + ([{"bpm_from": None, "bpm_to": None, "plays": unknown, "share": None}] if unknown else [])


def keys(counted: Rows, tracks: Rows, features: dict[str, Row]) -> Rows:
    notes = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"]
    groups = grouped(
        counted, lambda play: tuple(features_of(play, tracks, features).get(name) for name in ("key", "mode"))
    )
    known = sum(len(plays) for names, plays in groups.items() if None not in names)
    rows = []
    for key, note in enumerate(notes):
        for mode, word in ((1, "major"), (0, "minor")):
            plays = groups[key, mode]
            counts = Counter(item(play, tracks, "track") for play in plays)
            best = min(counts, key=lambda names: (-counts[names], *map(last, names))) if counts else (None, None)
            rows.append({
                "key": key, "mode": word, "key_name": f"{note} {word}", "plays": len(plays),
                "share": share(len(plays), known) if known >= LEAST * len(counted) else None,
                "top_track": best[0], "top_track_artist": best[1],
            })  # fmt: skip
    return rows


# Single plays


def page(uri: str | None) -> tuple[str | None, str | None]:
    """What a play was started from, and its id."""
    if uri is None:
        return None, None
    parts = uri.split(":")
    if "collection" in parts:
        return "collection", None
    kinds = [kind for kind in ("playlist", "album", "artist", "show") if kind in parts[:-1]]
    return (kinds or ["other"])[0], parts[-1]


def album(play: Row, tracks: Rows) -> str | None:
    known = next((row for row in tracks if row["track_id"] == twin.uri(play)), {})
    return twin.collection(play) or known.get("album_name")


def page_name(play: Row, tracks: Rows, lists: dict[str, str]) -> str | None:
    kind, place = page(play["context_uri"])
    if kind == "playlist":
        return lists.get(str(place))
    return album(play, tracks) if kind in ("album", "show") else None


def recent(kept: Rows, counted: list[bool | None], tracks: Rows, lists: dict[str, str], zone: str | None) -> Rows:
    rows = []
    for play, counts in sorted(
        zip(kept, counted, strict=True), key=lambda pair: (pair[0]["started_at"], pair[0]["play_id"]), reverse=True
    ):
        known = next((row for row in tracks if row["track_id"] == twin.uri(play)), {})
        rows.append({
            "play_id": f"{play['play_id']:016x}", "started_at": play["started_at"], "stopped_at": play["stopped_at"],
            "local_date": play["local_date"],
            "local_time": f"{play['started_at'].astimezone(ZoneInfo(zone or play['timezone'])):%H:%M}",
            "kind": play["kind"], "track_name": twin.title(play) or known.get("track_name"),
            "artist_name": twin.maker(play) or known.get("artist_name"), "album_name": album(play, tracks),
            "ms_played": play["ms_played"], "counted": counts, "skipped": play["skipped"],
            "context": page(play["context_uri"])[0], "context_name": page_name(play, tracks, lists),
            "sources": play["sources"], "incognito": play["incognito"],
        })  # fmt: skip
    return rows


def by_context(counted: Rows, tracks: Rows, lists: dict[str, str]) -> Rows:
    rows = []
    for (kind, _), plays in grouped(counted, lambda play: page(play["context_uri"])).items():
        names = [name for play in plays if (name := page_name(play, tracks, lists)) is not None]
        rows.append({
            "context": kind, "context_name": min(names, default=None), "plays": len(plays), "share": len(plays) / len(counted),
            "ms_played": heard(plays), "skip_rate": skip_rate(plays),
            "context_uri": min((play["context_uri"] for play in plays if play["context_uri"]), default=None),
        })  # fmt: skip
    rows.sort(key=lambda row: (row["context"] is not None, -row["plays"], *(last(row[name]) for name in (
        "context", "context_name", "context_uri"))))  # fmt: skip
    return rows
