"""An invented extended streaming history of any size, as a zip, and the truth about it beside it.

    python -m benchmarks.big_export --plays 1000000 --out big.zip

Plays fill the waking hours of the years and do not overlap as long as they fit in (about 2 million in 15 years);
more of them overlap, as if several devices played at once. No two rows are alike.
"""

import argparse
import json
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from groovelog.demo.catalogue import Catalogue, Track, invent
from groovelog.demo.columns import Bools, Floats, Ints, Words
from groovelog.demo.members import EXTENDED_FOLDER as FOLDER
from groovelog.demo.quarters import second_of, year_begins
from groovelog.demo.rows import Extended, extended_rows, name_lines, named

ARTISTS = 2_250  # about 40,000 tracks
ROWS_PER_FILE = 15_000  # of about 800 bytes: the 12 MB of a real file
QUICK = 1
AWAKE_S, ASLEEP_S = 17 * 3600, 7 * 3600
KINDS = ("track", "episode", "audiobook", "unknown")
KIND_SHARES = (0.956, 0.04, 0.003, 0.001)
SKIPPED, LEFT = 0.22, 0.03
SKIP_AFTER_MS = 20_000
SESSION_PLAYS = 12
COUNTED_MS = 30_000
TOP = 10
PLATFORMS = np.array(["android", "ios", "windows", "Android OS 11 API 30 (Fernfon, F3)", "web_player linux;nimbus"])
COUNTRIES = np.array(["PT", "PT", "PT", "PT", "PT", "PT", "ES", "DE", "ZZ", ""])
SKIP_ENDS = np.array(["fwdbtn", "fwdbtn", "fwdbtn", "fwdbtn", "backbtn", "clickrow", "endplay"])
ADDRESSES = np.array([f"192.0.2.{number}" for number in range(1, 255)])
FLAGS = np.array(["false", "true"])


@dataclass(frozen=True)
class World:
    """What can be played: how likely each track is, and each item's lines, those of nothing last."""

    catalogue: Catalogue
    likely: Floats
    lines: np.ndarray[tuple[int], np.dtype[np.object_]]


@dataclass(frozen=True)
class Plays:
    """A row of plays in order; times are seconds of UTC."""

    kind: Ints
    item: Ints
    told_at: Ints
    ms_played: Ints
    skipped: Bools
    reason_end: Words


@dataclass
class Tally:
    """What has been written so far."""

    rows: int
    ms_played: int
    by_kind: Ints
    track_plays: Ints
    track_ms: Ints
    months: Counter[str]


def world(seed: int) -> World:
    catalogue = invent(seed, count=ARTISTS)
    tracks = len(catalogue.tracks)
    rank = np.random.default_rng([seed, 1]).permutation(tracks) + 1
    lines = np.array([name_lines(named(item)) for item in (*catalogue.items, None)], dtype=object)
    return World(catalogue, np.cumsum(1 / (rank + 10.0)), lines)


def items(world: World, kind: Ints, rng: np.random.Generator) -> Ints:
    """Tracks by Zipf's law, everything spoken alike."""
    tracks, episodes, chapters = (
        len(each) for each in (world.catalogue.tracks, world.catalogue.episodes, world.catalogue.chapters)
    )
    music = np.searchsorted(world.likely, rng.random(len(kind)) * world.likely[-1], side="right")
    said = tracks + rng.integers(0, episodes, len(kind))
    read = tracks + episodes + rng.integers(0, chapters, len(kind))
    return np.choose(kind, [music, said, read, tracks + episodes + chapters])


def wall_clock(first: int, awake: Ints) -> Ints:
    """Seconds spent awake since `first`, as seconds of UTC."""
    return first + awake // AWAKE_S * (AWAKE_S + ASLEEP_S) + ASLEEP_S + awake % AWAKE_S


def spread(seconds: Ints, opens: float, closes: float, rng: np.random.Generator) -> Ints:
    """When plays of these lengths stop, awake seconds from `opens` to `closes`, each a second later at least."""
    count, room = len(seconds), closes - opens
    breaks = rng.exponential(size=count) * (rng.random(count) < 1 / SESSION_PLAYS)
    squeeze = min(1.0, (room - count) / seconds.sum())
    idle = room - count - squeeze * seconds.sum()
    gaps = 1 + squeeze * seconds + idle * breaks / max(breaks.sum(), 1e-9)
    stops: Ints = np.floor(opens + np.cumsum(gaps)).astype(np.int64)
    return stops


def played(world: World, count: int, window: tuple[float, float], first: int, rng: np.random.Generator) -> Plays:
    kind = rng.choice(len(KINDS), count, p=KIND_SHARES)
    item = items(world, kind, rng)
    length = np.append(world.catalogue.lengths, 180_000)[item]
    chance = rng.random(count)
    skipped = chance < SKIPPED
    left = (chance >= SKIPPED) & (chance < SKIPPED + LEFT)
    brief = np.minimum(rng.exponential(SKIP_AFTER_MS, count), length * 0.95)
    ms_played = np.select([skipped, left], [brief, length * rng.random(count)], length).astype(np.int64)
    ends = SKIP_ENDS[rng.integers(0, len(SKIP_ENDS), count)]
    stops = spread(-(-ms_played // 1000), *window, rng)
    return Plays(
        kind, item, wall_clock(first, stops), ms_played, skipped,
        np.select([skipped, left], [ends, np.full(count, "logout")], "trackdone"),
    )  # fmt: skip


def texts(world: World, plays: Plays, rng: np.random.Generator) -> list[str]:
    count = len(plays.item)
    began_ms = plays.told_at * 1000 - plays.ms_played
    device_clock = np.select(
        [plays.told_at < year_begins(2018), plays.told_at < year_begins(2023)],
        [np.zeros_like(began_ms), began_ms],
        began_ms // 1000,
    )
    before = np.roll(plays.reason_end, 1)
    return extended_rows(
        Extended(
            ts=[text + "Z" for text in np.datetime_as_string(plays.told_at.astype("datetime64[s]")).tolist()],
            platform=PLATFORMS[rng.integers(0, len(PLATFORMS), count)].tolist(),
            ms_played=plays.ms_played.tolist(),
            country=COUNTRIES[rng.integers(0, len(COUNTRIES), count)].tolist(),
            ip=ADDRESSES[rng.integers(0, len(ADDRESSES), count)].tolist(),
            names=world.lines[plays.item].tolist(),
            reason_start=np.where(np.isin(before, ("logout", "endplay")), "appload", before).tolist(),
            reason_end=plays.reason_end.tolist(),
            shuffle=FLAGS[rng.integers(0, 2, count)].tolist(),
            skipped=FLAGS[plays.skipped.astype(np.int64)].tolist(),
            offline=FLAGS[(rng.random(count) < 0.05).astype(np.int64)].tolist(),
            offline_timestamp=device_clock.tolist(),
            incognito=FLAGS[(rng.random(count) < 0.01).astype(np.int64)].tolist(),
        )
    )


def count_in(tally: Tally, plays: Plays) -> None:
    tracks = len(tally.track_plays)
    counts = (plays.kind == 0) & (plays.ms_played >= COUNTED_MS)
    tally.rows += len(plays.item)
    tally.ms_played += int(plays.ms_played.sum())
    tally.by_kind += np.bincount(plays.kind, minlength=len(KINDS))
    tally.track_plays += np.bincount(plays.item[counts], minlength=tracks)
    np.add.at(tally.track_ms, plays.item[counts], plays.ms_played[counts])
    began = (plays.told_at * 1000 - plays.ms_played).astype("datetime64[ms]").astype("datetime64[M]")
    months, numbers = np.unique(began, return_counts=True)
    tally.months.update(dict(zip(np.datetime_as_string(months).tolist(), numbers.tolist(), strict=True)))


def top_tracks(tracks: tuple[Track, ...], tally: Tally) -> list[dict[str, object]]:
    ranked = sorted(
        np.flatnonzero(tally.track_plays).tolist(),
        key=lambda at: (-tally.track_plays[at], tracks[at].name, tracks[at].album.artist.name),
    )
    return [
        {
            "track_name": tracks[at].name,
            "artist_name": tracks[at].album.artist.name,
            "plays": int(tally.track_plays[at]),
            "ms_played": int(tally.track_ms[at]),
        }
        for at in ranked[:TOP]
    ]


def top_artists(tracks: tuple[Track, ...], tally: Tally) -> list[dict[str, object]]:
    plays: Counter[str] = Counter()
    ms_played: Counter[str] = Counter()
    for track, count, ms in zip(tracks, tally.track_plays.tolist(), tally.track_ms.tolist(), strict=True):
        plays[track.album.artist.name] += count
        ms_played[track.album.artist.name] += ms
    ranked = sorted(plays, key=lambda name: (-plays[name], name))[:TOP]
    return [{"artist_name": name, "plays": plays[name], "ms_played": ms_played[name]} for name in ranked]


def truth(world: World, tally: Tally) -> dict[str, object]:
    """Every row is a play. Rankings are of tracks played for 30 s or more, months those of the start in UTC."""
    return {
        "rows": tally.rows,
        "plays": tally.rows,
        "ms_played": tally.ms_played,
        "by_kind": dict(zip(KINDS, tally.by_kind.tolist(), strict=True)),
        "counted_plays": int(tally.track_plays.sum()),
        "top_tracks": top_tracks(world.catalogue.tracks, tally),
        "top_artists": top_artists(world.catalogue.tracks, tally),
        "plays_by_utc_month": dict(sorted(tally.months.items())),
    }


def chunks(world: World, plays: int, first: date, last: date, seed: int) -> Iterator[tuple[Plays, list[str]]]:
    """The history in pieces of a file each, so that memory does not grow with it."""
    awake = ((last - first).days + 1) * AWAKE_S
    for number, start in enumerate(range(0, plays, ROWS_PER_FILE)):
        rng = np.random.default_rng([seed, 2, number])
        stop = min(start + ROWS_PER_FILE, plays)
        window = (awake * start / plays, awake * stop / plays)
        told = played(world, stop - start, window, second_of(first), rng)
        yield told, texts(world, told, rng)


def file_name(plays: Plays, number: int) -> str:
    first, last = (datetime.fromtimestamp(second, UTC).year for second in plays.told_at[[0, -1]].tolist())
    years = f"{first}" if first == last else f"{first}-{last}"
    return f"{FOLDER}/Streaming_History_Audio_{years}_{number}.json"


def write(out: Path, plays: int, *, years: int, last: date, seed: int, songs: int, one_file: bool) -> dict[str, object]:
    made = world(songs)
    tracks = len(made.catalogue.tracks)
    kinds, track_plays, track_ms = (np.zeros(size, dtype=np.int64) for size in (len(KINDS), tracks, tracks))
    tally = Tally(0, 0, kinds, track_plays, track_ms, Counter())
    first = last - timedelta(days=365 * years)
    pieces = chunks(made, plays, first, last, seed)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as archive:
        if one_file:
            name = f"{FOLDER}/Streaming_History_Audio_{first.year}-{last.year}_0.json"
            with archive.open(name, "w", force_zip64=True) as member:
                for number, (told, rows) in enumerate(pieces):
                    member.write((("[\n" if number == 0 else ",\n") + ",\n".join(rows)).encode())
                    count_in(tally, told)
                member.write(b"\n]\n")
        else:
            for number, (told, rows) in enumerate(pieces):
                archive.writestr(file_name(told, number), "[\n" + ",\n".join(rows) + "\n]\n")
                count_in(tally, told)
    return truth(made, tally)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, required=True, help="the zip; the truth goes to OUT with .truth.json")
    parser.add_argument("--years", type=int, default=15)
    parser.add_argument("--last", type=date.fromisoformat, default=date(2026, 10, 31), help="the last day")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--songs", type=int, help="seed of what can be played; else that of the plays")
    parser.add_argument("--one-file", action="store_true", help="one file of any size instead of many of 12 MB")
    asked = parser.parse_args()
    began = time.perf_counter()
    songs = asked.songs or asked.seed
    told = write(
        asked.out,
        asked.plays,
        years=asked.years,
        last=asked.last,
        seed=asked.seed,
        songs=songs,
        one_file=asked.one_file,
    )
    asked.out.with_suffix(".truth.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    size = asked.out.stat().st_size / 1e6
    print(f"{told['rows']:,} rows, {size:.0f} MB, {time.perf_counter() - began:.1f} s: {asked.out}")


if __name__ == "__main__":
    main()
