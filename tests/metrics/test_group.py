"""Reports of a group: by hand, whose plays they tell of, and against a plain-Python twin."""

import math
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from drawing import drawn
from histories import ME, LakeDouble, Row, match, placed, play, track
from hypothesis import given
from hypothesis import strategies as st

from groovelog import access
from groovelog.errors import NobodyShows, NotFoundError, NothingToTell, NotShown
from groovelog.model import Listener
from groovelog.reports import Question, run
from groovelog.tables import CONSENTS, PLAYS, REFERENCES, TRACK_MATCHES

ANNA = Listener("b2", "anna", ((None, "Europe/Lisbon"),), invented=False)
ZOE = Listener("c3", "zoe", ((None, "Europe/Lisbon"),), invented=False)
ROBOT = Listener("d4", "robot", ((None, "Europe/Lisbon"),), invented=True)
EVERYBODY = [ME, ANNA, ZOE]
TRACKS = [track(number, f"Song {number}", artist) for number, artist in enumerate("xxyyz", 1)]


def heard(person: Listener, number: int, day: int = 1, **columns: Any) -> Row:
    entry = TRACKS[number - 1]
    names = {name: entry[name] for name in ("track_name", "artist_name")}
    return play(
        f"2024-06-{day:02}T10:00", listener_id=person.listener_id, track_uri=entry["track_id"], **names, **columns
    )


def says(person: Listener, shares: str, run_id: str = "1") -> Row:
    return {"listener_id": person.listener_id, "run_id": run_id, "shares": shares, "decided_at": None}


def of(plays: list[Row], shares: str = "all", people: list[Listener] = EVERYBODY) -> LakeDouble:
    lake = LakeDouble([row | {"play_id": number} for number, row in enumerate(plays)], TRACKS, people)
    lake.fill(CONSENTS, [says(person, shares) for person in people if person != ME])
    return lake


def asked(lake: LakeDouble, name: str, **question: Any) -> list[Row]:
    rows: list[Row] = run(lake, name, Question(listener="me", **question)).as_json()["rows"]
    return rows


def test_nobody_is_in_a_group_unasked() -> None:
    lake = LakeDouble([heard(ME, 1), heard(ANNA, 1)], TRACKS, EVERYBODY)
    with pytest.raises(NobodyShows, match=r"^Nobody else shows me counts and times\.$") as nobody:
        asked(lake, "leaderboard")
    assert nobody.value.needed == "totals"
    with pytest.raises(NotShown, match=r"^anna shows others nothing, and this report needs [a-z, ]*\.$") as refused:
        asked(lake, "compatibility", beside=("anna",))
    assert (refused.value.name, refused.value.needed) == ("anna", "all")


def test_totals_are_enough_for_totals_alone() -> None:
    lake = of([heard(ME, 1), heard(ANNA, 1)], "totals")
    assert [row["listener"] for row in asked(lake, "leaderboard")] == ["anna", "me"]
    for report in ("compatibility", "shared-favourites", "who-heard-first"):
        with pytest.raises(NothingToTell, match="Nobody else shows me tracks"):
            asked(lake, report)


def test_the_latest_word_counts() -> None:
    lake = of([heard(ME, 1), heard(ANNA, 1)])
    lake.fill(CONSENTS, [says(ANNA, "all", "1"), says(ANNA, "nothing", "2"), says(ZOE, "all")])
    assert run(lake, "leaderboard", Question(listener="me")).as_json()["with"] == ["zoe"]


def test_those_named_are_the_group_and_no_others() -> None:
    lake = of([heard(ME, 1), heard(ANNA, 1), heard(ZOE, 1)])
    rows = asked(lake, "compatibility", beside=("zoe", "me"))
    assert [(row["listener"], row["other"]) for row in rows] == [("me", "zoe")]
    with pytest.raises(NotFoundError, match="named bert"):
        asked(lake, "compatibility", beside=("bert",))


def test_the_invented_are_a_group_of_their_own() -> None:
    people = [ME, ROBOT]
    assert access.group(ME, [*people, ANNA], {"b2": "all", "d4": "all"}, "all") == (ANNA,)
    assert access.group(ME, people, {"d4": "all"}, "all", ["robot"]) == (ROBOT,)
    with pytest.raises(NothingToTell):
        access.group(ROBOT, people, {"a1": "all"}, "all")


def test_what_was_played_in_private_is_nobodys_business() -> None:
    lake = of(
        [heard(ME, 1), heard(ANNA, 1, incognito=True), heard(ANNA, 2, incognito=False), heard(ME, 2, incognito=True)]
    )
    assert asked(lake, "shared-favourites", what="track") == []
    assert {row["listener"]: row["plays"] for row in asked(lake, "leaderboard")} == {"me": 1, "anna": 1}
    basis = run(lake, "leaderboard", Question(listener="me")).basis
    assert (basis.plays, basis.counted_plays) == (2, 2)


def test_leaderboard() -> None:
    plays = [
        heard(ME, 1, 1, minutes=2), heard(ME, 1, 2, minutes=2), heard(ME, 3, 2, minutes=2),
        heard(ANNA, 5, 1, minutes=30), heard(ANNA, 5, 9, minutes=0.1), heard(ZOE, 1, 1, minutes=0.1),
    ]  # fmt: skip
    lake = of(plays)
    columns = ("rank", "listener", "plays", "ms_played", "tracks", "artists", "new_artists", "days_with_plays")
    assert [tuple(row[name] for name in columns) for row in asked(lake, "leaderboard")] == [
        (1, "me", 3, 360_000, 2, 2, 2, 2), (2, "anna", 1, 1_800_000, 1, 1, 1, 1), (3, "zoe", 0, 0, 0, 0, 0, 0),
    ]  # fmt: skip
    assert [row["listener"] for row in asked(lake, "leaderboard", by="time")] == ["anna", "me", "zoe"]
    # On the second of June me plays x again, which is not new, and y, which is.
    (first, *_) = asked(lake, "leaderboard", from_date=date(2024, 6, 2))
    assert (first["listener"], first["plays"], first["new_artists"]) == ("me", 2, 1)


def test_hours_are_those_of_the_ones_who_show_them_and_of_nothing_private() -> None:
    plays = [heard(ME, 1), heard(ME, 2, 2), heard(ANNA, 5), heard(ANNA, 5, incognito=True), heard(ZOE, 1, minutes=0.1)]
    rows = asked(of(plays, "totals"), "group-hours")
    assert [(row["listener"], row["hour"], row["plays"]) for row in rows] == [("anna", 10, 1), ("me", 10, 2)]


def test_compatibility_by_hand() -> None:
    # me: x half, y half; anna: x all. Affinity by artist sqrt(1/2 * 1); by recording me 1/4 of song 1, anna all of it:
    # sqrt(1/4) = 1/2. Without audio features (0.6 * 0.7071 + 0.2 * 0.5) / 0.8 = 0.6553.
    plays = [heard(ME, 1), heard(ME, 2), heard(ME, 3), heard(ME, 4), heard(ANNA, 1), heard(ANNA, 1, 2)]
    (row,) = asked(of(plays, people=[ME, ANNA]), "compatibility")
    assert row["artist_affinity"] == pytest.approx(math.sqrt(0.5))
    assert row["track_affinity"] == pytest.approx(0.5)
    assert (row["compatibility"], row["audio_similarity"]) == (66, None)
    assert (row["listener"], row["artists"], row["other_artists"], row["common_artists"]) == ("anna", 1, 2, 1)
    assert (row["artist_jaccard"], row["track_jaccard"]) == (0.5, 0.25)


def test_audio_similarity_counts_where_enough_is_known() -> None:
    plays = [heard(ME, 1), heard(ANNA, 3)]
    lake = of(plays, people=[ME, ANNA])
    level = dict.fromkeys(
        ("danceability", "energy", "speechiness", "acousticness", "instrumentalness", "liveness"), 0.5
    )
    rows = [
        {"reference": "songs", "ref_id": ref_id, "valence": valence, **level}
        for ref_id, valence in (("r1", 0.2), ("r3", 0.9))
    ]
    lake.fill(REFERENCES, rows)
    lake.fill(TRACK_MATCHES, [match(1, "r1"), match(3, "r3")])
    (row,) = asked(lake, "compatibility")
    # One of seven means is 0.7 apart; nothing in common but that: 0.2 of 1.
    assert row["audio_similarity"] == pytest.approx(0.9)
    assert row["compatibility"] == 18
    lake.fill(TRACK_MATCHES, [match(1, "r1")])
    assert asked(lake, "compatibility")[0]["audio_similarity"] is None


def test_one_twice_is_wholly_compatible() -> None:
    plays = [
        heard(person, number, day) for person in (ME, ANNA) for number in (1, 2, 3) for day in range(1, number + 1)
    ]
    (row,) = asked(of(plays, people=[ME, ANNA]), "compatibility")
    assert (row["compatibility"], row["artist_jaccard"], row["track_jaccard"]) == (100, 1.0, 1.0)
    assert row["artist_affinity"] <= 1


def test_shared_favourites_are_what_everybody_plays() -> None:
    # Song 1: three listeners. Song 2: me 8 of 10, anna 1 of 4. Song 3: me 1 of 10, anna 2 of 4.
    plays = [heard(ME, 1), *(heard(ME, 2, day) for day in range(1, 9)), heard(ME, 3)]
    plays += [heard(ANNA, 1), heard(ANNA, 2), heard(ANNA, 3), heard(ANNA, 3, 2), heard(ZOE, 1), heard(ZOE, 5)]
    rows = asked(of(plays), "shared-favourites", what="track")
    assert [(r["rank"], r["name"], r["listeners"], r["plays"], r["least_share"], r["fan"]) for r in rows] == [
        (1, "Song 1", 3, 3, 0.1, "anna"), (2, "Song 2", 2, 9, 0.25, "me"), (3, "Song 3", 2, 3, 0.1, "anna"),
    ]  # fmt: skip


def test_who_heard_it_first() -> None:
    plays = [heard(ANNA, 1, 1), heard(ME, 1, 5), heard(ZOE, 1, 7), heard(ME, 2, 3), heard(ME, 3, 2), heard(ZOE, 3, 20)]
    rows = asked(of(plays), "who-heard-first", what="track")
    columns = ("name", "first_listener", "first_played", "next_listener", "days_later", "shared_discovery", "listeners")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("Song 3", "me", "2024-06-02", "zoe", 18, True, 2), ("Song 1", "anna", "2024-06-01", "me", 4, True, 3),
    ]  # fmt: skip
    # Of a period it tells what was played then, from all time.
    rows = asked(of(plays), "who-heard-first", what="track", from_date=date(2024, 6, 20))
    assert [row["name"] for row in rows] == ["Song 3"]


def test_days_later_are_not_before_the_first_though_calendars_are() -> None:
    """Anna hears it in the evening in Lisbon, an hour before me, who have gone west: my calendar is a day behind."""
    mine, annas = heard(ME, 1), heard(ANNA, 1)
    annas |= {"started_at": datetime(2024, 6, 3, 0, 30, tzinfo=UTC), "local_date": date(2024, 6, 3)}
    mine |= {"started_at": datetime(2024, 6, 3, 1, 30, tzinfo=UTC), "local_date": date(2024, 6, 2)}
    (row,) = asked(of([mine, annas]), "who-heard-first", what="track")
    assert (row["first_listener"], row["first_played"]) == ("anna", "2024-06-03")
    assert (row["next_listener"], row["next_played"], row["days_later"]) == ("me", "2024-06-02", 0)


def test_the_date_is_that_of_the_first_play_and_not_the_earliest_on_the_calendar() -> None:
    """Anna flies west over midnight and plays it again there."""
    again = heard(ANNA, 1) | {"started_at": datetime(2024, 6, 3, 1, 30, tzinfo=UTC), "local_date": date(2024, 6, 2)}
    before = heard(ANNA, 1) | {"started_at": datetime(2024, 6, 3, 0, 30, tzinfo=UTC), "local_date": date(2024, 6, 3)}
    (row,) = asked(of([heard(ME, 1, 20), again, before]), "who-heard-first", what="track")
    assert (row["first_listener"], row["first_played"], row["days_later"]) == ("anna", "2024-06-03", 17)


PEOPLE = st.sampled_from([person.listener_id for person in EVERYBODY])


@st.composite
def plays_of_all(draw: st.DrawFn) -> Row:
    entry = draw(st.sampled_from(TRACKS))
    names = {name: entry[name] for name in ("track_name", "artist_name")}
    row = {"listener_id": draw(PEOPLE), "kind": "track", "sources": "spotify_extended", "track_uri": entry["track_id"]}
    row |= {"incognito": draw(st.sampled_from([None, False, False, True])), "session_id": draw(st.integers(1, 3))}
    begin = datetime(2024, 3, 30, 23, 30, tzinfo=UTC) + timedelta(
        hours=draw(st.integers(0, 60) | st.integers(2000, 2300))
    )
    return placed(row | names | {"album_name": None}, begin, draw(st.sampled_from([1_000, 60_000, 90_000])))


NAMES = {person.listener_id: person.name for person in EVERYBODY}


def shown(history: list[Row]) -> list[Row]:
    return [row for row in history if not row["incognito"] and row["ms_played"] >= 30_000]


def by_listener(rows: list[Row], key: str) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(NAMES[row["listener_id"]], Counter())[row[key]] += 1
    return found


def twin_compatibility(history: list[Row]) -> list[tuple[Any, ...]]:
    rows = []
    people = sorted(by_listener(shown(history), "track_uri"))
    for place, one in enumerate(people):
        for other in people[place + 1 :]:
            parts, told = {}, []
            for key, weight in (("artist_name", 0.6), ("track_uri", 0.2)):
                counts = by_listener(shown(history), key)
                mine, theirs = counts[one], counts[other]
                common = mine.keys() & theirs.keys()
                alike = sum(math.sqrt(mine[k] / mine.total() * theirs[k] / theirs.total()) for k in common)
                parts[key] = alike * weight
                told += [len(mine), len(theirs), len(common), pytest.approx(alike)]
            rows.append((one, other, 100 * sum(parts.values()) / 0.8, *told))
    return rows


def twin_firsts(history: list[Row]) -> list[tuple[Any, ...]]:
    rows = []
    for entry in TRACKS:
        firsts: dict[str, Row] = {}
        for row in sorted(shown(history), key=lambda row: row["started_at"]):
            if row["track_uri"] == entry["track_id"]:
                firsts.setdefault(NAMES[row["listener_id"]], row)
        order = sorted(firsts, key=lambda name: (firsts[name]["started_at"], name))
        if len(order) > 1:
            first, then = (firsts[name]["local_date"] for name in order[:2])
            days = (then - first).days
            rows.append((entry["track_name"], order[0], first, order[1], then, days, days <= 90, len(order)))
    return sorted(rows, key=lambda row: (-row[4].toordinal(), row[0]))


def twin_favourites(history: list[Row]) -> list[tuple[Any, ...]]:
    rows = []
    counts = by_listener(shown(history), "track_uri")
    for entry in TRACKS:
        theirs = {name: played[entry["track_id"]] for name, played in counts.items() if played[entry["track_id"]]}
        if len(theirs) > 1:
            least = min(plays / counts[name].total() for name, plays in theirs.items())
            fan = min(theirs, key=lambda name: (-theirs[name], name))
            rows.append((entry["track_name"], len(theirs), sum(theirs.values()), least, fan))
    return sorted(rows, key=lambda row: (-row[1], -row[3], row[0]))


def twin_leaderboard(history: list[Row], first: date) -> list[tuple[Any, ...]]:
    rows = []
    for name in {NAMES[row["listener_id"]] for row in history if not row["incognito"] and row["local_date"] >= first}:
        ever = [row for row in shown(history) if NAMES[row["listener_id"]] == name]
        own = [row for row in ever if row["local_date"] >= first]
        new = {row["artist_name"] for row in own} - {row["artist_name"] for row in ever if row["local_date"] < first}
        sums = (len(own), sum(row["ms_played"] for row in own), len({row["track_uri"] for row in own}))
        days, sessions = ({row[key] for row in own} for key in ("local_date", "session_id"))
        rows.append((name, *sums, len({row["artist_name"] for row in own}), len(new), len(days), len(sessions)))
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def told(lake: LakeDouble, name: str, columns: tuple[str, ...], **question: Any) -> list[tuple[Any, ...]]:
    rows = run(lake, name, Question(listener="me", **question)).rows.to_pylist()
    return [tuple(row[column] for column in columns) for row in rows]


@drawn(15)
@given(history=st.lists(plays_of_all(), min_size=1, max_size=30))
def test_a_group_equals_its_twin(group_lake: Callable[[list[Row]], LakeDouble], history: list[Row]) -> None:
    lake = group_lake([row | {"play_id": number} for number, row in enumerate(history)])
    if all(row["incognito"] for row in history):
        with pytest.raises(NothingToTell):
            asked(lake, "compatibility")
        return
    columns = ("listener", "other", "compatibility", "artists", "other_artists", "common_artists", "artist_affinity",
               "tracks", "other_tracks", "common_tracks", "track_affinity")  # fmt: skip
    found = told(lake, "compatibility", columns)
    expected = twin_compatibility(history)
    assert sorted((*row[:2], *row[3:]) for row in found) == [(*row[:2], *row[3:]) for row in expected]
    assert [row[2] for row in found] == sorted((row[2] for row in found), reverse=True)
    for row in found:
        (exact,) = [one[2] for one in expected if one[:2] == row[:2]]
        assert abs(row[2] - exact) <= 0.5 + 1e-9
    columns = ("name", "first_listener", "first_played", "next_listener", "next_played", "days_later",
               "shared_discovery", "listeners")  # fmt: skip
    assert told(lake, "who-heard-first", columns, what="track") == twin_firsts(history)
    columns = ("name", "listeners", "plays", "least_share", "fan")
    assert told(lake, "shared-favourites", columns, what="track") == twin_favourites(history)
    columns = ("listener", "plays", "ms_played", "tracks", "artists", "new_artists", "days_with_plays", "sessions")
    first = date(2024, 3, 31)
    expected = twin_leaderboard(history, first)
    if expected:
        assert told(lake, "leaderboard", columns, by="time", from_date=first) == expected


@pytest.fixture(scope="module")
def group_lake() -> Callable[[list[Row]], LakeDouble]:
    lake = of([])

    def filled(history: list[Row]) -> LakeDouble:
        lake.fill(PLAYS, history)
        return lake

    return filled
