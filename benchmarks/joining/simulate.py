"""A life through every lens: the files of all sources under one folder, and the truth about each row."""

from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.joining import (
    lens_account,
    lens_api,
    lens_extended,
    lens_koito,
    lens_lastfm,
    lens_listenbrainz,
    lens_maloja,
)
from benchmarks.joining.life import Life, live
from benchmarks.joining.scrobbles import Clocks
from benchmarks.joining.shown import Shown
from benchmarks.joining.songs import ARTISTS, songs

Lens = Callable[[Life, Path, Clocks, int], list[Shown]]

# Spotify's servers have no clock trouble.
LENSES: dict[str, Lens] = {
    "spotify_extended": lambda life, folder, _clocks, seed: lens_extended.show(life, folder, seed),
    "spotify_account": lambda life, folder, _clocks, seed: lens_account.show(life, folder, seed),
    "spotify_api": lambda life, folder, _clocks, seed: lens_api.show(life, folder, seed),
    "lastfm": lens_lastfm.show,
    "listenbrainz": lens_listenbrainz.show,
    "maloja": lens_maloja.show,
    "koito": lens_koito.show,
}
# The table's sources, in its order; Last.fm's form without seconds counts as one.
SOURCES = (
    *("spotify_extended", "spotify_account", "spotify_api", "lastfm", "lastfm_minute"),
    *("listenbrainz", "maloja", "koito"),
)
FEWEST = 100
MINUTES = {"spotify_account", "lastfm_minute"}


def simulate(
    folder: Path,
    plays: int,
    *,
    seed: int = 1,
    clocks: Clocks | None = None,
    lenses: Iterable[str] = tuple(LENSES),
    artists: int = ARTISTS,
) -> tuple[Life, list[Shown]]:
    """Write the files of `plays` true plays as these lenses show them. The same arguments write the same bytes.

    Raises ValueError for so few plays that a lens might show none.
    """
    if plays < FEWEST:
        raise ValueError(f"A life has {FEWEST} plays at least, not {plays}.")
    life = live(songs(seed, artists=artists), plays, seed=seed)
    shown = [file for lens in lenses for file in LENSES[lens](life, folder, clocks or Clocks(), seed)]
    return life, shown
