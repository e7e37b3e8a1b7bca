"""Spotify's extended streaming history: two exports, the later one repeating the earlier in other forms."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.joining.life import Life
from benchmarks.joining.shown import Shown, archive, array, chunks, instant, seconds_text
from groovelog.demo.columns import Ints, Words
from groovelog.demo.members import EXTENDED_FOLDER
from groovelog.demo.rows import NAMES, Extended, extended_rows, name_lines

SOURCE = "spotify_extended"
ROWS_PER_FILE = 15_000
FIRST_EXPORT = 0.6  # of the time of the life
REPEATED = 0.002
UNTOLD = 0.0003
INCOGNITO = 0.01
CLOCK_OFF_S = (-5.0, 1.0)
# What stands for the device's clock: seconds, ms, 0, null; the first export lost some more.
CLOCK_FORMS = (0.86, 0.06, 0.04, 0.04)
CLOCK_LOST, SKIP_LOST = 0.03, 0.10
OLD_PLATFORMS = np.array(["Android OS 11 API 30 (Fernfon, F3)", "iOS 15.1 (Kiwi2,1)", "Windows 10 (10.0.19042; x64)"])
PLATFORMS = np.array(["android", "ios", "windows"])
FLAGS = np.array(["false", "true"])


@dataclass(frozen=True)
class Told:
    """What Spotify's own log has of every play; the exports cast it in forms. `untold` rows name nothing at all."""

    ts: list[str]
    platform: Ints
    reason_start: Words
    reason_end: Words
    clock: Words
    incognito: Words
    shuffle: Words
    untold: Ints


def untold(life: Life, seed: int) -> np.ndarray:
    """Plays of which Spotify has lost names and URI."""
    return np.random.default_rng([seed, 5]).random(len(life)) < UNTOLD


def show(life: Life, folder: Path, seed: int) -> list[Shown]:
    rng = np.random.default_rng([seed, 6])
    told = log(life, seed, rng)
    order = np.lexsort((life.started_ms, life.uploaded_ms))
    order = order[~life.elsewhere[order]]
    first_ms = int(life.started_ms[0])
    until = first_ms + int(FIRST_EXPORT * (life.end_ms - first_ms))
    at = life.uploaded_ms[order]
    return [
        *export(life, told, order[at < until], folder, which="first", rng=rng),
        *export(life, told, order[at < life.end_ms], folder, which="second", rng=rng),
    ]


def log(life: Life, seed: int, rng: np.random.Generator) -> Told:
    count = len(life)
    end = np.select([life.finished, life.skipped], ["trackdone", "fwdbtn"], "endplay")
    return Told(
        ts=seconds_text(life.uploaded_ms),
        platform=rng.integers(0, len(PLATFORMS), life.session[-1] + 1)[life.session],
        reason_start=np.where(np.append(True, np.diff(life.session) > 0), "clickrow", np.roll(end, 1)),
        reason_end=end,
        clock=device_clock(life, rng),
        incognito=FLAGS[(rng.random(count) < INCOGNITO).astype(np.int64)],
        shuffle=FLAGS[rng.integers(0, 2, life.session[-1] + 1)[life.session]],
        untold=np.flatnonzero(untold(life, seed)),
    )


def device_clock(life: Life, rng: np.random.Generator) -> Words:
    """offline_timestamp. Rows uploaded late always have it in seconds: nothing else tells them apart."""
    began_ms = life.started_ms + (1000 * rng.uniform(*CLOCK_OFF_S, len(life))).astype(np.int64)
    form = np.where(life.late, 0, rng.choice(len(CLOCK_FORMS), len(life), p=CLOCK_FORMS))
    return np.choose(form, [(began_ms // 1000).astype(str), began_ms.astype(str), "0", "null"])


def export(life: Life, told: Told, plays: Ints, folder: Path, *, which: str, rng: np.random.Generator) -> list[Shown]:
    first = which == "first"
    nameless = np.zeros(len(life), dtype=np.int64)
    nameless[life.songs.withdrawn[life.song] & (not first)] = 1
    nameless[told.untold] = 2
    if first:
        told = replace(told, clock=np.where(~life.late & (rng.random(len(life)) < CLOCK_LOST), "null", told.clock))
    skipped = np.where(first & (rng.random(len(life)) < SKIP_LOST), "null", FLAGS[life.skipped.astype(np.int64)])
    lines, texts = named_lines(life), named_texts(life)
    shown = []
    with archive(folder, f"spotify_extended/{which}/my_spotify_data.zip") as opened:
        for number, chunk in enumerate(chunks(plays, ROWS_PER_FILE)):
            rows = np.repeat(chunk, 1 + (rng.random(len(chunk)) < REPEATED))
            ways = list(zip(life.song[rows].tolist(), nameless[rows].tolist(), strict=True))
            printed = rows_printed(
                life, told, rows,
                names=[lines[song][way] for song, way in ways],
                platforms=OLD_PLATFORMS if first else PLATFORMS,
                skipped=skipped,
            )  # fmt: skip
            name = f"Streaming_History_Audio_{years(life.uploaded_ms[chunk])}_{number}.json"
            label = opened.add(f"{EXTENDED_FOLDER}/{name}", array(printed))
            told_ms = life.uploaded_ms[rows] // 1000 * 1000
            shown.append(Shown(SOURCE, label, rows, life.late[rows], told_ms, [texts[song][way] for song, way in ways]))
    return shown


def years(told_ms: Ints) -> str:
    first, last = (instant(ms).year for ms in told_ms[[0, -1]].tolist())
    return f"{first}" if first == last else f"{first}-{last}"


def named_lines(life: Life) -> list[tuple[str, str, str]]:
    """The lines of each song's names: all, the URI alone, nothing."""
    nothing = name_lines({})
    return [
        (
            name_lines(dict(zip(NAMES, (song.title, song.artists[0], song.album, song.uri), strict=False))),
            name_lines({"spotify_track_uri": song.uri}),
            nothing,
        )
        for song in life.songs.all
    ]


def named_texts(life: Life) -> list[tuple[str, str, str]]:
    """What each song's rows show of it, told in the same ways."""
    return [(f"{song.title} / {song.artists[0]}", song.uri, "") for song in life.songs.all]


def rows_printed(
    life: Life, told: Told, rows: Ints, *, names: list[str], platforms: Words, skipped: Words
) -> list[str]:
    return extended_rows(
        Extended(
            ts=[told.ts[at] for at in rows.tolist()],
            platform=platforms[told.platform[rows]].tolist(),
            ms_played=life.ms_played[rows].tolist(),
            country=["PT"] * len(rows),
            ip=["192.0.2.1"] * len(rows),
            names=names,
            reason_start=told.reason_start[rows].tolist(),
            reason_end=told.reason_end[rows].tolist(),
            shuffle=told.shuffle[rows].tolist(),
            skipped=skipped[rows].tolist(),
            offline=FLAGS[life.offline[rows].astype(np.int64)].tolist(),
            offline_timestamp=told.clock[rows].tolist(),
            incognito=told.incognito[rows].tolist(),
        )
    )
