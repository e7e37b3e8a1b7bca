"""Last.fm: pages in all their forms, and the table."""

from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from contract import SourceContract, said
from reading import read_bytes, utc

from groovelog.sources.lastfm import LASTFM
from scrobbles import LASTFM_FORMS, dumped, lastfm, lastfm_page, lastfm_table, moment, table
from spotify_export import USER

HEADER = ("uts", "utc_time", "artist", "artist_mbid", "album", "album_mbid", "track", "track_mbid")


class TestLastfm(SourceContract):
    source = LASTFM
    forms = LASTFM_FORMS
    tables = frozenset({"a table"})
    open_ended = frozenset({"a table", "pages a line"})
    row = staticmethod(lastfm)
    told: ClassVar = (
        (
            lastfm(1_749_776_100, "Kawaki wo Ameku", "美波", "カワキヲアメク"),
            {
                "kind": "track",
                "started_at": utc(2025, 6, 13, 0, 55),
                "track_name": "Kawaki wo Ameku",
                "artist_name": "美波",
                "album_name": "カワキヲアメク",
            },
        ),
        (
            lastfm(1_033_430_400, 'A "title", with\na line break', "Artist", ""),
            {
                "kind": "track",
                "started_at": utc(2002, 10, 1),
                "track_name": 'A "title", with\na line break',
                "artist_name": "Artist",
            },
        ),
    )


def faults(content: bytes, folder: Path) -> list[str | None]:
    return [row["fault"] for row in said(content, folder)]


def test_what_plays_now_has_no_date_and_is_no_play_yet(tmp_path: Path) -> None:
    now = lastfm(None, **{"@attr": {"nowplaying": "true"}})
    page = dumped(lastfm_page([now, lastfm()]))
    assert faults(page, tmp_path) == ["now playing: it has no date yet", None]
    assert faults(dumped(lastfm_page([lastfm(None), lastfm()])), tmp_path) == ["uts is not a time: nothing", None]


def test_what_played_a_moment_ago_has_a_date(tmp_path: Path) -> None:
    assert faults(dumped(lastfm_page([lastfm(**{"@attr": {"nowplaying": "true"}})])), tmp_path) == [None]


def test_the_only_row_of_a_page_stands_there_instead_of_a_list(tmp_path: Path) -> None:
    pages = [{"track": [lastfm(moment(0)), lastfm(moment(1))]}, {"track": lastfm(moment(2))}]
    assert [row["started_at"] for row in said(dumped(pages), tmp_path)] == [utc(2020, 1, 1, 10, n) for n in range(3)]


def test_rows_without_pages(tmp_path: Path) -> None:
    rows = [lastfm(moment(minute)) for minute in range(2)]
    assert said(dumped(rows), tmp_path) == said(dumped(lastfm_page(rows)), tmp_path)


def test_extended_pages_name_the_artist_elsewhere(tmp_path: Path) -> None:
    extended = lastfm(artist={"name": "Artist", "mbid": "", "url": "x", "image": []}) | {"loved": "0"}
    extended["artist"] = extended["artist"]["#text"]
    assert said(dumped(lastfm_page([extended])), tmp_path) == said(dumped(lastfm_page([lastfm()])), tmp_path)


def test_a_page_that_is_an_error_is_told(tmp_path: Path) -> None:
    pages = [lastfm_page([lastfm()]), {"error": 8, "message": "Operation failed"}]
    assert faults(dumped(pages), tmp_path) == [None, "uts is not a time: nothing"]


def test_columns_stand_in_any_order_and_more_may_be_there(tmp_path: Path) -> None:
    plain = said(lastfm_table([lastfm()]), tmp_path)
    for columns in (tuple(reversed(HEADER)), ("odd", "Track", "album ", "uts", "artist")):
        written = lastfm_table([lastfm()], USER, [column.strip().casefold() for column in columns])
        header = ",".join(f'"{column}"' for column in columns).encode()
        assert said(header + b"\r\n" + written.partition(b"\r\n")[2], tmp_path) == plain


def test_line_ends_blank_lines_and_fields_without_quotes_make_no_difference(tmp_path: Path) -> None:
    fields = (1_577_872_800, "01 Jan 2020, 10:00", "Artist", "", "Album", "", "Title", "")
    plain = said(lastfm_table([lastfm(), lastfm()]), tmp_path)
    for end in (b"\n", b"\r\n", b"\n\n"):
        assert said(table([HEADER, fields, fields]).replace(b"\r\n", end), tmp_path) == plain


def test_rows_with_fields_too_few_or_too_many_keep_their_place(tmp_path: Path) -> None:
    fields: tuple[Any, ...] = (1_577_872_800, "", "Artist", "", "Album", "", "Title", "")
    content = table([HEADER, fields, fields[:-1], (*fields, "Title"), fields])
    assert faults(content, tmp_path) == [
        None, "7 fields, where the table has 8 columns", "9 fields, where the table has 8 columns", None,
    ]  # fmt: skip


def test_damage_of_a_table_is_told_with_its_row(tmp_path: Path) -> None:
    sound = lastfm_table([lastfm(moment(0)), lastfm(moment(1), "Café")])
    (latin,) = read_bytes(sound.decode().encode("latin-1"), tmp_path).failed
    assert (latin.reason, latin.row) == ("damaged in row 2: not text in UTF-8; save it so", 2)
    (cut,) = read_bytes(sound.rpartition(b'"Caf')[0] + b'"Caf', tmp_path).failed
    assert (cut.reason, cut.row) == ("damaged in row 2: unexpected end of data", 2)


def test_damage_of_pages_is_told_with_its_row(tmp_path: Path) -> None:
    pages = dumped([{"track": [lastfm(moment(minute))]} for minute in range(3)])
    place = pages.rindex(b'"name"')
    (failed,) = read_bytes(pages[:place] + b"?" + pages[place:], tmp_path).failed
    assert failed.row == 3
    assert failed.reason.startswith("damaged in row 3: ")


def test_a_clock_that_is_no_number_is_no_time(tmp_path: Path) -> None:
    for uts in (-1, "0x5e0c6c20", "1577872800 ", 10**17, datetime(2020, 1, 1).isoformat()):  # noqa: DTZ001
        fault = faults(dumped(lastfm_page([lastfm(uts)])), tmp_path)[0]
        assert fault is None if uts == "1577872800 " else (fault or "").startswith("uts is not a time"), uts
