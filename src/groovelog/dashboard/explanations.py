"""How a figure is counted, told from the answer it shows."""

from groovelog.dashboard.components import Explanation
from groovelog.dashboard.texts import wording
from groovelog.dashboard.texts.wording import count, counted
from groovelog.metrics.rules import RULES
from groovelog.reports import Answer

KINDS = {"track": "music: no podcasts, no audiobooks", "episode": "episodes of podcasts"}


def explanation(key: str, answer: Answer) -> Explanation:
    basis = answer.basis
    undecided = f"; the rule cannot decide {count(basis.undecided_plays)}" if basis.undecided_plays else ""
    covered = answer.coverage
    features = "" if covered is None else f"known of {wording.percent(covered, 1)} of the counted plays"
    lines = (
        *((("Of", answer.of_one),) if answer.of_one else ()),
        ("Period", wording.answer_period(answer)),
        ("Counts", RULES[answer.count or "all"]),
        ("Counted", f"{count(basis.counted_plays)} of {counted(basis.plays, 'kept play', 'kept plays')}{undecided}"),
        *((("Time", time),) if (time := _time(answer)) else ()),
        *((("Audio features", features),) if features else ()),
        ("Kind", KINDS[answer.kind or "track"]),
        ("Zone", answer.timezone or ""),
        ("Listener", answer.listener),
    )
    return Explanation(key, answer.definition, lines)


def _time(answer: Answer) -> str:
    """How much of the time is not told by any source; nothing where all is."""
    basis = answer.basis
    if not answer.tells_time:
        return ""
    said = []
    if basis.estimated_share:
        said.append(f"{wording.percent(basis.estimated_share, 1)} estimated from the lengths of tracks")
    if basis.untimed_plays:
        said.append(
            f"{counted(basis.untimed_plays, 'play tells', 'plays tell')} no duration, and no time is added for it"
        )
    return "; ".join(said)


def explanation_of_rows(key: str, answer: Answer) -> Explanation:
    """The same of an answer that is not of plays."""
    counts = () if answer.count is None else (("Counts", RULES[answer.count]),)
    return Explanation(key, answer.definition, (*counts, ("Listener", answer.listener)))
