"""Which column of somebody's file tells what: names and ids as the matcher knows them, and the audio features."""

from collections.abc import Mapping, Sequence

from groovelog.errors import UsageError
from groovelog.matching.columns import HEADINGS as NAMES
from groovelog.matching.columns import looked_for, recognise
from groovelog.tables import AUDIO_FEATURES

FEATURES = tuple(feature.name for feature in AUDIO_FEATURES)
# Told in 0–1, or in percent by some files.
FRACTIONS = tuple(feature.name for feature in AUDIO_FEATURES if feature.unit == "0–1")

# Field -> its headings, folded (see columns.py). `popularity` without the number of streams, which the matcher takes too.
HEADINGS: dict[str, tuple[str, ...]] = {
    **{field: names for field, names in NAMES.items() if field != "popularity"},
    "popularity": ("popularity", "track_popularity", "song_popularity"),
    "genres": ("genres", "track_genre", "genre", "artist_genres", "playlist_genre", "track_genres", "genre_name"),
    "subgenres": ("playlist_subgenre", "subgenre", "sub_genre", "subgenres"),
    **{name: (name, f"{name}_percent", f"{name}_pct") for name in FRACTIONS},
    "key": ("key", "musical_key", "pitch_class", "track_key"),
    "loudness": ("loudness", "loudness_db"),
    "mode": ("mode", "musical_mode"),
    "tempo": ("tempo", "bpm", "tempo_bpm", "beats_per_minute"),
    "time_signature": ("time_signature",),
}
LENGTHS = ("duration_ms", "duration_s", "duration")
TELLING = tuple(field for field in FEATURES if field != "duration_ms")


def columns_of(headings: Sequence[str], chosen: Sequence[tuple[str, str]], file: str) -> dict[str, str]:
    """The file's column for each field that it tells of.

    `chosen` are pairs as given by hand, field and column in either order. Raises `UsageError`, saying what was looked for,
    where no column tells which recording a row is of, or none tells an audio feature.
    """
    fields = recognise(headings, dict(_in_order(pair, headings) for pair in chosen), file, HEADINGS)
    missing = []
    if not {"track_id", "isrc"} & fields.keys() and not {"track_name", "artist_name"} <= fields.keys():
        named = [field for field in ("track_name", "artist_name") if field not in fields]
        missing.append(f"which recording a row is of: {looked_for('track_id', 'isrc', *named)}")
    if not fields.keys() & set(TELLING):
        missing.append(f"an audio feature: {', '.join(TELLING)}")
    if missing:
        raise UsageError(
            f"{file} has no column that tells {', and none for '.join(missing)}. It has: {', '.join(headings)}. "
            "--map FIELD=COLUMN says which column it is.",
            file=file,
        )
    return fields


def _in_order(pair: tuple[str, str], headings: Sequence[str]) -> tuple[str, str]:
    first, second = pair
    turned = first not in HEADINGS and second in HEADINGS and first in headings
    return (second, first) if turned else (first, second)


def names_titles(fields: Mapping[str, str]) -> bool:
    """Whether the file names recordings; one that does not may tell of them by id alone."""
    return "track_name" in fields
