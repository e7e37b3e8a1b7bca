"""The Web API's recently-played pages as a poller saved them: 50 plays at most, polls that overlap or come too late."""

from pathlib import Path

import numpy as np

from benchmarks.joining.life import SKIPPED_BELOW_MS, Life
from benchmarks.joining.shown import Shown, encoded, instant, truly, write
from benchmarks.joining.songs import Song
from groovelog.demo.columns import Bools, Ints

SOURCE = "spotify_api"
MOST = 50
# New plays between two polls; of these polls some come after an outage, so that plays are lost.
BETWEEN, OVERLAP = (10, 42), (4, 16)
OUTAGES, LOST = 0.1, (60, 400)
STARTERS = 0.15  # sessions of a client of which played_at is the start
URL = "https://api.spotify.com/v1/me/player/recently-played"


def show(life: Life, folder: Path, seed: int) -> list[Shown]:
    rng = np.random.default_rng([seed, 7])
    starter = (rng.random(life.session[-1] + 1) < STARTERS)[life.session]
    played_at = np.where(starter, life.started_ms, life.stopped_ms)
    tracks = [track(song) for song in life.songs.all]
    return [page(life, folder, plays, played_at, tracks) for plays in polls(life, recorded(life), rng)]


def recorded(life: Life) -> Bools:
    """Plays of 30 s and more."""
    return (life.ms_played >= SKIPPED_BELOW_MS) & ~life.elsewhere


def polls(life: Life, recorded: Bools, rng: np.random.Generator) -> list[Ints]:
    """The plays on each page, newest first."""
    plays = np.flatnonzero(recorded)
    pages, at = [], 0
    while at < len(plays):
        new = int(rng.integers(*LOST) if rng.random() < OUTAGES else rng.integers(*BETWEEN))
        before, at = at, min(at + new, len(plays))
        opens = max(before - int(rng.integers(*OVERLAP)), at - MOST, 0)
        pages.append(plays[opens:at][::-1])
    return pages


def page(life: Life, folder: Path, plays: Ints, played_at: Ints, tracks: list[dict[str, object]]) -> Shown:
    told_ms = played_at[plays]
    texts = [f"{text}Z" for text in np.datetime_as_string(told_ms.astype("datetime64[ms]"), unit="ms").tolist()]
    songs = life.song[plays].tolist()
    items = [
        {"track": tracks[song], "played_at": text, "context": None} for song, text in zip(songs, texts, strict=True)
    ]
    polled = instant(int(life.stopped_ms[plays[0]]) + 60_000)
    body = {
        "href": f"{URL}?limit={MOST}",
        "limit": MOST,
        "next": f"{URL}?before={told_ms[-1]}&limit={MOST}",
        "cursors": {"after": str(told_ms[0]), "before": str(told_ms[-1])},
        "items": items,
    }
    label = write(folder, f"spotify_api/recently-played-{polled:%Y-%m-%dT%H-%M-%SZ}.json", encoded(body))
    told = [life.songs.all[song] for song in songs]
    return truly(SOURCE, label, plays, told_ms, [f"{song.title} / {', '.join(song.artists)}" for song in told])


def track(song: Song) -> dict[str, object]:
    """A TrackObject as Development Mode answers it."""
    key = song.uri.removeprefix("spotify:track:")
    return {
        "album": {"album_type": "album", "name": song.album, "type": "album", "artists": [artist(song.artists[0])]},
        "artists": [artist(name) for name in song.artists],
        "disc_number": 1,
        "duration_ms": song.length_ms,
        "explicit": False,
        "external_ids": {"isrc": song.isrc},
        "href": f"https://api.spotify.com/v1/tracks/{key}",
        "id": key,
        "is_local": False,
        "name": song.title,
        "type": "track",
        "uri": song.uri,
    }


def artist(name: str) -> dict[str, str]:
    return {"name": name, "type": "artist"}
