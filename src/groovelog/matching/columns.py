"""Which column of somebody's file is the title, which the artist, which the length."""

import re
from collections.abc import Mapping, Sequence

from groovelog.errors import UsageError

# Field -> the headings it goes by, folded (see `_folded`), the plainest first. From the Kaggle sets named in
# docs/matching.md, the TidyTuesday set, playlist exporters, and the words of the Web API.
HEADINGS: dict[str, tuple[str, ...]] = {
    "ref_id": ("ref_id",),
    "track_id": (
        "track_id", "spotify_track_id", "spotify_id", "id", "track_uri", "spotify_track_uri", "spotify_uri", "uri",
        "track_url", "spotify_url", "url", "spotify_track_url", "track_href",
    ),
    "isrc": ("isrc", "track_isrc", "isrc_code"),
    "track_name": ("track_name", "track", "title", "track_title", "song_name", "song_title", "song", "name"),
    "artist_name": (
        "artist_name", "artists", "artist", "artist_s_name", "artist_names", "artist_name_s", "track_artist", "track_artists",
        "artists_name", "artist_s", "performer", "album_artist", "album_artist_name",
    ),
    "album_name": ("album_name", "album", "track_album_name", "album_title", "release", "release_name"),
    "duration_ms": ("duration_ms", "track_duration_ms", "length_ms", "song_duration_ms", "track_length_ms"),
    "duration_s": ("duration_s", "duration_sec", "duration_seconds", "length_s", "seconds"),
    "duration": ("duration", "track_duration", "length", "track_length", "time"),
    "popularity": ("popularity", "track_popularity", "song_popularity", "streams", "popularity_score"),
}  # fmt: skip
FIELDS = tuple(HEADINGS)


def recognise(
    headings: Sequence[str], chosen: Mapping[str, str], file: str, known: Mapping[str, tuple[str, ...]] = HEADINGS
) -> dict[str, str]:
    """The file's column for each field that it has; `chosen` (field to column) comes before what is recognised.

    `known` has the fields there are, and their headings.

    Raises `UsageError` for a chosen field that does not exist, or a column that the file lacks.
    """
    found = {}
    folded: dict[str, str] = {}
    for heading in headings:
        folded.setdefault(_folded(heading), heading)
    for field, names in known.items():
        name = next((name for name in names if name in folded), None)
        if name is not None:
            found[field] = folded[name]
    for field, column in chosen.items():
        if field not in known:
            raise UsageError(f"--map {field}={column}: there is no {field}. There are: {', '.join(known)}.")
        if column not in headings and _folded(column) not in folded:
            raise UsageError(f"{file} has no column {column}. It has: {', '.join(headings)}.", file=file)
        found[field] = column if column in headings else folded[_folded(column)]
    return found


def looked_for(*fields: str) -> str:
    """For a message: the headings that a field would have gone by."""
    return "; ".join(f"{field} ({', '.join(HEADINGS[field])})" for field in fields)


def _folded(heading: str) -> str:
    """
    >>> _folded("Artist Name(s)"), _folded("artist(s)_name"), _folded("\ufeffTrack URI")
    ('artist_name_s', 'artist_s_name', 'track_uri')
    """
    return re.sub(r"[^0-9a-z]+", "_", heading.lower()).strip("_")
