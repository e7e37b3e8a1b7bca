"""What is said where a history is brought in, and of its receipts."""

import re
from collections.abc import Mapping, Sequence

from groovelog.dashboard.texts.wording import Headline, count, counted, rows
from groovelog.model import Progress

WELCOME_KICKER = "Groovelog"
WELCOME_WHY = (
    "Drop the zip that Spotify sent you, or what a scrobbler kept, and this page fills itself in a few seconds: your hours "
    "and months, the artists and tracks you came back to, the clock of your week. No account, no key; nothing leaves this "
    "machine."
)
NO_ZIP_YET = (
    "On Spotify's privacy page, ask for the extended streaming history.",
    "Wait for the mail. It takes days, sometimes weeks.",
    "Drop the zip here, as it is. You can do it again next year; nothing is counted twice.",
    "Last.fm, ListenBrainz, Maloja and Koito export at once. Bring those too: a play that several tell is one play.",
)
INVENTED_DAY = "An invented day; yours is drawn from your plays"
OR_CONNECT_TITLE = "Or let plays come by themselves"
OR_CONNECT = (
    "Connect a Spotify account, and what is played from now on comes in without an export. Both go well together."
)
CONNECTED = "New plays come in by themselves, the first within a minute of the sign-in. Connect asks for them at once."
TO_CONNECT = "Connect to Spotify"
LOOK_AROUND = "No zip at hand? The command groovelog demo fills a home with invented listeners to look around in."
NOT_USED_SUB = "A row that cannot be read is never guessed at"
MORE_REASONS = "More reasons and files"
MORE_REASONS_WHERE = "The command groovelog receipts, with the receipt's number and --rows, lists every row"
NOTHING_NEW = "Nothing new in it: every row was known already"
SAVED = {"playlists": "playlists", "playlist_tracks": "tracks in playlists", "saved_tracks": "saved tracks"}
KNOWN_SUB = "Kept once, from an earlier import or an earlier file"
CLOSE = "Close"
WELCOME = Headline("Own your listening history.")


def connected_title(names: Sequence[str]) -> str:
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} connected to Spotify"


def record_headline(plays: int, accounted_for: bool) -> Headline:
    if not plays:
        return Headline("Bring your history. ", "Every row gets a receipt.")
    kept = f"{counted(plays, 'play', 'plays')} kept. "
    return (
        Headline(kept, "Every row is accounted for.") if accounted_for else Headline(kept, "A receipt does not add up.")
    )


def brought_title(stored: int, saved: Mapping[str, int]) -> str:
    """`stored` rows of plays; `saved` counts what was stored beside plays."""
    if stored:
        return f"{counted(stored, 'new row', 'new rows')} brought in"
    things = kept_beside(saved)
    return " and ".join(f"{amount} {name}" for name, amount in things) + " brought in" if things else NOTHING_NEW


def kept_beside(saved: Mapping[str, int]) -> list[tuple[str, str]]:
    """What an import stored that is no play: its name and how many."""
    return [(SAVED[what], count(number)) for what, number in saved.items() if number]


def sum_line(stored: int, duplicates: int, unreadable: int, rows: int) -> str:
    parts = f"{count(stored)} + {count(duplicates)} + {count(unreadable)}"
    if stored + duplicates + unreadable == rows:
        return f"The sum is right: {parts} = {count(rows)}"
    return f"The sum is wrong: {parts} is not {count(rows)}. Please report it with the receipt's number"


def import_bar(progress: Progress) -> float:
    """How much of an import is done, roughly: reading takes three quarters of the time."""
    if progress.step == "find":
        return 0.02
    if progress.step == "read":
        return 0.05 + 0.7 * progress.files_done / max(progress.files, 1)
    return {"wait": 0.75, "keep": 0.8, "join": 0.9, "match": 0.95}[progress.step]


def import_words(progress: Progress) -> str:
    if progress.step == "find":
        return "Looking at what there is"
    if progress.step == "wait":
        return "Another import is writing; this one goes on by itself when that is done"
    return f"File {progress.files_done} of {progress.files}, {counted(progress.rows, 'row', 'rows')} so far"


def not_used_title(unreadable: int) -> str:
    return f"Not used: {rows(unreadable)}, each with its reason" if unreadable else "Every row could be used"


def known_title(duplicates: int) -> str:
    return f"Already known: {rows(duplicates)}"


def failed_title(files: int) -> str:
    return f"{counted(files, 'file', 'files')} could not be read"


def ignored_title(files: int) -> str:
    return f"{counted(files, 'file', 'files')} left alone"


def reason_in_general(reason: str) -> str:
    """A reason without the value or the row it was found at, so that equal ones can be counted together."""
    general = re.sub(r": \".*$|, row \d+$", "", reason, flags=re.DOTALL)
    return re.sub(r"(?<= stands in ).*/", "", general)


def file_name(label: str) -> str:
    return label.rsplit("/", 1)[-1]


def given_name(label: str) -> str:
    """The zip a file was in, else the file: `exports/my.zip/a/b.json` is `my.zip`."""
    before, zipped, _ = label.partition(".zip/")
    return file_name(before) + ".zip" if zipped else file_name(label)


def row_numbers(named: Sequence[int], number: int) -> str:
    more = f" and {count(number - len(named))} more" if number > len(named) else ""
    return ("row " if number == 1 else "rows ") + ", ".join(count(row) for row in named) + more


def sent(*, elsewhere: bool) -> str:
    """To whom an import sent anything: to nobody, but where the lake lies."""
    return "nothing, but to the bucket of the lake" if elsewhere else "nothing"
