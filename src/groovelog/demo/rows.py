"""How Spotify writes rows: keys in their order, printed as its files are."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from groovelog.demo.catalogue import Item, Track
from groovelog.demo.spoken import Chapter, Episode

BEFORE_NAMES = ("ts", "platform", "ms_played", "conn_country", "ip_addr")
NAMES = (
    "master_metadata_track_name",
    "master_metadata_album_artist_name",
    "master_metadata_album_album_name",
    "spotify_track_uri",
    "episode_name",
    "episode_show_name",
    "spotify_episode_uri",
)
BOOK_NAMES = ("audiobook_title", "audiobook_uri", "audiobook_chapter_uri", "audiobook_chapter_title")
AFTER_NAMES = ("reason_start", "reason_end", "shuffle", "skipped", "offline", "offline_timestamp", "incognito_mode")
NEW_KEYS = (*BEFORE_NAMES, *NAMES, *BOOK_NAMES, *AFTER_NAMES)
OLD_KEYS = (
    *("ts", "username", "platform", "ms_played", "conn_country", "ip_addr_decrypted", "user_agent_decrypted"),
    *NAMES,
    *AFTER_NAMES,
)
TEXTS = {"ts", "username", "platform", "conn_country", "ip_addr", "ip_addr_decrypted", "reason_start", "reason_end"}


@dataclass(frozen=True)
class Extended:
    """Columns of extended history, one entry per row. `names` holds the lines of NAMES, flags are JSON words."""

    ts: Sequence[str]
    platform: Sequence[str]
    ms_played: Sequence[int]
    country: Sequence[str]
    ip: Sequence[str]
    names: Sequence[str]
    reason_start: Sequence[str]
    reason_end: Sequence[str]
    shuffle: Sequence[str]
    skipped: Sequence[str]
    offline: Sequence[str]
    offline_timestamp: Sequence[str]
    incognito: Sequence[str]


words = json.JSONEncoder(ensure_ascii=False).encode


def line(key: str, value: str) -> str:
    return f'    "{key}": {value}'


def template(keys: Iterable[str], fixed: dict[str, str]) -> str:
    """A row with %s for what varies; the names are one such place."""
    unnamed = [key for key in keys if key not in (*NAMES, *BOOK_NAMES)]
    lines = [line(key, fixed.get(key, '"%s"' if key in TEXTS else "%s")) for key in unnamed]
    lines.insert(unnamed.index(AFTER_NAMES[0]), "%s")
    return "  {\n" + ",\n".join(lines) + "\n  }"


def extended_rows(columns: Extended) -> list[str]:
    """Rows as newer exports have them."""
    return list(map(template(NEW_KEYS, {}).__mod__, zip(*vars(columns).values(), strict=True)))


def old_extended_rows(columns: Extended, username: str) -> list[str]:
    """Rows as endsong files have them."""
    fixed = {"username": words(username), "user_agent_decrypted": "null"}
    return list(map(template(OLD_KEYS, fixed).__mod__, zip(*vars(columns).values(), strict=True)))


def named(item: Item | None) -> dict[str, str]:
    """What a row says of an item; nothing of none."""
    match item:
        case Track():
            told = (item.name, item.album.artist.name, item.album.name, item.uri)
            return dict(zip(NAMES[:4], told, strict=True))
        case Episode():
            return dict(zip(NAMES[4:], (item.name, item.show.name, item.uri), strict=True))
        case Chapter():
            return dict(zip(BOOK_NAMES, (item.book.name, item.book.uri, item.uri, item.name), strict=True))
        case None:
            return {}


def only_uri(item: Item) -> dict[str, str]:
    """What is left of the names of an item that Spotify has withdrawn."""
    return {key: value for key, value in named(item).items() if value == item.uri}


def name_lines(told: dict[str, str], *, old_names: bool = False) -> str:
    keys = NAMES if old_names else (*NAMES, *BOOK_NAMES)
    return ",\n".join(line(key, words(told.get(key))) for key in keys)


def account_names(item: Item) -> str:
    """The two lines of account data that name an item."""
    match item:
        case Track():
            pairs = (("artistName", item.album.artist.name), ("trackName", item.name))
        case Episode():
            pairs = (("podcastName", item.show.name), ("episodeName", item.name))
        case Chapter():
            pairs = (("audiobookName", item.book.name), ("authorName", item.book.author))
    return ",\n".join(f'    "{key}" : {words(value)}' for key, value in pairs)


def account_row(end_time: str, names: str, ms_played: int) -> str:
    return f'  {{\n    "endTime" : "{end_time}",\n{names},\n    "msPlayed" : {ms_played}\n  }}'


def array(rows: Iterable[str]) -> bytes:
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode()
