"""Writing the exports of invented listeners, and beside them the truth."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from groovelog.demo.catalogue import Catalogue, invent
from groovelog.demo.habits import Person
from groovelog.demo.lens import Shown, show
from groovelog.demo.life import Life, live
from groovelog.demo.members import account_place, extended_place
from groovelog.demo.people import PEOPLE
from groovelog.demo.playlists import beside_plays
from groovelog.demo.rows import array
from groovelog.demo.texts import account_texts, extended_texts, printed
from groovelog.demo.truth import Truth, tell
from groovelog.demo.unread import beside_account, beside_extended

SEED = 20_170_914
QUICK = 1  # level of compression: the zips are read once


@dataclass(frozen=True)
class Invented:
    """An invented listener, the zips to import, and what must be found in them."""

    name: str
    timezone: str
    paths: tuple[Path, ...]
    truth: Truth


def members(person: Person, catalogue: Catalogue, life: Life, shown: Shown, end: date) -> dict[str, bytes]:
    """Every file of the person's exports, by its place: ZIP/FOLDER/FILE."""
    texts = extended_texts(person, catalogue, life, shown)
    files = {file.path: printed(file, texts) for file in shown.extended}
    for name, content in beside_extended(person).items():
        files[f"{extended_place(person.packing)}/{name}"] = content
    for file in shown.account:
        files[file.path] = array(account_texts(catalogue, life, file.plays))
    for name, content in (beside_account(person) | beside_plays(person, catalogue, life, end)).items():
        files[f"{account_place(person.packing)}/{name}"] = content
    return files


def packed(files: dict[str, bytes], end: date) -> dict[str, bytes]:
    """The files with all that stands in a zip put into that zip, at any depth."""
    loose = {path: content for path, content in files.items() if ".zip/" not in path}
    inner: dict[str, dict[str, bytes]] = {}
    for path, content in files.items():
        name, found, member = path.partition(".zip/")
        if found:
            inner.setdefault(f"{name}.zip", {})[member] = content
    return loose | {name: zipped(packed(held, end), end) for name, held in inner.items()}


def zipped(files: dict[str, bytes], end: date) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (end.year, end.month, end.day, 0, 0, 0))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, QUICK)
    return buffer.getvalue()


def write_export(directory: Path, person: Person, catalogue: Catalogue, *, end: date, seed: int) -> Invented:
    """DIRECTORY/name/*.zip, and DIRECTORY/name.truth.json where no import comes across it."""
    life = live(person, catalogue, end=end, seed=seed)
    shown = show(person, catalogue, life, end)
    truth = tell(person, catalogue, life, shown)
    folder = directory / person.name.lower()
    folder.mkdir(parents=True, exist_ok=True)
    archives = packed(members(person, catalogue, life, shown, end), end)
    for name, content in archives.items():
        (folder / name).write_bytes(content)
    text = json.dumps(asdict(truth), ensure_ascii=False, indent=1)
    (directory / f"{folder.name}.truth.json").write_text(text, encoding="utf-8")
    return Invented(person.name, person.timezone, tuple(folder / name for name in archives), truth)


def write_exports(directory: Path, *, end: date, people: Sequence[Person] = PEOPLE, seed: int = SEED) -> list[Invented]:
    """The exports of all, with plays up to the day before `end`; with today's date in UTC none lies in the future.

    The same arguments write the same bytes. A later `end` shows the same plays and more.
    """
    catalogue = invent(seed)
    return [write_export(directory, person, catalogue, end=end, seed=seed) for person in people]
