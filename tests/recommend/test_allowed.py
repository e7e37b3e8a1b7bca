"""What the Web API alone told is found nowhere in what is learnt from."""

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from heard import NOW, bring, heard

from calling import Call
from groovelog.pipeline.references import add_reference
from groovelog.recommend.allowed import WHY_NOT_API
from groovelog.recommend.history import PER_PLAY
from groovelog.recommend.learning import plays_table
from groovelog.recommend.songs import AUDIO
from scrobbles import api, api_page, dumped, lastfm, lastfm_page
from spotify_export import START, account, extended, text

PLANTED = "Planted by the API"
PLANTED_MS = 223_344


def exports() -> dict[str, bytes]:
    """Extended history of six plays, account data of one more, a scrobble of another."""
    rows = [extended(minute, ms_played=50_000) for minute in range(6)]
    scrobble = lastfm(START + timedelta(minutes=300), "Title 1", "Artist")
    return {
        "Streaming_History_Audio_2020_0.json": text(*rows),
        "StreamingHistory_music_0.json": text(account(200, trackName="Title 2")),
        "recent.json": dumped(lastfm_page([scrobble])),
    }


def polled() -> bytes:
    """What polling told: two of these plays with more than the exports say, and one that nobody else saw."""

    def item(minute: int, title: str, letter: str) -> dict[str, Any]:
        row = api(START + timedelta(minutes=minute), title, "Artist", PLANTED)
        row["context"] = {"uri": f"spotify:playlist:{PLANTED}"}
        row["track"]["duration_ms"] = PLANTED_MS
        row["track"]["uri"] = f"spotify:track:{letter * 22}"
        row["track"]["external_ids"] = {"isrc": "PTPLN2000001"}
        return row

    same = item(1, "Title 1", "x")
    same["track"]["uri"] = f"spotify:track:{1:022}"
    return dumped(api_page([same, item(200, "Title 2", "y"), item(500, PLANTED, "z")]))


def reference(folder: Path) -> Path:
    """One row that the ISRC alone leads to, which nobody but the API told."""
    path = folder / "songs.csv"
    told = dict.fromkeys(AUDIO, 0.123) | {"isrc": "PTPLN2000001", "track_name": "Another", "artists": "Somebody"}
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, told)
        writer.writeheader()
        writer.writerow(told)
    return path


def test_a_value_of_the_api_alone_is_nowhere(tmp_path: Path) -> None:
    without = bring(tmp_path / "without", tmp_path / "files", exports())
    polled_too = bring(tmp_path / "with", tmp_path / "files", exports() | {"polled.json": polled()})
    for home in (without, polled_too):
        add_reference(home, reference(tmp_path), now=NOW)
    clean, told = heard(without), heard(polled_too)

    asked_for = heard(polled_too, include_api=True)
    assert PLANTED in asked_for.songs.track_name
    assert PLANTED_MS in asked_for.length_ms
    assert np.nanmax(asked_for.songs.audio[:, AUDIO.index("energy")]) == 0.123

    for name in PER_PLAY:
        np.testing.assert_array_equal(getattr(told, name), getattr(clean, name), err_msg=name)
    assert told.songs.track_name.tolist() == clean.songs.track_name.tolist()
    assert told.songs.track_id.tolist() == clean.songs.track_id.tolist()
    np.testing.assert_array_equal(told.songs.audio, clean.songs.audio)
    np.testing.assert_array_equal(plays_table(told).values, plays_table(clean).values)
    assert np.isnan(told.songs.audio).all()


def test_one_song_is_one_whoever_told_of_it(tmp_path: Path) -> None:
    history = heard(bring(tmp_path / "home", tmp_path / "files", exports()))
    assert len(history) == 8
    assert history.song.tolist() == [0, 1, 2, 3, 4, 5, 2, 1]
    assert history.songs.track_id[1] == f"spotify:track:{1:022}"


def test_the_help_says_why(call: Call) -> None:
    told = " ".join(call("train", "--help").out.split())
    assert WHY_NOT_API[:40] in told
