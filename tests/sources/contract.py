"""What holds for every source. A source's tests inherit SourceContract and say how its rows and files look."""

import json
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import NOW, Reading, read

from groovelog.sources.archives import Archives
from groovelog.sources.find import find
from groovelog.sources.found import Unusable
from groovelog.sources.recognise import Verdict, recognise
from groovelog.sources.source import Source
from scrobbles import Form, dumped, moment
from spotify_export import AGENT, IP, OLD_IP, USER, zipped

# Names that promise something else, or nothing.
NAMES = (
    "x",
    "notes.txt",
    "endsong_0.json",
    "Playlist1.json",
    "recenttracks-x-1.csv",
    "maloja_export_1.json",
    "user.json",
)
INSTANT = {"stop": "stopped_at", "start": "started_at", "played_at": "played_at"}
DEEP = json.loads("[" * 300 + "]" * 300)
CUT = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors, HealthCheck.data_too_large],
)


class SourceContract:
    """`forms` write rows and a user's name as the files of the source that there are, JSON unless in `tables`.

    The `open_ended` are whole after any of their rows. `told` holds rows, and all that they say, by column.
    """

    source: ClassVar[Source]
    forms: ClassVar[dict[str, Form]]
    tables: ClassVar[frozenset[str]] = frozenset()
    open_ended: ClassVar[frozenset[str]] = frozenset()
    told: ClassVar[tuple[tuple[Any, dict[str, Any]], ...]]

    @staticmethod
    def row(at: Any, title: Any = "Title", artist: Any = "Artist") -> Any:
        """A row of the source. A moment is written as the source writes it, anything else as it is."""
        raise NotImplementedError

    def rows(self, count: int = 3) -> list[Any]:
        return [self.row(moment(minute), f"黒い海 {minute}", "Ángel") for minute in range(count)]

    def test_it_is_known_by_its_content_under_any_name(self, tmp_path: Path) -> None:
        for form, write in self.forms.items():
            for name in NAMES:
                (tmp_path / name).write_bytes(write(self.rows(), USER))
                assert verdict(tmp_path / name) == Verdict(source=self.source), form

    def test_it_is_read_loose_in_folders_and_in_zips(self, tmp_path: Path) -> None:
        for write in self.forms.values():
            content = write(self.rows(), USER)
            loose = said(content, tmp_path)
            assert len(loose) == 3
            for name, packed in {
                "a.zip": zipped({"folder/x": content}),
                "b.zip": zipped({"a.zip": zipped({"x": content})}),
                "folder/deeper/x": content,
            }.items():
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_bytes(packed)
                assert rows_of(read(tmp_path / name.partition("/")[0], scratch=tmp_path / "scratch")) == loose

    def test_encodings_make_no_difference(self, tmp_path: Path) -> None:
        for write in self.forms.values():
            content = write(self.rows(), USER)
            plain = said(content, tmp_path)
            for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
                assert said(content.decode().encode(encoding), tmp_path) == plain, encoding

    def test_every_row_says_what_is_told_of_it_and_nothing_else(self, tmp_path: Path) -> None:
        for form, write in self.forms.items():
            rows = said(write([row for row, _ in self.told], USER), tmp_path)
            assert [telling(row) for row in rows] == [
                {"source": self.source.name, **columns} for _, columns in self.told
            ], form

    def test_a_listen_is_one_identity_in_every_form_and_under_any_user_name(self, tmp_path: Path) -> None:
        files = [write(self.rows(), user) for write in self.forms.values() for user in (USER, "renamed")]
        keys = [[row["row_key"] for row in said(content, tmp_path)] for content in files]
        assert keys == [keys[0]] * len(keys)
        assert len(set(keys[0])) == 3

    def test_what_is_private_is_not_read(self, tmp_path: Path) -> None:
        for write in self.forms.values():
            rows = said(write([*self.rows(), *(row for row, _ in self.told)], USER), tmp_path)
            assert not [word for word in (USER, IP, OLD_IP, AGENT) if word in str(rows)]

    def test_order_of_keys_and_unknown_keys_make_no_difference(self, tmp_path: Path) -> None:
        rows = [row for row, _ in self.told]
        for form in self.forms.keys() - self.tables:
            write = self.forms[form]
            assert said(write(list(map(shuffled, rows)), USER), tmp_path) == said(write(rows, USER), tmp_path), form

    def test_times_that_cannot_be_cost_their_row_alone(self, tmp_path: Path) -> None:
        begin = datetime.fromisoformat(self.source.earliest).replace(tzinfo=UTC)
        latest = NOW + timedelta(days=1)
        for write in self.forms.values():
            times = [None, "", "soon", datetime(1970, 1, 1, tzinfo=UTC), latest + timedelta(minutes=1), begin, latest]
            rows = said(write([self.row(moment(0)), *map(self.row, times)], USER), tmp_path)
            sound, none, empty, word, old, future, first, last = (row["fault"] for row in rows)
            for fault in (none, empty):
                assert fault.endswith(("is not a time: nothing", 'is not a time: ""', "it has no date yet"))
            assert word.endswith('is not a time: "soon"')
            assert f"is before {self.source.earliest}" in old
            assert "is in the future" in future
            assert [sound, first, last] == [None] * 3

    def test_the_instant_is_that_of_the_row(self, tmp_path: Path) -> None:
        instant = INSTANT[self.source.tells]
        for write in self.forms.values():
            rows = said(write(self.rows(), USER), tmp_path)
            assert [row[instant] for row in rows] == [moment(minute).replace(tzinfo=None) for minute in range(3)]

    def test_null_and_empty_names_are_one_and_cost_nothing(self, tmp_path: Path) -> None:
        names = [(None, "Artist"), ("", "Artist"), ("Title", None), ("Title", ""), (None, None), ("", "")]
        for write in self.forms.values():
            rows = said(write([self.row(moment(0)), *(self.row(moment(0), *pair) for pair in names)], USER), tmp_path)
            assert [row["fault"] for row in rows] == [None] * 7
            assert len({row["row_key"] for row in rows}) == 4
            assert [(row["track_name"], row["artist_name"]) for row in rows[2::2]] == [
                (None, "Artist"), ("Title", None), (None, None),
            ]  # fmt: skip

    def test_rows_of_another_shape_keep_their_place(self, tmp_path: Path) -> None:
        sound = self.row(moment(0))
        wrong = [7, None, "x", True, {}, {"odd": 1}, 0.5]
        for form in self.forms.keys() - self.tables:
            rows = said(self.forms[form]([sound, *wrong, sound], USER), tmp_path)
            assert [row["fault"] is None for row in rows] == [True, *[False] * len(wrong), True], form

    def test_names_that_are_no_texts_cost_their_row_at_most(self, tmp_path: Path) -> None:
        odd = [[], {}, ["x"], {"x": 1}, DEEP]
        for form in self.forms.keys() - self.tables:
            for place in ("title", "artist"):
                mixed = [self.row(moment(0)), *(self.row(moment(0), **{place: value}) for value in odd)]
                rows = said(self.forms[form]([*mixed, self.row(moment(1))], USER), tmp_path)
                assert len(rows) == len(odd) + 2
                assert (rows[0]["fault"], rows[-1]["fault"]) == (None, None)
                read_as = [row[f"{name}_name"] for row in rows if not row["fault"] for name in ("track", "artist")]
                assert set(read_as) <= {"Title", "Artist", None}

    def test_numbers_for_names_are_their_text(self, tmp_path: Path) -> None:
        for form in self.forms.keys() - self.tables:
            write = self.forms[form]
            assert said(write([self.row(moment(0), 1999)], USER), tmp_path) == said(
                write([self.row(moment(0), "1999")], USER), tmp_path
            )

    def test_seconds_and_milliseconds_are_one(self, tmp_path: Path) -> None:
        if not self.source.epoch:
            return
        told = [1_577_872_800, 1_577_872_800_000, "1577872800", "1577872800000"]
        for write in self.forms.values():
            rows = said(write(list(map(self.row, told)), USER), tmp_path)
            assert [(row["started_at"], row["fault"]) for row in rows] == [(datetime(2020, 1, 1, 10), None)] * 4  # noqa: DTZ001
            assert len({row["row_key"] for row in rows}) == 1

    def test_a_file_without_rows_is_read(self, tmp_path: Path) -> None:
        for write in self.forms.values():
            if content := write([], USER):
                assert said(content, tmp_path) == []

    @CUT
    @given(st.data())
    def test_a_file_cut_short_is_told_or_is_whole_up_to_there(self, data: st.DataObject) -> None:
        form = data.draw(st.sampled_from(sorted(self.forms)))
        write = self.forms[form]
        content = write(self.rows(), USER)
        cut = content[: data.draw(st.integers(0, len(content) - 1))]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "x")
            path.write_bytes(cut)
            try:
                if verdict(path).source is None:
                    return
            except Unusable:
                return
            reading = read(path, scratch=Path(folder, "scratch"))
            whole = said(content, Path(folder))
        if reading.failed:
            assert len(reading.failed) == 1
            assert not reading.rows
            return
        sound = [row for row in rows_of(reading) if row["fault"] is None]
        assert sound == whole[: len(sound)]
        if len(sound) == len(reading.rows):
            # Nothing tells of a cut: there is none to see.
            assert form in self.open_ended or len(sound) == len(whole)
            # A table's last field may be empty, and then the quotes around nothing are all that a cut takes.
            assert cut.rstrip(b'\r\n "') == write(self.rows(len(sound)), USER).rstrip(b'\r\n "')
        else:
            assert form in self.tables
            assert len(reading.rows) == len(sound) + 1


def verdict(path: Path) -> Verdict:
    with Archives() as archives:
        (file,) = find([path], path.parent, archives)[0]
        return recognise(file)


def said(content: bytes, folder: Path) -> list[dict[str, Any]]:
    """All rows of a file of this content."""
    (folder / "history").write_bytes(content)
    return rows_of(read(folder / "history", scratch=folder / "scratch"))


def rows_of(reading: Reading) -> list[dict[str, Any]]:
    assert reading.failed == []
    return reading.rows


def telling(row: dict[str, Any]) -> dict[str, Any]:
    """What a row says, without what it leaves open and its identity."""
    return {name: value for name, value in row.items() if value is not None and name not in ("file_no", "row_key")}


def shuffled(value: Any) -> Any:
    """The value with the keys of its objects backwards, and one more in each."""
    if isinstance(value, dict):
        return {"odd": {"name": [1]}, **{key: shuffled(inner) for key, inner in reversed(value.items())}}
    return [shuffled(inner) for inner in value] if isinstance(value, list) else value


def json_list(rows: Sequence[Any], _: str) -> bytes:
    """The form of Spotify's exports."""
    return dumped(list(rows))
