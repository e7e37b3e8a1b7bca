"""Which entries of the catalogue are one recording: by hand, and against a brute-force version."""

from itertools import combinations
from typing import Any

import duckdb
import pytest
from export_rows import account, extended
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import NOW, bring, everything, sound

from groovelog.lake.catalogue import name_tracks_anew
from groovelog.lake.home import Home
from groovelog.lake.recordings import SAME_LENGTH_MS, group
from groovelog.lake.run import writing
from groovelog.lake.snapshot import connect
from groovelog.names import audio_key

Entry = tuple[str, str | None, int | None, str | None]
Confirmed = tuple[str, str]


def grouped(entries: list[Entry], confirmed: list[Confirmed] = ()) -> set[frozenset[str]]:
    """Recordings as sets of track ids, from (track_id, isrc, length_ms, audio_key) and (track_id, ref_id)."""
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE catalogue (track_id VARCHAR, isrc VARCHAR, length_ms BIGINT, audio_key VARCHAR);"
            "CREATE TABLE match_decisions (track_id VARCHAR, reference VARCHAR, ref_id VARCHAR, run_id VARCHAR, decision VARCHAR)"
        )
        for entry in entries:
            connection.execute("INSERT INTO catalogue VALUES (?, ?, ?, ?)", entry)
        for track_id, ref_id in confirmed:
            connection.execute("INSERT INTO match_decisions VALUES (?, 'songs', ?, '1', 'confirm')", [track_id, ref_id])
        group(connection)
        rows = connection.execute("SELECT recording_id, list(track_id) FROM grouped GROUP BY recording_id").fetchall()
    assert all(recording_id == min(tracks) for recording_id, tracks in rows)
    return {frozenset(tracks) for _, tracks in rows}


def sets(*groups: str) -> set[frozenset[str]]:
    return {frozenset(letters) for letters in groups}


def test_equal_names_are_one_and_others_are_not() -> None:
    assert grouped([("a", None, None, "k"), ("b", None, None, "k"), ("c", None, None, "l")]) == sets("ab", "c")


def test_lengths_over_three_seconds_apart_are_two() -> None:
    within = [("a", None, 200_000, "k"), ("b", None, 200_000 + SAME_LENGTH_MS, "k")]
    assert grouped(within) == sets("ab")
    assert grouped([*within, ("c", None, 200_001 + 2 * SAME_LENGTH_MS, "k")]) == sets("ab", "c")


def test_whose_length_nobody_tells_goes_with_the_most() -> None:
    entries = [("a", None, 100_000, "k"), ("b", None, 200_000, "k"), ("c", None, 200_500, "k"), ("d", None, None, "k")]
    assert grouped(entries) == sets("a", "bcd")
    assert grouped([entries[0], entries[1], entries[3]]) == sets("ad", "b")


def test_an_isrc_joins_what_names_and_lengths_part() -> None:
    entries = [("a", "X", 100_000, "k"), ("b", "X", 200_000, "l"), ("c", "Y", 200_000, "l"), ("d", "Y", None, "m")]
    assert grouped(entries) == sets("abcd")


def test_nameless_artists_join_nothing() -> None:
    assert grouped([("a", None, None, None), ("b", None, None, None)]) == sets("a", "b")


def test_what_a_person_confirmed_to_be_one_row_is_one() -> None:
    entries: list[Entry] = [("a", None, None, "k"), ("b", None, None, "l"), ("c", None, None, "m")]
    assert grouped(entries, [("a", "r1"), ("c", "r1"), ("b", "r2")]) == sets("ac", "b")


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([None, None, "X", "Y", "Z"]), st.one_of(st.none(), st.integers(0, 8).map(lambda s: 1 + s * 1_000)),
        st.sampled_from(["k", "l", None]),
    ),
    max_size=10,
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(ENTRIES)
def test_it_equals_brute_force(drawn: list[tuple[str | None, int | None, str | None]]) -> None:
    entries: list[Entry] = [(chr(97 + at), *one) for at, one in enumerate(drawn)]
    assert grouped(entries) == brute_force(entries)


def brute_force(entries: list[Entry]) -> set[frozenset[str]]:
    """Pairs of neighbours in length, then of ISRC, until nothing joins any more."""
    groups = [{entry[0]} for entry in entries]
    by_id = {entry[0]: entry for entry in entries}

    def together(one: str, other: str) -> None:
        first, second = (next(group for group in groups if track in group) for track in (one, other))
        if first is not second:
            first |= second
            groups.remove(second)

    for one, other in combinations(entries, 2):
        same_key = one[3] is not None and one[3] == other[3]
        if same_key and one[2] is not None and other[2] is not None and abs(one[2] - other[2]) <= SAME_LENGTH_MS:
            together(one[0], other[0])
    for key in {entry[3] for entry in entries} - {None}:
        same = [entry for entry in entries if entry[3] == key]
        untold = [entry[0] for entry in same if entry[2] is None]
        told = [
            group for group in groups if any(by_id[track][3] == key and by_id[track][2] is not None for track in group)
        ]
        if told and untold:
            largest = min(told, key=lambda group: (-len(group), min(by_id[track][2] or 0 for track in group)))
            for track in untold:
                together(track, min(largest))
        for track in untold[1:]:
            together(track, untold[0])
    for one, other in combinations(entries, 2):
        if one[1] is not None and one[1] == other[1]:
            together(one[0], other[0])
    return {frozenset(group) for group in groups}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Low Tide (feat. Ada Quill) - 2011 Remaster", "The Verandahs"), ("LOW TIDE", "Verandahs, Ada Quill"), True),
        (("Low Tide", "Tin, The Postcards"), ("Low Tide", "Tin the Postcards"), True),
        (("Low Tide - Live", "The Verandahs"), ("Low Tide", "The Verandahs"), False),
        (("Low Tide - Sped Up", "The Verandahs"), ("Low Tide - Slowed", "The Verandahs"), False),
        (("Low Tide", "The Verandahs"), ("Low Tide", "The Anchors"), False),
        (("Low Tide, Pt. 2", "The Verandahs"), ("Low Tide, Pt. 3", "The Verandahs"), False),
        (("黒い海", "十月"), ("黒い海", "十月"), True),
        (("黒い海", "十月"), ("青い海", "十月"), False),
    ],
)
def test_keys(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    assert (audio_key(*one) == audio_key(*other)) == same


def catalogue(home: Home) -> dict[str, Any]:
    kept = everything(home)
    return {table: kept[table] for table in ("tracks", "recordings")}


def single(stop: str, title: str, letter: str = "s") -> Any:
    return extended(
        stop, master_metadata_track_name=title, spotify_track_uri=f"spotify:track:{letter * 22}",
    )  # fmt: skip


ROWS = (
    extended("2021-03-04 10:00:00"),
    single("2021-03-05 10:00:00", "ÁGUA - Radio Edit"),
    single("2021-03-06 10:00:00", "Água (Live)"),
    account("2021-03-07 10:00"),
    account("2021-03-08 10:00", trackName="Only Told", artistName="By Account Data"),
)


def test_an_import_keeps_them_current_in_any_order_and_in_any_pieces(tmp_path: Any) -> None:
    told = []
    for number, pieces in enumerate([[ROWS], [ROWS[:2], ROWS[2:]], [ROWS[3:], ROWS[1:3], ROWS[:1], ROWS]]):
        home = Home(tmp_path / str(number))
        for rows in pieces:
            bring(home, *rows)
        told.append(catalogue(home))
        assert sound(home)
    assert told[0] == told[1] == told[2]
    # The track of the radio edit was last called Live: another recording. What account data alone tell is a track too.
    names = {row["track_id"]: (row["track_name"], row["recording_id"]) for row in told[0]["tracks"]}
    assert names["spotify:track:" + "s" * 22] == ("Água (Live)", "spotify:track:" + "s" * 22)
    # What account data alone tell are tracks too; the one that a URI has as well is that recording.
    told_by_names = {name for track_id, (name, _) in names.items() if track_id.startswith("track:")}
    assert told_by_names == {"Água", "Only Told"}
    assert [row["tracks"] for row in told[0]["recordings"]] == [2, 1, 1]


def test_it_is_what_a_naming_from_all_rows_gives(home: Home) -> None:
    bring(home, *ROWS[:3])
    bring(home, *ROWS[2:])
    before = catalogue(home)
    with connect() as connection, writing(home, connection, NOW) as run:
        name_tracks_anew(run, without=[])
        run.publish("again")
    assert catalogue(home) == before
