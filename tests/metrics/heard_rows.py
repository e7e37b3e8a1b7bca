"""Histories with all that a play can say of how it was heard, drawn at random, over one small catalogue."""

from datetime import UTC, datetime, timedelta
from typing import Any

from histories import INCOGNITO, ME, MS, REASONS, SOURCES, LakeDouble, Row, match, placed, track
from hypothesis import strategies as st

from groovelog.tables import PLAYS, REFERENCES, TRACK_MATCHES, TRACKS

# 1 and 2 are one recording; 1 and 2 are namesakes; the play of number 6 has a URI and nothing is known of it.
NAMES = {1: ("A", "x", "K"), 2: ("A", "x", "L"), 3: ("B", "y", "K"), 4: ("b", "X", None), 5: ("C", "y", "M")}
RECORDINGS = {1: 1, 2: 1, 3: 3, 4: 4, 5: 3}
CATALOGUE = [
    track(number, *names) | {"recording_id": f"spotify:track:{RECORDINGS[number]}"} for number, names in NAMES.items()
]
# Three days in two weeks and three months, one of them of a clock change, and hours on both sides of midnight.
DAYS = ("2024-02-29", "2024-03-31", "2024-04-01")
TIMES = (0, 30, 59, 90, 23 * 60 + 45)
FEATURES: dict[str, st.SearchStrategy[Any]] = {
    "danceability": st.sampled_from([None, 0.5, 0.7]),
    "energy": st.sampled_from([None, 0.3, 0.5, 0.65, 0.8]),
    "key": st.sampled_from([None, 0, 1, 11]),
    "loudness": st.sampled_from([None, -7.5]),
    "mode": st.sampled_from([None, 0, 1]),
    "speechiness": st.sampled_from([None, 0.1, 0.5]),
    "acousticness": st.sampled_from([None, 0.1, 0.5]),
    "instrumentalness": st.sampled_from([None, 0.1, 0.6]),
    "liveness": st.sampled_from([None, 0.2]),
    "valence": st.sampled_from([None, 0.2, 0.5, 0.7]),
    "tempo": st.sampled_from([None, 0.0, 60.0, 119.9, 120.0, 130.0]),
}
FLAG = st.sampled_from([None, False, True])
PAGES = st.sampled_from(
    [None, None, "spotify:playlist:p1", "spotify:user:me:playlist:p1", "spotify:playlist:p9", "spotify:album:a1",
     "spotify:artist:r1", "spotify:show:s1", "spotify:user:me:collection", "spotify:collection:album:a1", "spotify:search:x"]
)  # fmt: skip


@st.composite
def plays(draw: st.DrawFn) -> Row:
    day = datetime.fromisoformat(draw(st.sampled_from(DAYS))).replace(tzinfo=UTC)
    kind = draw(st.sampled_from(["track"] * 5 + ["episode"]))
    names: Row = {}
    if kind == "episode":
        names = {
            "episode_uri": "spotify:episode:e1",
            "episode_name": "E",
            "show_name": draw(st.sampled_from([None, "S"])),
        }
    elif draw(st.booleans()) or draw(st.booleans()):
        number = draw(st.integers(1, 6))
        told = NAMES[number] if number in NAMES and draw(st.booleans()) else (None, None, None)
        names = {
            "track_uri": f"spotify:track:{number}",
            **dict(zip(("track_name", "artist_name", "album_name"), told, strict=True)),
        }
    else:
        names = {
            "track_name": draw(st.sampled_from([None, "A", "Z"])),
            "artist_name": draw(st.sampled_from([None, "x", "z"])),
            "album_name": draw(st.sampled_from([None, "K"])),
        }
    row = {
        "listener_id": draw(st.sampled_from([ME.listener_id] * 5 + ["b2"])),
        "kind": kind,
        **dict.fromkeys(("track_uri", "track_name", "artist_name", "album_name", "episode_uri", "episode_name")),
        **names,
        "reason_start": draw(REASONS),
        "reason_end": draw(REASONS),
        "sources": draw(SOURCES),
        "incognito": draw(INCOGNITO),
        "skipped": draw(FLAG),
        "shuffle": draw(FLAG),
        "platform": draw(st.sampled_from([None, "ios", "web"])),
        "context_uri": draw(PAGES),
        "length_ms": draw(st.sampled_from([None, None, 120_000, 200_000, 0])),
        "session_id": 1,
    }
    begin = day + timedelta(minutes=draw(st.sampled_from(TIMES)))
    return placed(row, begin, draw(MS))


@st.composite
def histories(draw: st.DrawFn) -> list[Row]:
    """Up to 40 plays; in half of the histories every play tells its duration, so that nothing is estimated."""
    rows = draw(st.lists(plays(), max_size=40))
    if draw(st.booleans()):
        rows = [row if row["ms_played"] is not None else row | {"ms_played": 60_000} for row in rows]
    return [row | {"play_id": number} for number, row in enumerate(rows)]


HEARD = histories()


@st.composite
def audio(draw: st.DrawFn) -> dict[str, Row]:
    """Audio features by track id of the catalogue; what has none is left out."""
    known = draw(st.sets(st.integers(1, 5), min_size=2))
    return {f"spotify:track:{number}": draw(st.fixed_dictionaries(FEATURES)) for number in sorted(known)}


def fill(lake: LakeDouble, history: list[Row], features: dict[str, Row] | None = None) -> None:
    """The lake with these plays, the catalogue, and audio features."""
    lake.fill(PLAYS, history)
    lake.fill(TRACKS, CATALOGUE)
    known = features or {}
    lake.fill(TRACK_MATCHES, [match(int(uri.rpartition(":")[2]), f"r{uri}") for uri in known])
    lake.fill(REFERENCES, [{"reference": "songs", "ref_id": f"r{uri}", **row} for uri, row in known.items()])
