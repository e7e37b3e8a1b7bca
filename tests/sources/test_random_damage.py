"""Bytes of real-shaped files and zips changed at random: told in words or read, never a traceback, never half stored."""

import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reading import NOW

from groovelog.errors import ImportFailed
from groovelog.lake.check import check
from groovelog.lake.home import Home
from groovelog.lake.snapshot import open_snapshot
from groovelog.pipeline import import_exports
from spotify_export import AUDIO, account, extended, text, zipped

PLAIN = text(*map(extended, range(4)), extended(5, platform="\ud83d"))
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
ZIPS = [
    zipped(
        {AUDIO: PLAIN, "StreamingHistory_music_0.json": text(account(0)), "in.zip": zipped({AUDIO: PLAIN}, method)},
        method,
    )
    for method in METHODS
]
FILES = [(AUDIO, PLAIN), (AUDIO, PLAIN.decode().encode("utf-16")), *(("a.zip", content) for content in ZIPS)]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file with some bytes replaced, and perhaps a piece cut out or its end cut off."""
    name, content = draw(st.sampled_from(FILES))
    # Heads of members and the directory at the end are where a zip is hurt most.
    place = st.one_of(st.integers(0, 80), st.integers(-300, -1), st.integers(0, len(content) - 1))
    changed = bytearray(content)
    for at in draw(st.lists(place, max_size=4)):
        changed[at] = draw(st.integers(0, 255))
    start = draw(st.integers(0, len(content)))
    cut = draw(st.sampled_from((0, 0, 0, 1, 20, len(content))))
    del changed[start : start + cut]
    return name, bytes(changed)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
@example(("a.zip", ZIPS[3].replace(b"in.zip", b"in.z\xff\xfe")))
def test_damage_is_told_in_words(file: tuple[str, bytes]) -> None:
    import_damaged(*file)


@pytest.mark.long
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_much_damage_is_told_in_words(file: tuple[str, bytes]) -> None:
    import_damaged(*file)


def import_damaged(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, home = Path(folder, name), Home(Path(folder, "home"))
        path.write_bytes(content)
        try:
            receipt = import_exports(home, [path], now=NOW)
        except ImportFailed as error:
            told = json.dumps([error.message, *(note.reason for note in error.failed + error.ignored)])
            assert not (home.root / "lake").exists()
        else:
            told = json.dumps([note.reason for note in receipt.failed_files + receipt.ignored_files])
            assert receipt.rows == receipt.stored + receipt.duplicates + receipt.unreadable
            with open_snapshot(home.lake) as snapshot:
                assert [finding.text for finding in check(snapshot) if finding.problem] == []
        assert str(home.scratch) not in told
        assert "\\u001b" not in told
