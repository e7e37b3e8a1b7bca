"""Questions that read: the one registry of named reports, and its answers. Glue only.

with open_snapshot(lake) as snapshot:
    answer = run(snapshot, "top-artists", Question(from_date=date(2025, 1, 1), top=10))
"""

from groovelog import access
from groovelog.lake.people import consents
from groovelog.lake.snapshot import Snapshot
from groovelog.reports.answer import Answer, Basis, Held
from groovelog.reports.question import Question, check_zone
from groovelog.reports.registry import REPORTS, find, listing
from groovelog.reports.report import Report

__all__ = ["REPORTS", "Answer", "Basis", "Held", "Question", "Report", "check_zone", "find", "listing", "run"]


def run(snapshot: Snapshot, name: str, question: Question) -> Answer:
    """Answer the question by the report of that name.

    Raises NotFoundError for an unknown report or listener, UsageError for a question that cannot be right, NothingToTell
    where nothing kept can answer it, NotAllowed for what somebody does not show to others.
    """
    report = find(name)
    question = question.settled(report)
    known = snapshot.listeners()
    person = question.choose(known)
    others = access.group(person, known, consents(snapshot), report.shares, question.beside) if report.shares else ()
    # Loads Ibis, 0.4 s that naming and refusing do without.
    from groovelog.reports.answering import answered  # noqa: PLC0415

    return answered(snapshot, report, person, question, others)
