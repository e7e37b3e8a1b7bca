"""Groovelog's own export as a source: what its rows have to be, and what becomes of damaged ones."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from reading import Reading, read, utc

from groovelog.sources.archives import Archives
from groovelog.sources.find import find
from groovelog.sources.found import Unusable
from groovelog.sources.recognise import Verdict, recognise
from groovelog.tables import SAID
from spotify_export import account, extended, text, zipped

Row = dict[str, Any]
COLUMNS = ("source", "row_key", "shown_together", *(column.name for column in SAID))


def row(**told: Any) -> Row:
    """A row of extended history as an export has it. Other columns replace."""
    return {
        **dict.fromkeys(COLUMNS),
        "source": "spotify_extended",
        "row_key": "00000000000000ff",
        "shown_together": "false",
        "kind": "track",
        "started_at": "2020-01-01T09:59:30.000000Z",
        "stopped_at": "2020-01-01T10:00:00.000000Z",
        "ms_played": "30000",
        "track_uri": f"spotify:track:{0:022}",
        "track_name": "Title 0",
        "artist_name": "Artist",
        "album_name": "Album",
        "platform": "android",
        "country": "PT",
        "reason_start": "clickrow",
        "reason_end": "trackdone",
        "shuffle": "false",
        "skipped": "false",
        "offline": "false",
        "incognito": "false",
        **told,
    }


def as_csv(*rows: Row) -> bytes:
    """Python's own writer, as other programs save: only what has to be quoted is."""
    names = list(rows[0])
    lines = [names, *([row[name] for name in names] for row in rows)]
    return "".join(",".join(_field(value) for value in line) + "\n" for line in lines).encode()


def _field(value: str | None) -> str:
    if value is None:
        return ""
    return '"' + value.replace('"', '""') + '"' if set(value) & set(',"\r\n') else value


def as_jsonl(*rows: Row) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def as_parquet(*rows: Row) -> bytes:
    names = list(rows[0])
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in names}), sink)
    return bytes(sink.getvalue())


WRITERS = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet}
every_format = pytest.mark.parametrize("form", WRITERS)


def reading(content: bytes, form: str, folder: Path) -> Reading:
    path = folder / f"source_plays.{form}"
    path.write_bytes(content)
    return read(path, scratch=folder / "scratch")


def verdict(name: str, content: bytes, folder: Path) -> Verdict:
    (folder / name).write_bytes(content)
    (file,) = find([folder / name], folder, Archives())[0]
    return recognise(file)


@every_format
def test_a_row_is_what_its_own_source_reads(form: str, tmp_path: Path) -> None:
    history = tmp_path / "endsong_0.json"
    device = {"offline_timestamp": 1_600_000_000_500}
    history.write_bytes(text(extended(0), extended(0, **device), extended(0, offline_timestamp=86_400)))
    (tmp_path / "account").mkdir()
    of_account = tmp_path / "account" / "StreamingHistory0.json"
    of_account.write_bytes(text(account(0)))
    straight = read(history, of_account, scratch=tmp_path / "scratch").rows
    nothing = dict.fromkeys(("track_uri", "album_name", "platform", "country", "reason_start", "reason_end"))
    no_flags = dict.fromkeys(("shuffle", "skipped", "offline", "incognito"))
    exported = reading(
        WRITERS[form](
            row(),
            row(offline_at="2020-09-13T12:26:40.500000Z"),
            row(offline_at="1970-01-02 00:00:00+00:00", shuffle="False"),
            row(source="spotify_account", **nothing, **no_flags),
        ),
        form,
        tmp_path,
    )
    assert exported.failed == []
    for one, other in zip(exported.rows, straight, strict=True):
        assert one == {**other, "file_no": 1, "together": False}


@every_format
def test_what_is_worked_out_is_worked_out_anew(form: str, tmp_path: Path) -> None:
    tampered = row(kind="episode", started_at="1999-01-01T00:00:00Z", row_key="ffffffffffffffff", shown_together="true")
    honest, forged = reading(WRITERS[form](row(), tampered), form, tmp_path).rows
    assert forged == {**honest, "together": True}
    assert (honest["kind"], honest["started_at"]) == ("track", utc(2020, 1, 1, 9, 59, 30))


@every_format
@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"source": "spotify"}, 'source is none that Groovelog knows: "spotify"'),
        ({"source": None}, "source is none that Groovelog knows: nothing"),
        ({"shown_together": None}, "shown_together is not true or false: nothing"),
        ({"shown_together": "maybe"}, 'shown_together is not true or false: "maybe"'),
        ({"stopped_at": None}, "stopped_at is not a time: nothing"),
        ({"stopped_at": "yesterday"}, 'stopped_at is not a time: "yesterday"'),
        ({"stopped_at": "2030-01-01T00:00:00Z"}, 'stopped_at is in the future: "2030-01-01T00:00:00Z"'),
        ({"stopped_at": "1999-01-01T00:00:00Z"}, 'stopped_at is before 2006-01-01: "1999-01-01T00:00:00Z"'),
        ({"ms_played": None}, "ms_played is not a whole number of ms: nothing"),
        ({"ms_played": "-1"}, 'ms_played is negative: "-1"'),
        ({"ms_played": "30000.5"}, 'ms_played is not a whole number of ms: "30000.5"'),
        ({"shuffle": "often"}, 'shuffle is not true or false: "often"'),
        ({"offline_at": "then"}, 'offline_at is not a time: "then"'),
        ({"isrc": "X"}, 'isrc is nothing that spotify_extended tells: "X"'),
        (
            {"played_at": "2020-01-01T10:00:00Z"},
            'played_at is nothing that spotify_extended tells: "2020-01-01T10:00:00Z"',
        ),
        ({"source": "lastfm"}, None),
    ],
)
def test_nonsense_makes_a_row_unreadable_and_no_other(form: str, told: Row, fault: str | None, tmp_path: Path) -> None:
    rows = reading(WRITERS[form](row(), row(**told), row(track_name="Other")), form, tmp_path).rows
    assert [staged["fault"] is None for staged in rows] == [True, False, True]
    assert fault is None or rows[1]["fault"] == fault
    assert rows[2]["track_name"] == "Other"


ODD = [
    'say "hi"', "a,b", "one\ntwo", "one\r\ntwo", "\r", '"', '""', "'", "\\", "\\N", "#1", " spaces ", "\t", "-", "=1+1",
    "null", "NULL", "None", "nan", "NaN", "-inf", "007", "1e5", "0x10", "1_000", "2020-01-01", "12:30", "true", "FALSE",
    "[1]", '{"a": 1}', "🎧🎵", "黒い海", "e\u0301", "\u2028", "\x1f", "a\x00b", "\ufeff", "x" * 100_000,
]  # fmt: skip


@every_format
def test_odd_texts_are_texts(form: str, tmp_path: Path) -> None:
    rows = reading(WRITERS[form](*(row(track_name=odd, platform=odd) for odd in ODD)), form, tmp_path).rows
    assert [(staged["fault"], staged["track_name"], staged["platform"]) for staged in rows] == [
        (None, odd, odd) for odd in ODD
    ]


@every_format
def test_nothing_and_the_empty_text_are_alike(form: str, tmp_path: Path) -> None:
    nothing, empty = reading(WRITERS[form](row(album_name=None), row(album_name="")), form, tmp_path).rows
    assert nothing == empty
    assert nothing["album_name"] is None


def cut(content: bytes, form: str) -> bytes:
    return content[: -len(content) // 4]


def in_the_middle_of_quotes(content: bytes, form: str) -> bytes:
    return content + content.splitlines()[1].replace(b"Title 0", b'"Title 0') + b"\n"


def a_column_less(content: bytes, form: str) -> bytes:
    return WRITERS[form]({name: value for name, value in row().items() if name != "platform"})


def a_row_too_short(content: bytes, form: str) -> bytes:
    return content + b"2020,spotify_extended\n"


def no_utf8(content: bytes, form: str) -> bytes:
    return content.replace(b"Title 0", b"Title \xff")


@pytest.mark.parametrize(
    ("damage", "form", "reason"),
    [
        (cut, "csv", "cut short: the last row has no end"),
        (in_the_middle_of_quotes, "csv", "cut short: the last row has no end"),
        (a_row_too_short, "csv", f"damaged CSV in line 4: Expected Number of Columns: {len(COLUMNS)} Found: 2"),
        (no_utf8, "csv", "damaged CSV in line 2: Invalid unicode"),
        (a_column_less, "csv", "without the column platform, which `groovelog export` writes"),
        (a_column_less, "jsonl", "without the column platform, which `groovelog export` writes"),
        (a_column_less, "parquet", "without the column platform, which `groovelog export` writes"),
    ],
)
def test_a_damaged_file_leaves_no_row(
    damage: Callable[[bytes, str], bytes], form: str, reason: str, tmp_path: Path
) -> None:
    answer = reading(damage(WRITERS[form](row(), row(ms_played="1")), form), form, tmp_path)
    assert answer.rows == []
    assert [note.reason.startswith(reason) for note in answer.failed] == [True], answer.failed


def test_a_broken_line_is_one_row(tmp_path: Path) -> None:
    lines = as_jsonl(row(), row(ms_played="1"), row(ms_played="2")).splitlines()
    content = b"\n".join([lines[0], lines[1][:100], b"[1]", b"", lines[2][:-1]]) + b"\n"
    assert [staged["fault"] for staged in reading(content, "jsonl", tmp_path).rows] == [
        None, "not a JSON object", "not a JSON object", "not a JSON object",
    ]  # fmt: skip


def test_a_list_is_no_text(tmp_path: Path) -> None:
    (staged,) = reading(as_jsonl(row(track_name=["a"])), "jsonl", tmp_path).rows
    assert staged["fault"] == "track_name is not text"


def test_parquet_cut_short_is_said(tmp_path: Path) -> None:
    content = as_parquet(*[row()] * 100)
    with pytest.raises(Unusable, match="damaged Parquet"):
        verdict("source_plays.parquet", content[:-100], tmp_path)


def test_parquet_damaged_inside_is_said(tmp_path: Path) -> None:
    content = bytearray(as_parquet(*(row(track_name=f"Title {number}") for number in range(1_000))))
    content[200:3_000] = bytes(2_800)
    answer = reading(bytes(content), "parquet", tmp_path)
    assert answer.rows == []
    assert answer.failed[0].reason.startswith("damaged Parquet: ")


def test_one_damaged_export_does_not_touch_another(tmp_path: Path) -> None:
    for name, content in {"a": as_csv(row()), "b": as_csv(row())[:-9], "c": as_csv(row(track_name="C"))}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "source_plays.csv").write_bytes(content)
    answer = read(*(tmp_path / name for name in "abc"), scratch=tmp_path / "scratch")
    assert [staged["track_name"] for staged in answer.rows] == ["Title 0", "C"]
    assert len(answer.failed) == 1


@every_format
def test_it_is_recognised_by_content_in_a_zip_too(form: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    path.write_bytes(zipped({"x": WRITERS[form](row())}))
    (staged,) = read(path, scratch=tmp_path / "scratch").rows
    assert staged["track_name"] == "Title 0"


@every_format
def test_what_stands_beside_it_is_left_alone(form: str, tmp_path: Path) -> None:
    def reason(name: str, **columns: str) -> str | None:
        told = verdict(f"{name}.{form}", WRITERS[form](columns), tmp_path)
        return told.ignored if told.expected else None

    plays = {name: value for name, value in row(play_id="0").items() if name not in ("source", "row_key")}
    worked_out = "of a Groovelog export: worked out anew from its source_plays"
    assert reason("plays", **plays) == worked_out
    assert reason("tracks", track_id="x", track_name="y") == worked_out
    account = "of a Groovelog export: the account of earlier imports, not read again"
    assert reason("receipts", run_id="x", file_no="1") == account
    assert reason("plays", artist="x", title="y") is None


def test_a_parquet_file_of_something_else_is_not_known(tmp_path: Path) -> None:
    told = verdict("x.parquet", as_parquet({"a": "1", "b": "2"}), tmp_path)
    assert told == Verdict(ignored="not recognised: a table with the columns a, b")


def test_as_other_programs_save_it(tmp_path: Path) -> None:
    """With a byte order mark, Python's booleans, spaces in times, lengths with a point, columns in another order."""
    told = row(
        shown_together="False", shuffle="False", skipped="False", offline="False", incognito="False",
        stopped_at="2020-01-01 10:00:00+00:00", ms_played="30000.0",
    )  # fmt: skip
    path = tmp_path / "source_plays.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, sorted(told), lineterminator="\r\n")
        writer.writeheader()
        writer.writerow(told)
    saved = read(path, scratch=tmp_path / "scratch")
    plain = reading(as_csv(row()), "csv", tmp_path)
    assert saved.failed == []
    assert saved.rows == plain.rows
