"""The reports of playlists once more, slowly, in plain Python."""

import math
from collections import Counter
from datetime import date
from typing import Any

import twin_heard
from twin import Row, Rows
from twin_heard import last, share


def latest(playlists: Rows) -> Rows:
    """Of each playlist the state changed last, of several the one that came in last."""
    newest: dict[str, Row] = {}
    for state in sorted(
        playlists, key=lambda row: (row["modified_on"] or date.min, row["captured_at"], row["snapshot_id"])
    ):
        newest[state["playlist_id"]] = state
    return list(newest.values())


def standing(playlists: Rows, entries: Rows) -> Rows:
    """The latest states, without those that are told twice: by an export, and in another state by the Web API."""
    states = latest(playlists)
    gone = set()
    for told in (state for state in states if state["playlist_id"].startswith("export:")):
        for asked in (state for state in states if not state["playlist_id"].startswith("export:")):
            mine, theirs = (
                {row["track_uri"] for row in entries_of(state, entries)} - {None} for state in (told, asked)
            )
            alike = len(mine & theirs) >= 0.5 * min(len(mine), len(theirs))
            if told["playlist_name"] == asked["playlist_name"] and theirs and alike:
                changed_later = (told["modified_on"] or date.min) > asked["captured_at"].date()
                gone.add((asked if changed_later else told)["playlist_id"])
    return [state for state in states if state["playlist_id"] not in gone]


def recording(entry: Row, tracks: Rows) -> str | None:
    if entry["kind"] != "track":
        return None
    names = {"episode_uri": None, "show_name": None, "album_name": None}
    found = twin_heard.item({**names, **entry}, tracks, "recording")
    return found and str(found[2])


def entries_of(state: Row, entries: Rows) -> Rows:
    return [
        row
        for row in entries
        if (row["playlist_id"], row["snapshot_id"]) == (state["playlist_id"], state["snapshot_id"])
    ]


def recordings_of(state: Row, entries: Rows, tracks: Rows) -> Counter[str]:
    return Counter(found for row in entries_of(state, entries) if (found := recording(row, tracks)) is not None)


def health(kept: Rows, counted: Rows, playlists: Rows, entries: Rows, tracks: Rows) -> Rows:
    """`kept` are all plays of the listener, `counted` those of tracks that count."""
    days = [play["local_date"] for play in kept] + [state["captured_at"].date() for state in playlists]
    rows = [_health(state, max(days), counted, entries, tracks) for state in standing(playlists, entries)]
    return sorted(rows, key=lambda row: (-row["plays"], row["playlist_name"], row["playlist_id"]))


def _health(state: Row, today: date, counted: Rows, entries: Rows, tracks: Rows) -> Row:
    own = entries_of(state, entries)
    added = [row["added_at"].date() for row in own if row["added_at"]]
    times = recordings_of(state, entries, tracks)
    plays = [play for play in counted if recording(play, tracks) in times]
    unplayed = set(times) - {recording(play, tracks) for play in plays}
    lately = {recording(play, tracks) for play in plays if (today - play["local_date"]).days < 365}
    artists = Counter(row["artist_name"] for row in own if row["kind"] == "track" and row["artist_name"] is not None)
    shares = [count / artists.total() for count in artists.values()]
    changes = [day for day in (state["modified_on"], max(added, default=None)) if day]
    played = max((play["local_date"] for play in plays), default=None)
    silent = played is None or (today - played).days >= 180
    changed = (today - max(changes)).days if changes else None
    return {
        "playlist_name": state["playlist_name"], "entries": state["entries"], "tracks": len(times),
        "duplicates": times.total() - len(times), "artists": len(artists), "first_added": min(added, default=None),
        "last_added": max(added, default=None), "modified_on": state["modified_on"],
        "age_days": (today - min(added)).days if added else None, "days_since_change": changed, "last_played": played,
        "plays": len(plays), "never_played": len(unplayed), "never_played_share": share(len(unplayed), len(times)),
        "silent_year": len(set(times) - lately),
        "effective_artists": 2 ** -sum(part * math.log2(part) for part in shares) if shares else None,
        "fresh_share": share(sum((today - day).days < 90 for day in added), len(added)),
        # Nobody knows of a silent one without any date.
        "stale": False if not silent else None if changed is None else changed >= 180,
        "playlist_id": state["playlist_id"],
    }  # fmt: skip


def stale(rows: Rows, today: date) -> Rows:
    """Of the rows of health."""
    names = ("entries", "tracks", "modified_on", "last_added", "last_played", "plays", "never_played", "playlist_id")
    found = [
        {
            "playlist_name": row["playlist_name"],
            "days_silent": min(
                (today - day).days for day in (row["modified_on"], row["last_added"], row["last_played"]) if day
            ),
            **{name: row[name] for name in names},
        }
        for row in rows
        if row["stale"]
    ]
    return sorted(found, key=lambda row: (-row["days_silent"], row["playlist_name"], row["playlist_id"]))


def overlap(playlists: Rows, entries: Rows, tracks: Rows) -> Rows:
    lists = sorted(standing(playlists, entries), key=lambda row: (row["playlist_name"], row["playlist_id"]))
    sets = [(state, set(recordings_of(state, entries, tracks))) for state in lists]
    rows = []
    for place, (one, mine) in enumerate(sets):
        for other, theirs in sets[place + 1 :]:
            common = len(mine & theirs)
            if not common:
                continue
            jaccard, containment = common / len(mine | theirs), common / min(len(mine), len(theirs))
            rows.append({
                "playlist_name": one["playlist_name"], "other_playlist": other["playlist_name"], "tracks": len(mine),
                "other_tracks": len(theirs), "common": common, "jaccard": jaccard, "containment": containment,
                "near_duplicate": jaccard >= 0.8, "contained": containment >= 0.95 and jaccard < 0.8,
                "playlist_id": one["playlist_id"], "other_playlist_id": other["playlist_id"],
            })  # fmt: skip
    names = ("playlist_name", "other_playlist", "playlist_id", "other_playlist_id")
    return sorted(rows, key=lambda row: (-row["jaccard"], -row["common"], *(row[name] for name in names)))


def plays_of(counted: Rows, playlists: Rows, entries: Rows, saved: Rows, tracks: Rows) -> Rows:
    lists = {state["playlist_id"]: state for state in standing(playlists, entries)}
    known = {place: set(recordings_of(state, entries, tracks)) for place, state in lists.items()}
    every = set().union(*known.values())
    newest = max(saved, key=lambda row: (row["captured_at"], row["snapshot_id"]), default={}).get("snapshot_id")
    library = {recording(row | {"kind": "track"}, tracks) for row in saved if row["snapshot_id"] == newest} - {None}
    pages = [twin_heard.page(play["context_uri"]) for play in counted]
    named = [play for play in counted if recording(play, tracks) is not None]

    def row(part: str, members: set[Any], started: int | None, state: Row | None = None) -> Row:
        plays = [play for play in counted if recording(play, tracks) in members]
        return {
            "part": part, "playlist_name": state and state["playlist_name"], "tracks": len(members), "plays": len(plays),
            "share": share(len(plays), len(counted)), "ms_played": twin_heard.heard(plays), "plays_started": started,
            "playlist_id": state and state["playlist_id"],
        }  # fmt: skip

    others = {recording(play, tracks) for play in named} - every
    # A play of which nobody tells the track is in no playlist, and is a track by itself.
    nothing = row("no playlist", others | ({None} if len(named) < len(counted) else set()), None)
    rows = [
        row("playlist", known[place], None if place.startswith("export:") else pages.count(("playlist", place)), state)
        for place, state in lists.items()
    ]
    rows.sort(key=lambda one: (-one["plays"], one["playlist_name"], last(one["playlist_id"])))
    return [
        row("any playlist", every, sum(kind == "playlist" for kind, _ in pages)),
        nothing,
        row("saved tracks", library, sum(kind == "collection" for kind, _ in pages)),
        *rows,
    ]


def today(kept: Rows, playlists: Rows) -> date:
    return max([play["local_date"] for play in kept] + [state["captured_at"].date() for state in playlists])
