"""What is said of playlists: how alive, how alike, how often heard, and how one runs from its first track to its last."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from groovelog.dashboard.texts.times import span
from groovelog.dashboard.texts.wording import (
    NB,
    STANDS_OUT,
    Headline,
    count,
    counted,
    day,
    percent,
    rounded,
)

Row = Mapping[str, Any]

NONE = Headline("No playlists ", "yet", ".")
NONE_LEAD = (
    "Your plays are here, but no export told of a playlist. Bring one in, and you will see how old and how fresh each is, which "
    "are alike, and how one runs from its first track to its last."
)
WHERE_TITLE = "Where playlists come from"
WHERE = (
    "Spotify’s account data, the quicker of its downloads, has them in Playlist1.json and the files that follow it. Saved tracks "
    "are in YourLibrary.json beside them.",
    "An export of Groovelog has those of the home that it was made of.",
    "Drop the zip as it is on the page Data, beside or after the one with your plays.",
)
TO_DATA = "Bring playlists in"
HEALTH_SUB = "Age from the oldest entry, entries added in the last 90 days, and as many artists as would be as varied"
METERS = ("Age", "Fresh", "Variety")
LOOK_INSIDE = "Press a name to look inside"
STALE_SUB = "Not changed for 180 days, and none of its tracks heard for as long"
PLAYS_SUB = "Share of counted plays that are of its tracks, from wherever they were started; a track may be in several"
OVERLAP_SUB = "Tracks in common, and shaded by their share of the tracks in either"
NOTHING, SAME = "apart", "the same"
PAIRS_SUB = "The pairs most alike: tracks in common, and their share of the tracks in either"
CURVE_SUB = "A dot is a track; the line is the mean of it and its two neighbours on each side"
CHOOSE = "Playlist"
EMPTY = "Nothing is in this playlist"
PARTS = {"any playlist": "In any playlist", "no playlist": "In none", "saved tracks": "Saved tracks"}
LEAST_ENTRIES = 6
CLAIM_FROM, DRAW_FROM = 0.4, 0.1  # shares of the entries with audio features
A_MOVE = 0.1


def headline(lists: int, share: float | None) -> Headline:
    """`share` is that of counted plays which are of a track in any playlist."""
    named = counted(lists, "playlist holds", "playlists hold")
    if share is None:
        return Headline(f"{counted(lists, 'playlist', 'playlists')}.")
    return Headline(f"{named} ", f"{percent(share, 1)} of what you play", ".")


def lead(rows: Sequence[Row]) -> str:
    """Of all rows of health: how many entries, and of how many lists nothing was heard for a year."""
    entries = sum(row["entries"] for row in rows)
    silent = sum(bool(row["tracks"]) and row["silent_year"] == row["tracks"] for row in rows)
    quiet = f" {count(silent)} of {counted(len(rows), 'list', 'lists')} had not one play in a year." if silent else ""
    return f"{counted(entries, 'entry', 'entries')} in all.{quiet}"


def health_title(rows: Sequence[Row]) -> str:
    """Who is played most; neutral where nobody or several are."""
    played = [row for row in rows if row["plays"]]
    if not played:
        return "None of these tracks has been played yet"
    first = played[0]
    if len(played) > 1 and first["plays"] < STANDS_OUT * played[1]["plays"]:
        return f"{first['playlist_name']} and {played[1]['playlist_name']} are played most, about equally"
    return f"{first['playlist_name']} is played most: {counted(first['plays'], 'play', 'plays')}"


def size(row: Row) -> str:
    told = [counted(row["tracks"], "track", "tracks"), counted(row["plays"], "play", "plays")]
    if row["duplicates"]:
        told.insert(1, f"{count(row['duplicates'])}{NB}twice")
    return ", ".join(told)


def unheard(row: Row) -> str:
    """The sentence on what nobody hears of it."""
    tracks = row["tracks"]
    if not tracks:
        return "no track in it"
    if row["never_played"] == tracks:
        return f"none of {count(tracks)} ever played"
    if not row["silent_year"]:
        return "all played within a year"
    return f"{count(row['silent_year'])} of {count(tracks)} not played for a year"


def age(row: Row) -> str:
    return "not told" if row["age_days"] is None else span(row["age_days"])


def fresh(row: Row) -> str:
    return "not told" if row["fresh_share"] is None else f"{percent(row['fresh_share'], 1)} new"


def variety(row: Row) -> str:
    return (
        "no artists"
        if row["effective_artists"] is None
        else counted(round(row["effective_artists"]), "artist", "artists")
    )


def stale_title(rows: Sequence[Row], lists: int) -> str:
    if not rows:
        return "No playlist is stale" if lists > 1 else "It is not stale"
    return f"{rows[0]['playlist_name']}: silent for {span(rows[0]['days_silent'])}"


def stale_row(row: Row) -> tuple[str, str]:
    changed = row["modified_on"] or row["last_added"]
    heard = "never heard" if row["last_played"] is None else f"last heard on {day(row['last_played'])}"
    return (
        f"{heard}, last changed on {day(changed)}" if changed else heard,
        f"{counted(row['tracks'], 'track', 'tracks')}, {count(row['never_played'])} never played",
    )


def plays_title(share: float | None) -> str:
    if share is None:
        return "No counted play in this time"
    if not share:
        return "Nothing of your playlists was played in this time"
    return f"{percent(share, 1)} of plays are of what is in a playlist"


def overlap_title(rows: Sequence[Row]) -> str:
    if not rows:
        return "No two playlists share a track"
    first = rows[0]
    both = f"{first['playlist_name']} and {first['other_playlist']}"
    common = counted(first["common"], "track", "tracks")
    if first["near_duplicate"]:
        return f"{both} are nearly the same: {common} in both"
    if first["contained"]:
        small, large = sorted((first["tracks"], first["playlist_name"]) for first in (first, _turned(first)))
        return f"{small[1]} is nearly all in {large[1]}: {common} of {count(small[0])}"
    return f"{both} have most in common: {common}"


def curve_title(name: str, energies: Sequence[float | None]) -> tuple[str, int | None]:
    """What the energy does over the order, and the place, from 0, of the track that is marked."""
    known = [value for value in energies if value is not None]
    share = len(known) / len(energies) if energies else 0.0
    if share < CLAIM_FROM or len(known) < LEAST_ENTRIES:
        return f"Too little is known of {name} to say how it runs", None
    third = len(energies) // 3
    begin = [value for value in energies[:third] if value is not None]
    end = [value for value in energies[-third:] if value is not None]
    loudest = max(range(len(energies)), key=lambda place: (energies[place] is not None, energies[place] or 0))
    if not begin or not end:
        return f"{name} is loudest at number {loudest + 1}", loudest
    before, after = statistics.mean(begin), statistics.mean(end)
    if after - before >= A_MOVE:
        return (
            f"{name} builds up: energy {rounded(before, 2)} in its first third, {rounded(after, 2)} in its last",
            loudest,
        )
    if before - after >= A_MOVE:
        return (
            f"{name} winds down: energy {rounded(before, 2)} in its first third, {rounded(after, 2)} in its last",
            loudest,
        )
    return f"{name} keeps its level: energy {rounded(statistics.mean(known), 2)} from first to last", loudest


def curve_coverage(known: int, entries: int) -> str:
    told = f"Audio features are known of {percent(known, entries)} of its entries ({count(known)} of {count(entries)})."
    if known < DRAW_FROM * entries or not known:
        return f"{told} A reference that knows these tracks would draw this curve."
    return told


def mark_words(position: int, name: str) -> str:
    return f"The loudest is number {position}: {name}"


def _turned(row: Row) -> Row:
    return {"tracks": row["other_tracks"], "playlist_name": row["other_playlist"]}
