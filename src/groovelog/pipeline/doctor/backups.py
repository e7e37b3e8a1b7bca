"""How old the last backup is, and whether a restore was cut short."""

from collections.abc import Iterator
from datetime import timedelta

from groovelog.lake import delta
from groovelog.pipeline.backup import records
from groovelog.pipeline.backup.restoring import SCRATCH
from groovelog.pipeline.doctor.finding import Finding, Installation, ok, problem, warning
from groovelog.tables import COMMITS

OLD, VERY_OLD = timedelta(days=8), timedelta(days=30)

HOW = "groovelog lake backup FOLDER; docs/backup.md tells how to do it every day"


def backup(this: Installation) -> Iterator[Finding]:
    """The newest, into whatever place. Where the server makes them, it is to be no older than two of its rounds."""
    made = records.all_of(this.home)
    if not made:
        if delta.version(this.home.lake, COMMITS) is not None:
            yield warning("No backup was made of this home.", HOW)
        return
    last = made[0]
    age = this.now - last.made_at
    told = f"The last backup was made at {last.made_at:%Y-%m-%d %H:%M} UTC into {last.to}"
    promised = min(OLD, timedelta(hours=2 * this.backup_every_hours)) if this.backup_to else OLD
    if age > VERY_OLD:
        yield problem(f"{told}: {age.days} days ago.", HOW)
    elif age > promised:
        mend = "Is the server running? Its log says why it makes none." if this.backup_to else HOW
        yield warning(f"{told}, {_ago(age)} ago.", mend)
    else:
        yield ok(f"{told}, with {last.plays:,} plays; it held {last.held} then.")


def restore(this: Installation) -> Iterator[Finding]:
    if (this.home.root / SCRATCH).exists():
        yield problem(
            "A restore into this home was cut short.",
            "Call it again: groovelog lake restore SRC completes it or begins anew.",
        )


def _ago(age: timedelta) -> str:
    return f"{age.days} days" if age >= timedelta(days=2) else f"{age / timedelta(hours=1):.0f} hours"
