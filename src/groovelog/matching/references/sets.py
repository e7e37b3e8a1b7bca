"""The sets that many people have: how to know them, what they are called, and what is known of their licence."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

UNKNOWN_LICENCE = "not known: the file does not tell"


@dataclass(frozen=True)
class Set:
    """A known set: `headings` it has (as spelled there), all of which a file must have to be it.

    `commas` says that its artists are separated by commas.
    """

    name: str
    title: str
    headings: frozenset[str]
    licence: str
    home: str
    commas: bool = False


SPOTIFY_TRACKS = Set(
    "spotify-tracks",
    "Spotify Tracks Dataset",
    frozenset({"track_id", "artists", "album_name", "track_name", "explicit", "time_signature", "track_genre"}),
    "BSD, as its page on Hugging Face says; its page on Kaggle says ODbL. The values were drawn from Spotify's Web API by "
    "whoever made the set; a licence of theirs may not bind Spotify.",
    "https://huggingface.co/datasets/maharshipandya/spotify-tracks-dataset",
)
SETS = (
    SPOTIFY_TRACKS,
    Set(
        "top-spotify-songs-2023",
        "Top Spotify Songs 2023",
        frozenset({"track_name", "artist(s)_name", "artist_count", "bpm", "danceability_%", "valence_%"}),
        "set by its uploader on Kaggle; look there",
        "https://www.kaggle.com/datasets/nelgiriyewithana/top-spotify-songs-2023",
        commas=True,
    ),
    Set(
        "spotify-songs-30000",
        "30000 Spotify Songs",
        frozenset({"track_id", "track_name", "track_artist", "playlist_genre", "playlist_subgenre", "danceability"}),
        "CC0 for the TidyTuesday repository; that of the data themselves is not known",
        "https://github.com/rfordatascience/tidytuesday",
    ),
    Set(
        "spotify-songs-1200000",
        "Spotify 1.2M+ Songs",
        frozenset({"id", "name", "artists", "artist_ids", "disc_number", "danceability", "time_signature"}),
        "set by its uploader on Kaggle; look there",
        "https://www.kaggle.com/datasets/rodolfofigueroa/spotify-12m-songs",
    ),
    Set(
        "spotify-songs-600000",
        "Spotify Dataset 1921–2020, 600k+ Tracks",
        frozenset({"id", "name", "artists", "id_artists", "release_date", "danceability", "time_signature"}),
        "set by its uploader on Kaggle; look there",
        "https://www.kaggle.com/datasets/yamaerenay/spotify-dataset-19212020-600k-tracks",
    ),
    Set(
        "spotify-songs-160000",
        "Spotify Dataset 1921–2020, 160k+ Tracks",
        frozenset({"id", "name", "artists", "year", "release_date", "popularity", "danceability", "explicit"}),
        "set by its uploader on Kaggle; look there",
        "https://www.kaggle.com/datasets/yamaerenay/spotify-dataset-19212020-600k-tracks",
    ),
)

# Artists whose own name has a comma; in a set that separates by commas they would be taken apart.
NAMES_WITH_COMMAS = (
    "Tyler, The Creator",
    "Earth, Wind & Fire",
    "Crosby, Stills & Nash",
    "Crosby, Stills, Nash & Young",
    "Emerson, Lake & Palmer",
    "Blood, Sweat & Tears",
    "Peter, Paul and Mary",
    "Black Country, New Road",
)


def known_set(headings: Collection[str]) -> Set | None:
    """The set that a file with these headings is of."""
    told = {heading.removeprefix("\ufeff").strip() for heading in headings}
    return next((known for known in SETS if known.headings <= told), None)


def name_of_file(path: Path) -> str:
    """A name for a reference of no known set.

    >>> name_of_file(Path("My Songs (2).csv"))
    'my-songs-2'
    """
    return re.sub(r"[^0-9a-z]+", "-", path.stem.lower()).strip("-")[:LONGEST_NAME].strip("-") or "reference"


LONGEST_NAME = 64
_NAME = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{LONGEST_NAME - 1}}}")


def is_name(text: str) -> bool:
    """Names stand in folders' names: small letters, digits and hyphens.

    >>> is_name("spotify-tracks"), is_name("../x"), is_name("")
    (True, False, False)
    """
    return _NAME.fullmatch(text) is not None
