"""What is known of the songs of a history: from its plays, the catalogue, the references and the playlists."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from groovelog.lake.snapshot import Snapshot
from groovelog.model import Listener
from groovelog.recommend.allowed import allowed
from groovelog.tables import AUDIO_FEATURES, PLAYLIST_TRACKS, PLAYLISTS, SAVED_TRACKS

AUDIO = tuple(feature.name for feature in AUDIO_FEATURES)
DURATION = AUDIO.index("duration_ms")

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Words = NDArray[np.object_]


@dataclass(frozen=True)
class Songs:
    """One value per song, in the order they were first played; `artist` numbers artists in that order, too.

    `track_id` is the catalogue's: the URI last played, else that of the names. `audio` has one row of AUDIO for each song
    (Spotify's units; NaN where not known, a tempo of 0 among that). `recording_id` may rest on what the Web API told
    (an ISRC): it is for telling songs apart, not for learning from. Names may be None. `genre` numbers the genres that the
    references tell, else the one that most songs of the artist have; -1 where none is known.
    """

    track_id: Words
    track_name: Words
    artist_name: Words
    recording_id: Words
    artist: Ints
    audio: Floats
    genre: Ints

    def __len__(self) -> int:
        return len(self.track_id)


@dataclass(frozen=True)
class PlayedSong:
    """What plays tell of a song: `entry` is the catalogue's for the last of them, `entries` all; `isrc`: one is told."""

    entry: str
    name: str | None
    artist: str | None
    entries: Sequence[str]
    isrc: bool


# A match that rests on names or a code is known where a source that may be learnt from told these.
_MAY_KNOW = """
    coalesce(evidence, '') IN ('person', 'id') OR (evidence = 'isrc' AND isrc) OR (evidence LIKE '% names' AND named)
"""


def find(
    snapshot: Snapshot, person: Listener, played: Sequence[PlayedSong], *, include_api: bool
) -> tuple[Songs, tuple[Ints, Ints]]:
    """The songs, and (song, instant in µs) of the entries of playlists and of the library that tell since when, by time.

    An entry of several lists counts in each, from the first time it was added to it.
    """
    connection = snapshot.connection.cursor()  # whose temporary tables are its own
    _create_entries(connection, played)
    artist = _numbered([(one.artist or "").strip().lower() for one in played])
    audio, genres = _sound(connection, len(played), "true" if include_api else _MAY_KNOW)
    songs = Songs(
        track_id=np.array([one.entry for one in played], dtype=object),
        track_name=np.array([one.name for one in played], dtype=object),
        artist_name=np.array([one.artist for one in played], dtype=object),
        recording_id=_recordings(connection, played),
        artist=artist,
        audio=audio,
        genre=_of_artists(genres, artist),
    )
    return songs, _listed(snapshot, connection, person, include_api=include_api)


def _create_entries(connection: duckdb.DuckDBPyConnection, played: Sequence[PlayedSong]) -> None:
    """`song_entries` (song, entry, named, isrc)."""
    rows = [(song, entry, one.name is not None, one.isrc) for song, one in enumerate(played) for entry in one.entries]
    connection.execute("CREATE TEMP TABLE song_entries (song BIGINT, entry VARCHAR, named BOOLEAN, isrc BOOLEAN)")
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        connection.execute("INSERT INTO song_entries SELECT unnest($1), unnest($2), unnest($3), unnest($4)", columns)


def _recordings(connection: duckdb.DuckDBPyConnection, played: Sequence[PlayedSong]) -> Words:
    known = dict(
        connection.execute(
            "SELECT track_id, recording_id FROM tracks WHERE track_id IN (SELECT entry FROM song_entries)"
        ).fetchall()
    )
    return np.array([known.get(one.entry, one.entry) for one in played], dtype=object)


def _sound(connection: duckdb.DuckDBPyConnection, count: int, known: str) -> tuple[Floats, Sequence[str]]:
    """Audio features, and genres as the reference has them, empty where it has none."""
    features = ", ".join(f"{name}::DOUBLE AS {name}" for name in AUDIO)
    found = connection.execute(f"""
        SELECT song, coalesce(genres, '') AS genres, {features} FROM (
            SELECT song, reference, ref_id FROM song_entries JOIN track_matches ON track_id = entry
            WHERE chosen AND ({known})
            QUALIFY row_number() OVER (PARTITION BY song ORDER BY confidence DESC, reference, ref_id) = 1
        ) JOIN "references" USING (reference, ref_id)
    """).fetchnumpy()
    audio = np.full((count, len(AUDIO)), np.nan)
    for place, name in enumerate(AUDIO):
        audio[found["song"], place] = np.ma.filled(found[name], np.nan)
    tempo = audio[:, AUDIO.index("tempo")]
    tempo[tempo == 0] = np.nan  # Spotify's word for one that was not found
    genres = np.full(count, "", dtype=object)
    genres[found["song"]] = found["genres"]
    return audio, genres.tolist()


def _of_artists(genres: Sequence[str], artist: Ints) -> Ints:
    """The number of each song's genres; where it has none, that which most songs of its artist have, of equals the first."""
    number: dict[str, int] = {}
    own = np.array([number.setdefault(told, len(number)) if told else -1 for told in genres], dtype=np.int64)
    told = np.flatnonzero(own >= 0)
    if not len(told):
        return own
    counts = np.zeros((int(artist.max()) + 1, len(number)), dtype=np.int64)
    np.add.at(counts, (artist[told], own[told]), 1)
    usual = np.where(counts.any(axis=1), counts.argmax(axis=1), -1)
    return np.where(own >= 0, own, usual[artist])


def _listed(
    snapshot: Snapshot, connection: duckdb.DuckDBPyConnection, person: Listener, *, include_api: bool
) -> tuple[Ints, Ints]:
    lists, entries, library = (
        f'"{snapshot.cut(table, person.listener_id)}"' for table in (PLAYLISTS, PLAYLIST_TRACKS, SAVED_TRACKS)
    )
    found = connection.execute(f"""
        SELECT song, epoch_us(min(added_at)) AS since FROM (
            SELECT playlist_id AS list, track_uri, track_name, artist_name, added_at FROM {entries}
            SEMI JOIN (SELECT playlist_id, snapshot_id FROM {lists} WHERE {allowed("source", include_api=include_api)})
            USING (playlist_id, snapshot_id)
            UNION ALL
            SELECT '', track_uri, track_name, artist_name, added_at FROM {library}
            WHERE {allowed("source", include_api=include_api)}
        ) JOIN song_entries ON entry = track_uri WHERE added_at IS NOT NULL GROUP BY song, list ORDER BY since, song
    """).fetchnumpy()
    return np.asarray(found["song"], dtype=np.int64), np.asarray(found["since"], dtype=np.int64)


def _numbered(keys: Sequence[str]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
