"""Which account row tells the play of which extended row: worked out by hand."""

from export_rows import NO_NAMES, UNKNOWN, account, extended, uri
from kept import Kept, bring, plays, source_plays

from groovelog.lake.home import Home


def told_by(found: Kept) -> list[tuple[str, int]]:
    return sorted((play["sources"], play["ms_played"]) for play in found)


def test_an_account_row_joins_its_extended_twin(home: Home) -> None:
    bring(home, account("2021-03-04 10:00", ms=60_000))
    bring(home, extended("2021-03-04 10:00:59", ms=60_000))
    (play,) = plays(home)
    assert play["sources"] == "spotify_extended+spotify_account"
    assert play["stopped_at"].isoformat() == "2021-03-04T10:00:59"
    assert play["started_at"].isoformat() == "2021-03-04T09:59:59"
    assert len(source_plays(home)) == 2


def test_names_that_differ_in_case_and_accents_join(home: Home) -> None:
    bring(
        home, extended("2021-03-04 10:00:30", "a"), account("2021-03-04 10:00", "a", trackName="AGUA", artistName="ayo")
    )
    (play,) = plays(home)
    assert (play["track_name"], play["artist_name"]) == ("Água", "Ayọ")


def test_marks_that_carry_meaning_keep_plays_apart(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:30", master_metadata_track_name="が"))
    bring(home, account("2021-03-04 10:00", trackName="か"))
    assert told_by(plays(home)) == [("spotify_account", 60_000), ("spotify_extended", 60_000)]


def test_two_plays_of_one_track_in_one_minute_pair_by_length(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:20", ms=3_000), extended("2021-03-04 10:00:50", ms=28_000))
    bring(home, account("2021-03-04 10:00", ms=28_001), account("2021-03-04 10:00", ms=3_001))
    assert told_by(plays(home)) == [
        ("spotify_extended+spotify_account", 3_000),
        ("spotify_extended+spotify_account", 28_000),
    ]


def test_a_play_that_account_data_alone_told_stays(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:20"), extended("2021-03-04 12:00:20"))
    bring(home, account("2021-03-04 11:00", ms=60_000))
    found = plays(home)
    assert told_by(found) == [("spotify_account", 60_000), ("spotify_extended", 60_000), ("spotify_extended", 60_000)]
    (alone,) = [play for play in found if play["sources"] == "spotify_account"]
    assert (alone["started_at"].isoformat(), alone["stopped_at"].isoformat()) == (
        "2021-03-04T10:59:00",
        "2021-03-04T11:00:00",
    )


def test_a_second_account_row_finds_no_play_left(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:20", ms=60_000))
    bring(home, account("2021-03-04 10:00", ms=60_000), account("2021-03-04 10:00", ms=59_000))
    assert told_by(plays(home)) == [("spotify_account", 59_000), ("spotify_extended+spotify_account", 60_000)]


def test_unknown_track_joins_the_row_without_names_and_names_nothing(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:20", "b", **NO_NAMES), account("2021-03-04 10:00", **UNKNOWN))
    (play,) = plays(home)
    assert play["sources"] == "spotify_extended+spotify_account"
    assert (play["track_uri"], play["track_name"], play["artist_name"]) == (uri("b"), None, None)


def test_a_stop_on_the_full_minute_may_be_told_a_second_late(home: Home) -> None:
    bring(home, extended("2021-03-04 09:59:59"), account("2021-03-04 10:00"))
    assert told_by(plays(home)) == [("spotify_extended+spotify_account", 60_000)]


def test_the_minute_after_is_another_play(home: Home) -> None:
    bring(home, extended("2021-03-04 09:59:20"), account("2021-03-04 10:00"))
    assert told_by(plays(home)) == [("spotify_account", 60_000), ("spotify_extended", 60_000)]


def test_lengths_further_apart_than_the_minute_are_two_plays(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:20", ms=100_000), account("2021-03-04 10:00", ms=37_999))
    assert len(plays(home)) == 2


def test_what_the_trusted_source_left_out_is_filled_in(home: Home) -> None:
    audiobook = {"audiobook_title": "Emma", "audiobook_uri": "spotify:show:e", "spotify_track_uri": None, **NO_NAMES}
    bring(home, extended("2021-03-04 10:00:20", **audiobook))
    told = account("2021-03-04 10:00")
    bring(home, {"endTime": told["endTime"], "msPlayed": 60_000, "audiobookName": "Emma", "authorName": "Jane Austen"})
    (play,) = plays(home)
    assert (play["kind"], play["audiobook_title"], play["author_name"]) == ("audiobook", "Emma", "Jane Austen")


def test_a_row_without_names_joins_the_named_row_of_its_very_length_and_takes_its_names(home: Home) -> None:
    bring(
        home, extended("2021-03-04 10:00:20", "b", ms=61_234, **NO_NAMES), account("2021-03-04 10:00", "b", ms=61_234)
    )
    (play,) = plays(home)
    assert play["track_name"] == account("2021-03-04 10:00", "b")["trackName"]


def test_a_row_without_names_joins_nothing_of_another_length(home: Home) -> None:
    bring(
        home, extended("2021-03-04 10:00:20", "b", ms=61_234, **NO_NAMES), account("2021-03-04 10:00", "b", ms=61_235)
    )
    assert len(plays(home)) == 2


def test_stops_that_agree_do_not_join_plays_whose_starts_do_not(home: Home) -> None:
    bring(home, extended("2021-03-04 10:00:10", ms=62_000), account("2021-03-04 10:00", ms=3_000))
    assert len(plays(home)) == 2
