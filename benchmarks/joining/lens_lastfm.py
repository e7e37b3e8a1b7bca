"""Last.fm: one account, exported in three forms. The one without seconds stands as a source of its own."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote_plus

import numpy as np

from benchmarks.joining.life import Life
from benchmarks.joining.scrobbles import FEATURED, MAIN, Clocks, Scrobbler, Scrobbles, scrobbles
from benchmarks.joining.shown import NO_PLAY, Shown, encoded, instant, truly, write

SOURCE, MINUTE_SOURCE = "lastfm", "lastfm_minute"
LASTFM = Scrobbler("lastfm", seen_days=40, missed_days=12, credits={MAIN: 6, ", ": 2, " & ": 1, FEATURED: 1})
PAGE = 200
# Which stretch of all scrobbles each export holds.
JSON_UNTIL, CSV_FROM = 0.7, 0.4
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
USER = "listener"
Row = tuple[int, str, str, str]  # seconds, artist, title, album


def show(life: Life, folder: Path, clocks: Clocks, seed: int) -> list[Shown]:
    told = scrobbles(life, LASTFM, clocks, seed)
    return [
        json_pages(life, folder, told.between(0, JSON_UNTIL)),
        csv_with_header(life, folder, told.between(CSV_FROM, 1)),
        csv_of_minutes(life, folder, told),
    ]


def newest_first(told: Scrobbles) -> Scrobbles:
    return told.part(np.arange(len(told.play))[::-1])


def rows(life: Life, told: Scrobbles) -> list[Row]:
    """Last.fm has one name for the artist."""
    albums = [life.songs.all[song].album for song in life.song[told.play].tolist()]
    return [
        (second, names.artists[0], names.title, album)
        for second, names, album in zip(told.told_s.tolist(), told.names, albums, strict=True)
    ]


def texts(found: list[Row]) -> list[str]:
    return [f"{title} / {artist}" for _, artist, title, _ in found]


def json_pages(life: Life, folder: Path, told: Scrobbles) -> Shown:
    """ghan.nl's JSON: pages of 200, newest first; the row playing now leads the first one and has no date."""
    told = newest_first(told)
    found = rows(life, told)
    now = {**track("Now Playing", "Nobody", ""), "@attr": {"nowplaying": "true"}}
    tracks = [{**track(title, artist, album), "date": date(second)} for second, artist, title, album in found]
    starts = range(0, len(tracks), PAGE)
    pages = [
        {
            "track": ([now] if start == 0 else []) + tracks[start : start + PAGE],
            "@attr": {"user": USER, "page": str(number), "perPage": str(PAGE), "totalPages": str(len(starts)),
                      "total": str(len(tracks))},
        }
        for number, start in enumerate(starts, 1)
    ]  # fmt: skip
    label = write(folder, f"lastfm/recenttracks-{USER}-{found[0][0] + 60}.json", encoded(pages))
    return truly(
        SOURCE,
        label,
        np.append(NO_PLAY, told.play),
        np.append(0, told.told_ms),
        ["Now Playing / Nobody", *texts(found)],
    )


def track(title: str, artist: str, album: str) -> dict[str, object]:
    return {
        "artist": {"mbid": "", "#text": artist},
        "streamable": "0",
        "image": [],
        "mbid": "",
        "album": {"mbid": "", "#text": album},
        "name": title,
        "url": f"https://www.last.fm/music/{quote_plus(artist)}/_/{quote_plus(title)}",
    }


def date(second: int) -> dict[str, str]:
    return {"uts": str(second), "#text": minute(second, ", ")}


def minute(second: int, between: str) -> str:
    """22 Nov 2026 10:00, in English whatever the machine speaks."""
    at = instant(second * 1000)
    return f"{at.day:02d} {MONTHS[at.month - 1]} {at.year}{between}{at.hour:02d}:{at.minute:02d}"


def csv_with_header(life: Life, folder: Path, told: Scrobbles) -> Shown:
    """ghan.nl's CSV, newest first."""
    told = newest_first(told)
    found = rows(life, told)
    header = ("uts", "utc_time", "artist", "artist_mbid", "album", "album_mbid", "track", "track_mbid")
    lines = [(second, minute(second, ", "), artist, "", album, "", title, "") for second, artist, title, album in found]
    label = write(folder, f"lastfm/recenttracks-{USER}-{found[0][0] + 60}.csv", printed([header, *lines]))
    return truly(SOURCE, label, told.play, told.told_ms, texts(found))


def csv_of_minutes(life: Life, folder: Path, told: Scrobbles) -> Shown:
    """benjaminbenben's CSV: no header, the minute alone, newest first."""
    told = newest_first(told)
    found = rows(life, told)
    lines = [(artist, album, title, minute(second, " ")) for second, artist, title, album in found]
    label = write(folder, f"lastfm/{USER}.csv", printed(lines))
    return truly(MINUTE_SOURCE, label, told.play, told.told_ms // 60_000 * 60_000, texts(found))


def printed(lines: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()
