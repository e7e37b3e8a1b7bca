"""ListenBrainz: two exports, the later one repeating the earlier; most listens bare, some with ids and lengths."""

import uuid
from pathlib import Path

import numpy as np

from benchmarks.joining.life import Life
from benchmarks.joining.respell import Names
from benchmarks.joining.scrobbles import FEATURED, MAIN, Clocks, Scrobbler, Scrobbles, scrobbles
from benchmarks.joining.shown import Shown, archive, encoded, truly
from benchmarks.joining.songs import Song

SOURCE = "listenbrainz"
LISTENBRAINZ = Scrobbler("listenbrainz", seen_days=50, missed_days=10, credits={FEATURED: 4, ", ": 4, MAIN: 2})
FIRST_EXPORT = 0.5
MAPPED = 0.2
# What a session's client tells of each listen.
CLIENTS = (
    (0.60, "another scrobbler", ()),
    (0.15, "Fernscrobbler", ("duration_ms",)),
    (0.15, "listenbrainz-web", ("spotify_id", "isrc", "duration_ms")),
    (0.10, "Nebula Player", ("duration", "duration_played")),
)
USER = "listener"
NAMESPACE = uuid.UUID("6f3f1c1e-0000-4000-8000-000000000000")


def show(life: Life, folder: Path, clocks: Clocks, seed: int) -> list[Shown]:
    told = scrobbles(life, LISTENBRAINZ, clocks, seed)
    rng = np.random.default_rng([seed, 8])
    client = rng.choice(len(CLIENTS), life.session[-1] + 1, p=[share for share, *_ in CLIENTS])[life.session]
    mapped = rng.random(len(life.songs.all)) < MAPPED
    rows = [
        encoded(listen(life, play, second, names, client=int(client[play]), mapped=bool(mapped[life.song[play]])))
        for play, second, names in zip(told.play.tolist(), told.told_s.tolist(), told.names, strict=True)
    ]
    return export(told.between(0, FIRST_EXPORT), rows, folder) + export(told, rows, folder)


def export(told: Scrobbles, rows: list[str], folder: Path) -> list[Shown]:
    """The first of the rows, as many as are told."""
    months = told.told_s.astype("datetime64[s]").astype("datetime64[M]")
    shown = []
    with archive(folder, f"listenbrainz/listenbrainz_{USER}_{int(told.told_s[-1]) + 3600}.zip") as opened:
        opened.add("user.json", encoded({"user_id": 1, "username": USER}))
        for month in np.unique(months):
            at = np.flatnonzero(months == month)
            year, number = str(month).split("-")
            text = "".join(f"{rows[place]}\n" for place in at.tolist())
            label = opened.add(f"listens/{year}/{int(number)}.jsonl", text)
            part = told.part(at)
            shown.append(truly(SOURCE, label, part.play, part.told_ms, part.texts))
        opened.add("feedback.jsonl", "")
    return shown


def listen(life: Life, play: int, second: int, names: Names, *, client: int, mapped: bool) -> dict[str, object]:
    song = life.songs.all[life.song[play]]
    _, name, keys = CLIENTS[client]
    facts = {
        "duration_ms": song.length_ms,
        "duration": song.length_ms // 1000,
        "duration_played": int(life.ms_played[play]) // 1000,
        "spotify_id": f"https://open.spotify.com/track/{song.uri.removeprefix('spotify:track:')}",
        "isrc": song.isrc,
    }
    return {
        "inserted_at": second + 200.5,
        "listened_at": second,
        "track_metadata": {
            "track_name": names.title,
            "artist_name": names.artists[0],
            "release_name": song.album,
            "recording_msid": made_up(f"{names.title}\n{names.artists[0]}"),
            "mbid_mapping": mapping(song) if mapped else None,
            "additional_info": {"submission_client": name, **{key: facts[key] for key in keys}},
        },
    }


def mapping(song: Song) -> dict[str, object]:
    mbids = [made_up(artist) for artist in song.artists]
    return {
        "recording_name": song.title,
        "recording_mbid": made_up(song.isrc),
        "release_mbid": made_up(f"{song.album}\n{song.artists[0]}"),
        "artist_mbids": mbids,
        "artists": [
            {"artist_mbid": mbid, "artist_credit_name": artist, "join_phrase": ""}
            for mbid, artist in zip(mbids, song.artists, strict=True)
        ],
    }


def made_up(text: str) -> str:
    instance = uuid.uuid5(NAMESPACE, text)
    return str(instance)
