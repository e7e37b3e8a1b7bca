"""All that may be suggested to one listener: songs they played, rows of the references, songs of friends who show them all.

Nothing else of the lake: what others played who do not show it would tell of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np

from groovelog.lake.snapshot import Snapshot
from groovelog.recommend.before import Bools
from groovelog.recommend.friends import Friends, friends_plays, friends_songs, song_key
from groovelog.recommend.history import History
from groovelog.recommend.neighbours import Singles, Sound, groups, sound
from groovelog.recommend.songs import AUDIO, Floats, Ints, Words

URI = "spotify:track:"


@dataclass(frozen=True)
class Music:
    """One value per song. The first `own` are those of the history, in its numbers; so are the first `own_artists` artists.

    `key` is what feedback names. `recording` tells what is one recording. `popularity` is Spotify's, 0 to 100, as a
    reference tells it, NaN without. `told`: a reference has the song, so that it may come though nobody here played it.
    `places` finds a song by its `friends.song_key`. `luck` orders what ties: a song's place would not do, as songs of the
    history come first, also those played later on.
    """

    own: int
    own_artists: int
    key: Words
    uri: Words
    title: Words
    artist_name: Words
    artist: Ints
    recording: Words
    audio: Floats
    popularity: Floats
    told: Bools
    friends: Friends
    places: dict[str, int]

    def __len__(self) -> int:
        return len(self.key)

    @cached_property
    def space(self) -> Sound:
        """The songs whose sound is known, to be searched."""
        return sound(self.audio)

    @cached_property
    def points(self) -> Singles:
        """Every song in that space; NaN where the sound is not known."""
        return self.space.place(self.audio)

    @cached_property
    def group(self) -> Ints:
        """The number of the group of songs that sound alike (see `neighbours.groups`)."""
        return groups(self.space, len(self))

    @cached_property
    def of_artist(self) -> Floats:
        """How many songs of its artist there are."""
        return np.bincount(self.artist)[self.artist].astype(float)

    @cached_property
    def keys(self) -> dict[str, int]:
        """The place of each key; of equal ones the last."""
        return {str(key): place for place, key in enumerate(self.key)}

    @cached_property
    def luck(self) -> Ints:
        return np.array([crc32(str(key).encode()) for key in self.key], dtype=np.int64)


def music(snapshot: Snapshot, history: History, *, include_api: bool = False) -> Music:
    """What may be suggested to the listener of the history, as the snapshot has it."""
    songs = history.songs
    own = len(songs)
    told = _references(snapshot, history)
    played = friends_plays(snapshot, history.listener, include_api=include_api)
    rows = len(told["entry"])
    place = {key: number for number, key in enumerate(map(song_key, songs.track_name, songs.artist_name)) if key}
    place = {key: own + number for number, key in enumerate(told["song_key"])} | place
    as_told = _matched(snapshot, [song.track_id for song in played.songs])
    for song in played.songs:  # which a reference may have under another title, as that of an edition
        if song.key not in place and as_told.get(song.track_id) in place:
            place[song.key] = place[as_told[song.track_id]]
    extra = friends_songs(played, place, own + rows)
    artist_name = _together(songs.artist_name, told["artist"], [one.artist for one in extra])
    artists = {_plain(name): int(number) for name, number in zip(songs.artist_name, songs.artist, strict=True)}
    own_artists = int(songs.artist.max(initial=-1)) + 1
    later = [artists.setdefault(_plain(name), len(artists)) for name in artist_name[own:]]
    uris = _together(songs.track_id, told["uri"], [one.track_id for one in extra])
    unknown = np.full(len(extra), np.nan)
    return Music(
        own=own,
        own_artists=own_artists,
        key=_together(songs.track_id, told["entry"], [one.track_id for one in extra]),
        uri=_words([uri if str(uri).startswith(URI) else None for uri in uris]),
        title=_together(songs.track_name, told["title"], [one.title for one in extra]),
        artist_name=artist_name,
        artist=np.array([*songs.artist, *later], dtype=np.int64),
        recording=_together(songs.recording_id, told["entry"], [one.track_id for one in extra]),
        audio=np.vstack([songs.audio, told["audio"], np.full((len(extra), len(AUDIO)), np.nan)]),
        popularity=np.concatenate([_popularity(snapshot, songs.track_id), told["popularity"], unknown]),
        told=np.concatenate([~np.isnan(songs.audio).all(axis=1), np.ones(rows, bool), np.zeros(len(extra), bool)]),
        friends=played.numbered(place),
        places=place,
    )


def _plain(name: object) -> str:
    return str(name or "").strip().lower()


def _together(*parts: Iterable[object]) -> Words:
    return np.concatenate([_words(part) for part in parts])


def _words(values: Iterable[object]) -> Words:
    kept = list(values)
    words = np.empty(len(kept), dtype=object)
    words[:] = kept
    return words


_FIRST_ARTIST = "split_part(coalesce(credited_artists, artist_name, ''), chr(10), 1)"
# Rows that are no song of the history: matched to none of its entries, and of other names; of equal names the best known.
_UNPLAYED = f"""
    WITH named AS (
        SELECT *, {_FIRST_ARTIST} AS artist, lower(trim(track_name)) || chr(31) || lower(trim({_FIRST_ARTIST})) AS song_key
        FROM "references" WHERE track_name IS NOT NULL
    ), matched AS (
        SELECT DISTINCT reference, ref_id FROM track_matches SEMI JOIN own_entries USING (track_id)
        WHERE verdict = 'matched'
    )
    SELECT song_key, coalesce(track_id, reference || ':' || ref_id) AS entry, track_id AS uri, track_name AS title, artist,
        popularity::DOUBLE AS popularity, {", ".join(f"{name}::DOUBLE AS {name}" for name in AUDIO)}
    FROM named ANTI JOIN matched USING (reference, ref_id) ANTI JOIN own_keys USING (song_key)
    QUALIFY row_number() OVER (PARTITION BY song_key ORDER BY popularity DESC NULLS LAST, reference, ref_id) = 1
    ORDER BY song_key
"""


def _references(snapshot: Snapshot, history: History) -> dict[str, Any]:
    connection = snapshot.connection.cursor()
    songs = history.songs
    keys = [key for key in map(song_key, songs.track_name, songs.artist_name) if key]
    connection.execute("CREATE TEMP TABLE own_keys AS SELECT unnest($1::VARCHAR[]) AS song_key", [keys])
    connection.execute(
        "CREATE TEMP TABLE own_entries AS SELECT track_id FROM tracks SEMI JOIN own_keys ON "
        "lower(trim(track_name)) || chr(31) || lower(trim(coalesce(artist_name, ''))) = song_key "
        "UNION SELECT unnest($1::VARCHAR[])",
        [[str(one) for one in songs.track_id]],
    )
    found = connection.execute(_UNPLAYED).fetchnumpy()
    plain = {name: _filled(column) for name, column in found.items()}
    audio = np.column_stack([plain.pop(name) for name in AUDIO]).astype(float)
    tempo = audio[:, AUDIO.index("tempo")]
    tempo[tempo == 0] = np.nan  # Spotify's word for one that was not found
    return plain | {"audio": audio}


def _matched(snapshot: Snapshot, entries: list[str]) -> dict[str, str]:
    """The key of the reference's row that each catalogue entry is, where one is chosen."""
    return dict(
        snapshot.connection.execute(
            f"SELECT m.track_id, lower(trim(track_name)) || chr(31) || lower(trim({_FIRST_ARTIST})) "
            'FROM track_matches m JOIN "references" USING (reference, ref_id) '
            "WHERE chosen AND track_name IS NOT NULL AND m.track_id IN (SELECT unnest($1::VARCHAR[]))",
            [entries],
        ).fetchall()
    )


def _filled(column: Any) -> Any:
    if not isinstance(column, np.ma.MaskedArray):
        return column
    return column.filled(np.nan if column.dtype.kind == "f" else None)


def _popularity(snapshot: Snapshot, entries: Words) -> Floats:
    """Spotify's popularity of catalogue entries as their references tell it; NaN where none does."""
    known = dict(
        snapshot.connection.execute(
            'SELECT m.track_id, popularity FROM track_matches m JOIN "references" USING (reference, ref_id) '
            "WHERE chosen AND popularity IS NOT NULL AND m.track_id IN (SELECT unnest($1::VARCHAR[]))",
            [[str(one) for one in entries]],
        ).fetchall()
    )
    return np.array([known.get(one, np.nan) for one in entries], dtype=float)
