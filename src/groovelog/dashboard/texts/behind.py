"""What is said behind one artist or one track."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from groovelog.dashboard.texts.wording import (
    STANDS_OUT,
    Headline,
    count,
    counted,
    day,
    duration,
    month,
    percent,
    short_day,
)

NO_ARTIST = Headline("Which ", "artist", "?")
NO_TRACK = Headline("Which ", "track", "?")
CHOOSE = "Press one of the most played to see what is behind it."
ARTIST_CLOCK = "A ray is an hour of the day, midnight on top: how much of that hour's plays were theirs"
MONTHS_SUB = "Counted plays by month, from the first kept play to the last"
TRACKS_SUB = "Tracks by counted plays, and the time they took. Press one to open it"
PLAYS_SUB = "The latest plays, whether they count or not"
ENOUGH_MONTHS, ENOUGH_PLAYS = 4, 10
SOURCES = {
    "spotify_extended": "Spotify's extended history",
    "spotify_account": "Spotify's account data",
    "spotify_api": "Spotify's Web API",
    "lastfm": "Last.fm",
    "lastfm_minutes": "Last.fm, to the minute",
    "listenbrainz": "ListenBrainz",
    "koito": "Koito",
}


@dataclass(frozen=True)
class Finding:
    title: str
    marked: date | None = None


def head(name: str, plays: int, ms: int) -> Headline:
    return Headline("", name, f": {counted(plays, 'play', 'plays')}, {duration(ms)}.")


def nothing(name: str) -> Headline:
    return Headline("", name, ": nothing that counts here.")


def lead(first: date, last: date, end: date) -> str:
    ago = (end - last).days
    when = "and still there at the end" if ago <= 28 else f"{counted(ago, 'day', 'days')} before the end of the period"
    return f"First heard on {day(first)}, last on {day(last)}, {when}."


def last_on(value: date) -> str:
    return f"last on {short_day(value)}"


def share(plays: int, all_plays: int) -> str:
    return f"{percent(plays, all_plays)} of all counted plays"


def of_days(days: int) -> str:
    return f"on {counted(days, 'day', 'days')}"


def works(tracks: int, albums: int) -> str:
    return f"{counted(tracks, 'track', 'tracks')}, {counted(albums, 'album', 'albums')}"


def skipped(skips: int, known: int) -> tuple[str, str]:
    """The share of skips, and of how many plays it is told."""
    return (
        (percent(skips, known), f"{count(skips)} of {counted(known, 'play', 'plays')} of which a source says")
        if known
        else ("unknown", "no source says")
    )


def months(plays: Mapping[date, int]) -> Finding:
    total = sum(plays.values())
    heard = [value for value in plays.values() if value]
    if len(plays) < ENOUGH_MONTHS or total < ENOUGH_PLAYS:
        return Finding(f"{counted(total, 'play', 'plays')} in {counted(len(plays), 'month', 'months')}")
    fullest = max(plays, key=lambda start: (plays[start], start))
    if plays[fullest] < STANDS_OUT * statistics.median(heard) or list(plays.values()).count(plays[fullest]) > 1:
        return Finding(f"{counted(total, 'play', 'plays')}, and no month far ahead of the others")
    return Finding(f"Most in {month(fullest)}: {counted(plays[fullest], 'play', 'plays')}", fullest)


def clock(hours: Sequence[int]) -> str:
    """Of plays by hour of the day."""
    total = sum(hours)
    if total < ENOUGH_PLAYS or hours.count(max(hours)) > 1:
        return "At no hour more than at any other"
    hour = hours.index(max(hours))
    return f"Most often from {hour:02d}:00 to {(hour + 1) % 24:02d}:00: {percent(hours[hour], total)} of the plays"


def tracks(name: str, plays: int, number: int) -> str:
    return f"{name} leads with {counted(plays, 'play', 'plays')}" if number > 1 else f"One track: {name}"


def latest(shown: int, plays: int) -> str:
    kept = counted(plays, "play", "plays")
    return f"All {kept}" if shown == plays else f"The latest {count(shown)} of {kept}"


def told_by(sources: Sequence[str | None]) -> str:
    names = dict.fromkeys(name for told in sources if told for name in told.split("+"))
    words = [SOURCES.get(name, name.replace("_", " ")) for name in names]
    return "Told by " + " and ".join(words) if words else ""
