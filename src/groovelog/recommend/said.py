"""What a listener said of songs (`feedback`), as suggestions take it: what to bring on, and what never again."""

import numpy as np

from groovelog.lake.feedback import DOWN, LATEST, UP
from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener
from groovelog.recommend.friends import song_key
from groovelog.recommend.music import Music
from groovelog.recommend.questions import Thumbs
from groovelog.recommend.songs import Ints

_SAID = f"""
    SELECT said.track_id, verdict, epoch_us(given_at), track_name, artist_name
    FROM ({LATEST}) AS said LEFT JOIN tracks USING (track_id) WHERE listener_id = $1 ORDER BY given_at, said.track_id
"""


def thumbs(snapshot: Snapshot, person: Listener, music: Music) -> Thumbs:
    """The latest word on each song that `music` knows. Another entry of the same song is the same song."""
    up: dict[int, int] = {}
    down: set[int] = set()
    for track_id, verdict, at, title, artist in snapshot.connection.execute(_SAID, [person.listener_id]).fetchall():
        found = {music.keys.get(track_id), music.places.get(song_key(title, artist) or "")} - {None}
        for place in found:
            assert place is not None  # noqa: S101 (taken out above)
            up.pop(place, None)
            down.discard(place)
            if verdict == UP:
                up[place] = at
            elif verdict == DOWN:
                down.add(place)
    return Thumbs(_ints([*up]), _ints([*up.values()]), _ints(sorted(down)))


_NAMED = f"""
    SELECT said.track_id, verdict, given_at::TIMESTAMP,
        coalesce(tracks.track_name, told.track_name), coalesce(tracks.artist_name, told.artist_name)
    FROM ({LATEST}) AS said LEFT JOIN tracks USING (track_id) LEFT JOIN (
        SELECT coalesce(track_id, reference || ':' || ref_id) AS key, any_value(track_name) AS track_name,
            any_value(artist_name) AS artist_name FROM "references" GROUP BY 1
    ) AS told ON told.key = said.track_id
    WHERE listener_id = $1 ORDER BY given_at, said.track_id
"""


def named_said(snapshot: Snapshot, person: Listener) -> list[dict[str, str | None]]:
    """All that holds now, in the order it was said, with names where they are known; `later` is a list to listen to."""
    return [
        {
            "track_id": track_id,
            "verdict": verdict,
            "given_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "track_name": title,
            "artist_name": artist,
        }
        for track_id, verdict, at, title, artist in snapshot.connection.execute(_NAMED, [person.listener_id]).fetchall()
    ]


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)
