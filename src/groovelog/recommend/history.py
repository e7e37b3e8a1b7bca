"""One listener's plays of tracks as numpy columns, as the sources that may be learnt from tell them.

A *song* is what plays are told apart by here: title and artist, whatever the case, so that a scrobble and a row of an export
are of one song; a URI that nobody names is a song of its own. Songs are numbered from 0 in the order they were first played.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from groovelog.lake.catalogue import OF_NAMES
from groovelog.lake.snapshot import Snapshot
from groovelog.lake.spelling import NAMELESS
from groovelog.model import Listener
from groovelog.recommend.allowed import allowed_plays
from groovelog.recommend.songs import DURATION, Floats, Ints, PlayedSong, Songs, find

US = 1_000_000  # microseconds in a second
DAY_US = 86_400 * US

# Why a play began and ended, by Spotify's words; "other" is any word that is not listed, "untold" none.
BEGAN: dict[str, tuple[str, ...]] = {
    "untold": (),
    "other": (),
    "followed": ("trackdone",),
    "pressed": ("fwdbtn", "backbtn"),
    "chosen": ("clickrow", "playbtn", "remote", "appload", "uriopen"),
}
ENDED: dict[str, tuple[str, ...]] = {
    "untold": (),
    "other": (),
    "done": ("trackdone",),
    "pressed": ("fwdbtn", "backbtn", "clickrow", "remote"),
}


@dataclass(frozen=True)
class History:
    """One value per play, in order of (start, play_id); but `songs` and `listed` are of no play.

    Instants are microseconds since 1970 in UTC. `hour` 0–23 and `weekday` 0 (Monday) – 6 are local; `day` is the local date
    in days since 1970. `session` and `platform` number sessions and systems, platform -1 where none is told. `ms_played`,
    `length_ms` (as the source tells it, else the reference), `skipped`, `shuffle` and `offline` (0 or 1) are NaN where
    nobody tells. `began` and `ended` are places in BEGAN and ENDED. `listed`: see `songs.find`. `run` is the number of the
    lake's run that was read.
    """

    listener: Listener
    run: int
    songs: Songs
    listed: tuple[Ints, Ints]
    at: Ints
    stop: Ints
    song: Ints
    hour: Ints
    weekday: Ints
    day: Ints
    session: Ints
    platform: Ints
    began: Ints
    ended: Ints
    ms_played: Floats
    length_ms: Floats
    skipped: Floats
    shuffle: Floats
    offline: Floats

    def __len__(self) -> int:
        return len(self.at)

    @property
    def artist(self) -> Ints:
        return self.songs.artist[self.song]

    def until(self, instant: int) -> "History":
        """The plays that began before an instant; all songs keep their numbers."""
        return self.picked(np.arange(np.searchsorted(self.at, instant)))

    def picked(self, places: Ints) -> "History":
        """The plays at these places, in this order."""
        return replace(self, **{name: getattr(self, name)[places] for name in PER_PLAY})


PER_PLAY = tuple(field.name for field in fields(History) if field.name not in ("listener", "run", "songs", "listed"))


def history(snapshot: Snapshot, person: Listener, *, include_api: bool = False) -> History:
    """The listener's plays of kind track; one of which neither title nor URI is told is left out.

    With `include_api` what the Web API told counts too, which Spotify's terms forbid to train on.
    """
    with allowed_plays(snapshot, person, include_api=include_api) as (connection, plays):
        connection.execute(_KEYED.format(plays=plays))
        told = {name: _filled(column) for name, column in connection.execute(_PLAYS).fetchnumpy().items()}
        played = [PlayedSong(*row) for row in connection.execute(_SONGS).fetchall()]
    songs, listed = find(snapshot, person, played, include_api=include_api)
    length = np.where(told["length_ms"] > 0, told["length_ms"], songs.audio[told["song"], DURATION])
    told["length_ms"] = np.where(length > 0, length, np.nan)
    return History(listener=person, run=snapshot.number, songs=songs, listed=listed, **told)


def _filled(column: Any) -> Any:
    """A column as DuckDB gives it, with NaN for null."""
    return column.filled(np.nan) if isinstance(column, np.ma.MaskedArray) else column


def _place(column: str, words: dict[str, tuple[str, ...]]) -> str:
    """SQL: the place in `words` of the word that a column has."""
    named = ((place, ", ".join(f"'{word}'" for word in told)) for place, told in enumerate(words.values()) if told)
    whens = " ".join(f"WHEN {column} IN ({told}) THEN {place}" for place, told in named)
    return f"(CASE WHEN {column} IS NULL THEN 0 {whens} ELSE 1 END)::BIGINT"


# A URI without names has those of another play of it; else the URI is all there is.
_KEYED = f"""
    CREATE TEMP TABLE keyed AS
    WITH music AS (
        SELECT *, nullif(track_name, '{NAMELESS["track_name"]}') AS own_title,
            nullif(artist_name, '{NAMELESS["artist_name"]}') AS own_artist FROM {{plays}} WHERE kind = 'track'
    ), named AS (
        SELECT track_uri AS uri, arg_max(struct_pack(own_title, own_artist), started_at) AS names FROM music
        WHERE track_uri IS NOT NULL AND own_title IS NOT NULL GROUP BY ALL
    ), told AS (
        SELECT *, coalesce(own_title, names.own_title) AS title,
            CASE WHEN own_title IS NULL THEN names.own_artist ELSE own_artist END AS artist
        FROM music LEFT JOIN named ON own_title IS NULL AND uri = track_uri
    ), known AS (
        SELECT *, coalesce(lower(trim(title)) || chr(31) || lower(trim(coalesce(artist, ''))), track_uri) AS song_key
        FROM told
    ), numbered AS (
        SELECT song_key, row_number() OVER (ORDER BY min(started_at), song_key) - 1 AS song
        FROM known WHERE song_key IS NOT NULL GROUP BY song_key
    )
    SELECT known.*, song, coalesce(track_uri, {OF_NAMES}) AS entry FROM known JOIN numbered USING (song_key)
"""
_PLATFORM = "lower(nullif(regexp_extract(platform, '[A-Za-z]+'), ''))"
_PLAYS = f"""
    SELECT epoch_us(started_at) AS at, greatest(epoch_us(coalesce(stopped_at, started_at)), epoch_us(started_at)) AS stop,
        song, local_hour::BIGINT AS hour, isodow(local_date)::BIGINT - 1 AS weekday,
        (local_date - DATE '1970-01-01')::BIGINT AS day, session_id AS session,
        CASE WHEN {_PLATFORM} IS NULL THEN -1 ELSE dense_rank() OVER (ORDER BY {_PLATFORM}) END AS platform,
        {_place("reason_start", BEGAN)} AS began, {_place("reason_end", ENDED)} AS ended, ms_played::DOUBLE AS ms_played,
        length_ms::DOUBLE AS length_ms, skipped::DOUBLE AS skipped, shuffle::DOUBLE AS shuffle, offline::DOUBLE AS offline
    FROM keyed ORDER BY started_at, play_id
"""
_SONGS = """
    SELECT arg_max(entry, (track_uri IS NOT NULL, started_at, entry)), arg_max(title, started_at), arg_max(artist, started_at),
        list(DISTINCT entry ORDER BY entry), bool_or(isrc IS NOT NULL)
    FROM keyed GROUP BY song ORDER BY song
"""
