"""One reader for all: a file's encoding, separator and line ends change nothing of the names in it."""

import os
import tempfile
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from songs_in_files import REFERENCE, read, reference, write

from groovelog.errors import UsageError
from groovelog.lake.snapshot import connect
from groovelog.matching import match_files
from groovelog.matching.files import open_table
from groovelog.matching.queries import load_queries
from groovelog.matching.reference import load_references
from groovelog.matching.references.fields import columns_of
from groovelog.matching.references.read import read as read_reference

HEADING = ("query_id", "track_name", "artist_name", "energy")
# Letters that Windows-1252 has at 0x80 to 0x9f, quotes within quotes, a separator and a line break in a name.
NAMES = [("Déjà “Vu” – Œuvre…", "Zoé & Šárka"), ('Say ""Hi""; again', "Bell, Door\tInc|Co"), ("Two\nLines", "€uro")]
ENCODINGS = {
    "utf-8": "utf-8", "utf-8 with mark": "utf-8-sig", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be",
    "utf-16 with mark": "utf-16", "cp1252": "cp1252",
}  # fmt: skip

Names = list[tuple[str, str]]


def in_match(path: Path) -> Names:
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        load_references(connection, [path], {}, Path(scratch))
        return connection.execute("SELECT title, artist FROM ref").fetchall()


def in_reference_add(path: Path) -> Names:
    with tempfile.TemporaryDirectory() as scratch, closing(connect(Path(scratch))) as connection:
        opened = open_table(connection, path, Path(scratch))
        read_reference(connection, opened, columns_of(tuple(opened.headings), [], str(path)), Path(scratch))
        return connection.execute("SELECT track_name, artist_name FROM told ORDER BY row_no").fetchall()


def in_queries(path: Path) -> Names:
    with duckdb.connect() as connection:
        load_queries(connection, path)
        return connection.execute("SELECT title, artist FROM qry ORDER BY q").fetchall()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_caller_reads_the_same_names(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "songs.csv"
    rows = [(str(number), *names, "0.5") for number, names in enumerate(NAMES)]
    lines = [separator.join(HEADING), *(separator.join(f'"{cell}"' for cell in row) for row in rows)]
    path.write_text("".join(line + "\r\n" for line in lines), ENCODINGS[encoding], newline="")
    expected = sorted((title.replace('""', '"'), artist) for title, artist in NAMES)
    assert [sorted(of(path)) for of in (in_match, in_reference_add, in_queries)] == [expected] * 3


def test_what_is_no_utf_8_is_windows_1252_letter_by_letter(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    path.write_bytes("track_name,artist_name,energy,query_id\nПесня,Zoé,1,1\n".encode() + b"\x93Ol\xe9\x94\0,B,1,2\r\n")
    expected = [("Песня", "Zoé"), ("“Olé”", "B")]
    assert [sorted(of(path)) for of in (in_match, in_reference_add, in_queries)] == [expected] * 3


def test_line_ends_of_any_kind(tmp_path: Path) -> None:
    path = tmp_path / "songs.csv"
    for end in ("\n", "\r\n", "\r"):
        path.write_text(
            end.join(["query_id,title,track_name,artist_name,energy", "1,x,Home,Bell,1", ""]), "utf-8", newline=""
        )
        assert [of(path) for of in (in_match, in_reference_add, in_queries)] == [[("Home", "Bell")]] * 3


def test_no_query_is_lost_where_quotes_do_not_match(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    rows = [
        '1,"Home,Bell',
        '2,"Home ""again""",Bell',
        '3,"A"B,Bell',
        '4,"Two',
        'lines",Bell',
        "5",
        "6,a,b,c,d",
        '7,"End,Bell',
    ]
    path.write_text("query_id,track_name,artist_name\n" + "\n".join(rows), "utf-8")
    with duckdb.connect() as connection:
        assert load_queries(connection, path) == 7
        told = connection.execute("SELECT query_id, title, artist FROM qry ORDER BY q").fetchall()
    assert told == [
        ("1", '"Home', "Bell"), ("2", 'Home "again"', "Bell"), ("3", "AB", "Bell"), ("4", "Two\nlines", "Bell"), ("5", "", ""),
        ("6", "a", "b"), ("7", '"End', "Bell"),
    ]  # fmt: skip


def test_lines_that_are_no_rows_are_counted_and_an_open_quote_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("ref_id,title,artist\n1,Home,Bell\n2,Home\n3,Home,Bell,more\n", "utf-8")
    queries = write(tmp_path / "q.csv", HEADING[:3], [("q", "Home", "Bell")])
    (loaded,) = match_files(queries, [path], tmp_path / "o.csv", {}).references
    assert (loaded.rows, loaded.kept, loaded.unreadable) == (3, 1, 2)
    path.write_text('ref_id,title,artist\n1,"Home,Bell\n2,Home,Bell\n', "utf-8")
    with pytest.raises(UsageError, match="opens a quote in line 2 and does not close it"):
        match_files(queries, [path], tmp_path / "o.csv", {})


def test_queries_of_one_id_are_each_answered(tmp_path: Path) -> None:
    queries = write(tmp_path / "q.csv", HEADING[:3], [("q", "Home", "Ada Quill"), ("q", "Home", "The Verandahs")])
    match_files(queries, [reference(tmp_path)], tmp_path / "o.csv", {})
    assert [row["ref_id"] for row in read(tmp_path / "o.csv")] == ["r10", "r11"]


@pytest.mark.parametrize("role", ["queries", "reference"])
def test_what_cannot_be_read_is_refused_in_plain_words(tmp_path: Path, role: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.csv").touch()
    (tmp_path / "zip.csv").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    good = {
        "queries": write(tmp_path / "q.csv", HEADING[:3], [("q", "Home", "Bell")]),
        "reference": reference(tmp_path),
    }
    for name, message in (
        ("folder", "is a folder"), ("gone.csv", "There is no file"), ("empty.csv", "is empty"), ("zip.csv", "is a zip"),
    ):  # fmt: skip
        asked = {**good, role: tmp_path / name}
        with pytest.raises(UsageError, match=message):
            match_files(asked["queries"], [asked["reference"]], tmp_path / "o.csv", {})
    asked = {**good, role: Path("s3://bucket/songs.csv")}
    with pytest.raises(UsageError, match=r"^s3://bucket/songs\.csv lies on S3, which is not read yet"):
        match_files(asked["queries"], [asked["reference"]], tmp_path / "o.csv", {})
    assert not (tmp_path / "o.csv").exists()


def test_headings_alone_are_no_reference_and_no_queries_are_no_fault(tmp_path: Path) -> None:
    queries = write(tmp_path / "q.csv", HEADING[:3], [])
    match_files(queries, [reference(tmp_path)], tmp_path / "o.csv", {})
    assert (tmp_path / "o.csv").read_bytes() == b"query_id,ref_id,confidence,verdict,reason\r\n"
    with pytest.raises(UsageError, match="has a heading and no row that can be read"):
        match_files(queries, [write(tmp_path / "r.csv", ("ref_id", "title", "artist"), [])], tmp_path / "o.csv", {})


def test_an_output_that_cannot_be_written_is_refused_before_the_work(tmp_path: Path) -> None:
    queries, known = write(tmp_path / "q.csv", HEADING[:3], [("q", "Home", "Bell")]), reference(tmp_path)
    os.link(queries, tmp_path / "same.csv")
    for output, message in (
        (tmp_path / "none" / "o.csv", "there is no folder"), (tmp_path, "that is no file"), (known, "one of the files to read"),
        (tmp_path / "same.csv", "one of the files to read"), (Path("s3://bucket/o.csv"), "a file on this machine"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=message):
            match_files(queries, [known], output, {})
    assert known.stat().st_size > len(REFERENCE)
    assert len(list(tmp_path.iterdir())) == 3
