"""The rules of reading once more, slowly: row by row with Python's json. Shares no code with the real reader."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

EXTENDED = {
    "track_uri": "spotify_track_uri",
    "track_name": "master_metadata_track_name",
    "artist_name": "master_metadata_album_artist_name",
    "album_name": "master_metadata_album_album_name",
    "episode_uri": "spotify_episode_uri",
    "episode_name": "episode_name",
    "show_name": "episode_show_name",
    "audiobook_uri": "audiobook_uri",
    "audiobook_title": "audiobook_title",
    "chapter_uri": "audiobook_chapter_uri",
    "chapter_title": "audiobook_chapter_title",
    "platform": "platform",
    "country": "conn_country",
    "reason_start": "reason_start",
    "reason_end": "reason_end",
}
ACCOUNT = {
    "track_name": "trackName",
    "artist_name": "artistName",
    "episode_name": "episodeName",
    "show_name": "podcastName",
    "audiobook_title": "audiobookName",
    "author_name": "authorName",
}
FLAGS = {"shuffle": "shuffle", "skipped": "skipped", "offline": "offline", "incognito": "incognito_mode"}
# The first kind of which a row says anything is its kind.
KINDS = {
    "audiobook": ("audiobook_title", "audiobook_uri", "chapter_title", "chapter_uri"),
    "episode": ("episode_name", "episode_uri", "show_name"),
    "track": ("track_uri", "track_name", "artist_name", "album_name"),
}

TIME = re.compile(
    r"[ \t\n]*(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?"
    r"[ \t\n]*(?:[Zz]|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)?[ \t\n]*",
    re.ASCII,
)
WHOLE = re.compile(r"[ \t\n]*(-?\d+)(?:\.0+)?[ \t\n]*", re.ASCII)


@dataclass(frozen=True)
class Told:
    """What one row says; or the fault that makes it unreadable."""

    fault: str | None
    columns: dict[str, Any]


def read_slowly(content: bytes, latest: datetime) -> list[Told]:
    """Every row of the list; of a key that stands there twice the first counts."""
    rows = json.loads(content, object_pairs_hook=lambda pairs: dict(reversed(pairs)), parse_constant=str)
    account = any(isinstance(row, dict) and "endTime" in row for row in rows)
    texts = ACCOUNT if account else EXTENDED
    time_key, length_key = ("endTime", "msPlayed") if account else ("ts", "ms_played")
    return [one_row(row, texts, time_key, length_key, latest) for row in rows]


def one_row(row: Any, texts: dict[str, str], time_key: str, length_key: str, latest: datetime) -> Told:
    if not isinstance(row, dict):
        return Told("not a JSON object", {})
    stop, length = instant(word(row.get(time_key))), whole(word(row.get(length_key)))
    fault = fault_of_time(time_key, stop, latest) or fault_of_length(length_key, length)
    fault = fault or next(
        (f"{key} is not text" for key in texts.values() if isinstance(row.get(key), list | dict)), None
    )
    if fault or stop is None or length is None:
        return Told(fault, {})
    said = {column: word(row.get(key)) or None for column, key in texts.items()}
    kind = next((kind for kind, columns in KINDS.items() if any(said.get(column) for column in columns)), "unknown")
    flags = {column: flag(row.get(key)) for column, key in FLAGS.items()} if texts is EXTENDED else {}
    clock = {"offline_at": device_clock(row.get("offline_timestamp"))} if texts is EXTENDED else {}
    start = stop - timedelta(milliseconds=length)
    times = {"kind": kind, "stopped_at": stop, "started_at": start, "ms_played": length}
    return Told(None, {**times, **said, **flags, **clock})


def fault_of_time(key: str, stop: datetime | None, latest: datetime) -> str | None:
    if stop is None:
        return f"{key} is not a time"
    if stop < datetime(2006, 1, 1):  # noqa: DTZ001 (naive UTC, as staged)
        return f"{key} is before 2006-01-01"
    return f"{key} is in the future" if stop > latest else None


def fault_of_length(key: str, length: int | None) -> str | None:
    if length is None:
        return f"{key} is not a whole number of ms"
    if length < 0:
        return f"{key} is negative"
    return f"{key} is longer than 7 days" if length > 7 * 86_400_000 else None


def word(value: Any) -> str | None:
    if value is None or isinstance(value, list | dict):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    # Half a surrogate pair is no character.
    return re.sub("[\ud800-\udfff]", "�", str(value))


def instant(text: str | None) -> datetime | None:
    match = TIME.fullmatch(text or "")
    if not match:
        return None
    *date, hour, minute, second, fraction, sign, hours, minutes = match.groups()
    micros = int((fraction or "").ljust(6, "0")[:6])
    try:
        said = datetime(*map(int, date), int(hour), int(minute), int(second or 0), micros)  # noqa: DTZ001 (naive UTC)
    except ValueError:
        return None
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return said + offset if sign == "-" else said - offset


def whole(text: str | None) -> int | None:
    match = WHOLE.fullmatch(text or "")
    return int(match[1]) if match and -(2**63) <= int(match[1]) < 2**63 else None


def flag(value: Any) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(word(value) or "")


def device_clock(value: Any) -> datetime | None:
    number = whole(word(value))
    if number is None or not 1 <= number <= 9_999_999_999_999:
        return None
    return datetime(1970, 1, 1) + timedelta(milliseconds=number if number > 10**11 else number * 1000)  # noqa: DTZ001
