"""What is said of sources, matches, the quality of rows, of export and of forgetting."""

from collections.abc import Mapping, Sequence
from datetime import date

from groovelog.dashboard.texts.wording import NB, count, counted, day, percent, stretch
from groovelog.sources import TITLES

PARTS = BRING, SOURCES, MATCHES, QUALITY, LEAVE = ("Bring", "Sources", "Matches", "Quality", "Export, forget")

SOURCES_SUB = "Stored rows by month and source. Hatched: two weeks or more in which no source has a play"
SOURCES_COLUMNS = ("Source", "Rows", "Plays", "Told by it alone", "From", "To")
NO_SOURCES = "No source has told of a play yet. Bring an export first."
GAP_DAYS = 14  # without a play, from which it is called a gap
MOST_GAPS = 6
NEW_EXPORT = "If you were listening then, another export may fill it in; nothing is counted twice."

MATCHES_SUB = "Share of counted plays by what the match rests on; the rest found no sure match, and nothing is guessed"
EVIDENCE = {
    "person": "Confirmed by a person",
    "id": "The same Spotify id",
    "isrc": "The same recording code (ISRC)",
    "equal names": "Equal names, but for case, accents and editions",
    "alike names": "Alike names: spelling or script differ",
}
VERDICTS = {
    "unmatched": "Nothing alike found",
    "ambiguous": "Several could be it",
    "not looked for yet": "Not looked for yet",
}
MATCHES_COLUMNS = ("Matched by", "Tracks", "Counted plays", "Of plays")
WITHOUT_SUB = "The tracks whose audio features would help most, and why the nearest was not taken"
NO_REFERENCE = (
    "No dataset with audio features was looked in yet. The command groovelog reference download fetches one, and "
    "groovelog match then looks for every track."
)
ALL_MATCHED = "Every counted play has audio features"

QUALITY_SUB = "Rows in which something is missing or odd, by source. What is not listed was not found"
QUALITY_COLUMNS = ("What was found", "Source", "Rows", "Of all")
MISSING = "Missing values, column by column"
MISSING_NOTE = (
    "Stored tracks of which the source tells nothing in this column. Each source tells its own columns, so much of this is "
    "usual."
)
MISSING_COLUMNS = ("Column", "Source", "Rows without", "Of all")
JOINED = "All sources joined"
CHECKS = {
    "no id": "No id of what was played",
    "no name": "No title",
    "no duration": "Nobody tells how long it ran",
    "under 5 s": f"Shorter than 5{NB}s",
    "at a full minute": "Told to the minute only",
    "same instant": "Same instant as another row",
    "stop before start": "Ends before it begins",
    "after its import": "Lies after its own import",
    "late upload": "Uploaded later than played",
    "device clock ahead": "The device's clock was ahead",
    "overlap": "Overlaps an earlier one by over a minute",
    "known": "Told before by the same source",
    "unreadable": "Could not be read",
    "before the first day": "Earlier than the source existed",
    "in the future": "In the future",
    "no time": "Without a time",
}

EXPORT_TITLE = "Take everything with you"
FORMATS = {"parquet": "Parquet, for programs", "csv": "CSV, for tables", "jsonl": "JSON lines"}
EXPORT_FORMAT, EXPORT_WHOSE = "As", "Whose"
FORGET_TITLE = "Forget a listener"
FORGET_WHOSE = "Whom to erase"
FORGET_STAYS = (
    "What stays: one row that somebody was erased and when, under a number that tells nobody's name; the exports that were "
    "imported, wherever you keep them; and copies you made of the home folder. Those are yours to delete. Backups made before "
    "hold them until they are deleted; restoring one leaves them out."
)
FORGET = "Erase for good"
WAIT_FOR_IMPORT = "An import is under way. Erase when it is done."
ANOTHER_IMPORT = (
    "Another import is under way, perhaps from another tab, so yours has not begun. Wait until it is done, then drop your "
    "files again."
)


def source(name: str) -> str:
    return JOINED if name == "plays" else TITLES.get(name, name)


def sources_title(sources: int, gaps: Sequence[tuple[date, date]], first: date) -> str:
    if gaps:
        return f"{counted(len(gaps), 'gap', 'gaps')} since {day(first)}, and where each source begins"
    if sources == 1:
        return f"One source tells everything since {day(first)}, without a gap"
    return f"{sources} sources since {day(first)}, without a gap"


def gap_lines(gaps: Sequence[tuple[date, date]]) -> list[str]:
    """In words what is hatched, the longest first."""
    order = sorted(gaps, key=lambda gap: gap[0] - gap[1])
    lines = [
        f"{stretch(first, last)}: no source has a play for {_days(first, last)}." for first, last in order[:MOST_GAPS]
    ]
    if len(order) > MOST_GAPS:
        lines.append(f"{counted(len(order) - MOST_GAPS, 'more gap', 'more gaps')}, each of two weeks or more.")
    return [*lines, NEW_EXPORT] if lines else []


def alone_line(title: str, plays: int, alone: int) -> str:
    return f"{title}: {counted(plays, 'play', 'plays')}, {count(alone)} of them told by it alone"


def matches_title(with_features: int, plays: int) -> str:
    if not plays:
        return "No counted play yet"
    if with_features == plays:
        return ALL_MATCHED
    return f"{percent(with_features, plays)} of counted plays have audio features ({count(with_features)} of {count(plays)})"


def without_title(tracks: int) -> str:
    return f"The most played of {counted(tracks, 'track', 'tracks')} without"


def quality_title(rows: int, found: Mapping[str, int]) -> str:
    """`found` holds for each check how many rows it found."""
    if not found:
        return f"Nothing missing or odd in {counted(rows, 'row', 'rows')}"
    return f"{counted(len(found), 'kind', 'kinds')} of flaws in {counted(rows, 'row', 'rows')}; none is hidden"


def export_sub(name: str) -> str:
    return f"Every row of {name}, one file for each table, in one zip. It can be dropped into a Groovelog again."


def export_button(name: str) -> str:
    return f"Make and save the zip of {name}"


def forget_sub(name: str, plays: int) -> str:
    return (
        f"Erases {name}, {counted(plays, 'play', 'plays')} and everything that tells of them, from every table, file and log. "
        "This cannot be undone; save the zip first."
    )


def type_name(name: str) -> str:
    return f"Type {name} to confirm"


def forgotten(name: str, rows: int, files: int, backups: int) -> str:
    held = f" {counted(backups, 'backup', 'backups')} made before still hold them; restoring one leaves them out."
    return (
        f"{name} is erased: {counted(rows, 'row', 'rows')}, and {counted(files, 'file', 'files')} off the disk."
        f"{held if backups else ''}"
    )


def _days(first: date, last: date) -> str:
    return counted((last - first).days + 1, "day", "days")
