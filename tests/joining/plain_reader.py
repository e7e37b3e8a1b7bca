"""A reader of every source's files that knows nothing of Groovelog: what each row says, row by row from 1."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """One row. Times in seconds of UTC, None where it tells none; `seconds` is how long it says the play or track was."""

    source: str
    file: str
    row: int
    start: float | None
    stop: float | None
    seconds: float | None
    title: str
    artist: str
    uri: str | None = None


def rows_of(folder: Path) -> Iterator[Row]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        label = path.relative_to(folder).as_posix()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    yield from rows_of_file(f"{label}/{member}", archive.read(member).decode())
        else:
            yield from rows_of_file(label, path.read_text(encoding="utf-8"))


def rows_of_file(label: str, text: str) -> Iterator[Row]:
    name = label.rpartition("/")[2]
    for pattern, reader in READERS.items():
        if pattern in label if "/" in pattern else name.startswith(pattern):
            suffix = name.rpartition(".")[2]
            yield from (Row(row=number, file=label, **told) for number, told in enumerate(reader(text, suffix), 1))


def parsed(text: str) -> float:
    return datetime.fromisoformat(text).astimezone(UTC).timestamp()


def said(source: str, title: str, artist: str, **times: Any) -> dict[str, Any]:
    empty = {"start": None, "stop": None, "seconds": None}
    return {"source": source, "title": title, "artist": artist, **empty, **times}


def extended(text: str, _suffix: str) -> Iterator[dict[str, Any]]:
    for row in json.loads(text):
        stop, seconds = parsed(row["ts"]), row["ms_played"] / 1000
        yield said(
            "spotify_extended", row["master_metadata_track_name"] or "", row["master_metadata_album_artist_name"] or "",
            stop=stop, start=stop - seconds, seconds=seconds, uri=row["spotify_track_uri"],
        )  # fmt: skip


def account(text: str, _suffix: str) -> Iterator[dict[str, Any]]:
    for row in json.loads(text):
        stop, seconds = parsed(f"{row['endTime']}Z"), row["msPlayed"] / 1000
        yield said("spotify_account", row["trackName"], row["artistName"], stop=stop, seconds=seconds)


def api(text: str, _suffix: str) -> Iterator[dict[str, Any]]:
    for item in json.loads(text)["items"]:
        track = item["track"]
        artists = ", ".join(artist["name"] for artist in track["artists"])
        yield said(
            "spotify_api", track["name"], artists,
            stop=parsed(item["played_at"]), seconds=track["duration_ms"] / 1000, uri=track["uri"],
        )  # fmt: skip


def lastfm(text: str, suffix: str) -> Iterator[dict[str, Any]]:
    if suffix == "csv":
        for row in csv.DictReader(io.StringIO(text)):
            yield said("lastfm", row["track"], row["artist"], start=float(row["uts"]))
        return
    for page in json.loads(text):
        for track in page["track"]:
            start = float(track["date"]["uts"]) if "date" in track else None
            yield said("lastfm", track["name"], track["artist"]["#text"], start=start)


def lastfm_minute(text: str, _suffix: str) -> Iterator[dict[str, Any]]:
    for artist, _, title, at in csv.reader(io.StringIO(text)):
        start = datetime.strptime(f"{at} +0000", "%d %b %Y %H:%M %z").timestamp()
        yield said("lastfm_minute", title, artist, start=start)


def listenbrainz(text: str, _suffix: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        listen = json.loads(line)
        told = listen["track_metadata"]
        uri = told["additional_info"].get("spotify_id", "").replace("https://open.spotify.com/track/", "spotify:track:")
        yield said(
            "listenbrainz", told["track_name"], told["artist_name"], start=float(listen["listened_at"]), uri=uri or None
        )


def maloja(text: str, _suffix: str) -> Iterator[dict[str, Any]]:
    for scrobble in json.loads(text)["scrobbles"]:
        track = scrobble["track"]
        yield said(
            "maloja", track["title"], ", ".join(track["artists"]),
            start=float(scrobble["time"]), seconds=scrobble["duration"],
        )  # fmt: skip


def koito(text: str, _suffix: str) -> Iterator[dict[str, Any]]:
    for listen in json.loads(text)["listens"]:
        artists = ", ".join(primary(artist["aliases"]) for artist in listen["artists"])
        yield said("koito", primary(listen["track"]["aliases"]), artists, start=parsed(listen["listened_at"]))


def primary(aliases: list[dict[str, Any]]) -> str:
    (name,) = (alias["alias"] for alias in aliases if alias["is_primary"])
    return str(name)


READERS = {
    "Streaming_History_Audio_": extended,
    "StreamingHistory_music_": account,
    "recently-played-": api,
    "recenttracks-": lastfm,
    "lastfm/listener.csv": lastfm_minute,
    "/listens/": listenbrainz,
    "maloja_export_": maloja,
    "koito_export": koito,
}
