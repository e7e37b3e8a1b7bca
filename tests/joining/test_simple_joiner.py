"""The evaluation end to end, over the real files: the simplest joiner, and a perfect one."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.joining.examples import examples
from benchmarks.joining.rates import Joined, Pairs, all_pairs, kept, late_pairs, lay_out, together
from benchmarks.joining.scrobbles import Clocks
from benchmarks.joining.shown import NO_PLAY, Shown
from benchmarks.joining.simulate import SOURCES, simulate
from plain_reader import rows_of
from simple_joiner import simply_joined
from simulation import Simulated


def in_all(shown: list[Shown], joined: Iterable[Joined]) -> Pairs:
    return together(all_pairs(lay_out(shown, joined, SOURCES)))


def test_whoever_knows_the_truth_joins_all(simulated: Simulated) -> None:
    perfect = [
        (file.source, file.file, row, play)
        for file in simulated.shown
        for row, play in enumerate(file.play.tolist(), 1)
        if play != NO_PLAY
    ]
    rows = lay_out(simulated.shown, perfect, SOURCES)
    every = [*all_pairs(rows), together(late_pairs(rows))]
    assert len(every) == 8 * 7 / 2 + 1
    assert all(found.true > 100 and found.precision == found.recall == 1 for found in every)
    assert all((one.split, one.merged) == (0, 0) and one.kept == one.told for one in (kept(rows, s) for s in SOURCES))
    assert examples(simulated.life, simulated.shown, rows) == ""


def test_whoever_joins_nothing_finds_nothing(simulated: Simulated) -> None:
    apart = [(row.source, row.file, row.row, number) for number, row in enumerate(simulated.rows.values())]
    found = in_all(simulated.shown, apart)
    assert (found.joined, found.recall) == (0, 0)


def test_a_simple_joiner_finds_most_and_its_faults_are_shown(simulated: Simulated) -> None:
    rows = lay_out(simulated.shown, simply_joined(simulated.rows.values()), SOURCES)
    found = together(all_pairs(rows))
    assert found.recall is not None
    assert found.precision is not None
    assert 0.85 < found.recall < 0.97
    assert 0.97 < found.precision < 0.999
    # It takes the upload for the stop.
    assert together(late_pairs(rows)).recall < 0.05
    told = examples(simulated.life, simulated.shown, rows, most=1)
    for text in ("missed by spotify_extended × koito: ", "wrong in lastfm × listenbrainz: ", "in a play of "):
        assert text in told


def test_right_clocks_are_joined_better_than_wrong_ones(tmp_path: Path) -> None:
    def simply(name: str, clocks: Clocks) -> float:
        _, shown = simulate(tmp_path / name, 2_000, clocks=clocks, lenses=["lastfm", "koito"], artists=30)
        return in_all(shown, simply_joined(rows_of(tmp_path / name))).precision or 0

    assert simply("right", Clocks(0)) > simply("wrong", Clocks(90, jitter=True))


def test_the_simple_joiner_loses_no_play(simulated: Simulated) -> None:
    rows = lay_out(simulated.shown, simply_joined(simulated.rows.values()), SOURCES)
    for one in (kept(rows, source) for source in SOURCES):
        assert one.kept == one.told > 1_000
