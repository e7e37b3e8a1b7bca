"""Koito: one export; names as aliases, of which the primary one may be another spelling than Spotify's."""

from pathlib import Path

import numpy as np

from benchmarks.joining.life import Life
from benchmarks.joining.scrobbles import LIST, Clocks, Scrobbler, scrobbles
from benchmarks.joining.shown import Shown, encoded, seconds_text, truly, write

SOURCE = "koito"
KOITO = Scrobbler("koito", seen_days=60, missed_days=20, credits={LIST: 1})
WITH_LENGTH, ALSO_KNOWN = 0.6, 0.2
Aliases = list[dict[str, object]]


def show(life: Life, folder: Path, clocks: Clocks, seed: int) -> list[Shown]:
    told = scrobbles(life, KOITO, clocks, seed)
    rng = np.random.default_rng([seed, 10])
    with_length = rng.random(len(life.songs.all)) < WITH_LENGTH
    also_known = rng.random(len(life.songs.all)) < ALSO_KNOWN
    listens = []
    for play, at, names in zip(told.play.tolist(), seconds_text(told.told_ms), told.names, strict=True):
        number = int(life.song[play])
        song = life.songs.all[number]
        others = (song.title,) if also_known[number] else ()
        listens.append(
            {
                "listened_at": at,
                "client": "another scrobbler",
                "track": {
                    "mbid": None,
                    "duration": song.length_ms // 1000 if with_length[number] else 0,
                    "aliases": aliases(names.title, *others),
                },
                "album": {"image_url": "", "mbid": None, "aliases": aliases(song.album), "various_artists": False},
                "artists": [
                    {"image_url": "", "mbid": None, "is_primary": place == 0, "aliases": aliases(artist)}
                    for place, artist in enumerate(names.artists)
                ],
            }
        )
    body = {"version": "1", "exported_at": seconds_text(told.told_ms[-1:])[0], "user": "listener", "listens": listens}
    label = write(folder, "koito/koito_export.json", encoded(body))
    return [truly(SOURCE, label, told.play, told.told_ms, told.texts)]


def aliases(primary: str, *others: str) -> Aliases:
    told = dict.fromkeys((primary, *others))
    return [{"alias": alias, "source": "Canonical", "is_primary": place == 0} for place, alias in enumerate(told)]
