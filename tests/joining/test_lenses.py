"""Each lens: files a plain reader reads as the truth says, and a few plays worked out by hand."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from benchmarks.joining.lens_koito import KOITO
from benchmarks.joining.life import Life
from benchmarks.joining.scrobbles import Clocks, offsets, scrobbled, scrobbles
from benchmarks.joining.shown import NO_PLAY, Shown
from benchmarks.joining.simulate import LENSES, SOURCES
from benchmarks.joining.songs import Song, Songs
from plain_reader import Row, rows_of
from simulation import Simulated

RIGHT = Clocks(drift_s=0)


def of(simulated: Simulated, source: str) -> list[tuple[Shown, Row, int]]:
    """Every row of the source: truth, row as read, true play."""
    return [
        (file, simulated.rows[file.file, number], play)
        for file in simulated.shown
        if file.source == source
        for number, play in enumerate(file.play.tolist(), 1)
    ]


def test_the_truth_has_an_entry_for_every_row_and_no_more(simulated: Simulated) -> None:
    told = {(file.file, number) for file in simulated.shown for number in range(1, len(file.play) + 1)}
    assert told == set(simulated.rows)
    assert {row.source for row in simulated.rows.values()} == set(SOURCES)


@pytest.mark.parametrize("source", SOURCES)
def test_rows_say_what_the_truth_says_they_say(simulated: Simulated, source: str) -> None:
    for file, row, _ in of(simulated, source):
        said = file.told_ms[row.row - 1] / 1000
        time = row.stop if row.stop is not None else row.start
        assert said == (time or 0)
        named = f"{row.title} / {row.artist}" if row.title else row.uri or ""
        assert file.names[row.row - 1] == named


def test_extended_rows_tell_the_stop_or_the_upload_and_what_was_heard(simulated: Simulated) -> None:
    life = simulated.life
    for file, row, play in of(simulated, "spotify_extended"):
        assert row.stop == life.uploaded_ms[play] // 1000
        assert row.seconds == life.ms_played[play] / 1000
        assert file.late[row.row - 1] == life.late[play] == (row.stop > life.stopped_ms[play] / 1000)
        assert row.uri in (life.songs.all[life.song[play]].uri, None)


def test_account_rows_tell_the_minute_of_the_stop(simulated: Simulated) -> None:
    for _, row, play in of(simulated, "spotify_account"):
        assert row.stop == simulated.life.stopped_ms[play] // 60_000 * 60
        assert row.seconds == simulated.life.ms_played[play] / 1000


def test_spotify_hears_of_nothing_played_elsewhere_and_scrobblers_do(simulated: Simulated) -> None:
    elsewhere = simulated.life.elsewhere
    for source in SOURCES:
        plays = np.array([play for _, _, play in of(simulated, source) if play != NO_PLAY])
        assert elsewhere[plays].any() == (not source.startswith("spotify"))


def test_the_api_tells_the_stop_and_one_client_the_start(simulated: Simulated) -> None:
    life = simulated.life
    rows = of(simulated, "spotify_api")
    starts = sum(row.stop == life.started_ms[play] / 1000 for _, row, play in rows)
    stops = sum(row.stop == life.stopped_ms[play] / 1000 for _, row, play in rows)
    assert starts + stops == len(rows)
    assert 0.05 < starts / len(rows) < 0.3
    assert all(life.ms_played[play] >= 30_000 for _, _, play in rows)


def test_polls_overlap_and_miss(simulated: Simulated) -> None:
    plays = [play for _, _, play in of(simulated, "spotify_api")]
    life = simulated.life
    could = ((life.ms_played >= 30_000) & ~life.elsewhere).sum()
    assert len(plays) > 1.1 * len(set(plays))
    assert 0.5 * could < len(set(plays)) < could
    assert max(len(file.play) for file in simulated.shown if file.source == "spotify_api") == 50


@pytest.mark.parametrize("source", SOURCES[3:])
def test_a_scrobbler_tells_starts_within_its_clock(simulated: Simulated, source: str) -> None:
    life = simulated.life
    off = [row.start - life.started_ms[play] / 1000 for _, row, play in of(simulated, source) if row.start is not None]
    slack = 60 if source == "lastfm_minute" else 1
    assert min(off) >= -90 - slack
    assert max(off) <= 90
    assert min(off) < -60
    assert max(off) > 60


@pytest.mark.parametrize("source", ["lastfm", "listenbrainz", "maloja"])
def test_exports_repeat_one_another_word_by_word(simulated: Simulated, source: str) -> None:
    said: dict[int, set[tuple[float | None, str, str]]] = {}
    for _, row, play in of(simulated, source):
        said.setdefault(play, set()).add((row.start, row.title, row.artist))
    assert len(said) < len(of(simulated, source))
    assert all(len(ways) == 1 for ways in said.values())


def test_two_exports_of_the_extended_history_differ_in_form_alone(simulated: Simulated) -> None:
    first, second = (
        {play: row for file, row, play in of(simulated, "spotify_extended") if f"/{which}/" in file.file}
        for which in ("first", "second")
    )
    both = [(first[play], second[play]) for play in first.keys() & second.keys()]
    assert len(both) == len(first) > 1_000
    assert all((one.stop, one.seconds, one.uri) == (other.stop, other.seconds, other.uri) for one, other in both)
    lost = [(one, other) for one, other in both if one.title != other.title]
    assert lost
    assert all(one.title and not other.title and other.uri for one, other in lost)


def test_one_name_in_ten_is_respelt(simulated: Simulated) -> None:
    life = simulated.life
    rows = of(simulated, "koito")
    songs = [life.songs.all[life.song[play]] for _, _, play in rows]
    other = [
        (row.title, row.artist) != (song.title, ", ".join(song.artists))
        for (_, row, _), song in zip(rows, songs, strict=True)
    ]
    assert np.mean(other) == pytest.approx(0.10, abs=0.015)


def test_a_session_drifts_as_one_and_jitter_is_each_rows_own(simulated: Simulated) -> None:
    life = simulated.life
    inside = np.diff(life.session) == 0
    drift, jitter = (
        np.abs(np.diff(offsets(life, Clocks(90, jitter=of_rows), np.random.default_rng(1))))[inside]
        for of_rows in (False, True)
    )
    assert drift.max() < 5
    # The mean distance of two even draws from 180 s is a third of it.
    assert jitter.mean() == pytest.approx(60, abs=3)


def test_the_same_seed_writes_the_same_rows(simulated: Simulated) -> None:
    again = scrobbles(simulated.life, KOITO, Clocks(), 1)
    (file,) = [file for file in simulated.shown if file.source == "koito"]
    assert again.play.tolist() == file.play.tolist()
    assert again.texts == list(file.names)


def instant_ms(text: str) -> int:
    return round(datetime.fromisoformat(f"2026-10-01T{text}+00:00").timestamp() * 1000)


def song(letter: str, length_ms: int) -> Song:
    return Song(
        f"spotify:track:{letter * 22}", f"QZ{letter}", f"Title {letter}", (f"Artist {letter}",), "Album", length_ms
    )


def life_of(*plays: tuple[str, str, str, int]) -> Life:
    """Plays in one session: song a (200.5 s) or b (40 s) or c (600 s), start, stop, ms played."""
    songs = Songs((song("a", 200_500), song("b", 40_000), song("c", 600_000)), np.zeros(3, dtype=np.bool_))
    letters, starts, stops, heard = zip(*plays, strict=True)
    number = np.array(["abc".index(letter) for letter in letters])
    ms_played, no = np.array(heard), np.zeros(len(plays), dtype=np.bool_)
    stopped = np.array([instant_ms(stop) for stop in stops])
    return Life(
        songs=songs, song=number, session=np.zeros(len(plays), dtype=np.int64),
        started_ms=np.array([instant_ms(start) for start in starts]), stopped_ms=stopped, ms_played=ms_played,
        skipped=ms_played < 30_000, finished=ms_played == songs.lengths[number],
        offline=no, late=no, elsewhere=no, uploaded_ms=stopped, end_ms=instant_ms("23:59:59.000"),
    )  # fmt: skip


def test_the_scrobble_rule() -> None:
    life = life_of(
        ("a", "10:00:00.000", "10:01:40.249", 100_249),  # 200.5 s long: a ms short of half
        ("a", "10:02:00.000", "10:03:40.250", 100_250),  # half
        ("c", "10:04:00.000", "10:07:59.999", 239_999),  # 10 minutes long: a ms short of four
        ("c", "10:10:00.000", "10:14:00.000", 240_000),  # four minutes
        ("b", "10:20:00.000", "10:20:20.000", 20_000),  # half of 40 s, though skipped
    )
    assert scrobbled(life).tolist() == [False, True, False, True, True]


def test_a_paused_play_through_every_lens(tmp_path: Path) -> None:
    # Heard in 200.5 s, with a pause of 60 s between; then a skip, which scrobblers and the API leave out.
    life = life_of(("a", "10:00:00.400", "10:04:20.900", 200_500), ("b", "10:04:21.000", "10:04:24.700", 3_700))
    shown = [file for lens in LENSES.values() for file in lens(life, tmp_path, RIGHT, 1)]
    read = {(row.file, row.row): row for row in rows_of(tmp_path)}
    told: dict[str, set[tuple[int, str | None, str | None, float | None]]] = {}
    for file in shown:
        for number, play in enumerate(file.play.tolist(), 1):
            if play != NO_PLAY:
                row = read[file.file, number]
                told.setdefault(file.source, set()).add((play, clock(row.start), clock(row.stop), row.seconds))
    assert told.pop("spotify_extended") == {
        (0, "10:00:59.500", "10:04:20.000", 200.5),
        (1, "10:04:20.300", "10:04:24.000", 3.7),
    }
    assert told.pop("spotify_account") == {(0, None, "10:04:00.000", 200.5), (1, None, "10:04:00.000", 3.7)}
    assert told.pop("spotify_api") in (
        {(0, None, "10:04:20.900", 200.5)},
        {(0, None, "10:00:00.400", 200.5)},
    )
    assert told.pop("maloja") <= {(0, "10:00:00.000", None, None), (0, "10:00:00.000", None, 200)}
    for source in ("lastfm", "lastfm_minute", "listenbrainz", "koito"):
        assert told.pop(source) == {(0, "10:00:00.000", None, None)}
    assert not told


def clock(seconds: float | None) -> str | None:
    return None if seconds is None else str(np.datetime64(round(seconds * 1000), "ms"))[11:]


def test_a_late_session_shows_one_upload_in_extended_rows_and_its_stops_elsewhere(tmp_path: Path) -> None:
    life = life_of(("a", "10:00:00.400", "10:03:20.900", 200_500), ("a", "10:03:21.000", "10:06:41.500", 200_500))
    late = np.ones(2, dtype=np.bool_)
    life = replace(life, late=late, offline=late, uploaded_ms=np.full(2, instant_ms("20:00:00.000")))
    shown = LENSES["spotify_extended"](life, tmp_path, RIGHT, 1)
    shown += LENSES["spotify_account"](life, tmp_path, RIGHT, 1)
    stops = {(row.source, clock(row.stop)) for row in rows_of(tmp_path)}
    assert stops == {
        ("spotify_extended", "20:00:00.000"),
        ("spotify_account", "10:03:00.000"),
        ("spotify_account", "10:06:00.000"),
    }
    assert all(file.late.all() == (file.source == "spotify_extended") for file in shown)
