"""Bad input, one table: what is said of it, what is stored, and that the lake is sound and usable afterwards."""

import os
import struct
import zipfile
from pathlib import Path

import pytest

from bad_inputs import Case, Make, files, hold
from calling import Call
from spotify_export import AUDIO, NAMELESS, NEITHER, account, extended, text, zipped


def history(content: bytes) -> Make:
    """One file, named as a history."""
    return files({AUDIO: content})


def rows(*told: object) -> Make:
    """One history of these rows."""
    return history(text(*told))


def archive(content: bytes) -> Make:
    return files({"my_spotify_data.zip": content})


def missing(folder: Path) -> list[Path]:
    return [folder / "nowhere.zip"]


def empty_folder(folder: Path) -> list[Path]:
    return [folder]


def pipe(folder: Path) -> list[Path]:
    os.mkfifo(folder / "pipe.json")
    return [folder / "pipe.json"]


def device(_: Path) -> list[Path]:
    return [Path("/dev/zero")]


def link_to_itself(folder: Path) -> list[Path]:
    (folder / "loop.zip").symlink_to("loop.zip")
    return [folder / "loop.zip"]


def links_in_circles(folder: Path) -> list[Path]:
    files({f"inside/{AUDIO}": text(extended(0))})(folder)
    (folder / "inside" / "up").symlink_to("..")
    return [folder]


def same_path_twice(folder: Path) -> list[Path]:
    (path,) = rows(extended(0))(folder)
    return [path, folder / "." / AUDIO, folder]


def with_header(content: bytes, offset: int, value: int, layout: str = "<I") -> bytes:
    """The zip with a number in its first directory entry replaced: 8 flags, 10 method, 24 unpacked size."""
    changed = bytearray(content)
    struct.pack_into(layout, changed, changed.index(b"PK\x01\x02") + offset, value)
    return bytes(changed)


def scrambled(method: int) -> bytes:
    """A zip whose packed bytes are damaged in the middle."""
    content = bytearray(zipped({AUDIO: text(*map(extended, range(200)))}, method))
    content[400:440] = bytes(byte ^ 0x55 for byte in content[400:440])
    return bytes(content)


def in_zips(depth: int) -> bytes:
    """A history in a zip in a zip …"""
    content = zipped({AUDIO: text(extended(0))})
    for _ in range(depth - 1):
        content = zipped({"inner.zip": content})
    return content


TWO = text(extended(0), extended(1))
ZIP = zipped({AUDIO: TWO})
LONG = "ä" * 5_000_000  # 10 MB in UTF-8
DEEP = text(extended(0)).replace(b'"Title 0"', b"[" * 10**6 + b"]" * 10**6)
CUT_AT_BRACKET = text(extended(0, reason_end="x [y]")).partition(b"y]")[0] + b"y]"
BOMB = zipped({AUDIO: b"[" + b" " * 20_000_000 + b"]"})


CASES = (
    # Zips
    Case("half a zip", archive(zipped({AUDIO: text(*map(extended, range(50)))})[:600]), 1, None, "not a whole zip"),
    Case("a zip without its last byte", archive(ZIP[:-1]), 1, None, "not a whole zip"),
    Case("a zip without its first bytes", archive(ZIP[100:]), 1, None, "named like a zip, but none"),
    Case("a page of HTML saved as the zip", archive(b"<html>Sign in</html>"), 1, None, "named like a zip, but none"),
    Case("an empty download", archive(b""), 1, None, "empty, 0 bytes"),
    Case("a zip without members", archive(zipped({})), 1, None, "a zip without files"),
    Case("an encrypted zip", archive(with_header(ZIP, 8, 1, "<H")), 1, None, "encrypted"),
    Case("a method no reader knows", archive(with_header(ZIP, 10, 97, "<H")), 1, None, "compression method"),
    Case("damage in a deflated member", archive(scrambled(zipfile.ZIP_DEFLATED)), 1, None, "damaged inside the zip"),
    Case("damage in a stored member", archive(scrambled(zipfile.ZIP_STORED)), 1, None, "damaged inside the zip"),
    Case("damage in an LZMA member", archive(scrambled(zipfile.ZIP_LZMA)), 1, None, "damaged inside the zip"),
    Case("a bomb by ratio", archive(BOMB), 1, None, "zip bomb"),
    Case("a bomb that declares less", archive(with_header(BOMB, 24, 100)), 1, None, "damaged inside the zip"),
    Case("a member shorter than it declares", archive(with_header(ZIP, 24, 90_000)), 1, None, "ends early"),
    Case("zips four deep", archive(in_zips(4)), 1, None, "more than 3 zips deep"),
    Case("zips three deep", archive(in_zips(3)), 0, (1, 1, 0, 0)),
    Case(
        "names that lead out of the folder",
        archive(zipped({f"../../{AUDIO}": text(extended(0)), "/etc/endsong_0.json": text(extended(1))})),
        0, (2, 2, 0, 0),
    ),
    Case(
        "names that act on a terminal",
        archive(zipped({f"\x1b[2J/{AUDIO}": text(extended(0)), "\x1b]0;x\x07/endsong_0.json": b"{"})),
        1, (1, 1, 0, 0), "named like a streaming history",
    ),
    Case("one member of two is cut", archive(zipped({AUDIO: TWO, "endsong_0.json": TWO[:-9]})), 1, (2, 2, 0, 0), "cut short"),
    Case(
        "the same name in two folders",
        files({"a/x.zip": ZIP, "b/x.zip": zipped({AUDIO: text(extended(2))})}), 0, (3, 3, 0, 0),
    ),
    # Files that cannot be read to their end
    Case("JSON cut in a row", history(TWO[:-40]), 1, None, "cut short"),
    Case("JSON cut after a bracket in a title", history(CUT_AT_BRACKET), 1, None, "damaged JSON", 1),
    Case("JSON cut after a comma", history(TWO.rpartition(b"{")[0]), 1, None, "cut short"),
    Case("a comma too many", history(TWO[:-2] + b",\n]"), 1, None, "damaged JSON", 3),
    Case("a comma too few", history(TWO.replace(b"},", b"}")), 1, None, "damaged JSON", 2),
    Case("a bare line break in a text", history(TWO.replace(b"Title 1", b"Title\n1")), 1, None, "damaged JSON in row 2", 2),
    Case("Latin-1", history(TWO.replace(b"Title 1", b"Caf\xe9")), 1, None, "damaged JSON in row 2: invalid UTF-8", 2),
    Case("an object instead of a list", history(b'{"ts": "2020-01-01T10:00:00Z", "ms_played": 1}'), 1, None, "not a list"),
    Case("a row a line", history(b'{"ts": "2020", "ms_played": 1}\n' * 2), 1, None, "not a list"),
    Case("plays under another name, a row a line", files({"x.json": b'{"ts": "2020", "ms_played": 1}\n'}), 1, None, "not a list"),
    Case("a file of 0 bytes", history(b""), 1, None, "empty, 0 bytes"),
    Case("a picture named as a history", history(b"\x89PNG\r\n\x1a\n" + bytes(100)), 1, None, "not JSON"),
    Case("a row of 70 MB", rows(extended(0), extended(1, platform="x" * 70 * 1024**2)), 1, None, "longer than 32 MB"),
    Case("UTF-16 cut in a character", history("\ufeff[1, 2]".encode("utf-16-le")[:-1]), 1, None, "not"),
    # Paths
    Case("a missing path", missing, 1, None, "there is no such file"),
    Case("an empty folder", empty_folder, 1, None, "an empty folder"),
    Case("a pipe", pipe, 1, None, "a pipe or a device"),
    Case("a device", device, 1, None, "a pipe or a device"),
    Case("a link to itself", link_to_itself, 1, None, "symbolic links"),
    Case("links in circles", links_in_circles, 0, (1, 1, 0, 0)),
    Case("the same path three times", same_path_twice, 0, (1, 1, 0, 0)),
    Case("a wrong file", files({"notes.txt": b"Milk, eggs"}), 1, None, "not recognised: a table"),
    Case("a wrong file beside a history", files({AUDIO: TWO, "notes.txt": b"Milk"}), 1, (2, 2, 0, 0), "not recognised"),
    Case("a zip of something else", archive(zipped({"notes.txt": b"Milk, eggs"})), 1, None, "no listening history in it"),
    Case(
        "a zip packed anew on a Mac",
        archive(zipped({f"x/{AUDIO}": TWO, f"__MACOSX/x/._{AUDIO}": b"\x00\x05\x16\x07\x00\x02Mac OS X"})),
        0, (2, 2, 0, 0),
    ),
    Case("a playlist beside a history", files({AUDIO: TWO, "Playlist1.json": b'{"playlists": []}'}), 0, (2, 2, 0, 0)),
    # Encodings
    Case("UTF-8 with BOM", history(b"\xef\xbb\xbf" + TWO), 0, (2, 2, 0, 0)),
    Case("UTF-16 with BOM", history(TWO.decode().encode("utf-16")), 0, (2, 2, 0, 0)),
    Case("UTF-16 without BOM", history(TWO.decode().encode("utf-16-be")), 0, (2, 2, 0, 0)),
    # Rows
    Case("a list without rows", history(b" [ \n ] "), 0, (0, 0, 0, 0)),
    Case("no row readable", rows({"ts": None, "ms_played": None}), 0, (1, 0, 0, 1), "ts is not a time: nothing", 1),
    Case("rows that are no objects", rows(1, "a", None, [2], extended(0)), 0, (5, 1, 0, 4), "not a JSON object", 4),
    Case("a negative length", rows(extended(0), extended(1, ms_played=-1)), 0, (2, 1, 0, 1), 'negative: "-1"', 2),
    Case("an absurd length", rows(extended(0, ms_played=7 * 86_400_000 + 1)), 0, (1, 0, 0, 1), "longer than 7 days", 1),
    Case("a length of exactly 7 days", rows(extended(0, ms_played=7 * 86_400_000)), 0, (1, 1, 0, 0)),
    Case("a length beyond 64 bits", rows(extended(0, ms_played=10**30)), 0, (1, 0, 0, 1), "not a whole number of ms", 1),
    Case("a length that is not a number", history(text(extended(0)).replace(b"30000", b"NaN")), 0, (1, 0, 0, 1), '"NaN"', 1),
    Case("half a millisecond", rows(extended(0, ms_played=0.5)), 0, (1, 0, 0, 1), 'whole number of ms: "0.5"', 1),
    Case("a length as text", rows(extended(0, ms_played="30000"), extended(1, ms_played="30 s")), 0, (2, 1, 0, 1), '"30 s"', 2),
    Case("1970", rows(extended(0, ts="1970-01-01T00:00:00Z")), 0, (1, 0, 0, 1), "before 2006-01-01", 1),
    Case("the future", rows(extended(0, ts="2999-01-01T00:00:00Z")), 0, (1, 0, 0, 1), "in the future", 1),
    Case("a date without a time", rows(extended(0, ts="2020-01-01")), 0, (1, 0, 0, 1), "ts is not a time", 1),
    Case("a time with a word behind it", rows(extended(0, ts="2020-01-01T10:00 noon")), 0, (1, 0, 0, 1), "ts is not a time", 1),
    Case("a time that acts on a terminal", rows(extended(0, ts="\x1b[2J")), 0, (1, 0, 0, 1), 'ts is not a time: "�[2J"', 1),
    Case("a list for a name", rows(extended(0, episode_name=["x"])), 0, (1, 0, 0, 1), "episode_name is not text", 1),
    Case("a name a million lists deep", history(DEEP), 0, (1, 0, 0, 1), "is not text", 1),
    Case("null names, with a URI", rows(extended(0, **NAMELESS)), 0, (1, 1, 0, 0)),
    Case("neither names nor URI", rows(extended(0, **NEITHER)), 0, (1, 1, 0, 0)),
    Case("a name of 10 MB", rows(extended(0, master_metadata_track_name=LONG), extended(1)), 0, (2, 2, 0, 0)),
    Case("half a surrogate pair", rows(extended(0), extended(1, platform="\ud83d"), extended(2)), 0, (3, 3, 0, 0)),
    Case("a zero byte in a name", rows(extended(0, platform="a\x00b")), 0, (1, 1, 0, 0)),
    Case("a key twice", history(text(extended(0)).replace(b"{", b'{"ms_played": -5,', 1)), 0, (1, 0, 0, 1), "negative", 1),
    Case("the same row twice", rows(extended(0), extended(0)), 0, (2, 1, 1, 0), "the same row stands in", 2),
    Case("account data, damaged", rows(account(0), account(1, msPlayed=-1)), 0, (2, 1, 0, 1), "msPlayed is negative", 2),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input(case: Case, call: Call, tmp_path: Path, home: Path) -> None:
    hold(case, call, tmp_path, home)


def test_two_lists_in_one_file_are_not_read(call: Call, tmp_path: Path, home: Path) -> None:
    (tmp_path / AUDIO).write_bytes(TWO + TWO)
    answer = call("import", tmp_path / AUDIO, "--json")
    assert answer.code == 1
    assert "damaged JSON" in answer.json["error"]["message"]
    assert not (home / "lake").exists()
