"""Every error Groovelog raises on purpose.

GroovelogError                 something a person can mend; the message says what to do
├── UsageError                 a value given by the user that cannot be right (zone, name, date, rule ...)
├── NotFoundError              an unknown listener, report, run, play or reference
├── NotAllowed                 something that a listener does not show to others
│   └── NotShown               the same of a listener who was named for a report of a group
├── NotAdmitted                a sign-in or an invitation that is not good, or no longer
│   └── TooManyAttempts        too many that failed: to be tried again later
├── NothingToTell              a question that nothing kept can answer: no plays, no audio features
│   └── NobodyShows            a report of a group in which nobody else shows enough
├── ModelMissing               no model is trained for that listener
├── ModelRefused               a model on disk that is damaged, or of another version
├── ImportFailed               nothing of an import could be read
├── DownloadFailed             a reference could not be fetched
├── LakeError                  the lake on disk is not as it has to be
│   ├── BucketError            the bucket that the lake is in cannot be reached or used
│   └── LakeBusyError          another writer holds the lock for longer than one may wait
│       └── Overtaken          another machine wrote first: the run starts again from the new state
├── BackupError                a backup that cannot be made, read or put back
├── StateError                 state.db, or the key that its secrets are sealed with, is not as it has to be
└── SpotifyError               Spotify, or the way there, does not do what was asked
    ├── NoCredentials          no API app is set up, or not the one that a listener signed in with
    ├── SignInError            a sign-in came to nothing: denied, refused, given up, too late
    ├── NotSignedIn            a listener who is not connected
    │   └── ReauthRequired     a consent that has ended: that listener has to sign in again
    ├── Blocked                nothing may be asked before a certain time
    ├── ScopeMissing           the listener did not grant what the call needs
    ├── Refused                this call will not work, however often it is sent; others may
    ├── NotAtSpotify           Spotify has no such thing, or no longer
    └── SpotifyDown            no answer, or none that can be used: the next time it may work
"""

from datetime import datetime

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


class NotShown(NotAllowed):
    """The listener `name` does not show others what is `needed` (totals or all); how they can is each surface's to say."""

    def __init__(self, message: str, *, name: str, needed: str) -> None:
        super().__init__(message)
        self.name = name
        self.needed = needed


class NotAdmitted(GroovelogError):
    """A sign-in or an invitation that is not good, or no longer."""


class TooManyAttempts(NotAdmitted):
    """Too many sign-ins failed under a name or from an address; the next is taken in `wait_s` seconds."""

    def __init__(self, message: str, *, wait_s: int) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class NothingToTell(GroovelogError):
    """A question that nothing kept can answer: no plays, or too few with audio features."""


class NobodyShows(NothingToTell):
    """Nobody else shows what is `needed` (totals or all); how one can is each surface's to say."""

    def __init__(self, message: str, *, needed: str) -> None:
        super().__init__(message)
        self.needed = needed


class ModelMissing(GroovelogError):
    """No model is trained for that listener."""


class ModelRefused(GroovelogError):
    """A model on disk that is damaged, or of another version; `file` names it."""


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


class BucketError(LakeError):
    """The bucket that the lake is in cannot be reached, or does not let these keys do what they have to."""


class LakeBusyError(LakeError):
    """Another writer holds the lock for longer than one may wait."""


class Overtaken(LakeBusyError):
    """Another machine wrote into a bucket first; nothing of the run counts, and it starts again from the new state."""


class BackupError(GroovelogError):
    """A backup that cannot be made, read or put back."""


class StateError(GroovelogError):
    """state.db, or the key that its secrets are sealed with, is not as it has to be."""


class SpotifyError(GroovelogError):
    """Spotify, or the way there, does not do what was asked. Never carries a token, secret, code or verifier."""


class NoCredentials(SpotifyError):
    """No API app is set up, or not the one that a listener signed in with."""


class SignInError(SpotifyError):
    """A sign-in came to nothing: denied, refused, given up, too late."""


class NotSignedIn(SpotifyError):
    """A listener who is not connected."""


class ReauthRequired(NotSignedIn):
    """A consent that has ended; no request is sent for that listener before they sign in again."""


class Blocked(SpotifyError):
    """Nothing may be asked before `until` (UTC), of a whole developer account or for one listener.

    `reason`: rate_limit, quota_exceeded, budget, premium_lapsed or not_on_allowlist.
    """

    def __init__(self, message: str, *, until: datetime, reason: str, whole_account: bool) -> None:
        super().__init__(message)
        self.until = until
        self.reason = reason
        self.whole_account = whole_account


class ScopeMissing(SpotifyError):
    """The listener did not grant the scope that the call needs."""

    def __init__(self, message: str, *, scope: str) -> None:
        super().__init__(message)
        self.scope = scope


class Refused(SpotifyError):
    """This call will not work, however often it is sent; others may."""


class NotAtSpotify(SpotifyError):
    """Spotify has no such thing, or no longer."""


class SpotifyDown(SpotifyError):
    """No answer, or none that can be used. `hung`: the time given to it ran out."""

    def __init__(self, message: str, *, hung: bool = False) -> None:
        super().__init__(message)
        self.hung = hung
