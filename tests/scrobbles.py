"""Rows and files shaped as scrobblers and the Web API have them.

Rows take the time as a moment, which is written as the source writes it, or as anything else, which is written as it is.
"""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from spotify_export import IP, START, USER, Row

Form = Callable[[Sequence[Any], str], bytes]
TRACK_ID = "0000000000000000000001"


def epoch(at: object) -> object:
    return int(at.timestamp()) if isinstance(at, datetime) else at


def iso(at: object) -> object:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if isinstance(at, datetime) else at


def lastfm(at: Any = START, title: Any = "Title", artist: Any = "Artist", album: Any = "Album", **other: Any) -> Row:
    """A row of user.getRecentTracks; without a time it has no date."""
    uts = epoch(at)
    return {
        "artist": {"mbid": "", "#text": artist},
        "streamable": "0",
        "image": [{"size": "small", "#text": ""}],
        "mbid": "",
        "album": {"mbid": "", "#text": album},
        "name": title,
        "url": "https://www.last.fm/music/x",
        **({} if uts is None else {"date": {"uts": str(uts), "#text": "01 Jan 2020, 10:00"}}),
        **other,
    }


def lastfm_page(rows: Any, user: str = USER) -> Row:
    """A page as the API answers it."""
    about = {"user": user, "page": "1", "perPage": "200", "totalPages": "1", "total": "2"}
    return {"recenttracks": {"track": rows, "@attr": about}}


def lastfm_table(rows: Sequence[Any], user: str = USER, columns: Sequence[str] | None = None) -> bytes:
    """The same as recenttracks-USER-TIME.csv, each field quoted."""
    columns = columns or ("uts", "utc_time", "artist", "artist_mbid", "album", "album_mbid", "track", "track_mbid")
    return table(
        [columns]
        + [
            [
                {
                    "uts": row.get("date", {}).get("uts"),
                    "utc_time": "01 Jan 2020, 10:00",
                    "artist": row["artist"]["#text"],
                    "album": row["album"]["#text"],
                    "track": row["name"],
                }.get(column, "")
                for column in columns
            ]
            for row in rows
        ],
        csv.QUOTE_ALL,
    )


LASTFM_FORMS: dict[str, Form] = {
    "a page": lambda rows, user: dumped(lastfm_page(list(rows), user)),
    "pages": lambda rows, user: dumped([{"track": [row]} for row in rows] or [lastfm_page([], user)["recenttracks"]]),
    "pages that are lists": lambda rows, user: dumped([[row] for row in rows]),
    "rows instead of lists": lambda rows, user: dumped([{"track": row} for row in rows]),
    "pages of the API": lambda rows, user: dumped([lastfm_page([row], user) for row in rows]),
    "pages a line": lambda rows, user: lines([lastfm_page([row], user) for row in rows]),
    "a table": lastfm_table,
}


def lastfm_minutes(
    at: Any = START, title: Any = "Title", artist: Any = "Artist", album: Any = "Album"
) -> tuple[Any, ...]:
    """The fields of a row of lastfm-to-csv."""
    return artist, album, title, f"{at:%d %b %Y %H:%M}" if isinstance(at, datetime) else at


def listenbrainz(at: Any = START, title: Any = "Title", artist: Any = "Artist", **other: Any) -> Row:
    """A listen; without a time it has none. `album`, `info` and `mapping` stand deeper in it, other keys beside."""
    listened_at = epoch(at)
    album, mapping = other.pop("album", "Album"), other.pop("mapping", None)
    info = other.pop("info", {"submission_client": "x", "ip": IP})
    return {
        "inserted_at": 1_577_872_900.5,
        **({} if listened_at is None else {"listened_at": listened_at}),
        "user_name": USER,
        "track_metadata": {
            "track_name": title,
            "artist_name": artist,
            "release_name": album,
            "recording_msid": "7ae12054-b489-41c7-9367-f53893a1990d",
            "mbid_mapping": mapping,
            "additional_info": info,
        },
        **other,
    }


LISTENBRAINZ_FORMS: dict[str, Form] = {
    "lines": lambda rows, user: lines([named(row, user) for row in rows]),
    "a list": lambda rows, user: dumped([named(row, user) for row in rows]),
    "a page of the API": lambda rows, user: dumped(
        {"payload": {"count": len(rows), "user_id": user, "listens": [named(row, user) for row in rows]}}
    ),
}


def maloja(at: Any = START, title: Any = "Title", artist: Any = "Artist", album: Any = "Album", **other: Any) -> Row:
    """A scrobble; other keys replace or add."""
    return {
        "time": epoch(at),
        "track": {
            "artists": [artist],
            "title": title,
            "album": {"artists": [artist], "albumtitle": album},
            "length": None,
        },
        "duration": None,
        "origin": f"client:{USER}",
        **other,
    }


MALOJA_FORMS: dict[str, Form] = {
    "an export": lambda rows, _: dumped({"maloja": {"export_time": 1_748_738_994}, "scrobbles": list(rows)}),
    "an export without head": lambda rows, _: dumped({"scrobbles": list(rows)}),
    "the head last": lambda rows, _: dumped({"scrobbles": list(rows), "maloja": {"export_time": 1_748_738_994}}),
}


def koito(at: Any = START, title: Any = "Title", artist: Any = "Artist", album: Any = "Album", **other: Any) -> Row:
    """A listen with one artist."""
    return {
        "listened_at": iso(at),
        "client": "",
        "track": {"mbid": None, "duration": 0, "aliases": [alias(title)]},
        "album": {"image_url": "x", "mbid": None, "aliases": [alias(album)], "various_artists": False},
        "artists": [{"image_url": "x", "mbid": None, "is_primary": True, "aliases": [alias(artist)]}],
        **other,
    }


def alias(name: Any, is_primary: bool = True) -> Row:
    return {"alias": name, "source": "Canonical", "is_primary": is_primary}


KOITO_FORMS: dict[str, Form] = {
    "an export": lambda rows, user: dumped(
        {"version": "1", "exported_at": "2025-06-18T12:56:53Z", "user": user, "listens": list(rows)}
    )
}


def api(at: Any = START, title: Any = "Title", artist: Any = "Artist", album: Any = "Album", **other: Any) -> Row:
    """An item of the Web API's recently played tracks."""
    return {
        "track": {
            "album": {"album_type": "album", "name": album, "artists": [{"name": artist}], "uri": "spotify:album:x"},
            "artists": [{"name": artist, "type": "artist", "uri": "spotify:artist:x"}],
            "duration_ms": 200_000,
            "external_ids": {"isrc": "PTABC2000001"},
            "name": title,
            "uri": title and f"spotify:track:{TRACK_ID}",
        },
        "played_at": iso(at),
        "context": None,
        **other,
    }


def api_page(rows: Sequence[Any], user: str = USER) -> Row:
    return {"href": f"https://example.org/{user}", "limit": 50, "next": None, "cursors": None, "items": list(rows)}


API_FORMS: dict[str, Form] = {
    "a page": lambda rows, user: dumped(api_page(rows, user)),
    "pages": lambda rows, user: dumped([api_page([row], user) for row in rows]),
    "pages a line": lambda rows, user: lines([api_page([row], user) for row in rows]),
    "items": lambda rows, _: dumped(list(rows)),
}


def dumped(value: object) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode()


def lines(values: Sequence[object]) -> bytes:
    return b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)


def table(rows: Sequence[Sequence[Any]], quoting: Any = csv.QUOTE_MINIMAL) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=quoting).writerows(rows)
    return text.getvalue().encode()


def named(row: Any, user: str) -> Any:
    return {**row, "user_name": user} if isinstance(row, dict) else row


def moment(minute: int) -> datetime:
    """A moment of the first hour."""
    return datetime(2020, 1, 1, 10, minute, tzinfo=UTC)
