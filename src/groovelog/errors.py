"""Every error Groovelog raises on purpose.

GroovelogError                 something a person can mend; the message says what to do
├── UsageError                 a value given by the user that cannot be right (zone, name, date, rule ...)
├── NotFoundError              an unknown listener, report, run, play or reference
├── NotAllowed                 something that a listener does not show to others
├── NothingToTell              a question that nothing kept can answer: no plays, no audio features
├── ImportFailed               nothing of an import could be read
├── DownloadFailed             a reference could not be fetched
└── LakeError                  the lake on disk is not as it has to be
    └── LakeBusyError          another writer holds the lock for longer than one may wait
"""

from groovelog.model import FileNote


class GroovelogError(Exception):
    """The root; carries where the fault lies, when a file or a row (counted from 1) is to blame."""

    def __init__(self, message: str, *, file: str | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.row = row


class UsageError(GroovelogError):
    """A value given by the user that cannot be right."""


class NotFoundError(GroovelogError):
    """An unknown listener, report, run, play or reference."""


class NotAllowed(GroovelogError):
    """Something that a listener does not show to others."""


class NothingToTell(GroovelogError):
    """A question that nothing kept can answer: no plays, or too few with audio features."""


class ImportFailed(GroovelogError):
    """Nothing of an import could be read; carries the files that failed and those left alone, with reasons."""

    def __init__(self, message: str, failed: list[FileNote], ignored: list[FileNote]) -> None:
        super().__init__(message, file=failed[0].file if failed else None, row=failed[0].row if failed else None)
        self.failed = failed
        self.ignored = ignored


class DownloadFailed(GroovelogError):
    """A reference could not be fetched: no network, a server that refuses, another file than the one known."""


class LakeError(GroovelogError):
    """The lake on disk is not as it has to be."""


class LakeBusyError(LakeError):
    """Another writer holds the lock for longer than one may wait."""
