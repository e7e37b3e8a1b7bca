"""Splits in order of time: fit on the past, calibrate on weeks after it, test on the weeks after these."""

from dataclasses import dataclass

import numpy as np

from groovelog.recommend.history import DAY_US
from groovelog.recommend.songs import Ints

WEEK_US = 7 * DAY_US
TEST_WEEKS = 26
CALIBRATION_WEEKS = 26
MOST_TESTED = 0.2  # of all rows, and as many to calibrate on: a short history keeps enough to be learnt from


@dataclass(frozen=True)
class Split:
    """Instants (µs): rows before `calibrate_from` are fitted on, rows from `test_from` on tested on, those between calibrate."""

    calibrate_from: int
    test_from: int

    def parts(self, at: Ints, looks_ahead_us: int = 0) -> tuple[Ints, Ints, Ints]:
        """The places of the rows to fit, calibrate and test on.

        A label that looks so far ahead of its row would tell what comes after the split: such rows are left out.
        """
        calibrated = (at >= self.calibrate_from) & (at < self.test_from - looks_ahead_us)
        fit, test = at < self.calibrate_from - looks_ahead_us, at >= self.test_from
        return np.flatnonzero(fit), np.flatnonzero(calibrated), np.flatnonzero(test)


def split(at: Ints, *, test_weeks: int = TEST_WEEKS, calibration_weeks: int = CALIBRATION_WEEKS) -> Split:
    """Of rows at these instants, ascending: the last weeks to test on, those before them to calibrate on.

    Neither takes more than MOST_TESTED of the rows. Rows of one instant are never parted. Raises ValueError without rows.
    """
    if not len(at):
        raise ValueError("no rows to split")
    test_from = _begin(at, test_weeks)
    calibrate_from = _begin(at[at < test_from], calibration_weeks, of=len(at)) if at[0] < test_from else test_from
    return Split(calibrate_from, test_from)


def _begin(at: Ints, weeks: int, of: int | None = None) -> int:
    most = max(int((of or len(at)) * MOST_TESTED), 1)
    return max(int(at[-1]) - weeks * WEEK_US, int(at[max(len(at) - most, 0)]))


def weeks(at: Ints) -> Ints:
    """The number of the week of each instant (µs), Mondays of UTC: the blocks that intervals are drawn from."""
    return (at // DAY_US + 3) // 7  # 1970-01-01 was a Thursday
