"""Which extended rows are one play: worked out by hand."""

import pytest
from export_rows import NEITHER, extended
from kept import bring, bring_exports, plays, source_plays

from groovelog.lake.home import Home

STOP = "2021-03-04 10:00:07"


def test_three_offline_plays_uploaded_with_one_ts_stay_three(home: Home) -> None:
    rows = [extended(STOP, offline=True, offline_timestamp=1614851000 + 70 * n) for n in range(3)]
    receipt = bring(home, *rows)
    assert (receipt.stored, receipt.duplicates) == (3, 0)
    assert len(plays(home)) == 3


def test_a_row_repeated_is_one_play(home: Home) -> None:
    receipt = bring(home, extended(STOP), extended(STOP))
    assert (receipt.stored, receipt.duplicates) == (1, 1)
    assert len(plays(home)) == 1


@pytest.mark.parametrize(
    "form",
    [
        {"platform": "Android OS 11 API 30 (Fairphone, FP3)"},
        {"offline_timestamp": 1614851947123},
        {"skipped": None},
        {"incognito_mode": True},
        {"ip_addr_decrypted": "2001:db8::1", "ip_addr": None, "username": "x", "user_agent_decrypted": "agent"},
    ],
)
def test_a_second_export_in_another_form_adds_no_play(home: Home, form: dict[str, object]) -> None:
    bring(home, extended(STOP))
    receipt = bring(home, extended(STOP, **form))
    assert (receipt.stored, receipt.duplicates) == (0, 1)
    assert len(plays(home)) == 1


NAMELESS = {"master_metadata_track_name": None, "master_metadata_album_artist_name": None}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_track_withdrawn_since_the_first_export_keeps_its_names_and_is_one_play(
    home: Home, order: tuple[int, int]
) -> None:
    exports = [extended(STOP), extended(STOP, **NAMELESS, master_metadata_album_album_name=None)]
    bring(home, exports[order[0]])
    receipt = bring(home, exports[order[1]])
    assert (receipt.stored, receipt.duplicates) == (0, 1)
    (play,) = plays(home)
    assert play["track_name"] == extended(STOP)["master_metadata_track_name"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_chapter_that_an_older_export_took_for_a_track_is_one_play(home: Home, order: tuple[int, int]) -> None:
    told_later = {
        "audiobook_title": "A Book",
        "audiobook_uri": "spotify:show:1",
        "audiobook_chapter_uri": "spotify:episode:2",
    }
    exports = [extended(STOP), extended(STOP, **told_later)]
    for number in order:
        bring(home, exports[number])
    (play,) = plays(home)
    assert play["kind"] == "audiobook"


def test_null_empty_and_zero_say_the_same(home: Home) -> None:
    bring(home, extended(STOP, reason_end="", offline_timestamp=0, conn_country=""))
    receipt = bring(home, extended(STOP, reason_end=None, offline_timestamp=None, conn_country=None))
    assert receipt.duplicates == 1
    assert len(source_plays(home)) == 1


def test_seconds_and_milliseconds_of_the_device_clock_are_one_instant(home: Home) -> None:
    bring(home, extended(STOP, offline_timestamp=1614851947))
    bring(home, extended(STOP, offline_timestamp=1614851947000))
    assert len(source_plays(home)) == 1


@pytest.mark.parametrize("other", [{"conn_country": "FR"}, {"reason_end": "logout"}, {"shuffle": True}])
def test_a_row_that_differs_in_more_is_a_play_of_its_own(home: Home, other: dict[str, object]) -> None:
    bring(home, extended(STOP))
    bring(home, extended(STOP, **other))
    assert len(plays(home)) == 2


def test_of_two_forms_the_one_that_tells_more_leads(home: Home) -> None:
    bring(home, extended(STOP, skipped=None))
    bring(home, extended(STOP, skipped=True, platform="android"))
    (play,) = plays(home)
    assert (play["skipped"], play["platform"]) == (True, "android")


def test_forms_shown_together_later_become_plays_of_their_own(home: Home) -> None:
    one, other = extended(STOP, platform="ios"), extended(STOP, platform="android")
    bring(home, one)
    bring(home, other)
    assert len(plays(home)) == 1
    receipt = bring(home, one, other)
    assert (receipt.stored, receipt.duplicates) == (0, 2)
    assert len(plays(home)) == 2


def test_two_exports_in_one_folder_do_not_double_their_plays(home: Home) -> None:
    old, new = extended(STOP, platform="Android OS 11 API 30"), extended(STOP, platform="android")
    receipt = bring_exports(home, [[[old], [new]]])
    assert (receipt.stored, receipt.duplicates) == (1, 1)
    assert len(plays(home)) == 1


def test_two_tracks_in_one_second_are_two_plays(home: Home) -> None:
    bring(home, extended(STOP, "a", 0), extended(STOP, "b", 0))
    assert len(plays(home)) == 2


def test_a_row_with_neither_names_nor_uri_is_kept_as_unknown(home: Home) -> None:
    receipt = bring(home, extended(STOP, **NEITHER))
    assert receipt.by_kind["unknown"] == 1
    (play,) = plays(home)
    assert (play["kind"], play["track_name"], play["track_uri"]) == ("unknown", None, None)
