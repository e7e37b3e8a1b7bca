"""Recognise: which of the files found are read, which are left alone, and which are at fault."""

from pathlib import Path

from groovelog.errors import ImportFailed
from groovelog.model import FileNote
from groovelog.sources.found import Found, Unusable
from groovelog.sources.recognise import recognise, standing_beside
from groovelog.sources.unpack import Readable

READS = (
    "Groovelog reads what Spotify, Last.fm, ListenBrainz, Maloja and Koito export: zips, folders, JSON and CSV files"
)
NO_HISTORY = f"no listening history in it; {READS}"


def recognised(found: list[Found], unusable: list[FileNote]) -> tuple[list[Readable], list[FileNote], list[FileNote]]:
    readable: list[Readable] = []
    failed = list(unusable)
    ignored: list[FileNote] = []
    strange: list[Found] = []
    for file in found:
        try:
            verdict = recognise(file)
        except Unusable as error:
            failed.append(FileNote(file.label, error.reason, error.row))
            continue
        if verdict.ignored is None:
            beside = standing_beside(verdict, file, found)
            readable.append(Readable(len(readable) + 1, verdict.source, file, verdict.saved, beside))
        else:
            ignored.append(FileNote(file.label, verdict.ignored))
            if not verdict.expected:
                strange.append(file)
    bringing = {file.found.given for file in readable}
    # Beside histories a strange file is left alone. A path that brings nothing else was given by mistake.
    # One under which something failed was not: it would have brought what failed.
    mistaken = dict.fromkeys(
        file.given for file in strange if file.given not in bringing and not _holds(file.given, failed)
    )
    failed += [note for note in ignored if note.file in mistaken]
    loose = {note.file for note in failed}
    failed += [FileNote(given, NO_HISTORY) for given in mistaken if given not in loose]
    return readable, failed, [note for note in ignored if note.file not in mistaken]


def _holds(given: str, notes: list[FileNote]) -> bool:
    return any(note.file == given or note.file.startswith(f"{given.rstrip('/')}/") for note in notes)


def nothing_read(failed: list[FileNote], ignored: list[FileNote]) -> ImportFailed:
    if failed:
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        return ImportFailed(f"Nothing was imported. {failed[0].file}: {failed[0].reason}{more}", failed, ignored)
    what = f"No listening history was found. {READS}"
    if ignored:
        return ImportFailed(
            f"{what}. Looked at {len(ignored)}: {ignored[0].file}: {ignored[0].reason}", failed, ignored
        )
    return ImportFailed(f"{what}; there is no file to read here.", failed, ignored)


def labelled(text: str, labels: dict[Path, str]) -> str:
    for path, label in labels.items():
        if text == str(path) or text.startswith(f"{path}/"):
            return label + text.removeprefix(str(path))
    return text
