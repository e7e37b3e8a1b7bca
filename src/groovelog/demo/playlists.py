"""What an invented listener keeps: playlists, each with a story that the plays tell too, and saved tracks."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from groovelog.demo.catalogue import Catalogue, Track
from groovelog.demo.columns import Ints
from groovelog.demo.habits import Person
from groovelog.demo.life import Life

LONG, SHORT, SAVED = 60, 30, 150
FIRST_DAYS = 730
LAST_DAYS = 90
COPIED = 57  # of the first: what somebody copied and changed a little
NIGHT_HOURS = (22, 23, 0, 1, 2)


def beside_plays(person: Person, catalogue: Catalogue, life: Life, end: date) -> dict[str, bytes]:
    """Playlist1.json and YourLibrary.json of account data.

    The favourites of the first two years, which nobody changed since; the same copied and changed a little; what was on repeat
    lately; what is played at night; and what was put aside to be heard, and never was.
    """
    days = life.told_at // 86_400
    first = int(days[0]) if len(life) else 0
    begun = date(1970, 1, 1) + timedelta(days=first)
    hours = (life.told_at // 3600 % 24).astype(np.int64)
    early = most_played(catalogue, life.item[days < first + FIRST_DAYS], LONG)
    late = most_played(catalogue, life.item[days >= (end - date(1970, 1, 1)).days - LAST_DAYS], SHORT)
    night = most_played(catalogue, life.item[np.isin(hours, NIGHT_HOURS)], LONG)
    heard = set(life.item.tolist())
    unheard = [track for number, track in enumerate(catalogue.tracks) if number not in heard][:SHORT]
    settled = begun + timedelta(days=FIRST_DAYS)
    told = [
        playlist(f"{person.name}'s beginnings", early, settled, settled),
        playlist(
            f"{person.name}'s beginnings (copy)", [*early[:COPIED], *late[:3]], settled, settled + timedelta(days=40)
        ),
        playlist("On repeat", late, end - timedelta(days=LAST_DAYS), end - timedelta(days=3)),
        playlist("For the night", night, settled + timedelta(days=200), end - timedelta(days=150)),
        playlist("To hear some day", unheard, end - timedelta(days=400), end - timedelta(days=390)),
    ]
    library = [
        {"artist": track.album.artist.name, "album": track.album.name, "track": track.name, "uri": track.uri}
        for track in most_played(catalogue, life.item, SAVED)
    ]
    return {
        "Playlist1.json": json.dumps({"playlists": told}, ensure_ascii=False, indent=1).encode(),
        "YourLibrary.json": json.dumps({"tracks": library, "albums": []}, ensure_ascii=False, indent=1).encode(),
    }


def most_played(catalogue: Catalogue, items: Ints, count: int) -> list[Track]:
    """The tracks with the most plays, of equally many those that come first in the catalogue."""
    plays = np.bincount(items[items < len(catalogue.tracks)], minlength=len(catalogue.tracks))
    order = np.argsort(-plays, kind="stable")[:count]
    return [catalogue.tracks[number] for number in order.tolist() if plays[number]]


def playlist(name: str, tracks: Sequence[Track], since: date, changed: date) -> dict[str, object]:
    """Entries added one by one from the first date to the last."""
    step = (changed - since) / max(len(tracks) - 1, 1)
    items = [
        {
            "track": {
                "trackName": track.name,
                "artistName": track.album.artist.name,
                "albumName": track.album.name,
                "trackUri": track.uri,
            },
            "episode": None,
            "localTrack": None,
            "addedDate": str(since + place * step),
        }
        for place, track in enumerate(tracks)
    ]
    return {"name": name, "lastModifiedDate": str(changed), "items": items, "description": None, "numberOfFollowers": 0}
