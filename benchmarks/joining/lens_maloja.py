"""Maloja: two exports, the later one repeating the earlier; artists mostly as a list, lengths in some sessions."""

from pathlib import Path

import numpy as np

from benchmarks.joining.life import Life
from benchmarks.joining.scrobbles import LIST, Clocks, Scrobbler, scrobbles
from benchmarks.joining.shown import Shown, encoded, truly, write

SOURCE = "maloja"
MALOJA = Scrobbler("maloja", seen_days=30, missed_days=15, credits={LIST: 8, ", ": 1, " & ": 1})
FIRST_EXPORT = 0.6
WITH_LENGTH, WITH_PLAYED = 0.3, 0.3


def show(life: Life, folder: Path, clocks: Clocks, seed: int) -> list[Shown]:
    told = scrobbles(life, MALOJA, clocks, seed)
    rng = np.random.default_rng([seed, 9])
    sessions = life.session[-1] + 1
    with_length = (rng.random(sessions) < WITH_LENGTH)[life.session]
    with_played = (rng.random(sessions) < WITH_PLAYED)[life.session]
    rows = []
    for play, second, names in zip(told.play.tolist(), told.told_s.tolist(), told.names, strict=True):
        song = life.songs.all[life.song[play]]
        track = {
            "artists": names.artists,
            "title": names.title,
            "album": {"artists": song.artists[:1], "albumtitle": song.album},
            "length": song.length_ms // 1000 if with_length[play] else None,
        }
        duration = int(life.ms_played[play]) // 1000 if with_played[play] else None
        rows.append({"time": second, "track": track, "duration": duration, "origin": "client:default"})
    shown = []
    for share in (FIRST_EXPORT, 1.0):
        part = told.between(0, share)
        exported = int(part.told_s[-1]) + 3600
        body = {"maloja": {"export_time": exported}, "scrobbles": rows[: len(part.play)]}
        label = write(folder, f"maloja/maloja_export_{exported}.json", encoded(body))
        shown.append(truly(SOURCE, label, part.play, part.told_ms, part.texts))
    return shown
