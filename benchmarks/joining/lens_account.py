"""Spotify's account data: names and the minute of the stop, of the twelve months before each of two exports."""

from pathlib import Path

import numpy as np

from benchmarks.joining.lens_extended import untold
from benchmarks.joining.life import DAY_MS, Life
from benchmarks.joining.shown import Shown, archive, array, chunks, encoded, truly
from groovelog.demo.members import ACCOUNT_FOLDER

SOURCE = "spotify_account"
ROWS_PER_FILE = 10_000
DAYS = 365
EXPORTS = {"first": 120, "second": 0}  # days before the end of the life
NAMELESS = ("Unknown Artist", "Unknown Track")
MINUTE_MS = 60_000


def show(life: Life, folder: Path, seed: int) -> list[Shown]:
    """A play that reached Spotify late stands at its true stop: that it is told late is said of extended rows alone."""
    nameless = life.songs.withdrawn[life.song] | untold(life, seed)
    shown = []
    for which, days in EXPORTS.items():
        until = life.end_ms - days * DAY_MS
        told = (life.uploaded_ms < until) & (life.stopped_ms >= until - DAYS * DAY_MS) & ~life.elsewhere
        with archive(folder, f"spotify_account/{which}/my_spotify_data.zip") as opened:
            for number, plays in enumerate(chunks(np.flatnonzero(told), ROWS_PER_FILE)):
                told_ms = life.stopped_ms[plays] // MINUTE_MS * MINUTE_MS
                minutes = np.datetime_as_string(told_ms.astype("datetime64[ms]"), unit="m")
                songs = [life.songs.all[song] for song in life.song[plays].tolist()]
                names = [
                    NAMELESS if lost else (song.artists[0], song.title)
                    for song, lost in zip(songs, nameless[plays].tolist(), strict=True)
                ]
                rows = [
                    encoded({"endTime": end.replace("T", " "), "artistName": by, "trackName": title, "msPlayed": ms})
                    for end, (by, title), ms in zip(
                        minutes.tolist(), names, life.ms_played[plays].tolist(), strict=True
                    )
                ]
                label = opened.add(f"{ACCOUNT_FOLDER}/StreamingHistory_music_{number}.json", array(rows))
                shown.append(truly(SOURCE, label, plays, told_ms, [f"{title} / {by}" for by, title in names]))
    return shown
