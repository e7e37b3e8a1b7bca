"""The simplest joiner there can be: rows source by source, each to the nearest play of the same names within a window."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from benchmarks.joining.rates import Joined
from plain_reader import Row

WINDOW_S = 200
ORDER = (
    "spotify_extended", "spotify_api", "spotify_account", "listenbrainz", "koito", "maloja", "lastfm", "lastfm_minute",
)  # fmt: skip


def letters(text: str) -> str:
    """Case, accents, width and punctuation away, and with them guests and versions told after a dash or in brackets."""
    main = re.split(r" \(| - | feat\. | ft\. | featuring |, ", text)[0] or text
    folded = unicodedata.normalize("NFKD", main.casefold())
    return "".join(char for char in folded if char.isalnum())


def simply_joined(rows: Iterable[Row]) -> list[Joined]:
    """A row is near its start, or its stop less its length. Equal rows of a source are one."""
    tellings: dict[tuple[str, float, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        time = row.start if row.start is not None else row.stop
        if time is not None:
            near = time - (row.seconds or 0) if row.start is None else time
            tellings[row.source, near, letters(row.title), letters(row.artist)].append(row)
    plays: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    holds: list[set[str]] = []
    joined: list[Joined] = []
    for source, near, title, artist in sorted(tellings, key=lambda key: (ORDER.index(key[0]), *key[1:])):
        same = plays[title, artist]
        around = same[bisect_left(same, (near - WINDOW_S, -1)) : bisect_right(same, (near + WINDOW_S, len(holds)))]
        free = [(abs(at - near), play) for at, play in around if source not in holds[play]]
        if free:
            _, play = min(free)
        else:
            play = len(holds)
            holds.append(set())
            same.insert(bisect_left(same, (near, play)), (near, play))
        holds[play].add(source)
        joined += [(source, row.file, row.row, play) for row in tellings[source, near, title, artist]]
    return joined
