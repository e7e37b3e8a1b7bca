"""What a preference is learnt of: the labels, and the rules that a model has to beat. Free of scikit-learn and XGBoost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from groovelog.recommend.history import DAY_US, History
from groovelog.recommend.labels import COME_BACK_DAYS, came_back, finished
from groovelog.recommend.learning import Table
from groovelog.recommend.songs import Floats


@dataclass(frozen=True)
class Goal:
    """A label (1, 0, NaN unknown), how far ahead of its row it looks (µs), and rules by name.

    A rule is a column of the learning table, and 1 where more of it speaks for the label, -1 where it speaks against.
    """

    name: str
    question: str
    label: Callable[[History], Floats]
    looks_ahead_us: int
    rules: Mapping[str, tuple[str, int]]

    def by_rule(self, table: Table, rule: str) -> Floats:
        """How a rule scores each row; of no scale, the higher the likelier."""
        column, sign = self.rules[rule]
        return sign * table.column(column).astype(float)


FINISH = Goal(
    "finish",
    "Will this listener hear this song to its end?",
    finished,
    0,
    {
        "song_skips": ("song_skips", -1),
        "artist_skips": ("artist_skips", -1),
        "hour_skips": ("hour_skips", -1),
        "most_played": ("song_plays", 1),
    },
)
COME_BACK = Goal(
    "come_back",
    f"Will this listener play this song again within {COME_BACK_DAYS} days?",
    came_back,
    COME_BACK_DAYS * DAY_US,
    {
        "most_played": ("song_plays", 1),
        "last_month": ("song_plays_month", 1),
        "last_week": ("song_plays_week", 1),
        "artist_last_month": ("artist_plays_month", 1),
    },
)
GOALS = (FINISH, COME_BACK)


def chance_by_rules(table: Table) -> Floats:
    """The chance that a song is finished where no model can be learnt: one less the artist's rate of skips at such hours.

    That rate leans on those of the artist, of the part of the day and of the listener, where little is known.
    """
    return (1 - table.column("artist_skips_here").astype(float)).clip(0, 1)
